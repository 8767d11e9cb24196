import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { NotFoundError, WalkthroughOverError } from '../../../../db/errors.ts';
import type { Store } from '../../../../db/store.ts';
import type { WalkthroughEvent } from '../../../../db/records/walkthroughs.ts';
import { examplePlan, exampleSnapshot, photos, pixel, temporaryStore } from '../examples.ts';

const step = { cause: 'background-denied', app: photos };

function started(): { store: Store; id: number } {
  const store = temporaryStore();
  const before = store.saveSnapshot(exampleSnapshot());
  return { store, id: store.startWalkthrough({ phone: pixel, ticket: null, before, who: 'Sam' }).id };
}

describe('a walk-through', () => {
  test('is kept with everything that happened in it, in order', () => {
    const { store, id } = started();
    store.addWalkthroughEvent(id, { kind: 'skipped', step });
    store.addWalkthroughEvent(id, {
      kind: 'screen-differs',
      step,
      correction: 'allow-background',
      note: 'No such menu',
    });
    expect(store.loadWalkthrough(id)).toEqual({
      id: 1,
      phone: pixel.id,
      ticket: null,
      before: 1,
      who: 'Sam',
      startedAt: expect.any(String),
      events: [
        { kind: 'skipped', step, at: expect.any(String) },
        { kind: 'screen-differs', step, correction: 'allow-background', note: 'No such menu', at: expect.any(String) },
      ],
    });
    expect(store.listWalkthroughs('OTHER')).toEqual([]);
    expect(store.listWalkthroughs(pixel.id)).toEqual(store.listWalkthroughs());
  });

  test('names the actions that belong to it', () => {
    const { store, id } = started();
    store.planAction(examplePlan({ walkthrough: id }));
    store.planAction(examplePlan());
    expect(store.listActions().map(({ walkthrough }) => walkthrough)).toEqual([null, id]);
  });

  test('needs a snapshot that is there', () => {
    const store = temporaryStore();
    expect(() => store.startWalkthrough({ phone: pixel, ticket: null, before: 7, who: 'Sam' })).toThrow(NotFoundError);
    expect(store.listWalkthroughs()).toEqual([]);
  });

  test('takes nothing in any more once it is over', () => {
    const ends: WalkthroughEvent[] = [
      { kind: 'given-up' },
      { kind: 'finished', snapshot: 1, open: [{ ...step, status: 'problem' }] },
    ];
    for (const end of ends) {
      const { store, id } = started();
      store.addWalkthroughEvent(id, end);
      expect(() => store.addWalkthroughEvent(id, { kind: 'skipped', step })).toThrow(WalkthroughOverError);
      expect(store.loadWalkthrough(id)?.events).toHaveLength(1);
    }
  });

  test.each([
    ['changed', "UPDATE walkthrough SET who = 'Nobody'"],
    ['deleted', 'DELETE FROM walkthrough'],
    ['replaced', 'INSERT OR REPLACE INTO walkthrough SELECT * FROM walkthrough'],
    ['changed in what happened', "UPDATE walkthrough_event SET kind = 'ticked'"],
    ['robbed of what happened', 'DELETE FROM walkthrough_event'],
    ['given another past', 'INSERT OR REPLACE INTO walkthrough_event SELECT * FROM walkthrough_event'],
  ])('is never %s', (_how, sql) => {
    const { store, id } = started();
    store.addWalkthroughEvent(id, { kind: 'skipped', step });
    const db = new Database(store.file);
    expect(() => db.exec(sql)).toThrow('walk-throughs are append-only');
    db.close();
  });
});
