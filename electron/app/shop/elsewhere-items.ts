import { z } from 'zod';
import { afterBeginning, elsewhereRowSchema, type ElsewhereRow } from '../../../db/records/elsewhere.ts';
import { toldCustomerSchema } from '../../../db/records/customers.ts';
import { foldTicket, ticketEventSchema, type TicketStatus } from '../../../db/records/ticket-events.ts';
import { backwards, wordsOf } from '../../../db/search-words.ts';
import { customerWord } from '../../../db/shop/entry-of.ts';
import type { Server } from '../../../db/shop/server.ts';
import type { ShopStore } from '../../../db/shop/shop-store.ts';
import { phoneTitle } from '../../../native/phone-title.ts';
import { phoneSchema } from '../../../native/phone.ts';

/** Something of another station of the chain, as lists show it. It is only read here. */
export interface ElsewhereItem {
  uid: string;
  shop: string;
  station: string;
  /** UTC, ISO 8601, by the clock of that station. */
  at: string;
  what:
    | { kind: 'scan'; phone: string; verdict: string; label: string | null; note: string }
    | { kind: 'ticket'; number: string; status: TicketStatus; customer: string; contact: string; fault: string }
    | { kind: 'correction'; cause: string; outcome: string | null }
    | { kind: 'test-photo'; app: string; outcome: string };
}

/** Where rows of others are: in this store, or at the server. */
export interface ElsewhereRows {
  find(words: readonly string[], limit: number): Promise<ElsewhereRow[]>;
  ofPhone(phone: string, limit: number): Promise<ElsewhereRow[]>;
  ofTickets(tickets: readonly string[]): Promise<ElsewhereRow[]>;
  ofCustomers(customers: readonly string[]): Promise<ElsewhereRow[]>;
  events(of: readonly string[]): Promise<ElsewhereRow[]>;
}

export const rowsOfStore = (shop: ShopStore): ElsewhereRows => ({
  find: async (words, limit) => shop.find(words, limit),
  ofPhone: async (phone, limit) => shop.ofPhone(phone, limit),
  ofTickets: async (tickets) => shop.ofTickets(tickets),
  ofCustomers: async (customers) => shop.ofCustomers(customers),
  events: async (of) => shop.events(of),
});

const columns = `entry.uid, entry.shop, entry.station, kind, of, ticket, customer, phone, version, at, body,
  coalesce(station.name, '') AS "stationName", coalesce(place.name, '') AS "shopName"`;
const from = `shop.entry LEFT JOIN shop.station ON station.id = entry.station LEFT JOIN shop.place ON place.id = entry.shop`;

/** A word that more rows have is looked for in so many of them: a chain has millions of a maker's phones. In the order of the index, which is read no further. */
const mostHits = 2000;

/** Whether a word begins with the parameter of this number; the next one is where such words end. */
const begins = (index: number): string => `word COLLATE "C" >= $${index} AND word COLLATE "C" < $${index + 1}`;

/** Rows of the chain's other shops, which are not kept here. A row that this program does not understand is left out. */
export function rowsOfServer(server: Server, ownShop: number): ElsewhereRows {
  const select = async (
    rest: string,
    values: readonly (string | number | readonly string[])[],
    before = '',
  ): Promise<ElsewhereRow[]> => {
    const rows = await server.rows(
      z.unknown(),
      `${before} SELECT ${columns} FROM ${from} WHERE entry.shop <> $1 AND ${rest}`,
      [ownShop, ...values],
    );
    return rows.flatMap((row) => {
      const parsed = elsewhereRowSchema.safeParse(row);
      return parsed.success ? [parsed.data] : [];
    });
  };
  return {
    find: async (words, limit) => {
      // The longest one is had by the fewest; the server keeps no statistics of words, which would tell them.
      const [longest, ...others] = words.toSorted((a, b) => b.length - a.length);
      if (longest === undefined) return [];
      const having = others.map(
        (_word, index) =>
          `EXISTS (SELECT FROM unnest(words) AS word WHERE ${begins(4 * index + 6)} OR ${begins(4 * index + 8)})`,
      );
      const hits = [2, 4].map(
        (index) =>
          `(SELECT shop, uid FROM shop.found_by WHERE word >= $${index} AND word < $${index + 1} AND shop <> $1
            ORDER BY word, shop, uid LIMIT ${mostHits})`,
      );
      const isHit = '(entry.shop, entry.uid) IN (SELECT shop, uid FROM hit)';
      return select(
        `${[isHit, ...having].join(' AND ')} ORDER BY at DESC LIMIT ${limit}`,
        [longest, ...others]
          .flatMap((word) => [word, backwards(word)])
          .flatMap((beginning) => [beginning, afterBeginning(beginning)]),
        `WITH hit AS MATERIALIZED (${hits.join(' UNION ')})`,
      );
    },
    ofPhone: (phone, limit) => select(`phone = $2 ORDER BY at DESC LIMIT ${limit}`, [phone]),
    ofTickets: (tickets) => select('ticket = ANY ($2::uuid[]) ORDER BY ticket, version', [tickets]),
    ofCustomers: (customers) => select('customer = ANY ($2::uuid[]) ORDER BY customer, version', [customers]),
    events: (of) => select('of = ANY ($2::uuid[]) ORDER BY of, version, epoch, x, seq', [of]),
  };
}

