import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { onTestFinished, expect, test } from 'vitest';
import { listBackups } from '../../../db/kept-backups.ts';
import { openStore, type Store } from '../../../db/store.ts';
import {
  examplePlan,
  exampleReading,
  exampleSnapshot,
  exampleTicket,
  handedIn,
  pixel,
  temporaryFolder,
} from './examples.ts';

const day = (number: number): string => new Date(Date.UTC(2026, 0, number)).toISOString();
const phone = (id: string) => ({ ...pixel, id, model: id });
const never = { captureDays: null, snapshotDays: null, customerDays: null };
const nothing = { captures: 0, snapshots: 0, phones: 0, customers: [], held: [], inChain: false };

/** A store in which it is the day that `today` says. */
function storeOf(): { store: Store; today: (number: number) => void } {
  let now = 1;
  const store = openStore(temporaryFolder(), { now: () => new Date(day(now)) });
  onTestFinished(() => store.close());
  return { store, today: (number) => (now = number) };
}

const save = (store: Store, id: string, taken: number, ticket: number | null = null): number =>
  store.saveSnapshot(exampleSnapshot({ phone: phone(id), ticket, reading: exampleReading({ takenAt: day(taken) }) }));

test('without a rule nothing goes', async () => {
  const { store, today } = storeOf();
  save(store, 'A', 1);
  today(1000);
  expect(store.retentionDue(never)).toEqual(nothing);
  expect(await store.applyRetention(never)).toEqual(nothing);
  expect(store.listSnapshots()).toHaveLength(1);
});

test('old snapshots under no ticket go, with phones of which nothing else is kept; what a correction rests on stays', async () => {
  const { store, today } = storeOf();
  const ticket = store.createTicket(exampleTicket({ phones: [handedIn(phone('OPEN'))] })).id;
  save(store, 'GONE', 1);
  save(store, 'GONE', 2);
  save(store, 'STAYS', 1);
  save(store, 'STAYS', 50);
  save(store, 'OPEN', 1);
  const rested = save(store, 'CORRECTED', 1);
  const action = store.planAction(examplePlan({ phone: phone('CORRECTED'), snapshot: rested })).id;
  const kept = save(store, 'TICKET', 1, ticket);
  today(60);
  const rules = { ...never, snapshotDays: 30 };
  expect(store.retentionDue(rules)).toEqual({ ...nothing, snapshots: 3, phones: 2 });
  expect(store.listSnapshots()).toHaveLength(7);
  expect(await store.applyRetention(rules)).toMatchObject({ snapshots: 3 });
  expect(
    store
      .listSnapshots()
      .map(({ id }) => id)
      .toSorted((a, b) => a - b),
  ).toEqual([4, 5, rested, kept]);
  expect(
    store
      .listPhones()
      .map(({ id }) => id)
      .toSorted(),
  ).toEqual(['CORRECTED', 'OPEN', 'STAYS', 'TICKET']);
  expect(store.loadAction(action)?.inverse).toHaveLength(1);
  const terms = [{ beginnings: ['gone'], words: [] }];
  expect(store.listSnapshots({ terms })).toEqual([]);
  expect(store.retentionDue(rules)).toEqual(nothing);
});

test('what phones answered goes, and says so; the reading and the judgement stay; under an open ticket nothing goes', async () => {
  const { store, today } = storeOf();
  const ticket = store.createTicket(exampleTicket()).id;
  const [old, open, young] = [save(store, 'A', 1), save(store, 'A', 2, ticket), save(store, 'A', 59)];
  const before = store.loadSnapshot(old);
  today(60);
  const rules = { ...never, captureDays: 30 };
  expect(store.retentionDue(rules)).toEqual({ ...nothing, captures: 1 });
  await store.applyRetention(rules);
  const after = store.loadSnapshot(old);
  expect(after).toEqual({ ...before, capture: after?.capture });
  expect(after?.capture.answers).toMatchObject([{ probe: 'battery', ended: 'missing', errors: '' }]);
  expect(after?.capture.answers[0]?.output).toHaveLength(0);
  for (const id of [open, young]) expect(store.loadSnapshot(id)?.capture.answers[0]?.output).toHaveLength(6);
  expect(store.retentionDue(rules)).toEqual(nothing);
});

