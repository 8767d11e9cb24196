import { z } from 'zod';
import { DamagedRecordError } from '../errors.ts';
import type { ShopOutboxItem } from '../records/shop-outbox.ts';
import type { Entry } from './entry.ts';
import { refusedState, type Server, type Value } from './server.ts';
import { ShopServerError } from './shop-error.ts';
import type { ShopStore } from './shop-store.ts';

const mostRows = 100;
const mostBytes = 2 * 1024 * 1024;
/** Larger than this a row may be what a line is too slow for; a smaller one says that nobody answers. */
const largeBytes = 256 * 1024;
/** So often a large row is sent alone in vain; then it is set aside. */
const mostTries = 3;
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

/**
 * One statement, one transaction: all of these rows, in this order, but for those that the server has or does not take in. Returns which those
 * are that it does not have now.
 */
async function insert(server: Server, entries: readonly Entry[], shop: number): Promise<Set<string>> {
  const bytes = entries.reduce((sum, entry) => sum + sizeOf(entry), 0);
  if (entries.length === 0) return new Set();
  const rows = entries.map(
    (_entry, row) =>
      `(${columns.map(([, type], column) => `$${row * columns.length + column + 1}::${type}`).join(', ')})`,
  );
  const values = entries.flatMap((entry) => columns.map(([, , value]) => value(entry)));
  const sql = `${insertBeginning}${rows.join(', ')} ON CONFLICT DO NOTHING RETURNING uid`;
  const taken = new Set((await server.rows(uidRow, sql, values, bytes)).map(({ uid }) => uid));
  const others = entries.map(({ uid }) => uid.toLowerCase()).filter((uid) => !taken.has(uid));
  return others.length === 0 ? new Set() : notThere(server, others, shop);
}

const uidRow = z.object({ uid: z.string() });

/** What of these the server does not have. */
async function notThere(server: Server, uids: readonly string[], shop: number): Promise<Set<string>> {
  const there = await server.rows(uidRow, 'SELECT uid FROM shop.entry WHERE shop = $1 AND uid = ANY ($2::uuid[])', [
    shop,
    uids,
  ]);
  const known = new Set(there.map(({ uid }) => uid));
  return new Set(uids.filter((uid) => !known.has(uid)));
}

/** Whether the server can keep a row of this id. */
export const isSendable = (uid: string): boolean => z.guid().safeParse(uid).success;

const sizeOf = ({ body, diagnosis, reading, capture }: Entry): number =>
  body.length + [diagnosis, reading, capture].reduce((sum, bytes) => sum + (bytes?.length ?? 0), 0);

/** Which of these are to be sent. */
async function missing(server: Server, items: readonly ShopOutboxItem[], shop: number): Promise<Set<string>> {
  const uids = items.map(({ uid }) => uid);
  return uids.length < asksFrom ? new Set(uids) : notThere(server, uids, shop);
}

export interface PushOptions {
  store: ShopStore;
  server: Server;
  shop: number;
  /** Of this station, for tickets whose prefix nobody kept. */
  prefix: string;
  /** Before anything counts as done here. */
  count: () => Promise<void>;
  /** Called when the server has rows more. */
  onSent?: ((rows: number) => void) | undefined;
}

/**
 * Sends what waits, in the order in which it came into being, a batch at a time. What the server does not take is set aside with its reason,
 * and holds up nothing else. Returns how many rows were sent. Throws `ShopServerError`; what was not settled is sent again then.
 */
export async function pushRows({ store, server, shop, prefix, count, onSent }: PushOptions): Promise<number> {
  let sent = 0;
  for (;;) {
    const found = store.next(mostRows);
    if (found.length === 0) return sent;
    const items = found.filter(({ uid }) => isSendable(uid));
    for (const { id, uid } of found) if (!isSendable(uid)) store.refuse(id, 'It has no id that the server can keep.');
    if (items.length === 0) continue;
    const wanted = await missing(server, items, shop);
    const { taken, entries } = gather(store, items, wanted, prefix);
    let done = entries.length;
    try {
      const dropped = await insert(
        server,
        entries.map(({ entry }) => entry),
        shop,
      );
      done -= setAside(store, entries, dropped);
    } catch (error) {
      if (error instanceof ShopServerError && error.isTimeOut) inVain(store, entries);
      if (refusedState(error) === null) throw error;
      done = await insertEach(store, server, entries, shop);
    }
    await count();
    store.settle(taken);
    sent += done;
    onSent?.(done);
  }
}

type Gathered = { item: ShopOutboxItem; entry: Entry };

/** They are sent one by one from now on, until one that is large is found to be what holds the others up. */
function inVain(store: ShopStore, entries: readonly Gathered[]): void {
  store.triedInVain(entries.map(({ item }) => item.id));
  const [only, ...others] = entries;
  if (only === undefined || others.length > 0 || sizeOf(only.entry) < largeBytes) return;
  if (only.item.tries + 1 < mostTries) return;
  const size = (sizeOf(only.entry) / 1_048_576).toFixed(1);
  store.refuse(only.item.id, `Row ${only.item.id} takes too long to send (${size} MiB, ${mostTries} times in vain).`);
}

/** The rows of as many items as one batch holds; `taken` are those and the ones that need not be sent. */
function gather(
  store: ShopStore,
  items: readonly ShopOutboxItem[],
  wanted: ReadonlySet<string>,
  prefix: string,
): { taken: number[]; entries: Gathered[] } {
  const taken: number[] = [];
  const entries: Gathered[] = [];
  let bytes = 0;
  for (const item of items) {
    const entry = wanted.has(item.uid) ? sendable(store, item, prefix) : null;
    const size = entry === null ? 0 : sizeOf(entry);
    const isAlone = item.tries > 0 || entries.some((one) => one.item.tries > 0);
    if (bytes > 0 && (isAlone || bytes + size > mostBytes)) break;
    bytes += size;
    taken.push(item.id);
    if (entry !== null) entries.push({ item, entry });
  }
  return { taken, entries };
}

/** null where it is gone, or is set aside: it is not any more what was kept, or the server would not take it. */
function sendable(store: ShopStore, item: ShopOutboxItem, prefix: string): Entry | null {
  try {
    const entry = store.entry(item, prefix);
    if (entry === null || !store.belongsToTakenIn(entry)) return entry;
    // Sent, it would make this station's what is another's.
    store.refuse(item.id, 'It belongs to what came here in a case, and stays on this computer.');
    return null;
  } catch (error) {
    if (!(error instanceof DamagedRecordError)) throw error;
    store.refuse(item.id, 'It is damaged in the store of this computer.');
    return null;
  }
}

/** Sets aside what the server did not take in; how many those are. */
function setAside(store: ShopStore, entries: readonly Gathered[], dropped: ReadonlySet<string>): number {
  for (const { item } of entries) {
    if (!dropped.has(item.uid.toLowerCase())) continue;
    store.refuse(item.id, 'It belongs to what another station has, or to what was erased.');
  }
  return dropped.size;
}

/** Of a batch that the server does not take, all rows that it does; how many those are. */
async function insertEach(
  store: ShopStore,
  server: Server,
  entries: readonly Gathered[],
  shop: number,
): Promise<number> {
  let taken = 0;
  for (const { item, entry } of entries) {
    try {
      const dropped = await insert(server, [entry], shop);
      taken += 1 - setAside(store, [{ item, entry }], dropped);
    } catch (error) {
      const state = refusedState(error);
      if (state === null) throw error;
      store.refuse(item.id, `The shop's server does not take it (${state}).`);
    }
  }
  return taken;
}
