import { describe, expect, test } from 'vitest';
import { power } from '../../../../../../native/android/read/probes/power.ts';
import { parsed, plain } from '../parse.ts';

interface Machine {
  enabled?: boolean;
  state?: number;
  reason?: number;
  text?: string;
  powered?: boolean;
  level?: number;
  off?: string;
}

/** `dumpsys power` of Android 14, its parts about battery saver. */
const android14 = ({
  enabled = false,
  state = 1,
  reason = 0,
  text = 'null',
  powered = true,
  level = 0,
  off = '    Last OFF time: 2026-05-04 18:10:06.217 -14m46s853ms\n',
}: Machine) => `POWER MANAGER (dumpsys power)

Power Manager State:
  mIsPowered=${powered}

Battery saving stats:
  Battery Saver is currently: ${enabled ? 'ON' : 'OFF'}
    Last ON time: 2026-05-04 15:57:56.629 -2h26m56s441ms
${off}
Battery saver state machine:
  Enabled=${enabled}
    full=${enabled}
    adaptive=false
  mState=${state}
  mLastChangedIntReason=${reason}
  mLastChangedStrReason=${text}
  mIsPowered=${powered}
  mSettingAutomaticBatterySaver=0
  mSettingBatterySaverEnabled=false
  mSettingBatterySaverEnabledSticky=false
  mSettingBatterySaverTriggerThreshold=${level}
AttentionDetector:
 mIsSettingEnabled=false
  mState=9
`;
const read = (text: string) => plain(parsed(power, text).values.power);
const before = (machine: Machine) => read(android14(machine))['saverBeforePower'];

describe('battery saver', () => {
  test('that a cable switched off was on before (Android 14)', () => {
    expect(read(android14({ reason: 7, text: 'Plugged in', level: 35 }))).toEqual({
      saverOn: false,
      saverOffAgoMs: 886_853,
      saverBeforePower: true,
      saverReason: 'Plugged in',
      saverSticky: false,
      saverPending: false,
      saverAdaptive: false,
      triggerLevel: 35,
      schedule: 'percentage',
    });
  });

  test('that power switched off days ago was not on before the power of now', () => {
    const plugged = { reason: 7, text: 'Plugged in' };
    expect(before({ ...plugged, off: '    Last OFF time: 2026-05-01 18:10:06.217 -3d14m46s853ms\n' })).toBe(false);
    expect(before({ ...plugged, off: '' })).toBe('missing');
  });

  test('that power switched off in this very millisecond was on before', () => {
    const text = android14({ reason: 7, text: 'Plugged in', off: '    Last OFF time: 2026-05-04 18:10:06.217 0\n' });
    expect(read(text)).toMatchObject({ saverOffAgoMs: 0, saverBeforePower: true });
  });

  test('of its adaptive kind is on although more stands in its line (Android 10 and later)', () => {
    const text = android14({}).replace('adaptive=false', 'adaptive=true (advertise=false)');
    expect(read(text)).toMatchObject({ saverOn: false, saverAdaptive: true });
  });

  test('of a Samsung stays on while there is power', () => {
    expect(before({ enabled: true, state: 2, reason: 2, text: 'Manual ON' })).toBe(true);
  });

  test('that has not changed since the restart was off before power', () => {
    expect(read(android14({}))).toMatchObject({ saverOn: false, saverBeforePower: false, saverReason: 'missing' });
  });

  test.each([
    [1, 'Auto OFF'],
    [3, 'Manual OFF'],
    [8, 'Global.low_power changed to 0'],
    [10, 'Dynamic Power Savings Mode OFF'],
    [12, 'timeout'],
  ])('that went off for reason %d (%s) was off before power', (reason, text) => {
    expect(before({ reason, text })).toBe(false);
  });

  test.each([
    [0, 'Auto ON'],
    [2, 'Manual ON'],
    [4, 'Sticky restore'],
    [8, 'Global.low_power changed to 1'],
    [9, 'Dynamic Power Savings Mode ON'],
  ])('that is off though last switched on (%d, %s) leaves the question open', (reason, text) => {
    expect(before({ reason, text })).toBe('missing');
  });

  test('that waits to come back after a restart on power leaves the question open', () => {
    expect(before({ state: 5 })).toBe('missing');
  });

  test('that is on is on', () => {
    expect(read(android14({ enabled: true, reason: 2, text: 'Manual ON', powered: false }))).toMatchObject({
      saverOn: true,
      saverBeforePower: true,
      saverReason: 'Manual ON',
    });
  });

  test('that is merely adaptive is not what a person switches on', () => {
    const text = android14({}).replace('Enabled=false', 'Enabled=true').replace('adaptive=false', 'adaptive=true');
    expect(read(text)).toMatchObject({ saverOn: false, saverBeforePower: false });
  });

  test('of Android 9 has a history without states and no schedule', () => {
    const android9 = `Battery saving stats:
  Battery Saver is currently: OFF
    Last OFF time: 2026-05-04 18:10:06.217 -14m46s853ms
    Times enabled: 1

Battery saver state machine:
  Enabled=false
  mLastChangedIntReason=7
  mLastChangedStrReason=Plugged in
  mBatterySaverSnoozing=false
  mIsPowered=true
  mSettingBatterySaverEnabled=false
  mSettingBatterySaverEnabledSticky=true
  mSettingBatterySaverTriggerThreshold=15
`;
    expect(read(android9)).toEqual({
      saverOn: false,
      saverOffAgoMs: 886_853,
      saverBeforePower: true,
      saverReason: 'Plugged in',
      saverSticky: true,
      saverPending: 'missing',
      saverAdaptive: 'missing',
      triggerLevel: 15,
      schedule: 'missing',
    });
  });

  test('of Android 8 has no history at all', () => {
    expect(
      read(
        'Power Manager State:\n  mIsPowered=true\n  mLowPowerModeEnabled=false\n\nSettings:\n  mLowPowerModeSetting=true\n',
      ),
    ).toEqual({
      saverOn: false,
      saverOffAgoMs: 'missing',
      saverBeforePower: 'missing',
      saverReason: 'missing',
      saverSticky: 'missing',
      saverPending: 'missing',
      saverAdaptive: 'missing',
      triggerLevel: 'missing',
      schedule: 'missing',
    });
  });

  test('is unknown in a dump that broke off before it', () => {
    expect(read('POWER MANAGER (dumpsys power)\n')).toMatchObject({ saverOn: 'unparsed', saverBeforePower: 'missing' });
  });

  test('is unknown where its last change was not printed', () => {
    expect(read('Battery saver state machine:\n  Enabled=false\n')).toMatchObject({ saverBeforePower: 'unparsed' });
  });
});
