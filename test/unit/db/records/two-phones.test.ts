import { renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { loadMigrations } from '../../../../db/migrate.ts';
import { openStore } from '../../../../db/store.ts';
import { unreadPhone, type Phone } from '../../../../native/phone.ts';
import { examplePlan, exampleSnapshot, pixel, pixelIdentity, temporaryFolder, temporaryStore } from '../examples.ts';

const galaxy: Phone = { ...pixel, manufacturer: 'samsung', model: 'SM-S936B', name: 'Ben' };
const unread: Phone = unreadPhone('PIXEL1', 'android', 'ready');

describe('two phones behind one serial', () => {
  test('are two phones, and the second gets an id of its own', () => {
    const store = temporaryStore();
    store.saveSnapshot(exampleSnapshot({ phone: pixel }));
    store.saveSnapshot(exampleSnapshot({ phone: galaxy }));
    store.saveSnapshot(exampleSnapshot({ phone: galaxy }));
    store.planAction(examplePlan({ phone: galaxy }));
    expect(store.phonesOfSerial('PIXEL1').map(({ id, model }) => [id, model])).toEqual([
      ['PIXEL1', 'Pixel 8'],
      ['PIXEL1~2', 'SM-S936B'],
    ]);
    expect(store.listSnapshots({ phone: 'PIXEL1' }).map(({ phone }) => phone.model)).toEqual(['Pixel 8']);
    expect(store.listSnapshots({ phone: 'PIXEL1~2' }).map(({ phone }) => phone.id)).toEqual(['PIXEL1~2', 'PIXEL1~2']);
    expect(store.listActions('PIXEL1')).toEqual([]);
    expect(store.listActions('PIXEL1~2')).toHaveLength(1);
  });

  test('are told apart by maker and model, and by nothing that is not known', () => {
    const store = temporaryStore();
    expect(store.phoneIdOf(pixel)).toBe('PIXEL1');
    store.saveSnapshot(exampleSnapshot({ phone: pixel }));
    const idOf = (changes: Partial<Phone>) => store.phoneIdOf({ ...pixel, ...changes });
    expect([idOf({ osVersion: '17', name: 'Other' }), idOf({ model: null }), store.phoneIdOf(unread)]).toEqual([
      'PIXEL1',
      'PIXEL1',
      'PIXEL1',
    ]);
    expect([idOf({ model: 'Pixel 9' }), idOf({ manufacturer: 'samsung' })]).toEqual(['PIXEL1~2', 'PIXEL1~2']);
    store.saveSnapshot(exampleSnapshot({ phone: galaxy }));
    expect([store.phoneIdOf(galaxy), idOf({ model: 'Pixel 9' }), store.phoneIdOf(unread)]).toEqual([
      'PIXEL1~2',
      'PIXEL1~3',
      'PIXEL1',
    ]);
  });

  test('an id that was given to one is never that of the other', () => {
    const store = temporaryStore();
    store.saveSnapshot(exampleSnapshot({ phone: pixel }));
    store.saveSnapshot(exampleSnapshot({ phone: galaxy }));
    expect(store.phoneIdOf({ ...galaxy, id: 'PIXEL1~2' })).toBe('PIXEL1~2');
    expect(store.phoneIdOf({ ...pixel, id: 'PIXEL1~2' })).toBe('PIXEL1');
  });

  test('an id that was only promised is kept, with the serial in it', () => {
    const store = temporaryStore();
    store.saveSnapshot(exampleSnapshot({ phone: pixel }));
    store.saveSnapshot(exampleSnapshot({ phone: { ...galaxy, id: store.phoneIdOf(galaxy) } }));
    expect(store.phonesOfSerial('PIXEL1').map(({ id }) => id)).toEqual(['PIXEL1', 'PIXEL1~2']);
    store.saveSnapshot(exampleSnapshot({ phone: { ...pixel, id: 'OTHER~2' } }));
    expect(store.phonesOfSerial('OTHER~2').map(({ id }) => id)).toEqual(['OTHER~2']);
  });

  test('an iPhone stays itself whatever its model is called: no two share a UDID', () => {
    const store = temporaryStore();
    const iphone: Phone = { ...unreadPhone('UDID', 'ios', 'ready'), manufacturer: 'Apple', model: 'iPhone19,1' };
    store.saveSnapshot(exampleSnapshot({ phone: iphone }));
    expect(store.phoneIdOf({ ...iphone, model: 'iPhone 18 Pro' })).toBe('UDID');
  });
});

describe('an action', () => {
  test('keeps who the phone was', () => {
    const store = temporaryStore();
    expect(store.planAction(examplePlan()).identity).toEqual(pixelIdentity);
    expect(store.planAction(examplePlan({ identity: null })).identity).toBeNull();
  });
});

describe.each([1, 2, 3, 4, 5, 6])('a store of version %i', (version) => {
  test('is brought up to date: its phones keep their ids, its actions have no identity', () => {
    const folder = temporaryFolder();
    openStore(folder, { migrations: loadMigrations().slice(0, version) }).close();
    const db = new Database(`${folder}/phone-health.sqlite`);
    db.exec(
      `INSERT INTO phone (id, platform, state, manufacturer, model, seen_at)
       VALUES ('PIXEL1', 'android', 'ready', 'Google', 'Pixel 8', '2026-01-01T00:00:00.000Z');
       INSERT INTO action (phone, cause, app, correction, commands_json, inverse_json, before_json, who, planned_at)
       VALUES ('PIXEL1', 'c', NULL, 'k', '[]', '[]', '{}', 'Sam', '2026-01-01T00:00:00.000Z')`,
    );
    db.close();
    const store = openStore(folder);
    expect(store.phonesOfSerial('PIXEL1').map(({ id, serial }) => [id, serial])).toEqual([['PIXEL1', 'PIXEL1']]);
    expect(store.loadAction(1)).toMatchObject({ phone: 'PIXEL1', identity: null });
    expect(store.phoneIdOf(galaxy)).toBe('PIXEL1~2');
    store.close();
  });
});

describe('a data folder that is taken away while the program runs', () => {
  const moved = expect.objectContaining({ code: 'store-moved' });

  test.each([
    ['deleted', (folder: string) => rmSync(folder, { recursive: true })],
    ['moved', (folder: string) => renameSync(folder, `${folder}-elsewhere`)],
    [
      'replaced by another',
      (folder: string) => {
        renameSync(folder, `${folder}-elsewhere`);
        openStore(folder).close();
      },
    ],
  ])('and %s takes nothing more, and says so', (_how, take) => {
    const store = temporaryStore();
    const { id } = store.planAction(examplePlan());
    take(dirname(store.file));
    expect(() => store.requireInPlace()).toThrow(moved);
    expect(() => store.saveSnapshot(exampleSnapshot())).toThrow(moved);
    expect(() => store.planAction(examplePlan())).toThrow(moved);
    expect(() => store.addActionEvent(id, { kind: 'started' })).toThrow(moved);
  });

  test('and moved still takes what has run on a phone meanwhile', () => {
    const store = temporaryStore();
    const { id } = store.planAction(examplePlan());
    store.addActionEvent(id, { kind: 'started' });
    const folder = dirname(store.file);
    renameSync(folder, `${folder}-elsewhere`);
    store.addActionEvent(id, { kind: 'verified', result: 'taken', after: {} });
    store.close();
    const found = openStore(`${folder}-elsewhere`);
    expect(found.loadAction(id)?.events.map(({ kind }) => kind)).toEqual(['started', 'verified']);
    found.close();
  });

  test('and put back takes everything again', () => {
    const store = temporaryStore();
    const folder = dirname(store.file);
    renameSync(folder, `${folder}-elsewhere`);
    renameSync(`${folder}-elsewhere`, folder);
    expect(store.saveSnapshot(exampleSnapshot())).toBe(1);
  });
});
