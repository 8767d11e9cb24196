import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { zstdCompressSync } from 'node:zlib';
import Database from 'better-sqlite3';
import { z } from 'zod';
import { checkStore } from '../../../db/check-store.ts';
import { openConnection } from '../../../db/connection.ts';
import { fileName } from '../../../db/file-name.ts';
import { loadMigrations } from '../../../db/migrate.ts';
import { packedKinds, unpack } from '../../../db/packed.ts';
import { openStore } from '../../../db/store.ts';

const script = join(import.meta.dirname, 'store-process.ts');

/** What a killed process had said, a line each, and whether it was killed before its end. */
interface Killed {
  said: string[];
  inTheMiddle: boolean;
}

/** Starts a process on a folder, and kills it so long after its first word. */
async function killAfter(folder: string, task: string, ms: number): Promise<Killed> {
  const child = spawn(process.execPath, [script, folder, task], { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
  const ended = once(child, 'close');
  await once(child.stdout, 'data');
  await Promise.race([setTimeout(ms), ended]);
  child.kill('SIGKILL');
  const [, signal] = (await ended) as [number | null, NodeJS.Signals | null];
  return { said: said.split('\n').filter((line) => line !== ''), inTheMiddle: signal === 'SIGKILL' };
}

/** What a start finds after a kill. */
export interface AfterKill {
  inTheMiddle: boolean;
  /** Rows that were told to be kept and are not there, or other than before. */
  lost: number;
  /** Rows that are there in part. */
  partial: number;
  /** What a person is told although nothing is lost; null: nothing. */
  told: string | null;
}

/** Kills a process that saves one snapshot after the other. */
export async function killSaving(folder: string, ms: number): Promise<AfterKill> {
  const { said, inTheMiddle } = await killAfter(folder, 'save-until-killed', ms);
  // The last line may have been cut.
  const ids = said.map(Number).filter((id) => id > 0);
  const store = openStore(folder);
  const told = store.isLastThere ? null : 'last-kept-missing';
  const listed = new Set(store.listSnapshots().map(({ id }) => id));
  const lost = ids.filter((id) => !listed.has(id)).length;
  let partial = 0;
  for (const id of listed) if (store.loadSnapshot(id)?.capture.answers.length !== 1) partial += 1;
  store.close();
  const { structure, rows } = checkStore(join(folder, fileName));
  return { inTheMiddle, lost, partial: partial + structure.length + rows.length, told };
}

const names = z.array(z.object({ name: z.string() }));
const columns = z.array(z.object({ name: z.string(), type: z.string(), notnull: z.int(), dflt_value: z.unknown() }));

/** What older schemas kept in columns of a snapshot, and today's keeps packed beside it. */
const packedBeside: Readonly<Record<string, string>> = {
  findings_json: "json_extract(unpacked('diagnosis', dictionary, diagnosis_zstd), '$.findings')",
  steps_json: "json_extract(unpacked('diagnosis', dictionary, diagnosis_zstd), '$.steps')",
  chosen_json: "json_extract(unpacked('diagnosis', dictionary, diagnosis_zstd), '$.chosen')",
  uploads_json: "json_extract(unpacked('diagnosis', dictionary, diagnosis_zstd), '$.uploads')",
  reading_json: "json_extract(unpacked('reading', dictionary, reading_zstd), '$.reading')",
  incomplete_json: "json_extract(unpacked('reading', dictionary, reading_zstd), '$.incomplete')",
  capture_zstd: "without_dictionary(unpacked('capture', dictionary, capture_zstd))",
};

/** For a column that the present schema has no longer. */
function fillOf(table: string, column: string, type: string): string {
  const beside = table === 'snapshot' ? packedBeside[column] : undefined;
  if (beside !== undefined) return `(SELECT ${beside} FROM filled.snapshot_content WHERE snapshot = kept.id)`;
  if (column === 'phone') return '(SELECT id FROM filled.phone)';
  if (type === 'INTEGER') return '1';
  if (column.endsWith('_json')) return "'[]'";
  if (column === 'at' || column.endsWith('_at')) return "'2026-05-01T10:00:00.000Z'";
  return "'as it was'";
}

/** A store of an older schema with the rows of one of today. Returns how many rows each of its tables holds. */
export function makeOlder(folder: string, version: number, filledFile: string): Map<string, number> {
  const migrations = loadMigrations().slice(0, version);
  openConnection(folder, { migrations }).close();
  const db = new Database(join(folder, fileName));
  try {
    db.pragma('foreign_keys = OFF');
    db.prepare('ATTACH ? AS filled').run(filledFile);
    db.function('unpacked', (kind, dictionary, bytes) =>
      unpack(z.instanceof(Uint8Array).parse(bytes), z.enum(packedKinds).parse(kind), z.int().parse(dictionary)),
    );
    db.function('without_dictionary', (text) => zstdCompressSync(z.string().parse(text)));
    const tablesOf = (schema: string): string[] =>
      names
        .parse(
          db
            .prepare(
              // What an index of words keeps for itself is written through the index alone.
              `SELECT name FROM pragma_table_list WHERE schema = ? AND type IN ('table', 'virtual') AND name NOT LIKE 'sqlite_%'`,
            )
            .all(schema),
        )
        .map(({ name }) => name);
    const filled = new Set(tablesOf('filled'));
    const counts = new Map<string, number>();
    const copy = db.transaction(() => {
      // What was made before there were seals has none.
      db.exec('DROP TABLE row_seal');
      for (const table of tablesOf('main')) {
        if (table === 'migration') continue;
        const now = new Set(
          filled.has(table) ? columns.parse(db.pragma(`filled.table_info("${table}")`)).map(({ name }) => name) : [],
        );
        const own = columns.parse(db.pragma(`main.table_info("${table}")`));
        if (now.size > 0) {
          const isIndex =
            z.array(z.object({ type: z.string() })).parse(db.pragma(`main.table_list("${table}")`))[0]?.type ===
            'virtual';
          const rowid = isIndex ? ['rowid'] : [];
          const values = own.map(({ name, type }) => (now.has(name) ? `"${name}"` : fillOf(table, name, type)));
          db.exec(
            `INSERT INTO main."${table}" (${[...rowid, ...own.map(({ name }) => `"${name}"`)].join(', ')})
             SELECT ${[...rowid, ...values].join(', ')} FROM filled."${table}" AS kept`,
          );
        }
        const [{ n } = { n: 0 }] = z
          .array(z.object({ n: z.int() }))
          .parse(db.prepare(`SELECT count(*) AS n FROM main."${table}"`).all());
        counts.set(table, n);
      }
    });
    copy();
    return counts;
  } finally {
    db.close();
  }
}

/** How long the opening takes, from the first touch of the file to a store that can be used, ms. */
export async function openingMs(folder: string): Promise<number> {
  const child = spawn(process.execPath, [script, folder, 'open'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'close');
  let begin = 0;
  let end = 0;
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    if (begin === 0) begin = performance.now();
    said += text;
    if (end === 0 && said.split('\n').includes('open')) end = performance.now();
  });
  await ended;
  return end - begin;
}

/** Kills a process that brings an older store up to date; then opens it. */
export async function killMigrating(
  folder: string,
  ms: number,
  before: ReadonlyMap<string, number>,
): Promise<AfterKill> {
  const { said, inTheMiddle } = await killAfter(folder, 'open', ms);
  const store = openStore(folder);
  const told = store.isLastThere ? null : 'last-kept-missing';
  const snapshots = store.listSnapshots();
  for (const { id } of snapshots) store.loadSnapshot(id);
  store.close();
  const file = join(folder, fileName);
  const db = new Database(file, { readonly: true });
  let lost = 0;
  const tables = new Set(
    names.parse(db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all()).map(({ name }) => name),
  );
  for (const [table, count] of before) {
    if (!tables.has(table)) continue;
    const [{ n } = { n: 0 }] = z
      .array(z.object({ n: z.int() }))
      .parse(db.prepare(`SELECT count(*) AS n FROM "${table}"`).all());
    lost += Math.max(0, count - n);
  }
  db.close();
  const { structure, rows } = checkStore(file);
  return { inTheMiddle: inTheMiddle && !said.includes('open'), lost, partial: structure.length + rows.length, told };
}
