import { describe, expect, test } from 'vitest';
import { openStore, type Store, type StoreOptions } from '../../../../db/store.ts';
import {
  countedUids,
  examplePlan,
  exampleSnapshot,
  exampleTicket,
  handedIn,
  pixel,
  temporaryFolder,
  temporaryStore,
} from '../examples.ts';

const noon = new Date('2026-05-02T12:00:00Z');
const at = noon.toISOString();
const later = '2026-05-02T13:00:00.000Z';

const shop = (options: StoreOptions = {}): Store =>
  temporaryStore({ now: () => noon, newUid: countedUids(), handsOver: () => true, ...options });

const waiting = (store: Store) => store.outbox.list('waiting', 100);
const opened = (store: Store) => store.createTicket(exampleTicket({ phones: [handedIn(pixel)] }));

describe('the outbox', () => {
  test('gets what happens under a ticket, by the uid of what happened, and nothing else', () => {
    const store = shop();
    store.saveSnapshot(exampleSnapshot({ phone: { ...pixel, id: 'OTHER' } }));
    const { id } = opened(store);
    store.changeTicket(id, { fault: 'Another one.', note: 'For the shop alone.' }, { seen: null, who: 'Sam' });
    const snapshot = store.saveSnapshot(exampleSnapshot());
    const action = store.planAction(examplePlan());
    store.addActionEvent(action.id, { kind: 'started' }, { kind: 'ran', outputs: [] });
    store.addActionEvent(action.id, { kind: 'verified', result: 'taken', after: {} });
    store.changeTicket(id, { status: 'ready' }, { seen: null, who: 'Sam' });
    expect(waiting(store).map(({ about, ticket }) => ({ about, ticket }))).toEqual([
      { about: 'ticket', ticket: id },
      { about: 'snapshot', ticket: id },
      { about: 'action', ticket: id },
      { about: 'ticket', ticket: id },
    ]);
    expect(waiting(store).map((message) => store.outbox.source(message))).toEqual([
      { about: 'ticket', at, opened: true, status: 'taken-in' },
      { about: 'snapshot', at: exampleSnapshot().reading.takenAt, id: snapshot },
      { about: 'action', at, id: action.id, undone: false },
      { about: 'ticket', at, opened: false, status: 'ready' },
    ]);
    expect(waiting(store)[1]?.uid).toBe(store.loadSnapshot(snapshot)?.uid);
  });

  test('stays empty where the shop has no ticket system', () => {
    const store = temporaryStore();
    opened(store);
    store.saveSnapshot(exampleSnapshot());
    expect(store.outbox.counts()).toMatchObject({ waiting: 0, delivered: 0, givenUp: 0 });
  });

  test('gives the next message of each ticket alone, and the one behind it once that has come to its end', () => {
    const store = shop();
    const first = opened(store);
    const second = store.createTicket(exampleTicket());
    store.changeTicket(first.id, { status: 'in-work' }, { seen: null, who: 'Sam' });
    const due = () => store.outbox.due(at, 10).map(({ id, ticket }) => ({ id, ticket }));
    expect(due()).toEqual([
      { id: 1, ticket: first.id },
      { id: 2, ticket: second.id },
    ]);
    store.outbox.begin(1, later);
    store.outbox.delay(1, { dueAt: later, trouble: 'It did not answer.', begun: true });
    expect(due()).toEqual([{ id: 2, ticket: second.id }]);
    expect(store.outbox.due(later, 10)[0]).toMatchObject({
      id: 1,
      begun: true,
      attempts: 1,
      trouble: 'It did not answer.',
    });
    store.outbox.end(1, 'delivered');
    expect(due()).toEqual([
      { id: 2, ticket: second.id },
      { id: 3, ticket: first.id },
    ]);
  });

  test('knows after a kill that a message may have arrived', () => {
    const folder = temporaryFolder();
    const store = openStore(folder, { handsOver: () => true });
    store.createTicket(exampleTicket());
    store.outbox.begin(1, later);
    store.close();
    const again = openStore(folder);
    expect(again.outbox.list('waiting', 1)).toMatchObject([{ begun: true, attempts: 1 }]);
    again.close();
  });

  test('lets one program send at a time', () => {
    const store = shop();
    const lease = store.outbox.take();
    expect(lease).not.toBeNull();
    expect(store.outbox.take()).toBeNull();
    lease?.giveBack();
    const next = store.outbox.take();
    expect(next).not.toBeNull();
    next?.giveBack();
  });

  test('holds nothing of a phone that is forgotten: its message has nothing to tell', () => {
    const store = shop();
    opened(store);
    store.saveSnapshot(exampleSnapshot());
    store.forgetPhone(pixel.id);
    expect(waiting(store).map((message) => store.outbox.source(message)?.about ?? null)).toEqual(['ticket', null]);
  });

  test('takes up again what was given up, and forgets what was delivered long ago', () => {
    const store = shop();
    store.createTicket(exampleTicket());
    store.createTicket(exampleTicket());
    store.outbox.end(1, 'given-up');
    store.outbox.end(2, 'delivered');
    expect(store.outbox.counts()).toEqual({ waiting: 0, givenUp: 1, delivered: 1, oldest: null, lastDelivered: at });
    store.outbox.retryGivenUp();
    store.outbox.forgetEnded(later);
    expect(store.outbox.counts()).toMatchObject({ waiting: 1, givenUp: 0, delivered: 0 });
    store.outbox.discard();
    expect(store.outbox.counts()).toMatchObject({ waiting: 0, givenUp: 0 });
  });

  test('keeps the answer to a next action with what was done for it, once', () => {
    const store = shop();
    const take = () =>
      store.outbox.answer({ action: 'next-1', answer: 'taken' }, () => ({
        ticket: store.createTicket(exampleTicket()).id,
      }));
    expect(take()).toEqual({ ticket: 1 });
    expect(take()).toBeNull();
    expect(store.listTickets()).toHaveLength(1);
    const broken = () =>
      store.outbox.answer({ action: 'next-2', answer: 'taken' }, () => {
        store.createTicket(exampleTicket());
        throw new Error('The power is cut.');
      });
    expect(broken).toThrow('The power is cut.');
    expect(store.listTickets()).toHaveLength(1);
    expect(store.outbox.answered()).toEqual([{ action: 'next-1', answer: 'taken' }]);
  });
});
