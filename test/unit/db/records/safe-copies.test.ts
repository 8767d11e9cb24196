import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import type { NewSafeCopy } from '../../../../db/records/safe-copies.ts';
import type { Store } from '../../../../db/store.ts';
import { countedUids, pixel, temporaryStore } from '../examples.ts';

const example: NewSafeCopy = {
  phone: pixel,
  folder: '/home/sam/Phone photos',
  startedAt: '2026-05-18T09:00:00.000Z',
  endedAt: '2026-05-18T10:00:00.000Z',
  whole: true,
  files: 40,
  bytes: 123_456_789,
  photoCount: 40,
  newestPhoto: '2026-05-17T14:03:21.000Z',
};

function kept(): Store {
  const store = temporaryStore({ newUid: countedUids() });
  store.saveSafeCopy(example);
  store.saveSafeCopy({ ...example, whole: false, photoCount: null, newestPhoto: null });
  store.declineCopy({ phone: pixel, who: 'Sam', sentence: 'I go on.' });
  return store;
}

describe('a safe copy', () => {
  test('is kept, the latest first, and so is that somebody goes on without', () => {
    const store = kept();
    const { phone: _phone, ...fields } = example;
    expect(store.listSafeCopies(pixel.id)).toEqual([
      {
        id: 2,
        uid: 'uid-2',
        ticket: null,
        phone: pixel.id,
        ...fields,
        whole: false,
        photoCount: null,
        newestPhoto: null,
      },
      { id: 1, uid: 'uid-1', ticket: null, phone: pixel.id, ...fields },
    ]);
    expect(store.listSafeCopies('OTHER')).toEqual([]);
    expect(store.lastDeclined(pixel.id)).toMatchObject({ who: 'Sam', sentence: 'I go on.' });
    expect(store.lastDeclined('OTHER')).toBeNull();
  });

  test.each([
    ['changed', 'UPDATE safe_copy SET whole = 1'],
    ['deleted', 'DELETE FROM safe_copy'],
    ['replaced', 'INSERT OR REPLACE INTO safe_copy SELECT * FROM safe_copy'],
    ['changed in who went on without', "UPDATE copy_declined SET who = 'Nobody'"],
    ['robbed of who went on without', 'DELETE FROM copy_declined'],
    ['given another decision', 'INSERT OR REPLACE INTO copy_declined SELECT * FROM copy_declined'],
  ])('is never %s', (_how, sql) => {
    const db = new Database(kept().file);
    expect(() => db.exec(sql)).toThrow('safe copies are append-only');
    db.close();
  });
});
