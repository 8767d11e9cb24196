import type { PhoneProbe } from '../../../probe.ts';
import { unavailable, type Unavailable } from '../../../unavailable.ts';
import { durationMs, quoted, readLines, wholeNumber, yesOrNo } from '../dump.ts';

type Machine = ReadonlyMap<string, string>;

/** BatterySaverController's reason for switching off because power arrived; written only when leaving an ON state. */
const pluggedIn = 7;
/** Reasons that are written when the saver goes on: percentage, by hand, restored, dynamic. */
const reasonsOn = new Set([0, 2, 4, 9]);
/** BatterySaverStateMachine, 10 and later: the saver was on before the restart and comes back once power is gone. */
const pendingStickyOn = 5;

const noMachine = unavailable('missing', 'The answer holds no history of battery saver.');

/** The reason "plugged in" stays until the saver changes again, for days: older than this, power of another day did it. */
const lateMs = 12 * 60 * 60 * 1000;

/**
 * Was the saver on until power arrived? Only the state machine's last change tells: it is written when the saver really
 * changes, and never while it is off and stays off.
 */
function beforePower(machine: Machine, on: boolean | null, offAgoMs: number | null): boolean | Unavailable {
  if (machine.size === 0) return noMachine;
  const text = machine.get('mLastChangedStrReason');
  const reason = wholeNumber(machine.get('mLastChangedIntReason'));
  if (text === undefined || reason === null)
    return unavailable('unparsed', 'The last change of battery saver is absent.');
  if (on === true) return true;
  if (on === null) return unavailable('unparsed', 'Whether battery saver is on now is absent.');
  if (text === 'null') {
    return wholeNumber(machine.get('mState')) === pendingStickyOn
      ? unavailable('missing', 'The phone was restarted on power; battery saver comes back when power is gone.')
      : false;
  }
  if (reason === pluggedIn)
    return offAgoMs === null
      ? unavailable('missing', 'When power switched it off is not printed.')
      : offAgoMs <= lateMs;
  // It is off and yet was last switched on: something else switched it off without saying so.
  if (reasonsOn.has(reason) || text.endsWith('changed to 1'))
    return unavailable('missing', `Off, though last switched on: ${quoted(text)}.`);
  return false;
}

function machineReason(machine: Machine): string | Unavailable {
  const text = machine.get('mLastChangedStrReason');
  if (text === undefined) return machine.size === 0 ? noMachine : unavailable('unparsed', 'No reason is printed.');
  return text === 'null' ? unavailable('missing', 'Battery saver has not changed since the last restart.') : text;
}

function pendingOf(machine: Machine): boolean | Unavailable {
  const state = wholeNumber(machine.get('mState'));
  return state === null
    ? unavailable('missing', 'The phone does not print it (Android 9 and earlier).')
    : state === pendingStickyOn;
}

const scheduleOf = (text: string | undefined): 'percentage' | 'dynamic' | null =>
  text === '0' ? 'percentage' : text === '1' ? 'dynamic' : null;

/**
 * Battery saver. Power switches it off, except on Samsung's phones, where it stays on and says so. Read from AOSP power/PowerManagerService.dump and power/batterysaver/{BatterySaverStateMachine,
 * BatterySavingStats}, 8..14; real answers of Android 8.1, 9, 13 and 14 (Xiaomi, vivo).
 * Android 8 prints `mLowPowerModeEnabled` only; 9 has the block `Battery saver state machine:` without `mState`; 10 and later
 * add `full=` and `adaptive=`. Reasons: 0 percentage on, 1 percentage off, 2 on by hand, 3 off by hand, 4 restored,
 * 5 interactive, 6 policy, 7 plugged in, 8 setting, 9/10 dynamic on/off, 11 adaptive, 12 timeout, 13 full.
 */
export const power: PhoneProbe = {
  id: 'power',
  platform: 'android',
  per: 'phone',
  asked: 'scan',
  gives: {
    power: [
      'saverOn',
      'saverOffAgoMs',
      'saverBeforePower',
      'saverReason',
      'saverSticky',
      'saverPending',
      'saverAdaptive',
      'triggerLevel',
      'schedule',
    ],
  },
  command: () => ['dumpsys', 'power'],
  parse(text) {
    const machine = new Map<string, string>();
    let inMachine = false;
    let stats: boolean | null = null;
    let oldEnabled: boolean | null = null;
    let offAgoMs: number | null = null;
    const unknownLines = readLines(text, (line) => {
      if (line.startsWith('Battery saver state machine:')) {
        inMachine = true;
        return true;
      }
      if (!/^\s/.test(line)) inMachine = false;
      const pair = /^\s+(\w+)=(.*)$/.exec(line);
      if (inMachine && pair?.[1] !== undefined) {
        if (!machine.has(pair[1])) machine.set(pair[1], (pair[2] ?? '').trim());
        return true;
      }
      if (pair?.[1] === 'mLowPowerModeEnabled') {
        oldEnabled ??= yesOrNo(pair[2]);
        return true;
      }
      // `-14m46s853ms`; `0` in the same millisecond (AOSP TimeUtils.formatDuration).
      const off = /^\s*Last OFF time: \S+ \S+ (?:-(?<age>\S+)|0)$/.exec(line);
      if (off !== null) offAgoMs ??= durationMs(off.groups?.['age'] ?? '0');
      const now = /^\s*Battery Saver is currently: (\w+)/.exec(line);
      if (now !== null) stats ??= now[1] === 'ON';
      return now !== null || off !== null;
    });
    // `Enabled` also covers the milder adaptive saver, which is not what a person switches on.
    const on = yesOrNo(machine.get('full')) ?? yesOrNo(machine.get('Enabled')) ?? stats ?? oldEnabled;
    return {
      values: {
        power: {
          saverOn: on ?? unavailable('unparsed', 'The answer does not say whether battery saver is on.'),
          saverOffAgoMs: offAgoMs ?? unavailable('missing', 'The phone does not print when battery saver went off.'),
          saverBeforePower: beforePower(machine, on, offAgoMs),
          saverReason: machineReason(machine),
          saverSticky:
            yesOrNo(machine.get('mSettingBatterySaverEnabledSticky')) ??
            unavailable('missing', 'The phone does not print it.'),
          saverPending: pendingOf(machine),
          saverAdaptive:
            // `adaptive=true (advertise=false)` while it is on.
            yesOrNo(machine.get('adaptive')?.split(' ')[0]) ?? unavailable('missing', 'The answer does not hold it.'),
          triggerLevel:
            wholeNumber(machine.get('mSettingBatterySaverTriggerThreshold')) ??
            unavailable('missing', 'The phone does not print it.'),
          schedule:
            scheduleOf(machine.get('mSettingAutomaticBatterySaver')) ??
            unavailable('missing', 'The answer does not hold it.'),
        },
      },
      unknownLines,
    };
  },
};