const snapshotBody = z.object({
  phone_json: z.string(),
  verdict: z.string(),
  label: z.string().nullable(),
  note: z.string(),
});
const noteDetail = z.object({ label: z.string().nullable(), note: z.string() });
/** Of a row only its own station tells more: another's event about it is none. */
const isOf = (row: Told, event: ElsewhereRow): boolean => event.of === row.uid && event.station === row.station;

const eventBody = z.object({ kind: z.string(), who: z.string(), at: z.string(), detail_json: z.string() });
const ticketBody = z.object({ number: z.string() });
const actionBody = z.object({ cause: z.string() });
const resultDetail = z.object({ result: z.string() });
const photoBody = z.object({ app: z.string(), outcome: z.string() });

/** What a row of another program says, where this one understands it: it may be newer, or damaged. */
function understood<T>(schema: z.ZodType<T>, json: string): T | null {
  const parsed = z
    .string()
    .transform((text, context): unknown => {
      try {
        return JSON.parse(text);
      } catch (error) {
        context.issues.push({ code: 'custom', message: String(error), input: text });
        return z.NEVER;
      }
    })
    .pipe(schema)
    .safeParse(json);
  return parsed.success ? parsed.data : null;
}

type What = ElsewhereItem['what'];

type Told = Pick<ElsewhereRow, 'uid' | 'station' | 'body'>;

/** A scan, with what its own station has written beside it; null where this program does not understand it. */
export function scanOf(row: Told, events: readonly ElsewhereRow[]): Extract<What, { kind: 'scan' }> | null {
  const body = understood(snapshotBody, row.body);
  const phone = body === null ? null : understood(phoneSchema, body.phone_json);
  if (body === null || phone === null) return null;
  const last = events.findLast((event) => isOf(row, event));
  const event = last === undefined ? null : understood(eventBody, last.body);
  const said = event === null ? null : understood(noteDetail, event.detail_json);
  const { label, note } = said ?? body;
  return { kind: 'scan', phone: phoneTitle(phone) ?? phone.id, verdict: body.verdict, label, note };
}

const recordedEvent = z.intersection(
  ticketEventSchema,
  z.object({ version: z.int(), who: z.string(), at: z.string() }),
);

/** Its events in their order, up to the first that is missing or not understood. */
function ticketEvents(rows: readonly ElsewhereRow[]): z.infer<typeof recordedEvent>[] {
  const events: z.infer<typeof recordedEvent>[] = [];
  for (const { version, body } of rows) {
    const event = understood(eventBody, body);
    const detail = event === null ? null : understood(z.record(z.string(), z.json()), event.detail_json);
    const known = recordedEvent.safeParse({ ...detail, kind: event?.kind, who: event?.who, at: event?.at, version });
    if (!known.success || version !== events.length + 1) break;
    events.push(known.data);
  }
  return events;
}

interface Gathered {
  ofTickets: readonly ElsewhereRow[];
  customers: readonly ElsewhereRow[];
  events: readonly ElsewhereRow[];
}

function ticketOf(row: ElsewhereRow, { ofTickets, customers }: Gathered): What | null {
  const body = understood(ticketBody, row.body);
  const events = ticketEvents(
    ofTickets.filter(
      ({ kind, ticket, station }) => kind === 'ticket_event' && ticket === row.uid && station === row.station,
    ),
  );
  if (body === null || events.length === 0) return null;
  const { status, fault, customer } = foldTicket(events);
  const last = customers.findLast((one) => one.customer === customer && one.station === row.station);
  const event = last === undefined ? null : understood(eventBody.pick({ detail_json: true }), last.body);
  const told = event === null ? null : understood(toldCustomerSchema, event.detail_json);
  return {
    kind: 'ticket',
    number: body.number,
    status,
    fault,
    customer: told?.name ?? '',
    contact: told?.contact ?? '',
  };
}

