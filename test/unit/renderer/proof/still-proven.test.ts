import { expect, test } from 'vitest';
import { isStillProven } from '../../../../renderer/proof/still-proven.ts';
import type { ScanReport, TestPhotoReport } from '../../../../renderer/program/received.ts';

const photo = { app: 'photos', endedAt: '2026-11-22T10:00:00.000Z' } as TestPhotoReport;
const read = (takenAt: string, state: string) =>
  ({ reading: { takenAt }, uploads: [{ app: 'photos', state }] }) as unknown as ScanReport;

test('a test photo that left proves nothing any more where the phone was read since, and does not say that photos leave', () => {
  expect(isStillProven(null, photo)).toBe(true);
  expect(isStillProven(read('2026-11-22T09:59:00.000Z', 'stalled'), photo)).toBe(true);
  expect(isStillProven(read('2026-11-22T10:05:00.000Z', 'running'), photo)).toBe(true);
  expect(isStillProven(read('2026-11-22T10:05:00.000Z', 'stalled'), photo)).toBe(false);
  expect(isStillProven(read('2026-11-22T10:05:00.000Z', 'unknown'), photo)).toBe(false);
  // Of an app that is not the chosen one the report says nothing.
  expect(isStillProven(read('2026-11-22T10:05:00.000Z', 'stalled'), { ...photo, app: 'others' })).toBe(true);
});
