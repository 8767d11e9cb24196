import { describe, expect, test } from 'vitest';
import { clock } from '../../../../../../native/android/read/probes/clock.ts';
import { location, locationDump } from '../../../../../../native/android/read/probes/location.ts';
import { uptime } from '../../../../../../native/android/read/probes/uptime.ts';
import { parsed, plain, soFar, wholeAnswer } from '../parse.ts';

const skew = (text: string, startedAt = '2026-05-04T20:00:00.000Z', durationMs = 1000) => {
  const { values } = clock.parse(text, soFar(), { ...wholeAnswer('clock', text), startedAt, durationMs });
  return plain(values.system)['clockSkewMs'];
};

describe("the phone's clock", () => {
  const seconds = Date.UTC(2026, 4, 4, 20, 0, 0) / 1000;

  test('is compared with the middle of the question', () => {
    expect(skew(`${seconds}\n`)).toBe(0);
    expect(skew(`${seconds + 600}\n`)).toBe(600_000);
    expect(skew(`${seconds - 600}\n`)).toBe(-600_000);
  });

  test('is not blamed for a slow answer', () => {
    expect(skew(`${seconds + 4}\n`, '2026-05-04T20:00:00.000Z', 8000)).toBe(500);
  });

  test('that is no number is unparsed', () => {
    expect(skew('+%s\n')).toBe('unparsed');
    expect(skew(`${seconds}\n`, '')).toBe('unparsed');
  });
});

const ago = (text: string) => {
  const { values, unknownLines } = parsed(uptime, text);
  return [plain(values.system)['bootedAgoMs'], unknownLines];
};

describe('uptime', () => {
  test('is printed in days, hours and minutes', () => {
    expect(ago(' 15:08:56 up  3:01,  0 users,  load average: 0.89, 0.60, 0.50\n')).toEqual([10_860_000, 0]);
    expect(ago(' 11:45:21 up 3 min,  0 users,  load average: 7.50, 3.68, 1.46\n')).toEqual([180_000, 0]);
    expect(ago(' 11:45:21 up 1 day, 12 min,  0 users,  load average: 7.50, 3.68, 1.46\n')).toEqual([87_120_000, 0]);
    expect(ago(' 11:45:21 up 47 days, 10:05,  1 user,  load average: 7.50\n')).toEqual([4_097_100_000, 0]);
  });

  test('that says something else is unparsed', () => {
    expect(ago('uptime: bad\n')).toEqual(['unparsed', 1]);
    expect(ago('')).toEqual(['unparsed', 0]);
  });
});

const on = (text: string) => plain(parsed(location, text).values.system)['locationOn'];

const dumped = (text: string) => plain(parsed(locationDump, text).values.system)['locationOn'];

describe('location services', () => {
  test('are on with any mode but 0', () => {
    expect([on('3\n'), on('1\n'), on('0\n'), on('null\n')]).toEqual([true, true, false, 'missing']);
  });

  test('stand in dumpsys location since Android 10', () => {
    expect(dumped('Location Manager State:\n  Location Settings:\n    Location Setting: false\n')).toBe(false);
    expect(dumped('Current Location Manager state:\n  Location mode: true\n')).toBe(true);
    expect(dumped('Current Location Manager state:\n  Location Listeners:\n')).toBe('missing');
  });
});
