import { isAutomatic } from './clock-synchronisation.ts';
import { answerLines, SILENT, unknownCommand, type SampleAnswer } from './answer.ts';
import type { SampleState } from './state.ts';
import { duration, HOUR_MS, MINUTE_MS, phoneNow, wallTime } from './time-text.ts';
import { writeSetting } from './settings.ts';

/** `date [+FORMAT]`; of the formats, those that ask for seconds since 1970, or year to second. */
export function date(state: SampleState, args: readonly string[]): SampleAnswer {
  const format = args.find((word) => word.startsWith('+'));
  const wall = wallTime(state, 0);
  if (format === undefined) return answerLines([wall]);
  const offset = state.clock.utcOffsetMinutes;
  const zone = `${offset < 0 ? '-' : '+'}${pad(Math.floor(Math.abs(offset) / 60))}${pad(Math.abs(offset) % 60)}`;
  const parts: Record<string, string> = {
    '%s': String(Math.floor(phoneNow(state) / 1000)),
    '%N': String((phoneNow(state) % 1000) * 1_000_000).padStart(9, '0'),
    '%Y': wall.slice(0, 4),
    '%m': wall.slice(5, 7),
    '%d': wall.slice(8, 10),
    '%H': wall.slice(11, 13),
    '%M': wall.slice(14, 16),
    '%S': wall.slice(17, 19),
    '%F': wall.slice(0, 10),
    '%T': wall.slice(11, 19),
    '%z': zone,
    '%Z': 'CET',
  };
  return answerLines([format.slice(1).replaceAll(/%\w/g, (code) => parts[code] ?? code)]);
}

/** `uptime` of toybox. */
export function uptime(state: SampleState): SampleAnswer {
  const { uptimeMs } = state.clock;
  const days = Math.floor(uptimeMs / (24 * HOUR_MS));
  const hours = Math.floor(uptimeMs / HOUR_MS) % 24;
  const minutes = Math.floor(uptimeMs / MINUTE_MS) % 60;
  const up = `${days > 0 ? `${days} day${days === 1 ? '' : 's'}, ` : ''}${String(hours).padStart(2)}:${pad(minutes)}`;
  return answerLines([` ${wallTime(state, 0).slice(11)} up ${up},  0 users,  load average: 1.52, 1.61, 1.70`]);
}

/** `dumpsys time_detector` (Android 10 and later). */
export function dumpTimeDetector(state: SampleState): SampleAnswer {
  return answerLines([
    'TimeDetectorStrategy:',
    '  mLastAutoSystemClockTimeSet=null',
    `  mEnvironment.isAutoTimeDetectionEnabled()=${isAutomatic(state)}`,
    `  mEnvironment.systemClockMillis()=${new Date(phoneNow(state)).toISOString()} (${phoneNow(state)})`,
    '  mEnvironment.autoOriginPriorities()=[network,telephony]',
    '  Time change log:',
  ]);
}

/** `cmd time_detector is_auto_detection_enabled|set_auto_detection_enabled` (Android 12, 14). */
export function cmdTimeDetector(state: SampleState, args: readonly string[]): SampleAnswer {
  const [verb, value] = args;
  if (verb === 'is_auto_detection_enabled' && state.build.sdk >= 31) return answerLines([String(isAutomatic(state))]);
  if (verb === 'set_auto_detection_enabled' && state.build.sdk >= 34) {
    writeSetting(state, 'global', 'auto_time', value === 'true' ? '1' : '0');
    return SILENT;
  }
  return unknownCommand(verb);
}

/** `dumpsys network_time_update_service`. */
export function dumpNetworkTime(state: SampleState): SampleAnswer {
  const age = state.clock.lastNetworkTimeAgoMs;
  const lines = [
    'PollingIntervalMs: +18h0m0s0ms',
    'PollingIntervalShorterMs: +1m0s0ms',
    'TryAgainTimesMax: 3',
    'TryAgainCounter: 0',
  ];
  if (state.build.sdk <= 30) return answerLines([...lines, `NTP cache age: ${age ?? '9223372036854775807'}`]);
  const result =
    age === null ? 'null' : `TimeResult{unixEpochTimeMillis=${phoneNow(state) - age}, mUncertaintyMillis=24}`;
  return answerLines([...lines, `mTimeResult=${result}`, ...(age === null ? [] : [`mTimeResultAge=${duration(age)}`])]);
}

/** `cmd alarm set-time MS|set-timezone ZONE` (Android 11 and later). */
export function cmdAlarm(state: SampleState, args: readonly string[]): SampleAnswer {
  const [verb, value = ''] = args;
  if (state.build.sdk < 30) return unknownCommand(verb);
  if (verb === 'set-time') {
    state.clock.skewMs += Number(value) - phoneNow(state);
    return SILENT;
  }
  if (verb === 'set-timezone') {
    state.clock.timeZone = value;
    return SILENT;
  }
  return unknownCommand(verb);
}

function pad(value: number): string {
  return String(value).padStart(2, '0');
}
