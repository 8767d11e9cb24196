import { describe, expect, test } from 'vitest';
import { durationMs, readLines, wholeNumber, yesOrNo } from '../../../../../native/android/read/dump.ts';

describe('durations as Android prints them', () => {
  test.each([
    ['-20m16s139ms', -1_216_139],
    ['+1d2h3m4s5ms', 93_784_005],
    ['+29s440ms', 29_440],
    ['-24855d3h14m7s974ms', -2_147_483_647_974],
    ['0', 0],
    ['+5ms', 5],
  ])('%s is %d ms', (text, ms) => {
    expect(durationMs(text)).toBe(ms);
  });

  test.each(['', '+', '-', 'none', '<uninitialized>', '12', '1h-2m', '+1,5s', '9'.repeat(100)])(
    '%j is no duration',
    (text) => {
      expect(durationMs(text)).toBe(null);
    },
  );
});

describe('numbers and flags', () => {
  test('a whole number is digits and nothing else', () => {
    expect(['42', ' -127 ', '+5', '0'].map((text) => wholeNumber(text))).toEqual([42, -127, 5, 0]);
    expect(
      ['', '1.5', '1e3', '0x10', '9007199254740993', '1'.repeat(40), 'two'].map((text) => wholeNumber(text)),
    ).toEqual([null, null, null, null, null, null, null]);
    expect(wholeNumber(undefined)).toBe(null);
  });

  test('a flag is true, false, 1 or 0', () => {
    expect(['true', '1', 'false', '0', 'yes', '2', 'TRUE'].map((text) => yesOrNo(text))).toEqual([
      true,
      true,
      false,
      false,
      null,
      null,
      null,
    ]);
  });
});

test('lines that no rule knows are counted; empty ones are not', () => {
  const seen: string[] = [];
  const unknown = readLines('a\n\n  \nb\nc', (line) => {
    seen.push(line);
    return line === 'b';
  });
  expect({ unknown, seen }).toEqual({ unknown: 2, seen: ['a', 'b', 'c'] });
});