function actionOf(row: ElsewhereRow, events: readonly ElsewhereRow[]): What | null {
  const body = understood(actionBody, row.body);
  if (body === null) return null;
  const results = events.flatMap((event) => {
    // Events of a correction say nothing of who: the correction does.
    const known = isOf(row, event) ? understood(eventBody.pick({ kind: true, detail_json: true }), event.body) : null;
    const detail = known === null ? null : understood(resultDetail, known.detail_json);
    if (known === null || detail === null) return [];
    return [known.kind === 'undo-verified' && detail.result === 'taken' ? 'undone' : detail.result];
  });
  return { kind: 'correction', cause: body.cause, outcome: results.at(-1) ?? null };
}

function whatOf(row: ElsewhereRow, gathered: Gathered): What | null {
  switch (row.kind) {
    case 'snapshot':
      return scanOf(row, gathered.events);
    case 'ticket':
      return ticketOf(row, gathered);
    case 'action':
      return actionOf(row, gathered.events);
    case 'test_photo': {
      const body = understood(photoBody, row.body);
      return body === null ? null : { kind: 'test-photo', ...body };
    }
    default:
      return null;
  }
}

const unique = (values: readonly (string | null)[]): string[] => [...new Set(values.filter((value) => value !== null))];

/** The customers that events of tickets name. */
const customersIn = (rows: readonly ElsewhereRow[]): string[] =>
  unique(
    rows.map(({ kind, body }) => {
      const event = kind === 'ticket_event' ? understood(eventBody, body) : null;
      const detail = event === null ? null : understood(z.object({ customer: z.guid().nullable() }), event.detail_json);
      return detail?.customer ?? null;
    }),
  );

/** These rows as lists show them, the tickets that they belong to among them where those are asked for; the latest first. */
export async function itemsOf(rows: readonly ElsewhereRow[], source: ElsewhereRows): Promise<ElsewhereItem[]> {
  const tickets = unique(
    rows.map(({ kind, ticket }) => (kind === 'ticket' || kind === 'ticket_phone' ? ticket : null)),
  );
  const ofTickets = tickets.length === 0 ? [] : await source.ofTickets(tickets);
  const named = customersIn(ofTickets);
  const shown = [...rows.filter(({ kind }) => kind !== 'ticket'), ...ofTickets.filter(({ kind }) => kind === 'ticket')];
  const withEvents = shown.filter(({ kind }) => kind === 'snapshot' || kind === 'action').map(({ uid }) => uid);
  const gathered: Gathered = {
    ofTickets,
    customers: named.length === 0 ? [] : await source.ofCustomers(named),
    events: withEvents.length === 0 ? [] : await source.events(withEvents),
  };
  return shown
    .flatMap((row): ElsewhereItem[] => {
      const what = whatOf(row, gathered);
      const { uid, shopName: shop, stationName: station, at } = row;
      return what === null ? [] : [{ uid, shop, station, at, what }];
    })
    .toSorted((a, b) => (a.at < b.at ? 1 : -1));
}

const most = 100;
const mostCustomers = 20;

/** What others have of a phone: scans, corrections, proofs, and the tickets that it was handed in under. */
export const elsewhereOfPhone = async (phone: string, source: ElsewhereRows): Promise<ElsewhereItem[]> =>
  itemsOf(await source.ofPhone(phone, most), source);

/** What others have that words are found in: scans, and tickets by their number, customer or phone. */
export async function findElsewhere(text: string, source: ElsewhereRows): Promise<ElsewhereItem[]> {
  const found = await source.find(wordsOf(text), most);
  const customers = unique(found.map(({ kind, customer }) => (kind === 'customer_event' ? customer : null)));
  const ofTheirs = customers.length === 0 ? [] : await ticketsOfCustomers(customers, source);
  return itemsOf([...found, ...ofTheirs], source);
}

/** A ticket is found by its customer through the events that name them. */
async function ticketsOfCustomers(customers: readonly string[], source: ElsewhereRows): Promise<ElsewhereRow[]> {
  const events = [];
  for (const uid of customers.slice(0, mostCustomers)) events.push(...(await source.find([customerWord(uid)], most)));
  return events.map((row) => ({ ...row, kind: 'ticket' }));
}
