import { describe, expect, test } from 'vitest';
import { createSample } from '../../../../../native/android/sample/profiles.ts';
import type { SamplePhone } from '../../../../../native/android/sample/sample-phone.ts';

const PHOTOS = 'com.google.android.apps.photos';
const ONEDRIVE = 'com.microsoft.skydrive';

function run(phone: SamplePhone, commandLine: string): string {
  const { stdout, stderr } = phone.run(commandLine.split(' '));
  return stdout + stderr;
}

describe('a correction changes the phone and its inverse puts it back', () => {
  test('doze exemption', () => {
    const phone = createSample('pixel-14');
    expect(run(phone, `cmd deviceidle whitelist +${PHOTOS}`)).toBe(`Added: ${PHOTOS}\n`);
    expect(run(phone, 'cmd deviceidle whitelist')).toContain(`user,${PHOTOS},10204\n`);
    expect(run(phone, `cmd deviceidle whitelist -${PHOTOS}`)).toBe(`Removed: ${PHOTOS}\n`);
    expect(run(phone, `cmd deviceidle whitelist -${PHOTOS}`)).toBe('');
    expect(run(phone, 'cmd deviceidle whitelist +com.nobody')).toBe('Unknown package: com.nobody\n');
  });

  test('background restriction, with jobs that follow it', () => {
    const phone = createSample('pixel-14');
    expect(run(phone, `appops get ${PHOTOS} RUN_ANY_IN_BACKGROUND`)).toBe(
      'RUN_ANY_IN_BACKGROUND: ignore; time=+2h31m0s0ms ago\n',
    );
    expect(run(phone, `am get-bg-restriction-level ${PHOTOS}`)).toBe('background_restricted\n');
    run(phone, `appops set ${PHOTOS} RUN_ANY_IN_BACKGROUND allow`);
    expect(run(phone, `am get-bg-restriction-level ${PHOTOS}`)).toBe('adaptive_bucket\n');
    expect(run(phone, `dumpsys jobscheduler ${PHOTOS}`)).toContain('Restricted packages:\n\n');
    run(phone, `appops set ${PHOTOS} RUN_ANY_IN_BACKGROUND ignore`);
    expect(run(phone, `dumpsys jobscheduler ${PHOTOS}`)).toContain('readyNotRestrictedInBg: false');
  });

  test('an op at its default and never used is forgotten', () => {
    const phone = createSample('pixel-14');
    expect(run(phone, `appops get ${ONEDRIVE} RUN_IN_BACKGROUND`)).toBe('No operations.\nDefault mode: allow\n');
    run(phone, `appops set ${ONEDRIVE} RUN_IN_BACKGROUND ignore`);
    expect(run(phone, `appops get ${ONEDRIVE} RUN_IN_BACKGROUND`)).toBe('RUN_IN_BACKGROUND: ignore\n');
    run(phone, `appops set ${ONEDRIVE} RUN_IN_BACKGROUND allow`);
    expect(run(phone, `appops get ${ONEDRIVE} RUN_IN_BACKGROUND`)).toBe('No operations.\nDefault mode: allow\n');
  });

  test('a uid mode wins over the package mode and goes only with --uid', () => {
    const phone = createSample('nokia-10');
    run(phone, `appops set ${PHOTOS} RUN_ANY_IN_BACKGROUND allow`);
    expect(run(phone, `appops get ${PHOTOS} RUN_ANY_IN_BACKGROUND`)).toBe('Uid mode: RUN_ANY_IN_BACKGROUND: ignore\n');
    expect(run(phone, 'dumpsys jobscheduler')).toContain('Restricted packages:\n\n');
    run(phone, `cmd deviceidle whitelist -${PHOTOS}`);
    expect(run(phone, 'dumpsys jobscheduler')).toContain(`Restricted packages:\n      u0a204 ${PHOTOS}`);
    run(phone, `appops set --uid ${PHOTOS} RUN_ANY_IN_BACKGROUND allow`);
    expect(run(phone, 'dumpsys jobscheduler')).toContain('Restricted packages:\n\n');
  });

  test('data policies: `add` replaces the whole value, `remove` wants the exact one', () => {
    const phone = createSample('pixel-14');
    expect(run(phone, 'cmd netpolicy remove restrict-background-whitelist 10287')).toBe(
      'Error: UID 10287 not whitelisted\n',
    );
    run(phone, 'cmd netpolicy add restrict-background-whitelist 10287');
    expect(run(phone, 'dumpsys netpolicy')).toContain('  UID=10287 policy=4 (ALLOW_METERED_BACKGROUND)\n');
    run(phone, 'cmd netpolicy add restrict-background-blacklist 10287');
    expect(run(phone, 'dumpsys netpolicy')).toContain('  UID=10287 policy=1 (REJECT_METERED_BACKGROUND)\n');
    expect(run(phone, 'cmd netpolicy remove restrict-background-blacklist 10287')).toBe('');
    expect(run(phone, 'dumpsys netpolicy')).not.toContain('UID=10287 policy');
  });

  test('Data Saver and the metered override of the Wi-Fi decide whether a job has its network', () => {
    const phone = createSample('pixel-14');
    const unsatisfied = (): string | undefined =>
      /Unsatisfied constraints:(.*)/.exec(run(phone, `dumpsys jobscheduler ${PHOTOS}`))?.[1];
    expect(unsatisfied()).toBe(' CONNECTIVITY [0x10000000]');
    run(phone, 'cmd netpolicy set restrict-background false');
    expect(run(phone, 'cmd netpolicy get restrict-background')).toBe('Restrict background status: disabled\n');
    expect(unsatisfied()).toBe('');
    run(phone, 'cmd netpolicy set restrict-background true');
    expect(phone.run(['cmd', 'netpolicy', 'set', 'metered-network', 'Home Wi-Fi', 'false']).exitCode).toBe(255);
    expect(run(phone, 'cmd netpolicy list wifi-networks')).toBe('Home Wi-Fi;false\n');
    expect(unsatisfied()).toBe('');
  });

  test('standby bucket, whose reason becomes "forced"', () => {
    const phone = createSample('pixel-14');
    run(phone, `am set-standby-bucket --user 0 ${PHOTOS} active`);
    expect(run(phone, `am get-standby-bucket --user 0 ${PHOTOS}`)).toBe('10\n');
    expect(run(phone, 'dumpsys usagestats')).toContain(`package=${PHOTOS} u=0 bucket=10 reason=f `);
    run(phone, `am set-standby-bucket --user 0 ${PHOTOS} rare`);
    expect(run(phone, `am get-standby-bucket --user 0 ${PHOTOS}`)).toBe('40\n');
    run(phone, 'am set-standby-bucket com.google.android.gms rare');
    expect(run(phone, 'am get-standby-bucket com.google.android.gms')).toBe('5\n');
  });

  test('permissions, where a revocation kills the app', () => {
    const phone = createSample('pixel-14');
    const images = 'android.permission.READ_MEDIA_IMAGES';
    run(phone, `pm grant --user 0 ${ONEDRIVE} ${images}`);
    expect(run(phone, `dumpsys package ${ONEDRIVE}`)).toContain(`${images}: granted=true`);
    run(phone, `pm revoke --user 0 ${ONEDRIVE} ${images}`);
    expect(run(phone, `dumpsys package ${ONEDRIVE}`)).toContain(`${images}: granted=false`);
    expect(run(phone, 'logcat -b events -d -v threadtime,uid')).toContain('permissions revoked]');
  });

  test('the trigger level, which lets waiting jobs go', () => {
    const phone = createSample('pixel-15');
    run(phone, 'settings put global low_power_trigger_level 15');
    expect(run(phone, 'cmd jobscheduler get-battery-not-low')).toBe('true\n');
    expect(run(phone, 'dumpsys settings')).toContain('name:low_power_trigger_level pkg:com.android.shell value:15\n');
  });

  test('automatic time puts a wrong clock right, and a private DNS without a name lets the network validate', () => {
    const phone = createSample('nokia-10');
    expect(phone.state.clock.skewMs).toBe(-600_000);
    run(phone, 'settings put global private_dns_mode opportunistic');
    run(phone, 'settings put global auto_time 1');
    expect(phone.state.clock.skewMs).toBe(0);
    expect(run(phone, 'dumpsys connectivity')).toContain('&VALIDATED&');
  });

  test('airplane mode, Wi-Fi, location, hibernation and cache', () => {
    const phone = createSample('motorola-13');
    run(phone, 'cmd connectivity airplane-mode enable');
    expect(run(phone, 'settings get global airplane_mode_on')).toBe('1\n');
    run(phone, 'svc wifi disable');
    expect(run(phone, 'dumpsys connectivity')).toContain('Active default network: none\n');
    run(phone, 'cmd location set-location-enabled false');
    expect(run(phone, 'cmd location is-location-enabled')).toBe('false\n');
    run(phone, `monkey -p ${ONEDRIVE} 1`);
    expect(run(phone, 'dumpsys app_hibernation')).toContain(`packageName='${ONEDRIVE}', hibernated=false'`);
    const before = phone.state.storage.dataFreeKib;
    expect(run(phone, `pm clear --cache-only --user 0 ${PHOTOS}`)).toBe('Success\n');
    expect(phone.state.storage.dataFreeKib - before).toBe(59_904);
  });
});

describe('the cable changes the patient', () => {
  test('the battery saver cannot be switched on while plugged, and comes back once unplugged', () => {
    const phone = createSample('pixel-14');
    run(phone, 'cmd power set-mode 1');
    expect(run(phone, 'settings get global low_power')).toBe('0\n');
    run(phone, 'dumpsys battery unplug');
    expect(run(phone, 'dumpsys battery')).toContain("(UPDATES STOPPED -- use 'reset' to restart)");
    expect(run(phone, 'dumpsys power')).toContain('Battery Saver is currently: ON');
    run(phone, 'dumpsys battery reset');
    expect(run(phone, 'dumpsys power')).toContain('mLastChangedStrReason=Plugged in');
    run(phone, 'cmd power set-mode 0');
    expect(run(phone, 'settings get global low_power_sticky')).toBe('0\n');
  });
});
