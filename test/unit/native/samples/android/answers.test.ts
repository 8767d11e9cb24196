import { describe, expect, test } from 'vitest';
import { createSample } from '../../../../../native/samples/android/profiles.ts';
import { SamplePhone } from '../../../../../native/samples/android/sample-phone.ts';

const NOON = Date.UTC(2026, 10, 22, 11, 0, 0);
const PHOTOS = 'com.google.android.apps.photos';

/** A sample whose clock stands still at noon in Berlin. */
function sample(profileId: string, healthy = false): SamplePhone {
  const { state } = createSample(profileId, { healthy });
  return new SamplePhone({ ...state, clock: { ...state.clock, fixedAt: NOON } });
}

function ask(phone: SamplePhone, commandLine: string): string {
  return phone.run(commandLine.split(' ')).stdout;
}

function linesWith(text: string, part: string): string[] {
  return text.split('\n').filter((line) => line.includes(part));
}

function capabilities(text: string): string | undefined {
  return /nc\{\[ Transports: \S+ Capabilities: (\S+)/.exec(text)?.[1];
}

function jobHeader(profileId: string): string | undefined {
  return linesWith(ask(sample(profileId), 'dumpsys jobscheduler com.microsoft.skydrive'), '  JOB ')[0];
}

function satisfiedWhenHealthy(profileId: string): string | undefined {
  return linesWith(ask(sample(profileId, true), 'dumpsys jobscheduler com.microsoft.skydrive'), 'Satisfied')[0];
}

describe('dumpsys battery', () => {
  test('of Android 13 and later has the dock line, earlier ones have not', () => {
    expect(linesWith(ask(sample('pixel-14'), 'dumpsys battery'), 'powered:')).toEqual([
      '  AC powered: false',
      '  USB powered: true',
      '  Wireless powered: false',
      '  Dock powered: false',
    ]);
    expect(linesWith(ask(sample('nokia-10'), 'dumpsys battery'), 'Dock')).toEqual([]);
  });

  test('of Android 16 explains values in lines that begin one column to the left', () => {
    expect(linesWith(ask(sample('pixel-16'), 'dumpsys battery'), 'broadcast')).toEqual([
      ' Time when the latest updated value of the Max charging current was sent via battery changed broadcast: 0',
      ' Time when the latest updated value of the voltage was sent via battery changed broadcast: 0',
      ' The last voltage value sent via the battery changed broadcast: 4210',
    ]);
  });

  test('of a Samsung brackets the wear from One UI 8 on', () => {
    expect(linesWith(ask(sample('samsung-16'), 'dumpsys battery'), 'mSavedBattery')).toEqual([
      '  mSavedBatteryAsoc: [98]',
      '  mSavedBatteryUsage: [24903]',
    ]);
    expect(linesWith(ask(sample('samsung-14'), 'dumpsys battery'), 'mSavedBatteryAsoc')).toEqual([
      '  mSavedBatteryAsoc: 98',
    ]);
  });
});

describe('dumpsys power', () => {
  test('tells that the cable switched the battery saver off', () => {
    const text = ask(sample('pixel-14'), 'dumpsys power');
    expect(linesWith(text, 'mLastChanged')).toEqual([
      '  mLastChangedIntReason=7',
      '  mLastChangedStrReason=Plugged in',
    ]);
    expect(linesWith(text, 'Battery Saver is currently')).toEqual(['  Battery Saver is currently: OFF']);
    expect(linesWith(text, 'Last O')).toEqual([
      '    Last ON time: 2026-11-21 10:00:00.000 -1d2h0m0s0ms',
      '    Last OFF time: 2026-11-22 11:46:00.000 -14m0s0ms',
    ]);
    expect(linesWith(text, 'Sticky=')).toEqual(['  mSettingBatterySaverEnabledSticky=true']);
  });

  test('has no state number on Android 9 and no state machine on Android 8', () => {
    expect(linesWith(ask(sample('huawei-9'), 'dumpsys power'), 'mState=')).toEqual([]);
    expect(linesWith(ask(sample('bq-8'), 'dumpsys power'), 'state machine')).toEqual([]);
  });
});

describe('dumpsys usagestats', () => {
  test('has the line of its Android version', () => {
    expect(linesWith(ask(sample('pixel-14'), 'dumpsys usagestats'), PHOTOS)).toEqual([
      `  package=${PHOTOS} u=0 bucket=40 reason=t used=+8d8h0m0s0ms usedByUser=+8d8h0m0s0ms usedScr=+1d9h20m0s0ms ` +
        'lastPred=+1d0h0m0s0ms expiryTimes=(10:-8d7h0m0s0ms) lastJob=+1d7h0m0s0ms lastInformedBucket=40 ' +
        'nextEstimatedLaunchTime=+1h42m28s211ms idle=y',
    ]);
    expect(linesWith(ask(sample('nokia-10'), 'dumpsys usagestats'), PHOTOS)).toEqual([
      `    package=${PHOTOS} u=0 bucket=20 reason=p used=+3h0m0s0ms usedScr=+30m0s0ms lastPred=+3h0m0s0ms ` +
        'activeLeft=-2h0m0s0ms wsLeft=-1h0m0s0ms lastJob=+25m0s0ms idle=n',
    ]);
    expect(linesWith(ask(sample('bq-8'), 'dumpsys usagestats'), PHOTOS)).toEqual([
      `    package=${PHOTOS} lastUsedElapsed=+12d0h0m0s0ms lastUsedScreenOn=+2d0h0m0s0ms idle=y`,
    ]);
  });

  test('has the header of its Android version', () => {
    expect(linesWith(ask(sample('samsung-14'), 'dumpsys usagestats'), 'App Standby States')).toEqual([
      'User 0 App Standby States:',
      'User 150 App Standby States:',
    ]);
    expect(linesWith(ask(sample('huawei-9'), 'dumpsys usagestats'), 'App Standby States')).toEqual([
      '  App Standby States:',
    ]);
  });
});

describe('dumpsys package', () => {
  test('tells first installation for the package until Android 12, for each user from 13 on', () => {
    expect(linesWith(ask(sample('nokia-10', true), `dumpsys package ${PHOTOS}`), 'firstInstallTime')).toEqual([
      '    firstInstallTime=2025-10-18 12:00:00',
    ]);
    expect(linesWith(ask(sample('motorola-13'), `dumpsys package ${PHOTOS}`), 'firstInstallTime')).toEqual([
      '      firstInstallTime=2025-10-18 12:00:00',
    ]);
  });

  test('tells that only selected photos are allowed', () => {
    const flags = 'USER_SENSITIVE_WHEN_GRANTED|USER_SENSITIVE_WHEN_DENIED]';
    expect(
      linesWith(ask(sample('pixel-14'), 'dumpsys package com.microsoft.skydrive'), 'READ_MEDIA').slice(-3),
    ).toEqual([
      `        android.permission.READ_MEDIA_IMAGES: granted=false, flags=[ USER_SET|${flags}`,
      `        android.permission.READ_MEDIA_VIDEO: granted=false, flags=[ USER_SET|${flags}`,
      `        android.permission.READ_MEDIA_VISUAL_USER_SELECTED: granted=true, flags=[ ${flags}`,
    ]);
  });

  test('has one line for each user, with the pairs of its Android version and maker', () => {
    expect(linesWith(ask(sample('samsung-16'), `dumpsys package ${PHOTOS}`), '    User ')).toEqual([
      '    User 0: ceDataInode=370204 deDataInode=68204 installed=true hidden=false suspended=false distractionFlags=0 ' +
        'stopped=true notLaunched=false enabled=4 instant=false virtual=false quarantined=false',
      '    User 150: ceDataInode=370204 deDataInode=68204 installed=true hidden=false suspended=false ' +
        'distractionFlags=0 stopped=false notLaunched=false enabled=0 instant=false virtual=false quarantined=false',
    ]);
    expect(linesWith(ask(sample('oneplus-15'), `dumpsys package ${PHOTOS}`), 'ofs=0 pdm=false')).toHaveLength(1);
    expect(ask(sample('pixel-14'), 'dumpsys package com.nobody')).toBe('Unable to find package: com.nobody\n');
  });
});

describe('dumpsys netpolicy', () => {
  test('has the lines of its Android version', () => {
    expect(ask(sample('pixel-14'), 'dumpsys netpolicy').split('\n').slice(0, 7)).toEqual([
      'System ready: true',
      'Restrict background: true',
      'Restrict power: false',
      'Device idle: false',
      'Restricted networking mode: false',
      'Low Power Standby mode: false',
      'Metered ifaces: {wlan0}',
    ]);
    expect(linesWith(ask(sample('pixel-14'), 'dumpsys netpolicy'), 'policy=')).toEqual([
      '  UID=10287 policy=1 (REJECT_METERED_BACKGROUND)',
    ]);
    expect(linesWith(ask(sample('bq-8'), 'dumpsys netpolicy'), ' mode:')).toEqual([]);
  });
});

describe('dumpsys connectivity', () => {
  test('lists the capabilities of the default network', () => {
    expect(capabilities(ask(sample('pixel-16', true), 'dumpsys connectivity'))).toBe(
      'NOT_METERED&INTERNET&NOT_RESTRICTED&TRUSTED&NOT_VPN&VALIDATED&NOT_ROAMING&FOREGROUND&NOT_CONGESTED&' +
        'NOT_SUSPENDED&NOT_VCN_MANAGED&NOT_BANDWIDTH_CONSTRAINED',
    );
    expect(capabilities(ask(sample('motorola-13'), 'dumpsys connectivity'))).toBe(
      'NOT_METERED&INTERNET&NOT_RESTRICTED&TRUSTED&NOT_VPN&CAPTIVE_PORTAL&NOT_ROAMING&FOREGROUND&NOT_CONGESTED&' +
        'NOT_SUSPENDED&NOT_VCN_MANAGED',
    );
    expect(capabilities(ask(sample('bq-8'), 'dumpsys connectivity'))).toBe(
      'NOT_METERED&INTERNET&NOT_RESTRICTED&TRUSTED&NOT_VPN&VALIDATED&FOREGROUND',
    );
  });

  test('shows a VPN as a network of its own with the uids that it carries', () => {
    const text = ask(sample('pixel-15'), 'dumpsys connectivity');
    expect(linesWith(text, 'WIFI|VPN').join('')).toContain('Uids: <{0-10294, 10296-99999}> OwnerUid: 10295');
    expect(linesWith(text, 'Active default network')).toEqual(['Active default network: 100']);
  });
});

describe('dumpsys jobscheduler', () => {
  test('keeps jobs waiting for BATTERY_NOT_LOW below a high trigger level, even on the charger', () => {
    const text = ask(sample('pixel-15'), `dumpsys jobscheduler ${PHOTOS}`);
    expect(linesWith(text, 'Battery ')).toEqual(['Battery charging: true', 'Battery not low: false']);
    expect(linesWith(text, 'Unsatisfied')).toEqual([
      '    Unsatisfied constraints: BATTERY_NOT_LOW [0x2]',
      '    Unsatisfied constraints: CONTENT_TRIGGER [0x4000000]',
    ]);
    expect(linesWith(text, 'Num failures')).toEqual(['    Num failures: 3', '    Num failures: 3']);
  });

  test('has the job header and constraint names of its Android version', () => {
    const service = 'com.microsoft.skydrive/androidx.work.impl.background.systemjob.SystemJobService';
    expect(jobHeader('pixel-14')).toBe(
      `  JOB androidx.work.systemjobscheduler:u0a287/205: a0000cd @androidx.work.systemjobscheduler@${service}`,
    );
    expect(jobHeader('motorola-13')).toBe(`  JOB #u0a287/205: a0000cd ${service}`);
    expect(satisfiedWhenHealthy('bq-8')).toBe(
      '    Satisfied constraints: BATTERY_NOT_LOW CONNECTIVITY APP_NOT_IDLE DEVICE_NOT_DOZING',
    );
    expect(satisfiedWhenHealthy('huawei-9')).toBe(
      '    Satisfied constraints: BATTERY_NOT_LOW CONNECTIVITY DEVICE_NOT_DOZING BACKGROUND_NOT_RESTRICTED [0x12400002]',
    );
    expect(satisfiedWhenHealthy('pixel-14')).toBe(
      '    Satisfied constraints: BATTERY_NOT_LOW CONNECTIVITY DEVICE_NOT_DOZING BACKGROUND_NOT_RESTRICTED TARE_WEALTH ' +
        'WITHIN_QUOTA [0x1b400002]',
    );
  });

  test('lists the packages that their owner restricted', () => {
    expect(ask(sample('pixel-14'), 'dumpsys jobscheduler')).toContain(
      `    Restricted packages:\n      u0a204 ${PHOTOS}\n`,
    );
  });
});

describe('what the owner marked', () => {
  test('shows in the list of configured networks', () => {
    expect(linesWith(ask(sample('pixel-14'), 'dumpsys wifi'), 'meteredOverride')).toEqual([' meteredOverride 1']);
    expect(linesWith(ask(sample('pixel-14', true), 'dumpsys wifi'), 'meteredOverride')).toEqual([]);
  });

  test('shows in the activity manager as a limit of cached processes', () => {
    const phone = sample('pixel-14', true);
    expect(linesWith(ask(phone, 'dumpsys activity settings'), 'CachedProcesses')).toEqual([]);
    phone.state.settings.global['background_process_limit'] = '2';
    expect(linesWith(ask(phone, 'dumpsys activity settings'), 'CachedProcesses')).toEqual([
      '  mOverrideMaxCachedProcesses=2',
    ]);
  });
});

describe('small answers', () => {
  test("of doze exemptions, account tables, files and the clock are in the phone's own words", () => {
    const phone = sample('pixel-14');
    expect(ask(phone, 'cmd deviceidle whitelist')).toBe(
      'system-excidle,com.android.vending,10146\nsystem,com.google.android.gms,10143\n',
    );
    expect(ask(phone, 'cmd netpolicy list restrict-background-blacklist')).toBe(
      'Restrict background blacklisted UIDs: 10287 \n\n',
    );
    expect(ask(phone, 'cmd netpolicy list restrict-background-whitelist')).toBe(
      'Restrict background whitelisted UIDs: none\n\n',
    );
    expect(ask(phone, 'date +%s')).toBe(`${NOON / 1000}\n`);
    expect(ask(phone, 'df -k /data').split('\n')[1]).toBe('/dev/block/dm-7 109635584 62533336  47102248  58% /data');
    expect(ask(sample('bq-8'), 'find /sdcard/DCIM -name .nomedia')).toBe('/sdcard/DCIM/OpenCamera/.nomedia\n');
  });

  test('of MediaStore put each row on a line, and say so when there is none', () => {
    const phone = sample('pixel-14');
    const query = ['content', 'query', '--uri', 'content://media/external/images/media'];
    const camera = [...query, '--projection', '_id:_size:_display_name', '--where', "relative_path LIKE 'DCIM/%'"];
    expect(phone.run([...camera, '--sort', 'date_added DESC']).stdout.split('\n')[0]).toBe(
      'Row: 0 _id=4200, _size=3456789, _display_name=IMG_4200.jpg',
    );
    expect(phone.run([...query, '--where', "relative_path LIKE 'Pictures/%'"]).stdout).toBe('No result found.\n');
  });
});
