import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadCatalog } from '../../../../../diagnosis/load/catalog.ts';
import type { Store } from '../../../../../db/store.ts';
import { Cases } from '../../../../../electron/app/cases/cases.ts';
import { readCase } from '../../../../../electron/app/cases/case-file.ts';
import { computerClock } from '../../../../../electron/app/program/clock.ts';
import { judgeCapture } from '../../../../../electron/app/scan/scan.ts';
import { decodeText } from '../../../../../native/capture.ts';
import {
  examplePlan,
  exampleSnapshot,
  exampleTicket,
  handedIn,
  pixel,
  temporaryFolder,
  temporaryStore,
} from '../../../db/examples.ts';
import { foundIn, ownedSamples } from '../reports/sample-reports.ts';

const catalog = loadCatalog();

const casesOf = (store: Store): Cases =>
  new Cases({ store: () => store, clock: computerClock, numberOf: ({ id }) => String(id) });

/** All that a case says, answers of phones as the text that they are. */
function saidBy(store: Store): string {
  const snapshots = store.listSnapshots().map(({ id }) => store.loadSnapshot(id));
  return [
    JSON.stringify(store.collectCase({ tickets: store.listTickets().map(({ id }) => id), snapshots: [] })),
    ...snapshots.flatMap((snapshot) => snapshot?.capture.answers.map(({ output }) => decodeText(output)) ?? []),
  ].join('\n');
}

describe('a redacted case', () => {
  test('tells of no sample phone whose it is, can be taken in, and takes no two phones for one', async () => {
    const owned = (await ownedSamples(catalog)).filter(
      (_, index, { length }) => index % 24 === 0 || index === length - 1,
    );
    const store = temporaryStore();
    const phones = owned.map(({ capture, reading: read, sample }) => {
      const { phone, reading, diagnosis } = judgeCapture(
        { ...pixel, id: capture.phoneId, platform: capture.platform, name: sample },
        capture,
        read,
        catalog,
      );
      store.saveSnapshot(exampleSnapshot({ phone, capture, reading, diagnosis }));
      return phone;
    });
    const ticket = store.createTicket(exampleTicket({ phones: phones.map((phone) => handedIn(phone)) })).id;
    for (const { id } of store.listSnapshots()) store.changeSnapshot(id, { ticket }, { who: 'Kim' });
    const file = join(temporaryFolder(), 'all.phonecase');
    expect(casesOf(store).export({ tickets: [ticket], snapshots: [], redacted: true, file }).redacted).toBe(true);
    const there = temporaryStore();
    casesOf(there).import(file);
    expect(there.listSnapshots()).toHaveLength(owned.length);
    expect(there.listPhones()).toHaveLength(owned.length);
    const [before, after] = [saidBy(store), saidBy(there)];
    const identifiers = owned.flatMap((one) => one.identifiers);
    expect(foundIn(before, identifiers).length).toBeGreaterThan(owned.length);
    expect(foundIn(after, identifiers)).toEqual([]);
  });

  test('has no customer, nor what was said of one, nor who was at work', () => {
    const store = temporaryStore();
    const ticket = store.createTicket(
      exampleTicket({
        customer: { name: 'Ada Sol', contact: 'ada@example.org' },
        fault: 'Mrs Sol: ada@example.org is full; call +49 30 1234 5678.',
        fields: [{ id: 'code', name: 'Unlock code', value: '2580' }],
        phones: [handedIn(pixel, '490154203237518')],
        consent: { read: true, change: true, keep: true, by: 'Bea', how: 'in-person' },
        technician: 'Samira',
        who: 'Samira',
      }),
    ).id;
    const snapshot = store.saveSnapshot(exampleSnapshot({ ticket, label: 'before Ada left' }));
    store.planAction(examplePlan({ ticket, snapshot }));
    const file = join(temporaryFolder(), 'ada.phonecase');
    casesOf(store).export({ tickets: [ticket], snapshots: [], redacted: true, file });
    const { content, manifest } = readCase(file);
    expect(manifest.redacted).toBe(true);
    expect(content.units.map(({ kind }) => kind)).toEqual(['ticket', 'snapshot', 'action']);
    expect(JSON.stringify(content)).not.toMatch(
      /\bAda\b|\bSol\b|\bBea\b|Samira|example\.org|5678|2580|490154203237518|PIXEL1/i,
    );
    const there = temporaryStore();
    casesOf(there).import(file);
    expect(there.loadTicket(1)).toMatchObject({
      customer: null,
      fault: 'Mrs name-2: account-1 is full; call number-2.',
      consent: { read: true, change: true, keep: true },
    });
    expect(there.listSnapshots()).toMatchObject([{ ticket: 1, label: 'before name-3 left' }]);
  });
});
