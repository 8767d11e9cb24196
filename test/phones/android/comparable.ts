import type { SamplePhone } from '../../../native/samples/android/sample-phone.ts';

/** A phone without what it writes down besides when something is changed: who, when and why. An app that was opened was used. */
export function comparable({ state }: SamplePhone): unknown {
  const { settingWriters: _writers, events: _events, ...rest } = structuredClone(state);
  // A clock that the network has put right stays right.
  Object.assign(rest.clock, { lastNetworkTimeAgoMs: null, skewMs: 0 });
  for (const app of rest.apps) {
    for (const own of app.users) {
      Object.assign(own, { lastDisabledCaller: null, notLaunched: false });
      // Opening an app lifts it from the apps of the day to those in use, which both let it work.
      const bucket = Math.max(own.standby.bucket, 20);
      Object.assign(own.standby, { bucket, reason: '', usedAgoMs: 0 });
      for (const permission of Object.values(own.permissions)) permission.flags = [];
    }
  }
  const { batterySaver: saver } = rest;
  Object.assign(saver, { lastChangedReason: 0, lastChangedText: null, timesEnabled: 0, lastOnAgoMs: null });
  Object.assign(saver, { lastOffAgoMs: null });
  return rest;
}
