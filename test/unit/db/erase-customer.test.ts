import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished, describe, expect, test } from 'vitest';
import { openStore, type Store } from '../../../db/store.ts';
import {
  exampleReading,
  examplePlan,
  exampleSnapshot,
  exampleTicket,
  handedIn,
  pixel,
  temporaryFolder,
} from './examples.ts';

const other = { ...pixel, id: 'OTHER-PHONE-4711', name: 'Bens phone', model: 'Pixel 9' };
const mine = { ...pixel, id: 'SECRET-SERIAL-0815', name: 'Adelheids phone' };
const told = { name: 'Adelheid Quellenreuther', contact: 'adelheid@example.org' };
const imei = '356938035643809';

/** Everything of the customer as any file may hold it; the last two as the search index does. */
const traces = [
  'Adelheid',
  'Quellenreuther',
  'adelheid@example.org',
  'SECRET-SERIAL-0815',
  imei,
  'the glass of A. Q.',
  'capture of SECRET',
  'adelheids',
  '5180-laires-terces',
];

function filesIn(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesIn(path) : [path];
  });
}

/** Which of the traces are in which files of the data folder, byte for byte. */
function found(folder: string): string[] {
  return filesIn(folder).flatMap((file) => {
    const bytes = readFileSync(file);
    return traces.filter((trace) => bytes.includes(trace)).map((trace) => `${file.slice(folder.length + 1)}: ${trace}`);
  });
}

interface Counter {
  folder: string;
  store: Store;
  ada: number;
}

const taken = { kind: 'verified', result: 'taken', after: {} } as const;

/** Two customers with a phone each, a scan, a correction, a note; and a backup of that. */
async function counter(): Promise<Counter> {
  const folder = temporaryFolder();
  const store = openStore(folder, { handsOver: () => true });
  onTestFinished(() => store.close());
  const ben = store.createTicket(exampleTicket({ customer: { name: 'Ben', contact: '' }, phones: [handedIn(other)] }));
  const ticket = store.createTicket(
    exampleTicket({ customer: told, phones: [handedIn(mine, imei)], fault: 'Adelheid says so' }),
  );
  store.changeTicket(ticket.id, { note: 'Quellenreuther called' }, { seen: null, who: 'Sam' });
  for (const [phone, of] of [
    [mine, ticket.id],
    [other, ben.id],
  ] as const) {
    const { capture } = exampleSnapshot();
    const [answer] = capture.answers;
    if (answer === undefined) throw new Error('The example has an answer.');
    const answers = [{ ...answer, output: new TextEncoder().encode(`capture of ${phone.id.split('-')[0]}`) }];
    const snapshot = store.saveSnapshot(
      exampleSnapshot({
        phone,
        ticket: of,
        reading: exampleReading(),
        capture: { ...capture, phoneId: phone.id, answers },
      }),
    );
    if (phone === mine) store.changeSnapshot(snapshot, { note: 'the glass of A. Q.' }, { who: 'Sam' });
    const action = store.planAction(examplePlan({ phone, ticket: of, snapshot })).id;
    store.addActionEvent(action, { kind: 'started' }, taken);
  }
  await store.backUpNow();
  const ada = store.findCustomers('Adelheid', 1)[0]?.id ?? 0;
  return { folder, store, ada };
}

describe('erasing a customer', () => {
  test('leaves no byte of them in any file of the data folder, backups included, and everything of the others', async () => {
    const { folder, store, ada } = await counter();
    const before = found(folder);
    expect(before).toContain('phone-health.sqlite-wal: SECRET-SERIAL-0815');
    expect(before.filter((line) => line.startsWith('backups/') && line.endsWith(': Quellenreuther'))).toHaveLength(1);
    const erased = store.eraseCustomer(ada);
    expect(erased).toMatchObject({ tickets: [2], phones: [{ id: mine.id }], shared: [], snapshots: 1, undoable: [1] });
    expect(erased.backups.removed).toBe(1);
    expect(erased.backups.made).toContain('backups');
    expect(found(folder)).toEqual([]);
    store.close();
    expect(found(folder)).toEqual([]);

    const again = openStore(folder);
    expect(again.listTickets().map(({ id, customer }) => [id, customer?.name])).toEqual([[1, 'Ben']]);
    expect(again.listSnapshots().map(({ phone }) => phone.id)).toEqual([other.id]);
    expect(again.listActions().map(({ phone }) => phone)).toEqual([other.id]);
    expect(() => again.customerTraces(ada)).toThrow(expect.objectContaining({ code: 'not-found' }));
    // Its number is on a label somewhere: no other ticket gets it.
    expect(again.createTicket(exampleTicket()).id).toBe(3);
    again.close();
  });

  test('leaves a phone that somebody else has handed in too, without what was done under their ticket', async () => {
    const { store, ada } = await counter();
    const sold = store.createTicket(
      exampleTicket({ customer: { name: 'Cem', contact: '' }, phones: [handedIn(mine)] }),
    ).id;
    const later = store.saveSnapshot(exampleSnapshot({ phone: mine, ticket: sold, label: 'later' }));
    expect(store.customerTraces(ada)).toMatchObject({ phones: [], shared: [{ id: mine.id }], snapshots: 1 });
    store.eraseCustomer(ada);
    expect(store.listSnapshots({ phone: mine.id }).map(({ id }) => id)).toEqual([later]);
    expect(store.listActions(mine.id)).toEqual([]);
    expect(store.listTickets().map(({ id }) => id)).toEqual([sold, 1]);
  });

  test('leaves a phone that was on their ticket by mistake, with all that was not done under it', async () => {
    const { store, ada } = await counter();
    const strange = { ...pixel, id: 'BY-MISTAKE', name: 'Somebody’s phone' };
    const earlier = store.saveSnapshot(exampleSnapshot({ phone: strange }));
    const { phones } = store.changeTicket(2, { addPhones: [handedIn(strange)] }, { seen: null, who: '' });
    store.changeTicket(2, { removePhones: phones.slice(1).map(({ uid }) => uid) }, { seen: null, who: '' });
    expect(store.customerTraces(ada)).toMatchObject({ phones: [{ id: mine.id }], shared: [], snapshots: 1 });
    store.saveSnapshot(exampleSnapshot({ phone: strange, ticket: 2 }));
    expect(store.customerTraces(ada)).toMatchObject({
      phones: [{ id: mine.id }],
      shared: [{ id: strange.id }],
      snapshots: 2,
    });
    store.eraseCustomer(ada);
    expect(store.listSnapshots({ phone: strange.id }).map(({ id }) => id)).toEqual([earlier]);
  });
});
