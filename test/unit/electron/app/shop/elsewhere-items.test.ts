import { expect, test } from 'vitest';
import type { ElsewhereRow } from '../../../../../db/records/elsewhere.ts';
import {
  elsewhereOfPhone,
  findElsewhere,
  type ElsewhereRows,
} from '../../../../../electron/app/shop/elsewhere-items.ts';
import { pixel } from '../../../db/examples.ts';

const uid = (number: number): string => `019de2a4-3800-7000-8000-${String(number).padStart(12, '0')}`;
const [ticket, customer, scan, action] = [uid(1), uid(2), uid(3), uid(4)];

const row = (number: number, kind: string, body: object, more: Partial<ElsewhereRow> = {}): ElsewhereRow => ({
  uid: uid(number),
  shop: 2,
  station: 5,
  kind,
  of: null,
  ticket: null,
  customer: null,
  phone: null,
  version: 1,
  at: '2026-01-01T00:00:00.000Z',
  body: JSON.stringify(body),
  stationName: 'B',
  shopName: 'Nord',
  ...more,
});

const event = (kind: string, detail: object) => ({
  kind,
  who: 'Kim',
  at: '2026-01-01T00:00:00.000Z',
  detail_json: JSON.stringify(detail),
});
const takenIn = (of: string) => event('opened', { customer: of, technician: '', fault: 'broken', fields: [] });

const rows: readonly ElsewhereRow[] = [
  row(1, 'ticket', { number: 'N-1' }, { ticket }),
  row(11, 'ticket_event', takenIn(customer), { ticket }),
  row(12, 'customer_event', event('created', { name: 'Ada', contact: '' }), { customer }),
  row(
    3,
    'snapshot',
    { phone_json: JSON.stringify(pixel), verdict: 'Fine', label: null, note: '' },
    { phone: pixel.id },
  ),
  row(4, 'action', { cause: 'data-saver' }, { phone: pixel.id }),
];

/** What a station of another shop says of those rows. */
const forged: readonly ElsewhereRow[] = [
  row(21, 'ticket_event', event('status-set', { status: 'closed' }), { ticket, version: 2 }),
  row(22, 'customer_event', event('changed', { name: 'Mallory', contact: 'elsewhere' }), { customer, version: 2 }),
  row(23, 'snapshot_event', event('noted', { label: null, note: 'forged' }), { of: scan, version: 2 }),
  row(
    24,
    'action_event',
    { kind: 'verified', detail_json: JSON.stringify({ result: 'taken' }) },
    { of: action, version: 2 },
  ),
].map((one) => ({ ...one, shop: 3, station: 9 }));

/** As a server answers, which takes nothing for an id that is none. */
function source(all: readonly ElsewhereRow[]): ElsewhereRows {
  const among = (values: readonly string[], column: 'ticket' | 'customer' | 'of') => {
    const odd = values.find((value) => !/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value));
    if (odd !== undefined) return Promise.reject(new Error(`invalid input syntax for type uuid: "${odd}"`));
    return Promise.resolve(all.filter((one) => values.includes(one[column] ?? '')));
  };
  return {
    find: () => Promise.resolve(all.filter(({ kind }) => kind === 'ticket')),
    ofPhone: (phone) => Promise.resolve(all.filter((one) => one.phone === phone)),
    ofTickets: (tickets) => among(tickets, 'ticket'),
    ofCustomers: (customers) => among(customers, 'customer'),
    events: (of) => among(of, 'of'),
  };
}

const said = async (all: readonly ElsewhereRow[]): Promise<unknown> => [
  (await findElsewhere('n-1', source(all))).map(({ what }) => what),
  (await elsewhereOfPhone(pixel.id, source(all))).map(({ what }) => what),
];

test('what a station says of the rows of another changes nothing of them', async () => {
  const honest = await said(rows);
  expect(honest).toMatchObject([
    [{ number: 'N-1', status: 'taken-in', customer: 'Ada' }],
    [{ cause: 'data-saver', outcome: null }, { note: '' }],
  ]);
  expect(await said([...rows, ...forged])).toEqual(honest);
  // The same of their own station does.
  const own = forged.map((one) => ({ ...one, shop: 2, station: 5 }));
  expect(await said([...rows, ...own])).toMatchObject([
    [{ customer: 'Mallory', status: 'closed' }],
    [{ outcome: 'taken' }, { note: 'forged' }],
  ]);
});

test('a customer that is no id spoils no search', async () => {
  const odd = rows.map((one) =>
    one.uid === uid(11) ? { ...one, body: JSON.stringify(takenIn("Robert'); --")) } : one,
  );
  expect(await said(odd)).toMatchObject([[{ number: 'N-1', customer: '' }], [{}, {}]]);
});
