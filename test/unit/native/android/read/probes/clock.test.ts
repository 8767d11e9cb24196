import { describe, expect, test } from 'vitest';
import { bootId } from '../../../../../../native/android/read/probes/boot-id.ts';
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

const start = (text: string) => plain(parsed(bootId, text).values.identity)['bootId'];

describe('the start of the phone', () => {
  test('has a UUID of its own', () => {
    expect(start('6d3f4a1e-8f2b-4c1d-9a70-1f2e3d4c5b6a\n')).toBe('6d3f4a1e-8f2b-4c1d-9a70-1f2e3d4c5b6a');
  });

  test('is not told by anything else', () => {
    expect(start('')).toBe('unparsed');
    expect(start('6D3F4A1E-8F2B-4C1D-9A70-1F2E3D4C5B6A\n')).toBe('unparsed');
    expect(start('cat: /proc/sys/kernel/random/boot_id: No such file\n')).toBe('unparsed');
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
