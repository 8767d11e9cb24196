import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { actionState, type ActionEvent } from '../../../../db/records/actions.ts';
import { openStore } from '../../../../db/store.ts';
import {
  examplePlan,
  exampleTicket,
  exampleSnapshot,
  photos,
  pixel,
  pixelIdentity,
  temporaryFolder,
  temporaryStore,
  countedUids,
} from '../examples.ts';

const ran: ActionEvent = {
  kind: 'ran',
  outputs: [{ command: 'cmd appops set …', output: "it's\nfine", errors: '', exitCode: 0, ended: 'whole' }],
};
const notFound = (message: string) => expect.objectContaining({ code: 'not-found', message });
const taken: ActionEvent = { kind: 'verified', result: 'taken', after: { runAnyInBackground: 'allow' } };

describe('an action', () => {
  test('is stored with its inverse and its former values before anything ran', () => {
    const folder = temporaryFolder();
    const first = openStore(folder, { now: () => new Date('2026-05-01T10:00:00Z'), newUid: countedUids() });
    first.planAction(examplePlan());
    first.close();
    const second = openStore(folder);
    expect(second.loadAction(1)).toEqual({
      id: 1,
      uid: 'uid-1',
      phone: 'PIXEL1',
      snapshot: null,
      ticket: null,
      walkthrough: null,
      cause: 'background-denied',
      app: photos,
      correction: 'allow-background',
      commands: [`cmd appops set ${photos} RUN_ANY_IN_BACKGROUND allow`],
      inverse: [`cmd appops set ${photos} RUN_ANY_IN_BACKGROUND default`],
      before: { runAnyInBackground: 'default' },
      identity: pixelIdentity,
      who: 'Sam',
      takenIn: false,
      plannedAt: '2026-05-01T10:00:00.000Z',
      events: [],
    });
    expect(second.loadAction(2)).toBeNull();
    second.close();
  });

  test('tells its whole life in order: started, ran, verified, undone', () => {
    let second = 0;
    const store = temporaryStore({ now: () => new Date(Date.UTC(2026, 4, 1, 10, 0, second++)) });
    const { id } = store.planAction(examplePlan());
    second = 0;
    const undone: ActionEvent = { kind: 'undo-verified', result: 'taken', after: { runAnyInBackground: 'default' } };
    const life: ActionEvent[] = [
      { kind: 'started' },
      ran,
      taken,
      { kind: 'undo-started' },
      { ...ran, kind: 'undo-ran' },
      undone,
    ];
    const states = life.map((event) => actionState(store.addActionEvent(id, event)));
    expect(states).toEqual(['started', 'ran', 'verified', 'undo-started', 'undo-ran', 'undo-verified']);
    expect(store.loadAction(id)?.events).toEqual(
      life.map((event, index) => ({ ...event, at: `2026-05-01T10:00:0${index}.000Z` })),
    );
  });

  test('refuses an event that cannot follow, such as the second of two undos at once', () => {
    const store = temporaryStore();
    const { id } = store.planAction(examplePlan());
    const outOfOrder = expect.objectContaining({ code: 'action-out-of-order' });
    expect(() => store.addActionEvent(id, taken)).toThrow(outOfOrder);
    store.addActionEvent(id, { kind: 'started' });
    store.addActionEvent(id, taken);
    store.addActionEvent(id, { kind: 'undo-started' });
    expect(() => store.addActionEvent(id, { kind: 'undo-started' })).toThrow(outOfOrder);
    expect(store.loadAction(id)?.events).toHaveLength(3);
  });

  test('takes several events at once whole, or none of them', () => {
    const store = temporaryStore();
    const { id } = store.planAction(examplePlan());
    const outOfOrder = expect.objectContaining({ code: 'action-out-of-order' });
    expect(() => store.addActionEvent(id, { kind: 'started' }, { kind: 'undo-started' })).toThrow(outOfOrder);
    expect(store.loadAction(id)?.events).toEqual([]);
    const abandoned: ActionEvent = { kind: 'abandoned', reason: 'The program ended.' };
    expect(actionState(store.addActionEvent(id, { kind: 'started' }, abandoned, { kind: 'undo-started' }))).toBe(
      'undo-started',
    );
  });

  test('that does not exist, or rests on what does not exist, is refused', () => {
    const store = temporaryStore();
    expect(() => store.addActionEvent(9, { kind: 'started' })).toThrow(notFound('There is no action 9.'));
    expect(() => store.planAction(examplePlan({ snapshot: 3 }))).toThrow(notFound('There is no snapshot 3.'));
    expect(() => store.planAction(examplePlan({ ticket: 4 }))).toThrow(notFound('There is no ticket 4.'));
    expect(store.listActions()).toEqual([]);
  });

  test('keeps the snapshot and the ticket it belongs to', () => {
    const store = temporaryStore();
    const ticket = store.createTicket(exampleTicket()).id;
    const snapshot = store.saveSnapshot(exampleSnapshot({ ticket }));
    expect(store.planAction(examplePlan({ snapshot, ticket }))).toMatchObject({ snapshot: 1, ticket: 1 });
  });
});

