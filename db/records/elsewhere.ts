import { z } from 'zod';
import type { Connection } from '../connection.ts';
import { jsonColumn } from '../json-column.ts';
import { backwards } from '../search-words.ts';
import { entrySchema } from '../shop/entry.ts';
import { entryKinds } from '../shop/entry-kinds.ts';

/** A station of the chain, with its shop. */
export const knownStationSchema = z.object({ id: z.int(), name: z.string(), shop: z.int(), shopName: z.string() });
export type KnownStation = z.infer<typeof knownStationSchema>;

/** A row of another station. */
export const foreignEntrySchema = entrySchema.extend({ shop: z.int(), station: z.int() });
export type ForeignEntry = z.infer<typeof foreignEntrySchema>;

/** The same without what a snapshot holds, with the names of where it is from. */
export const elsewhereRowSchema = foreignEntrySchema
  .omit({ words: true, dictionary: true, diagnosis: true, reading: true, capture: true })
  .extend({ stationName: z.string(), shopName: z.string() });
export type ElsewhereRow = z.infer<typeof elsewhereRowSchema>;

export function keepKnownStations(connection: Connection, stations: readonly KnownStation[]): void {
  for (const { id, name, shop, shopName } of stations) {
    connection.run(
      `INSERT INTO shop_station (id, name, shop, shop_name) VALUES ($id, $name, $shop, $shopName)
       ON CONFLICT (id) DO UPDATE SET name = $name, shop = $shop, shop_name = $shopName
       WHERE name <> $name OR shop <> $shop OR shop_name <> $shopName`,
      { id, name, shop, shopName },
    );
  }
}

/** null where it is none that this station knows of. */
export const knownStation = (connection: Connection, id: number): KnownStation | null =>
  connection.row(knownStationSchema, 'SELECT id, name, shop, shop_name AS shopName FROM shop_station WHERE id = $id', {
    id,
  });

const uidRow = z.object({ uid: z.string() });

/** Which of these rows this store has, as its own or as another station's, or has removed for good. */
export function knownUids(connection: Connection, uids: readonly string[]): Set<string> {
  const listed = '(SELECT value FROM json_each($uids))';
  const tables = [...entryKinds, 'elsewhere'].map((table) => `SELECT uid FROM "${table}" WHERE uid IN ${listed}`);
  const found = connection.rows(
    uidRow,
    [
      ...tables,
      // What one station has had erased may be another's, and is looked at when it comes.
      `SELECT uid FROM shop_erasure WHERE uid IN ${listed} AND station = 0`,
      // Of a phone that was forgotten here.
      `SELECT uid FROM erased WHERE uid IN ${listed} AND kind = 'elsewhere' AND uid NOT IN (SELECT uid FROM shop_erasure)`,
    ].join(' UNION '),
    { uids: JSON.stringify(uids) },
  );
  return new Set(found.map(({ uid }) => uid));
}

/** As this store understands it: what is nested too deep is none to SQLite. */
const isJson = (connection: Connection, text: string): boolean =>
  connection.row(z.object({ valid: z.int() }), 'SELECT json_valid($text) AS valid', { text })?.valid === 1;

/** What became of a row of another station: `known`: it is here already, or was erased. */
export type Kept = 'kept' | 'known' | 'unreadable';

/** Keeps a row of another station, as the server gave it out; within a transaction of the caller. Whatever it holds, it throws nothing. */
export function keepElsewhere(connection: Connection, row: unknown): Kept {
  const parsed = foreignEntrySchema.safeParse(row);
  if (!parsed.success || !isJson(connection, parsed.data.body)) return 'unreadable';
  const entry = parsed.data;
  const roots = [entry.uid, entry.of, entry.ticket, entry.customer].filter((uid) => uid !== null);
  const isKnown = knownUids(connection, [entry.uid]).has(entry.uid);
  if (isKnown || isErased(connection, roots, entry.station)) return 'known';
  const { body, words, diagnosis, reading, capture, ...rest } = entry;
  const id = connection.run(
    `INSERT INTO elsewhere (uid, shop, station, kind, "of", ticket, customer, phone, version, at, body_json, words_json, dictionary,
                            diagnosis_zstd, reading_zstd, capture_zstd)
     VALUES ($uid, $shop, $station, $kind, $of, $ticket, $customer, $phone, $version, $at, $body, $words, $dictionary,
             $diagnosis, $reading, $capture)`,
    { ...rest, body, words: JSON.stringify(words), diagnosis, reading, capture },
  );
  for (const word of new Set(words)) {
    connection.run('INSERT INTO elsewhere_word (word, row) VALUES ($word, $id)', { word, id });
  }
  return 'kept';
}

