import { expect, test } from 'vitest';
import { provingPhoto } from '../../../../renderer/proof/still-proven.ts';
import type { ScanReport, TestPhotoReport } from '../../../../renderer/program/received.ts';

const photo = { app: 'photos', endedAt: '2026-11-22T10:00:00.000Z', verdict: 'uploaded' } as TestPhotoReport;
const read = (takenAt: string, state: string) =>
  ({ reading: { takenAt }, uploads: [{ app: 'photos', state }] }) as unknown as ScanReport;
const isProven = (report: ScanReport | null, by = photo): boolean => provingPhoto({ report: by }, report) !== null;

test('a test photo that left proves nothing any more where the phone was read since, and does not say that photos leave', () => {
  expect(isProven(null)).toBe(true);
  expect(isProven(read('2026-11-22T09:59:00.000Z', 'stalled'))).toBe(true);
  expect(isProven(read('2026-11-22T10:05:00.000Z', 'running'))).toBe(true);
  expect(isProven(read('2026-11-22T10:05:00.000Z', 'stalled'))).toBe(false);
  expect(isProven(read('2026-11-22T10:05:00.000Z', 'unknown'))).toBe(false);
  // Of an app that is not the chosen one the report says nothing.
  expect(isProven(read('2026-11-22T10:05:00.000Z', 'stalled'), { ...photo, app: 'others' })).toBe(true);
});

test('a test photo that did not leave, and none at all, prove nothing', () => {
  expect(isProven(null, { ...photo, verdict: 'nothing-sent' })).toBe(false);
  expect(provingPhoto({ report: null }, null)).toBeNull();
});
