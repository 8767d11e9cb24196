import { constants } from 'node:buffer';
import { expect, test } from 'vitest';
import { AnswerRoom, largestScanBytes } from '../../../native/answer-room.ts';
import { captureToJson } from '../../../native/capture.ts';

const mebibyte = 1_048_576;

test('answers of 15 MiB each are cut where all of them together would be too much, and say so', () => {
  const room = new AnswerRoom();
  const answer = new Uint8Array(15 * mebibyte);
  const taken = Array.from({ length: 6 }, () => room.take(answer));
  expect(taken.map(({ output }) => output.length / mebibyte)).toEqual([15, 15, 15, 15, 4, 0]);
  expect(taken.map(({ cut }) => cut === null)).toEqual([true, true, true, true, false, false]);
  expect(taken.at(-1)?.cut).toBe('The answers are longer than 64 MiB together.');
});

test('an answer of lines without end is cut at whole lines, and says so', () => {
  const room = new AnswerRoom();
  const { output, cut } = room.take(new Uint8Array(15 * mebibyte).fill(0x0a));
  expect([output.length, cut]).toEqual([500_000, 'The answer has more than 500000 lines.']);
  expect(room.take(new TextEncoder().encode('level: 50\n'))).toMatchObject({ cut: null });
});

test('answers that come at the same time have together what all may have, and the one that is too much is cut', () => {
  const room = new AnswerRoom();
  const shells = Array.from({ length: 6 }, () => ({}));
  expect(shells.map((shell) => room.arriving(shell, 15 * mebibyte))).toEqual([true, true, true, true, false, false]);
  expect(room.take(new Uint8Array(15 * mebibyte), shells[5]).output.length).toBe(0);
  expect(room.take(new Uint8Array(15 * mebibyte), shells[4])).toMatchObject({
    output: { length: 4 * mebibyte },
    cut: 'The answers are longer than 64 MiB together.',
  });
  expect(room.take(new Uint8Array(15 * mebibyte), shells[0]).cut).toBeNull();
});

/** A capture of one answer, as it is saved. */
const saved = (output: Uint8Array): string =>
  captureToJson({
    platform: 'android',
    phoneId: 'x',
    origin: 'usb',
    startedAt: '2026-05-01T10:00:00.000Z',
    durationMs: 1,
    apps: [],
    answers: [
      {
        probe: 'getprop',
        app: null,
        command: 'getprop',
        output,
        errors: '',
        exitCode: 0,
        startedAt: '2026-05-01T10:00:00.000Z',
        durationMs: 1,
        ended: 'whole',
        detail: '',
      },
    ],
    brokenOff: null,
  });

test('a capture of as much as there is room for, of whatever bytes, fits into one text', () => {
  const nothing = saved(new Uint8Array()).length;
  // A control character, which JSON writes with six, and a byte that is no text.
  for (const byte of [1, 0xff]) {
    const perByte = (saved(new Uint8Array(mebibyte).fill(byte)).length - nothing) / mebibyte;
    expect(perByte * largestScanBytes).toBeLessThan(constants.MAX_STRING_LENGTH);
  }
});
