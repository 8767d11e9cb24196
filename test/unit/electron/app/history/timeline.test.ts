import { describe, expect, test } from 'vitest';
import type { SnapshotMeasures } from '../../../../../db/records/snapshot-measures.ts';
import type { SnapshotListItem } from '../../../../../electron/app/history/snapshot-list.ts';
import { timeline } from '../../../../../electron/app/history/timeline.ts';
import type { TestPhotoReport } from '../../../../../electron/app/proof/test-photo-report.ts';

const item = (id: number, takenAt: string, problems: number, phoneId = 'A1'): SnapshotListItem => ({
  id: String(id),
  phoneId,
  phoneName: `Phone ${phoneId}`,
  label: null,
  takenAt,
  verdict: `verdict ${id}`,
  problems,
});

const measured = (id: number, told: Partial<SnapshotMeasures> = {}): SnapshotMeasures => ({
  id,
  batteryPercent: null,
  batteryCycles: null,
  freeBytes: null,
  waitingPhotos: null,
  ...told,
});

const photo = (endedAt: string, verdict: 'uploaded' | 'nothing-sent'): TestPhotoReport =>
  ({ phone: 'A1', endedAt, verdict }) as unknown as TestPhotoReport;

const nothing = { measures: [], actions: [], testPhotos: [] };

describe('the visits of a phone', () => {
  test('five scans of one minute are one visit, with what it found at first and at last', () => {
    const scans = [3, 5, 6, 4, 2].map((problems, index) =>
      item(index + 1, `2026-05-01T10:00:1${index}.000Z`, problems),
    );
    const [visit, ...others] = timeline({ ...nothing, snapshots: scans });
    expect(others).toEqual([]);
    expect(visit).toMatchObject({ problemsAtFirst: 3, problems: 2, verdict: 'verdict 5' });
    expect(visit?.snapshots.map(({ id }) => id)).toEqual(['1', '2', '3', '4', '5']);
  });

  test('a visit ends with the photo that left after its last scan', () => {
    const snapshots = [item(1, '2026-05-01T10:00:00.000Z', 3)];
    const ended = (...testPhotos: TestPhotoReport[]) =>
      timeline({ ...nothing, snapshots, testPhotos })[0]?.endedWithPhoto;
    const [left, not] = [
      photo('2026-05-01T10:05:00.000Z', 'uploaded'),
      photo('2026-05-01T10:09:00.000Z', 'nothing-sent'),
    ];
    expect(ended()).toBe(false);
    expect(ended(left)).toBe(true);
    expect(ended(left, not)).toBe(false);
  });

  test('a scan that comes more than an hour after the one before it is another visit; the latest stands first', () => {
    const snapshots = [
      item(1, '2026-05-01T10:00:00.000Z', 3),
      item(2, '2026-05-01T11:00:00.000Z', 2),
      item(3, '2026-05-01T12:00:00.001Z', 1),
    ];
    const visits = timeline({ ...nothing, snapshots });
    expect(visits.map((visit) => visit.snapshots.map(({ id }) => id))).toEqual([['3'], ['1', '2']]);
  });

  test('those of two phones at one moment stay apart', () => {
    const snapshots = [item(1, '2026-05-01T10:00:00.000Z', 3), item(2, '2026-05-01T10:00:01.000Z', 2, 'B2')];
    expect(timeline({ ...nothing, snapshots }).map(({ phoneId }) => phoneId)).toEqual(['B2', 'A1']);
  });

  test('a measure is that of the last scan of the visit that could tell, and unknown where none could', () => {
    const snapshots = [item(1, '2026-05-01T10:00:00.000Z', 3), item(2, '2026-05-01T10:01:00.000Z', 2)];
    const measures = [measured(1, { batteryPercent: 91, freeBytes: 5 }), measured(2, { freeBytes: 7 })];
    expect(timeline({ ...nothing, snapshots, measures })[0]?.measures).toEqual({
      batteryPercent: 91,
      batteryCycles: null,
      freeBytes: 7,
      waitingPhotos: null,
    });
  });
});
