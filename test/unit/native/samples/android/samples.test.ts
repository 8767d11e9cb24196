import { describe, expect, test } from 'vitest';
import { readAndroid } from '../../../../../native/android/read/read.ts';
import { uidOf } from '../../../../../native/samples/android/apps.ts';
import { createSample, sampleProfiles } from '../../../../../native/samples/android/profiles.ts';
import type { SampleApp, SampleState } from '../../../../../native/samples/android/state.ts';
import { isKnown, type Leaf } from '../../../../../native/reading.ts';
import { captureOfSample } from '../../android/read/sample-capture.ts';

/** What is known, by name. */
const known = (leaves: object | undefined): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(leaves ?? {}).flatMap(([name, leaf]: [string, Leaf<unknown>]) =>
      isKnown(leaf) ? [[name, leaf.value]] : [],
    ),
  );

const statuses = ['', 'unknown', 'charging', 'discharging', 'not-charging', 'full'];

/** What the owner of the sample would find on its screens, in the words of a reading. */
function battery({ battery: { samsung, ...one }, build, thermalStatus }: SampleState) {
  return {
    level: one.level,
    status: statuses[one.status],
    powered: one.plugged !== 'none',
    temperature: one.temperatureTenthsC / 10,
    voltage: one.voltageMv,
    updatesStopped: one.updatesStopped,
    ...(build.sdk >= 29 ? { thermalStatus } : {}),
    ...(samsung === null
      ? {}
      : {
          capacityPercent: samsung.asoc,
          cycles: Math.floor(samsung.usage / 100),
          chargeLimit: samsung.protectMode === 0 ? 100 : samsung.protectThreshold,
        }),
  };
}

function saver({ settings: { global }, batterySaver, build }: SampleState) {
  return {
    saverOn: batterySaver.active,
    saverSticky: global['low_power_sticky'] === '1',
    triggerLevel: Number(global['low_power_trigger_level']),
    schedule: global['automatic_power_save_mode'] === '1' ? 'dynamic' : 'percentage',
    ...(build.sdk >= 29 ? { saverAdaptive: batterySaver.adaptive, saverPending: batterySaver.machineState === 5 } : {}),
    ...(build.sdk >= 28
      ? {
          saverBeforePower:
            batterySaver.active || (batterySaver.lastChangedReason === 7 && batterySaver.lastChangedText !== null),
        }
      : {}),
    ...(batterySaver.lastChangedText === null || build.sdk < 28 ? {} : { saverReason: batterySaver.lastChangedText }),
  };
}

function network({ settings: { global }, network: net, build }: SampleState) {
  const airplaneMode = global['airplane_mode_on'] === '1';
  const wifi = !airplaneMode && net.wifiEnabled ? net.wifi : null;
  const connected = wifi !== null || (!airplaneMode && net.mobileEnabled && net.mobileAvailable);
  return {
    airplaneMode,
    connected,
    transports: wifi !== null ? ['WIFI'] : connected ? ['CELLULAR'] : [],
    validated: connected && net.validated,
    captivePortal: connected && net.captivePortal,
    captivePortalDetection: global['captive_portal_mode'] !== '0',
    ...(wifi === null ? {} : { rssi: wifi.rssi, linkSpeed: wifi.linkSpeedMbps }),
    ...(wifi === null ? {} : { meteredMark: wifi.meteredOverride }),
    ...(wifi === null || wifi.meteredOverride === 'none' ? {} : { meteredOverride: wifi.meteredOverride === 'true' }),
    ...(build.sdk >= 28 ? { privateDnsMode: global['private_dns_mode'] } : {}),
    ...(build.sdk >= 30 && connected ? { privateDnsBroken: net.privateDnsBroken } : {}),
  };
}

const inRanges = (uid: number, ranges: string): boolean =>
  ranges.split(', ').some((range) => {
    const [from = Number.NaN, to = Number.NaN] = range.split('-').map(Number);
    return uid >= from && uid <= to;
  });

function limits(state: SampleState, app: SampleApp) {
  const { doze, network: net } = state;
  const exemptBy = doze.userExempt.includes(app.package)
    ? 'user'
    : doze.systemExempt.includes(app.package)
      ? 'system'
      : doze.systemExemptExceptIdle.includes(app.package)
        ? 'system-except-idle'
        : null;
  const uid = uidOf(app, state.currentUser);
  return {
    uid,
    exempt: exemptBy !== null,
    ...(exemptBy === null ? {} : { exemptBy }),
    netPolicy: app.users.find(({ userId }) => userId === state.currentUser)?.networkPolicy,
    inVpn: net.vpn !== null && inRanges(uid, net.vpn.uidRanges),
  };
}

const phones = sampleProfiles.flatMap(({ id }) => [
  { name: id, phone: createSample(id) },
  { name: `${id}, healthy`, phone: createSample(id, { healthy: true }) },
]);

describe.each(phones)('the sample $name', ({ phone }) => {
  const { state } = phone;
  const apps = state.apps.filter((app) =>
    app.users.some(({ userId, installed }) => userId === state.currentUser && installed),
  );
  const reading = readAndroid(captureOfSample(phone, [...apps.map((app) => app.package), 'com.example.absent']));

  test('is read as the phone it is', () => {
    const { build } = state;
    expect(known(reading.identity)).toMatchObject({
      serial: state.serial,
      manufacturer: build.manufacturer,
      model: build.model,
      osVersion: build.release,
      sdk: build.sdk,
      securityPatch: build.securityPatch,
      skin: { hyperos: 'xiaomi', emui: 'huawei' }[build.skin as string] ?? build.skin,
      userId: state.currentUser,
    });
    expect(known(reading.identity)['users']).toHaveLength(state.users.length);
  });

  test('is read with its battery and its saver', () => {
    expect(known(reading.battery)).toMatchObject(battery(state));
    const { extremeMode: _unknownHere, saverOffAgoMs = null, ...read } = known(reading.power);
    expect(read).toEqual(saver(state));
    expect(saverOffAgoMs).toBe(state.build.sdk >= 28 ? state.batterySaver.lastOffAgoMs : null);
  });

  test('is read with its doze', () => {
    const { doze } = state;
    expect(known(reading.doze)).toMatchObject({
      deepEnabled: doze.deepEnabled,
      lightEnabled: doze.lightEnabled,
      deepState: doze.deepState,
      lightState: doze.lightState,
    });
    expect(known(reading.doze)['history']).toEqual(
      doze.history
        .map(({ kind, agoMs, reason }) => ({ event: kind, agoMs, reason: reason ?? '' }))
        .toSorted((a, b) => a.agoMs - b.agoMs),
    );
  });

  test('is read with its network and its data policy', () => {
    expect(known(reading.network)).toMatchObject(network(state));
    const names = (known(reading.network)['vpns'] as { name: string }[]).map(({ name }) => name);
    expect(names).toEqual(state.network.vpn === null ? [] : [state.network.vpn.sessionId]);
    expect(known(reading.dataPolicy)['dataSaver']).toBe(state.dataSaver);
  });

  test('is read with its system settings', () => {
    const { global, secure } = state.settings;
    expect(known(reading.system)).toMatchObject({
      autoTime: global['auto_time'] === '1',
      appStandby: global['app_standby_enabled'] === '1',
      adaptiveBattery: global['adaptive_battery_management_enabled'] === '1',
      locationOn: secure['location_mode'] !== '0',
      managed: state.deviceOwner !== null,
    });
  });

  test('is read with the limits of each app', () => {
    for (const app of apps) {
      expect(known(reading.apps[app.package]), app.package).toMatchObject(limits(state, app));
    }
  });
});