/** By the station whose they are, or by nobody knows whom. */
const isErased = (connection: Connection, uids: readonly string[], station: number): boolean =>
  connection.row(
    z.unknown(),
    'SELECT 1 FROM shop_erasure WHERE uid IN (SELECT value FROM json_each($uids)) AND station IN (0, $station) LIMIT 1',
    { uids: JSON.stringify(uids), station },
  ) !== null;

const columns = `elsewhere.uid, elsewhere.shop, elsewhere.station, kind, "of", ticket, customer, phone, version, at, body_json AS body,
  coalesce(shop_station.name, '') AS stationName, coalesce(shop_station.shop_name, '') AS shopName`;
const select = (connection: Connection, rest: string, parameters: Record<string, string | number>): ElsewhereRow[] =>
  connection.rows(
    elsewhereRowSchema,
    `SELECT ${columns} FROM elsewhere LEFT JOIN shop_station ON shop_station.id = elsewhere.station ${rest}`,
    parameters,
  );

/** Rows of one kind, the latest first. */
export const listElsewhere = (connection: Connection, kind: string, limit: number): ElsewhereRow[] =>
  select(connection, 'WHERE kind = $kind ORDER BY at DESC LIMIT $limit', { kind, limit });

/** What other stations of the shop have of a phone, the latest first. */
export const elsewhereOfPhone = (connection: Connection, phone: string, limit: number): ElsewhereRow[] =>
  select(connection, 'WHERE phone = $phone ORDER BY at DESC LIMIT $limit', { phone, limit });

/** What belongs to tickets, in the order of their versions. */
export const elsewhereOfTickets = (connection: Connection, tickets: readonly string[]): ElsewhereRow[] =>
  select(connection, 'WHERE ticket IN (SELECT value FROM json_each($tickets)) ORDER BY ticket, version', {
    tickets: JSON.stringify(tickets),
  });

/** What customers said of themselves, in the order of the versions. */
export const elsewhereOfCustomers = (connection: Connection, customers: readonly string[]): ElsewhereRow[] =>
  select(connection, 'WHERE customer IN (SELECT value FROM json_each($customers)) ORDER BY customer, version', {
    customers: JSON.stringify(customers),
  });

/** Events of snapshots or actions, in the order of their versions. */
export const elsewhereEvents = (connection: Connection, of: readonly string[]): ElsewhereRow[] =>
  // Those of a correction have no version: they stand in the order in which they came.
  select(connection, 'WHERE "of" IN (SELECT value FROM json_each($of)) ORDER BY "of", version, elsewhere.id', {
    of: JSON.stringify(of),
  });

/** The greatest text that begins with this one comes before it. */
export const afterBeginning = (word: string): string => `${word}\u{10FFFF}`;

/** Rows that have a word beginning with each of these, or ending where ends are words too ({@link backwards}), the latest first. */
export const findElsewhere = (connection: Connection, words: readonly string[], limit: number): ElsewhereRow[] => {
  const parameters: Record<string, string | number> = { limit };
  const conditions = words.map((word, index) => {
    parameters[`from${index}`] = word;
    parameters[`to${index}`] = afterBeginning(word);
    parameters[`back${index}`] = backwards(word);
    parameters[`backTo${index}`] = afterBeginning(backwards(word));
    return `elsewhere.id IN (SELECT row FROM elsewhere_word WHERE word >= $from${index} AND word < $to${index}
      UNION SELECT row FROM elsewhere_word WHERE word >= $back${index} AND word < $backTo${index})`;
  });
  if (conditions.length === 0) return [];
  return select(connection, `WHERE ${conditions.join(' AND ')} ORDER BY at DESC LIMIT $limit`, parameters);
};

const wholeRow = z
  .object({ ...foreignEntrySchema.shape, words: jsonColumn(foreignEntrySchema.shape.words) })
  .pipe(foreignEntrySchema);

/** A row of another station with all that it holds; null where it is not here. Throws `DamagedRecordError` where it is not what was read. */
export function loadElsewhere(connection: Connection, uid: string): ForeignEntry | null {
  const found = connection.row(z.object({ id: z.int() }), 'SELECT id FROM elsewhere WHERE uid = $uid', { uid });
  if (found === null) return null;
  connection.requireSealed('elsewhere', { column: 'id', is: found.id });
  return connection.row(
    wholeRow,
    `SELECT uid, shop, station, kind, "of", ticket, customer, phone, version, at, body_json AS body, words_json AS words, dictionary,
            diagnosis_zstd AS diagnosis, reading_zstd AS reading, capture_zstd AS capture
     FROM elsewhere WHERE id = $id`,
    { id: found.id },
  );
}