test('customers go after their last ticket was closed, but for one whose phone can still be put back', async () => {
  const { store, today } = storeOf();
  const [ada, ben, cem] = ['Ada', 'Ben', 'Cem'].map((name) =>
    store.createTicket(exampleTicket({ customer: { name, contact: '' }, phones: [handedIn(phone(name))] })),
  );
  if (ada === undefined || ben === undefined || cem === undefined) throw new Error('Three were opened.');
  const action = store.planAction(examplePlan({ phone: phone('Ben'), ticket: ben.id })).id;
  store.addActionEvent(action, { kind: 'started' }, { kind: 'verified', result: 'taken', after: {} });
  for (const { id } of [ada, ben]) store.changeTicket(id, { status: 'closed' }, { seen: null, who: 'Sam' });
  const rules = { ...never, customerDays: 30 };
  today(20);
  expect(store.retentionDue(rules)).toEqual(nothing);
  today(60);
  expect(store.retentionDue(rules)).toMatchObject({ customers: [{ name: 'Ada' }], held: [{ name: 'Ben' }] });
  await store.applyRetention(rules);
  expect(store.listTickets().map(({ customer }) => customer?.name)).toEqual(['Cem', 'Ben']);
  expect(store.loadAction(action)?.inverse).toHaveLength(1);
});

test('a customer who comes again while others are erased stays', async () => {
  const { store, today } = storeOf();
  for (const name of ['Ada', 'Ben']) {
    const { id } = store.createTicket(exampleTicket({ customer: { name, contact: '' } }));
    store.changeTicket(id, { status: 'closed' }, { seen: null, who: 'Sam' });
  }
  today(60);
  const going = store.applyRetention({ ...never, customerDays: 30 });
  // Ada is gone by now, and others are let in.
  const ben = store.loadTicket(2)?.customer?.uid ?? '';
  store.createTicket(exampleTicket({ customer: { uid: ben } }));
  expect((await going).customers).toMatchObject([{ name: 'Ada' }]);
  expect(store.findCustomers('ben', 5)).toHaveLength(1);
});

test('nothing goes of a phone that something is being done with, and who is known no more is told', async () => {
  const { store, today } = storeOf();
  for (const name of ['Ada', 'Ben']) {
    const { id } = store.createTicket(
      exampleTicket({ customer: { name, contact: '' }, phones: [handedIn(phone(name))] }),
    );
    store.changeTicket(id, { status: 'closed' }, { seen: null, who: 'Sam' });
  }
  for (const id of ['GONE', 'BUSY', 'STAYS']) save(store, id, 1);
  save(store, 'STAYS', 59);
  today(60);
  const rules = { ...never, snapshotDays: 30, customerDays: 30 };
  const forgotten: string[] = [];
  const gone = await store.applyRetention(rules, {
    isBusy: (id) => id === 'BUSY' || id === 'Ben',
    onForgotten: (ids) => forgotten.push(...ids),
  });
  expect(gone).toMatchObject({ snapshots: 2, phones: 2, customers: [{ name: 'Ada' }], held: [{ name: 'Ben' }] });
  expect(forgotten).toEqual(['Ada', 'GONE']);
  expect(store.listSnapshots().map((snapshot) => snapshot.phone.id)).toEqual(['STAYS', 'BUSY']);
});

test('stops between two parts where it is told to, and the rest is due the next time', async () => {
  const { store, today } = storeOf();
  for (const name of ['Ada', 'Ben']) {
    const { id } = store.createTicket(exampleTicket({ customer: { name, contact: '' } }));
    store.changeTicket(id, { status: 'closed' }, { seen: null, who: 'Sam' });
  }
  save(store, 'OLD', 1);
  today(60);
  const rules = { ...never, snapshotDays: 30, customerDays: 30 };
  const stop = new AbortController();
  const going = store.applyRetention(rules, { signal: stop.signal });
  stop.abort();
  expect(await going).toMatchObject({ snapshots: 0, customers: [{ name: 'Ada' }] });
  expect(await store.applyRetention(rules)).toMatchObject({ snapshots: 1, customers: [{ name: 'Ben' }] });
});

const isFailing = (id: string): boolean => {
  if (id === 'Ben') throw new Error('Ben cannot be erased');
  return false;
};

test('who is erased goes from the backups also where the next one cannot be erased', async () => {
  const { store, today } = storeOf();
  for (const name of ['Ada', 'Ben']) {
    const { id } = store.createTicket(
      exampleTicket({ customer: { name, contact: '' }, phones: [handedIn(phone(name))] }),
    );
    store.changeTicket(id, { status: 'closed' }, { seen: null, who: 'Sam' });
  }
  await store.backUpNow();
  today(60);
  await expect(store.applyRetention({ ...never, customerDays: 30 }, { isBusy: isFailing })).rejects.toThrow('Ben');
  const kept = listBackups(dirname(store.file)).map(({ file }) => readFileSync(file, 'latin1'));
  expect(kept.map((text) => [text.includes('Ada'), text.includes('Ben')])).toEqual([[false, true]]);
});
