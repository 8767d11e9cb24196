import { describe, expect, test } from 'vitest';
import { createSample } from '../../../../../native/samples/android/profiles.ts';
import type { SamplePhone } from '../../../../../native/samples/android/sample-phone.ts';

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
    run(phone, `cmd deviceidle whitelist +${PHOTOS}`);
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
    expect(phone.state.clock.skewMs).toBe(-2 * 24 * 60 * 60_000);
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
    // "Tried to manually change BS state from PENDING_STICKY_ON": the setting alone ends the waiting, and does not begin it again.
    run(phone, 'cmd power set-mode 0');
    expect(run(phone, 'settings get global low_power_sticky')).toBe('1\n');
    run(phone, 'settings put global low_power_sticky 0');
    expect(run(phone, 'dumpsys power')).toContain('mState=1\n');
    run(phone, 'settings put global low_power_sticky 1');
    expect(run(phone, 'dumpsys power')).toContain('mState=1\n');
    run(phone, 'dumpsys battery unplug');
    run(phone, 'cmd power set-mode 1');
    run(phone, 'dumpsys battery reset');
    expect(run(phone, 'dumpsys power')).toContain('mState=5\n');
  });
});

describe('a restart', () => {
  test('begins the time since the start anew, and is over when the phone says so', () => {
    const phone = createSample('pixel-16');
    expect(run(phone, 'uptime')).toContain(' up 47 days,  0:00,');
    expect(run(phone, 'getprop sys.boot_completed')).toBe('1\n');
    expect(run(phone, 'svc power reboot')).toBe('');
    expect(run(phone, 'uptime')).toContain(' up  0:00,');
    expect(run(phone, 'getprop sys.boot_completed')).toBe('\n');
    expect(phone.state.restarts).toBe(1);
    phone.state.starting = false;
    expect(run(phone, 'getprop sys.boot_completed')).toBe('1\n');
  });

  test('ends doze that was forced, and what is known of the last change of battery saver', () => {
    const phone = createSample('pixel-14');
    run(phone, 'cmd deviceidle force-idle');
    run(phone, 'svc power reboot');
    expect(run(phone, 'cmd deviceidle get force')).toBe('false\n');
    expect(run(phone, 'dumpsys power')).toContain('mLastChangedStrReason=null');
  });
});

describe('caches', () => {
  test('that are emptied make room at once, and are counted as before until the daily measurement', () => {
    const phone = createSample('pixel-16');
    const counted = (): string | undefined => /Cache Sizes: .*/.exec(run(phone, 'dumpsys diskstats'))?.[0];
    const [before, free] = [counted(), phone.state.storage.dataFreeKib];
    expect(run(phone, `pm clear --cache-only --user 0 ${PHOTOS}`)).toBe('Success\n');
    expect(counted()).toBe(before);
    expect(phone.state.storage.dataFreeKib - free).toBe(Math.floor(4_812_335_104 / 1024));
    run(phone, 'pm trim-caches 999G');
    expect(phone.state.apps.flatMap(({ users }) => users.map(({ size }) => size.cacheBytes))).toEqual(
      phone.state.apps.flatMap(({ users }) => users.map(() => 0)),
    );
    expect(counted()).toBe(before);
  });
});

describe('opening an app', () => {
  test('wakes it, and is refused where it is switched off or not there', () => {
    const phone = createSample('oneplus-15');
    const open = (): string => run(phone, `am start --user 0 -n ${PHOTOS}/.HomeActivity`);
    expect(run(phone, `dumpsys package ${PHOTOS}`)).toContain(`${PHOTOS}/.HomeActivity filter`);
    expect(run(phone, `dumpsys package ${PHOTOS}`)).toContain(' stopped=true ');
    open();
    expect(run(phone, `dumpsys package ${PHOTOS}`)).toContain(' stopped=false ');
    run(phone, `pm disable-user --user 0 ${PHOTOS}`);
    expect(open()).toContain('does not exist.');
    expect(run(phone, 'am start --user 0 -n com.nobody/.X')).toContain('does not exist.');
  });
});

test('the adaptive saver is apart from the one that a person switches', () => {
  const phone = createSample('pixel-14');
  run(phone, 'cmd power set-adaptive-power-saver-enabled true');
  expect(run(phone, 'dumpsys power')).toContain('    adaptive=true (advertise=false)\n');
  expect(run(phone, 'settings get global low_power')).toBe('0\n');
  // Power ends it from 80 % on (BatterySaverStateMachine.ADAPTIVE_AUTO_DISABLE_BATTERY_LEVEL).
  phone.state.battery.level = 80;
  run(phone, 'dumpsys battery unplug');
  expect(run(phone, 'dumpsys power')).toContain('    adaptive=true (advertise=false)\n');
  run(phone, 'dumpsys battery reset');
  expect(run(phone, 'dumpsys power')).toContain('    adaptive=false\n');
  run(phone, 'cmd power set-adaptive-power-saver-enabled true');
  run(phone, 'cmd power set-adaptive-power-saver-enabled false');
  expect(run(phone, 'dumpsys power')).toContain('    adaptive=false\n');
});

test('a negative number is the value of a setting, not an option', () => {
  const phone = createSample('pixel-14');
  run(phone, 'settings put global background_process_limit -1');
  expect(run(phone, 'settings get global background_process_limit')).toBe('-1\n');
});