describe('the list of actions', () => {
  test('has the latest first, of one phone or of all', () => {
    const store = temporaryStore();
    store.planAction(examplePlan());
    store.planAction(examplePlan({ phone: { ...pixel, id: 'PIXEL2' } }));
    store.planAction(examplePlan());
    expect(store.listActions().map(({ id }) => id)).toEqual([3, 2, 1]);
    expect(store.listActions('PIXEL1').map(({ id }) => id)).toEqual([3, 1]);
  });

  test('of open ones has those that came to no end, and only those', () => {
    const store = temporaryStore();
    const lives: ActionEvent[][] = [
      [],
      [{ kind: 'started' }],
      [{ kind: 'started' }, ran],
      [{ kind: 'started' }, ran, taken],
      [{ kind: 'abandoned', reason: 'Nobody said yes.' }],
      [{ kind: 'started' }, taken, { kind: 'undo-started' }],
      [
        { kind: 'started' },
        taken,
        { kind: 'undo-started' },
        { kind: 'undo-verified', result: 'not-taken', after: null },
      ],
    ];
    for (const life of lives) {
      const { id } = store.planAction(examplePlan());
      for (const event of life) store.addActionEvent(id, event);
    }
    expect(store.openActions().map(({ id }) => id)).toEqual([6, 3, 2, 1]);
    expect(store.openActions('PIXEL1')).toEqual(store.openActions());
    expect(store.openActions('PIXEL2')).toEqual([]);
    store.addActionEvent(1, { kind: 'abandoned', reason: 'Nothing of it ran.' });
    expect(store.openActions().map(({ id }) => id)).toEqual([6, 3, 2]);
  });

  test('of open ones has none that somebody left as it is, which can still be undone', () => {
    const store = temporaryStore();
    const { id } = store.planAction(examplePlan());
    const left: ActionEvent = { kind: 'left', who: 'Sam' };
    expect(() => store.addActionEvent(id, left)).toThrow(expect.objectContaining({ code: 'action-out-of-order' }));
    store.addActionEvent(id, { kind: 'started' }, ran, left);
    expect(store.openActions()).toEqual([]);
    expect(actionState(store.addActionEvent(id, { kind: 'undo-started' }))).toBe('undo-started');
    store.addActionEvent(id, left);
    expect(store.openActions()).toEqual([]);
  });

  test('of open ones has one that nobody goes on with, where nobody knows how far it came', () => {
    const store = temporaryStore();
    const { id } = store.planAction(examplePlan());
    store.addActionEvent(id, { kind: 'started' }, { kind: 'abandoned', reason: 'The program was closed.' });
    expect(store.openActions().map((action) => action.id)).toEqual([id]);
    store.addActionEvent(id, { kind: 'undo-started' }, { kind: 'undo-verified', result: 'taken', after: null });
    expect(store.openActions()).toEqual([]);
  });
});

describe('the log of actions', () => {
  test.each([
    'DELETE FROM action',
    'DELETE FROM action_event',
    "UPDATE action SET who = 'nobody'",
    "UPDATE action_event SET kind = 'verified'",
    'INSERT OR REPLACE INTO action SELECT * FROM action',
    'INSERT OR REPLACE INTO action_event SELECT * FROM action_event',
  ])('cannot be rewritten, not even in SQL: %s', (sql) => {
    const store = temporaryStore();
    store.addActionEvent(store.planAction(examplePlan()).id, { kind: 'started' });
    const before = store.listActions();
    const raw = new Database(store.file);
    expect(() => raw.exec(sql)).toThrow('actions are append-only');
    raw.close();
    expect(store.listActions()).toEqual(before);
  });
});
