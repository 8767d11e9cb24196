import { describe, expect, test } from 'vitest';
import { deviceidle } from '../../../../../../native/android/read/probes/deviceidle.ts';
import { DRIVE, parsed, PHOTOS, plain, soFar, why } from '../parse.ts';

/** `dumpsys deviceidle` of Android 14 on a Xiaomi, shortened. */
const xiaomi14 = (lists: string) => `  2025-03-20T08:24:28.775085 - add:[com.android.thememanager] cu=1000 cp=7643
  Settings:
    light_after_inactive_to=+4m0s0ms
    notification_allowlist_duration_ms=+30s0ms
    use_window_alarms=true
  Idling history:
         normal: -2h26m52s889ms (unlocked)
     light-idle: -1h11m5s626ms
      deep-idle: -20m16s139ms (charging)
${lists}  mLightEnabled=true  mDeepEnabled=false
  mForceIdle=false
  mUseMotionSensor=true mMotionSensor={Sensor name="sns_smd  Wakeup", vendor="qualcomm", version=1}
  mCharging=true
  mState=ACTIVE mLightState=IDLE
  mInactiveTimeout=+30m0s0ms
`;
const lists = `  Whitelist (except idle) system apps:
    com.android.vending
    com.google.android.gms
  Whitelist system apps:
    com.google.android.gms
  Whitelist user apps:
    ${PHOTOS}
  Whitelist (except idle) all app ids:
    10092
    10143
    10204
  Whitelist user app ids:
    10204
  Whitelist all app ids:
    10143
    10204
`;
const apps = (text: string, so = soFar()) => {
  const { values } = parsed(deviceidle, text, so);
  return Object.fromEntries(Object.entries(values.apps ?? {}).map(([app, leaves]) => [app, plain(leaves)]));
};

describe('doze', () => {
  test('of a dump without its beginning, or with tabs for blanks, tells no history and no exempt apps', () => {
    const whole = xiaomi14(lists);
    const half = whole.slice(whole.indexOf('  Whitelist user apps'));
    const tabs = whole.replaceAll(/^ {4,}/gm, '\t');
    for (const text of [half, tabs]) {
      expect(why(parsed(deviceidle, text).values.doze?.history)).toBe('truncated');
      expect(apps(text)[PHOTOS]).toEqual({ exempt: 'truncated', exemptBy: 'truncated' });
    }
  });

  test('is told with its last changes, newest first (Android 14)', () => {
    const { values, unknownLines } = parsed(deviceidle, xiaomi14(lists));
    expect(values.doze).toEqual({
      deepEnabled: false,
      lightEnabled: true,
      deepState: 'ACTIVE',
      lightState: 'IDLE',
      forced: false,
      history: [
        { event: 'deep-idle', agoMs: 1_216_139, reason: 'charging' },
        { event: 'light-idle', agoMs: 4_265_626, reason: '' },
        { event: 'normal', agoMs: 8_812_889, reason: 'unlocked' },
      ],
    });
    expect(unknownLines).toBe(0);
  });

  test('is unknown in a dump that holds no state', () => {
    const { values } = parsed(deviceidle, '  Settings:\n    inactive_to=+30m0s0ms\n');
    expect(new Set(Object.values(plain(values.doze)))).toEqual(new Set(['unparsed']));
  });
});

describe('exemption from battery optimisation', () => {
  test('is told by the name of the app', () => {
    expect(apps(xiaomi14(lists))).toEqual({
      [PHOTOS]: { exempt: true, exemptBy: 'user' },
      [DRIVE]: { exempt: false, exemptBy: 'missing' },
    });
  });

  test('is told by the app id where the name is on no list, for any user', () => {
    const byId = soFar({ uids: { [PHOTOS]: 10_204, [DRIVE]: 1_010_143 } });
    const idsOnly = lists.replace(`  Whitelist user apps:\n    ${PHOTOS}\n`, '');
    expect(apps(xiaomi14(idsOnly), byId)).toEqual({
      [PHOTOS]: { exempt: true, exemptBy: 'user' },
      [DRIVE]: { exempt: true, exemptBy: 'system' },
    });
    const exceptIdle = soFar({ uids: { [PHOTOS]: 10_092 } });
    expect(apps(xiaomi14(idsOnly), exceptIdle)[PHOTOS]).toEqual({ exempt: true, exemptBy: 'system-except-idle' });
  });

  test('is unknown where the lists that every phone has were lost, although the dump goes on after them', () => {
    expect(apps(xiaomi14(''))[PHOTOS]).toEqual({ exempt: 'truncated', exemptBy: 'truncated' });
    const noIds = lists.slice(0, lists.indexOf('  Whitelist user apps:'));
    expect(apps(xiaomi14(noIds))[PHOTOS]).toEqual({ exempt: 'truncated', exemptBy: 'truncated' });
  });

  test('is unknown where the dump ends within the lists', () => {
    const cut = xiaomi14(lists).slice(0, xiaomi14(lists).indexOf('  Whitelist user apps:'));
    expect(apps(cut)[PHOTOS]).toEqual({ exempt: 'unparsed', exemptBy: 'unparsed' });
  });

  test('is told by the short list too, which says nothing of doze', () => {
    const csv = `system-excidle,com.android.vending,10146\nsystem,${DRIVE},10287\nuser,com.whatsapp,10291\n`;
    expect(apps(csv)).toEqual({
      [PHOTOS]: { exempt: false, exemptBy: 'missing' },
      [DRIVE]: { exempt: true, exemptBy: 'system' },
    });
    expect(why(parsed(deviceidle, csv).values.doze?.deepEnabled)).toBe('missing');
  });
});
