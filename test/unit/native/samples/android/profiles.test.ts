import { describe, expect, test } from 'vitest';
import { createSample, sampleProfiles } from '../../../../../native/samples/android/profiles.ts';
import { SamplePhone } from '../../../../../native/samples/android/sample-phone.ts';

const READINGS = [
  'dumpsys account',
  'dumpsys activity exit-info',
  'dumpsys app_hibernation',
  'dumpsys appops',
  'dumpsys battery',
  'dumpsys batterystats --checkin',
  'dumpsys connectivity',
  'dumpsys content',
  'dumpsys deviceidle',
  'dumpsys devicestoragemonitor',
  'dumpsys diskstats',
  'dumpsys jobscheduler',
  'dumpsys location',
  'dumpsys netpolicy',
  'dumpsys netstats --checkin --uid',
  'dumpsys netstats detail',
  'dumpsys network_time_update_service',
  'dumpsys package com.microsoft.skydrive',
  'dumpsys power',
  'dumpsys settings',
  'dumpsys thermalservice',
  'dumpsys time_detector',
  'dumpsys usagestats',
  'dumpsys wifi',
  'cmd wifi status',
  'getprop',
  'ls -l /sdcard/DCIM/Camera',
  'pm list packages -f -i -U --show-versioncode',
  'uptime',
];

describe.each(sampleProfiles.map(({ id }) => id))('the sample %s', (id) => {
  test('is a sample by its serial and its state is plain data', () => {
    const phone = createSample(id);
    expect(phone.serial).toBe(`sample-${id}`);
    expect(JSON.parse(JSON.stringify(phone.state))).toEqual(phone.state);
  });

  test.each(READINGS)('answers %s without a hole', (commandLine) => {
    for (const healthy of [false, true]) {
      const { stdout } = createSample(id, { healthy }).run(commandLine.split(' '));
      expect(stdout).not.toMatch(/undefined|NaN|\[object /);
    }
  });

  test('is as sold when asked to be: nothing holds an app back, and nobody exempted one', () => {
    const phone = createSample(id, { healthy: true });
    const ask = (commandLine: string): string => phone.run(commandLine.split(' ')).stdout;
    expect(ask('dumpsys connectivity')).toMatch(/Capabilities: NOT_METERED&\S*&VALIDATED/);
    expect(ask('dumpsys netpolicy')).not.toContain(' policy=');
    expect(ask('dumpsys package com.microsoft.skydrive')).not.toMatch(
      /READ_(EXTERNAL|MEDIA_(IMAGES|VIDEO))\S*: granted=false/,
    );
    expect(ask('dumpsys jobscheduler')).not.toMatch(/Unsatisfied constraints: (?!CONTENT_TRIGGER)/);
    expect(ask('cmd deviceidle whitelist')).not.toMatch(/^user,/m);
    expect(ask('appops get com.microsoft.skydrive')).not.toContain('AUTO_REVOKE');
    expect(ask('dumpsys netstats detail')).toMatch(/uid=10287 set=DEFAULT/);
    expect(ask('getprop ro.build.version.security_patch') >= '2026-09').toBe(true);
  });
});

describe('samples', () => {
  test('are independent of each other and of the state they were made from', () => {
    const base = createSample('pixel-14').state;
    const first = new SamplePhone({ ...base, serial: 'sample-variation', dataSaver: false });
    const second = createSample('pixel-14');
    first.run(['settings', 'put', 'global', 'auto_time', '0']);
    expect(first.serial).toBe('sample-variation');
    expect(base.settings.global['auto_time']).toBe('1');
    expect(second.run(['cmd', 'netpolicy', 'get', 'restrict-background']).stdout).toBe(
      'Restrict background status: enabled\n',
    );
  });

  test('have a serial of choice, and an unknown profile is an error', () => {
    expect(createSample('bq-8', { serial: 'sample-42' }).serial).toBe('sample-42');
    expect(() => createSample('nothing')).toThrow('There is no sample phone "nothing"');
  });
});
