import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import type { NewTestPhoto } from '../../../../db/records/test-photos.ts';
import { countedUids, photos, pixel, temporaryStore } from '../examples.ts';

const example = (changes: Partial<NewTestPhoto> = {}): NewTestPhoto => ({
  phone: pixel,
  app: photos,
  on: 'mobile',
  startedAt: '2026-05-01T10:00:00.000Z',
  photoSeenAt: '2026-05-01T10:00:10.000Z',
  endedAt: '2026-05-01T10:10:10.000Z',
  photoBytes: 3_456_789,
  verdict: {
    outcome: 'nothing-sent',
    sentence: 'Nothing was sent in 10 minutes, because the job waits for a fuller battery.',
    waitsFor: [{ id: 'BATTERY_NOT_LOW', words: 'a fuller battery' }],
    sentBytes: { wifi: 0, mobile: 4_000, vpn: 0, other: 0 },
    photosSent: null,
  },
  brokenOff: null,
  observations: [
    {
      at: '2026-05-01T10:00:05.000Z',
      sent: [{ network: 'mobile', from: '2026-05-01T10:00:00.000Z', bytes: 12 }],
      library: null,
      transports: ['CELLULAR'],
      waits: null,
      jobs: null,
      why: null,
    },
  ],
  ...changes,
});

describe('a test photo', () => {
  test('is kept with all that was seen of it, the latest first', () => {
    const store = temporaryStore({ newUid: countedUids() });
    const brokenOff = { reason: 'unplugged', detail: 'The cable was pulled.' } as const;
    expect(store.saveTestPhoto(example())).toBe(1);
    expect(
      store.saveTestPhoto(example({ phone: { ...pixel, id: 'OTHER' }, on: null, photoBytes: null, brokenOff })),
    ).toBe(2);
    const { phone, ...first } = example();
    expect(store.listTestPhotos(phone.id)).toEqual([{ id: 1, uid: 'uid-1', ticket: null, phone: phone.id, ...first }]);
    expect(store.listTestPhotos().map(({ id, brokenOff: why }) => [id, why])).toEqual([
      [2, brokenOff],
      [1, null],
    ]);
    expect(
      store
        .listPhones()
        .map(({ id }) => id)
        .toSorted(),
    ).toEqual(['OTHER', 'PIXEL1']);
  });

  test.each([
    ['changed', "UPDATE test_photo SET outcome = 'uploaded'"],
    ['deleted', 'DELETE FROM test_photo'],
    ['replaced', 'INSERT OR REPLACE INTO test_photo SELECT * FROM test_photo'],
  ])('is never %s', (_how, sql) => {
    const store = temporaryStore();
    store.saveTestPhoto(example());
    const db = new Database(store.file);
    expect(() => db.exec(sql)).toThrow('test photos are append-only');
    db.close();
  });
});
