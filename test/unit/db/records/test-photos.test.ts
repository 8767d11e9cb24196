import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { countedUids, exampleTestPhoto, pixel, temporaryStore } from '../examples.ts';

describe('a test photo', () => {
  test('is kept with all that was seen of it, the latest first', () => {
    const store = temporaryStore({ newUid: countedUids() });
    const brokenOff = { reason: 'unplugged', detail: 'The cable was pulled.' } as const;
    expect(store.saveTestPhoto(exampleTestPhoto())).toBe(1);
    expect(
      store.saveTestPhoto(
        exampleTestPhoto({ phone: { ...pixel, id: 'OTHER' }, on: null, photoBytes: null, brokenOff }),
      ),
    ).toBe(2);
    const { phone, ...first } = exampleTestPhoto();
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
    store.saveTestPhoto(exampleTestPhoto());
    const db = new Database(store.file);
    expect(() => db.exec(sql)).toThrow('test photos are append-only');
    db.close();
  });
});
