import { z } from 'zod';
import { DamagedRecordError } from '../errors.ts';
import type { ShopOutboxItem } from '../records/shop-outbox.ts';
import type { Entry } from './entry.ts';
import { refusedState, type Server, type Value } from './server.ts';
import type { ShopStore } from './shop-store.ts';

const mostRows = 100;
const mostBytes = 2 * 1024 * 1024;
/** From so many on the server is asked first which it has: rows of 40 kB are not sent twice for nothing. */
const asksFrom = 20;

const columns: readonly (readonly [name: string, type: string, value: (entry: Entry) => Value])[] = [
  ['uid', 'uuid', ({ uid }) => uid],
  ['kind', 'text', ({ kind }) => kind],
  ['of', 'uuid', ({ of }) => of],
  ['ticket', 'uuid', ({ ticket }) => ticket],
  ['customer', 'uuid', ({ customer }) => customer],
  ['phone', 'text', ({ phone }) => phone],
  ['version', 'integer', ({ version }) => version],
  ['at', 'text', ({ at }) => at],
  ['body', 'text', ({ body }) => body],
  ['words', 'text[]', ({ words }) => words],
  ['dictionary', 'integer', ({ dictionary }) => dictionary],
  ['diagnosis', 'bytea', ({ diagnosis }) => asBuffer(diagnosis)],
  ['reading', 'bytea', ({ reading }) => asBuffer(reading)],
  ['capture', 'bytea', ({ capture }) => asBuffer(capture)],
];

/** The driver sends a `Buffer` as bytes, any other array of bytes as text. */
const asBuffer = (bytes: Uint8Array | null): Buffer | null =>
  bytes === null ? null : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

const insertBeginning = `INSERT INTO shop.entry (${columns.map(([name]) => name).join(', ')}) VALUES `;

/** One statement, one transaction: all of these rows, in this order, but for those that the server has or has erased. */
async function insert(server: Server, entries: readonly Entry[]): Promise<void> {
  if (entries.length === 0) return;
  const rows = entries.map(
    (_entry, row) =>
      `(${columns.map(([, type], column) => `$${row * columns.length + column + 1}::${type}`).join(', ')})`,
  );
  const values = entries.flatMap((entry) => columns.map(([, , value]) => value(entry)));
  await server.run(`${insertBeginning}${rows.join(', ')} ON CONFLICT DO NOTHING`, values);
}

const sizeOf = ({ body, diagnosis, reading, capture }: Entry): number =>
  body.length + [diagnosis, reading, capture].reduce((sum, bytes) => sum + (bytes?.length ?? 0), 0);

const uidRow = z.object({ uid: z.string() });

/** What of these the server does not have. */
async function missing(server: Server, items: readonly ShopOutboxItem[], shop: number): Promise<Set<string>> {
  const uids = items.map(({ uid }) => uid);
  if (uids.length < asksFrom) return new Set(uids);
  const there = await server.rows(uidRow, 'SELECT uid FROM shop.entry WHERE shop = $1 AND uid = ANY ($2::uuid[])', [
    shop,
    uids,
  ]);
  const known = new Set(there.map(({ uid }) => uid));
  return new Set(uids.filter((uid) => !known.has(uid)));
}

export interface PushOptions {
  store: ShopStore;
  server: Server;
  shop: number;
  /** Of this station, for tickets whose prefix nobody kept. */
  prefix: string;
  /** Called when the server has rows more. */
  onSent?: ((rows: number) => void) | undefined;
}

/**
 * Sends what waits, in the order in which it came into being, a batch at a time. What the server does not take is set aside with its reason,
 * and holds up nothing else. Returns how many rows were sent. Throws `ShopServerError`; what was not settled is sent again then.
 */
export async function pushRows({ store, server, shop, prefix, onSent }: PushOptions): Promise<number> {
  let sent = 0;
  for (;;) {
    const items = store.next(mostRows);
    if (items.length === 0) return sent;
    const wanted = await missing(server, items, shop);
    const { taken, entries } = gather(store, items, wanted, prefix);
    let done = entries.length;
    try {
      await insert(
        server,
        entries.map(({ entry }) => entry),
      );
    } catch (error) {
      if (refusedState(error) === null) throw error;
      done = await insertEach(store, server, entries);
    }
    store.settle(taken);
    sent += done;
    onSent?.(done);
  }
}

/** The rows of as many items as one batch holds; `taken` are those and the ones that need not be sent. */
function gather(
  store: ShopStore,
  items: readonly ShopOutboxItem[],
  wanted: ReadonlySet<string>,
  prefix: string,
): { taken: number[]; entries: { id: number; entry: Entry }[] } {
  const taken: number[] = [];
  const entries: { id: number; entry: Entry }[] = [];
  let bytes = 0;
  for (const item of items) {
    const entry = wanted.has(item.uid) ? readable(store, item, prefix) : null;
    const size = entry === null ? 0 : sizeOf(entry);
    if (bytes > 0 && bytes + size > mostBytes) break;
    bytes += size;
    taken.push(item.id);
    if (entry !== null) entries.push({ id: item.id, entry });
  }
  return { taken, entries };
}

/** null where it is gone, or is not any more what was kept: then it is set aside. */
function readable(store: ShopStore, item: ShopOutboxItem, prefix: string): Entry | null {
  try {
    return store.entry(item, prefix);
  } catch (error) {
    if (!(error instanceof DamagedRecordError)) throw error;
    store.refuse(item.id, 'It is damaged in the store of this computer.');
    return null;
  }
}

/** Of a batch that the server does not take, all rows that it does; how many those are. */
async function insertEach(
  store: ShopStore,
  server: Server,
  entries: readonly { id: number; entry: Entry }[],
): Promise<number> {
  let taken = 0;
  for (const { id, entry } of entries) {
    try {
      await insert(server, [entry]);
      taken += 1;
    } catch (error) {
      const state = refusedState(error);
      if (state === null) throw error;
      store.refuse(id, `The shop's server does not take it (${state}).`);
    }
  }
  return taken;
}
