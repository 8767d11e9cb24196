import { describe, expect, test } from 'vitest';
import { letTimePass, takePhoto } from '../../../../../native/samples/android/backup.ts';
import { dumpNetStats } from '../../../../../native/samples/android/netstats.ts';
import { createSample } from '../../../../../native/samples/android/profiles.ts';
import type { SampleState } from '../../../../../native/samples/android/state.ts';

const google = 'com.google.android.apps.photos';

/** A healthy Pixel whose clock stands still. */
function healthy(change: (state: SampleState) => void = () => undefined): SampleState {
  const { state } = createSample('pixel-14', { healthy: true });
  state.clock.fixedAt = Date.UTC(2026, 4, 1, 10, 30);
  change(state);
  return state;
}

const waiting = (state: SampleState) => state.backups.find((one) => one.package === google)?.waitingBytes;
/** What the phone has counted in the last hour, after a poll. */
function sent(state: SampleState, network: 'wifi' | 'mobile'): number {
  dumpNetStats(state, ['--poll']);
  return (state.apps.find((app) => app.package === google)?.users[0]?.traffic ?? [])
    .filter((one) => one.network === network && one.agoMs < 3_600_000)
    .reduce((sum, { txBytes }) => sum + txBytes, 0);
}

describe('a backup app of a sample phone', () => {
  test('is counted when somebody asks for it, not before', () => {
    const state = healthy();
    const counted = () => dumpNetStats(state, ['--uid']).stdout;
    const before = counted();
    takePhoto(state, 1_000_000);
    letTimePass(state, 5_000);
    expect(counted()).toBe(before);
    dumpNetStats(state, ['--poll']);
    expect(counted()).toContain('tb=900200 ');
  });

  test('sends a new photo at its speed, until nothing waits', () => {
    const state = healthy();
    takePhoto(state, 1_000_000);
    letTimePass(state, 5_000);
    expect([waiting(state), sent(state, 'wifi')]).toEqual([100_000, 900_200]);
    letTimePass(state, 5_000);
    expect([waiting(state), sent(state, 'wifi')]).toEqual([0, 1_000_400]);
  });

  test.each<[string, (state: SampleState) => void]>([
    [
      'a charger that charges',
      (state) => {
        for (const job of state.jobs) job.charging = true;
        state.battery.chargeHeld = true;
      },
    ],
    ['a fuller battery', (state) => void (state.battery.low = true)],
    [
      'a Wi-Fi that is not metered',
      (state) => {
        for (const job of state.jobs) job.network = 'unmetered';
        state.network.wifiEnabled = false;
      },
    ],
  ])('sends nothing but its polling while its job waits for %s', (_what, trouble) => {
    const state = healthy(trouble);
    takePhoto(state, 1_000_000);
    letTimePass(state, 60_000);
    expect(waiting(state)).toBe(1_000_000);
    expect(sent(state, 'wifi') + sent(state, 'mobile')).toBe(2_400);
  });

  test('sends over mobile data where there is no Wi-Fi, and nothing at all without a network', () => {
    const state = healthy((one) => void (one.network.wifiEnabled = false));
    takePhoto(state, 100_000);
    letTimePass(state, 5_000);
    expect([sent(state, 'wifi'), sent(state, 'mobile')]).toEqual([0, 100_200]);
    state.settings.global['airplane_mode_on'] = '1';
    takePhoto(state, 100_000);
    letTimePass(state, 5_000);
    expect([waiting(state), sent(state, 'mobile')]).toEqual([100_000, 100_200]);
  });
});

test('what a phone did stays when it was, while time passes', () => {
  const state = healthy(({ batterySaver }) => void (batterySaver.lastOffAgoMs = 1_000));
  const newest = () => (state.clock.fixedAt ?? 0) - (state.media[0]?.addedAgoMs ?? 0);
  const at = newest();
  letTimePass(state, 60_000);
  expect([newest(), state.batterySaver.lastOffAgoMs]).toEqual([at, 61_000]);
});
