import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { compare } from '../../db/compare.ts';
import { openStore, type Store } from '../../db/store.ts';
import { searchWords } from '../../db/search-words.ts';
import type { NewSnapshot } from '../../db/records/snapshots.ts';
import { phoneSchema } from '../../native/phone.ts';
import { searchTerms, type KnownBeside } from '../../electron/app/archive/search-terms.ts';
import { parseTicketNumber } from '../../electron/app/tickets/ticket-number.ts';
import { loadCatalog } from '../../diagnosis/load/catalog.ts';
import { sampleSnapshots } from '../sample-snapshots.ts';
import { printTable } from './table.ts';

const phonesInAll = 200;
const minuteMs = 60_000;
const first = Date.UTC(2024, 0, 1);

/** Serial numbers without a pattern, the same in every run. */
const serialOf = (index: number): string =>
  `PH${(((index + 1) * 2_654_435_761) % 4_294_967_296).toString(36).toUpperCase().padStart(7, '0')}`;

/**
 * Fills a store with snapshots as they are kept: each sample's is saved once, and its packed content is copied for the others, with a phone,
 * a moment and words of their own, and every tenth under a ticket.
 */
function fill(folder: string, samples: readonly NewSnapshot[], count: number): void {
  const store = openStore(folder);
  const saved = samples.map((snapshot) => store.saveSnapshot(snapshot));
  for (let index = 0; index < count / 100; index += 1) {
    store.createTicket({
      customer: { name: `Customer${index} Family${index % 97}`, contact: `0171 ${index}` },
      technician: 'Sam',
      fault: 'No photo leaves.',
      fields: [],
      phones: [],
      consent: null,
      who: 'Sam',
    });
  }
  const file = store.file;
  const rows = saved.map((id) => {
    const summary = store.listSnapshots().find((one) => one.id === id);
    if (summary === undefined) throw new Error(`Snapshot ${id} was not saved.`);
    return summary;
  });
  store.close();
  const db = new Database(file);
  db.pragma('synchronous = OFF');
  db.pragma('foreign_keys = OFF');
  const causes = new Map(
    saved.map((id) => [id, String(db.prepare('SELECT causes_json FROM snapshot WHERE id = ?').pluck().get(id))]),
  );
  const phone = db.prepare(
    `INSERT OR IGNORE INTO phone (id, serial, platform, state, manufacturer, model, name, seen_at)
     VALUES (?, ?, ?, 'ready', ?, ?, ?, ?)`,
  );
  const snapshot = db.prepare(
    `INSERT INTO snapshot (uid, moment, phone, ticket, technician, label, note, version, taken_at, saved_at, catalog, verdict, problems,
       battery_percent, battery_cycles, free_bytes, waiting_photos, phone_json, causes_json)
     SELECT ?, ?, ?, ?, 'Sam', label, ?, 1, ?, ?, catalog, verdict, problems, battery_percent, battery_cycles, free_bytes,
       waiting_photos, ?, causes_json FROM snapshot WHERE id = ?`,
  );
  const content = db.prepare(
    `INSERT INTO snapshot_content SELECT ?, dictionary, diagnosis_zstd, reading_zstd, capture_zstd FROM snapshot_content
     WHERE snapshot = ?`,
  );
  const words = db.prepare('INSERT INTO snapshot_search (rowid, words) VALUES (?, ?)');
  const from = saved.length;
  for (let done = from; done < count; done += 5000) {
    db.transaction(() => {
      for (let index = done; index < Math.min(done + 5000, count); index += 1) {
        const of = index % phonesInAll;
        const sample = rows[of % rows.length];
        if (sample === undefined) throw new Error('There is a sample.');
        const id = serialOf(of);
        const named = phoneSchema.parse({ ...sample.phone, id });
        const at = new Date(first + index * 10 * minuteMs);
        const moment = BigInt(at.getTime()) * 1000n;
        const ticket = index % 10 === 0 ? 1 + (index % Math.max(1, Math.floor(count / 100))) : null;
        const note = index % 1000 === 0 ? `remark${index}` : '';
        phone.run(id, id, named.platform, named.manufacturer, named.model, named.name, at.toISOString());
        const uid = `bench-${index}`;
        const { lastInsertRowid } = snapshot.run(
          uid,
          moment,
          id,
          ticket,
          note,
          at.toISOString(),
          at.toISOString(),
          JSON.stringify(named),
          sample.id,
        );
        content.run(lastInsertRowid, sample.id);
        const found: unknown = JSON.parse(causes.get(sample.id) ?? '[]');
        words.run(
          moment,
          searchWords({ phone: named, causes: found as string[], label: null, note, technician: 'Sam', ticket }),
        );
      }
    })();
  }
  // Seals are made again when the store is opened, as after a migration.
  db.exec('DROP TABLE row_seal');
  db.close();
  openStore(folder).close();
}

function medianMs(rounds: number, work: (round: number) => unknown): number {
  const times = Array.from({ length: rounds }, (_each, round) => {
    const begin = performance.now();
    work(round);
    return performance.now() - begin;
  });
  return times.toSorted((a, b) => a - b)[Math.floor(rounds / 2)] ?? 0;
}

/** Everything that is measured of a store, by what it is called; ms. */
async function measure(folder: string, count: number): Promise<Map<string, number>> {
  const catalog = loadCatalog();
  const taken = new Map<string, number>();
  let store: Store = openStore(folder);
  store.close();
  taken.set(
    'open the store',
    medianMs(5, () => openStore(folder).close()),
  );
  store = openStore(folder);
  const known: KnownBeside = {
    catalog,
    ticketNamed: (text) => parseTicketNumber(text)?.id ?? null,
    // As `electron/app/archive` asks.
    ticketsWith: (word) => (word.length < 2 ? [] : store.ticketsSaying(word, 300)),
  };
  const search = (text: string) => store.listSnapshots({ ...searchTerms(text, known), limit: 50 });
  taken.set(
    'newest 50',
    medianMs(21, () => store.listSnapshots({ limit: 50 })),
  );
  taken.set(
    'newest 50 of a phone',
    medianMs(21, (round) => store.listSnapshots({ phone: serialOf(round), limit: 50 })),
  );
  for (const [name, text] of [
    ['a model', 'pixel'],
    ['last digits', serialOf(7).slice(-4)],
    ['a customer', 'customer5'],
    ['a ticket', '5'],
    ['a day', '2024-01-05'],
    ['a cause', 'saver'],
    ['three words', 'pixel saver customer5'],
    ['two that no snapshot has together', 'samsung pixel'],
    ['a note', 'remark0'],
    ['nothing', 'zzzzzz'],
  ] as const) {
    taken.set(
      `search: ${name}`,
      medianMs(11, () => search(text)),
    );
  }
  const some = (round: number): number => 1 + ((round * 7919) % count);
  taken.set(
    'open a snapshot',
    medianMs(21, (round) => store.loadSnapshot(some(round))),
  );
  taken.set(
    'compare two',
    medianMs(11, (round) => {
      const [before, after] = [store.loadWithoutCapture(some(round)), store.loadWithoutCapture(some(round + 200))];
      return before !== null && after !== null && compare(before, after);
    }),
  );
  const example = store.loadSnapshot(1);
  if (example !== null)
    taken.set(
      'save a snapshot',
      medianMs(11, () => store.saveSnapshot(example)),
    );
  const begin = performance.now();
  await store.backUp(join(folder, 'copy.sqlite'));
  taken.set('back up', performance.now() - begin);
  store.close();
  return taken;
}

const ms = (value: number): string => (value < 100 ? `${value.toFixed(1)} ms` : `${(value / 1000).toFixed(1)} s`);

/** A store of so many snapshots: one that an earlier run has kept in the folder that PHONE_HEALTH_BENCH_STORES names, or a new one. */
function storeOf(count: number, samples: readonly NewSnapshot[]): { folder: string; drop: () => void } {
  const kept = process.env['PHONE_HEALTH_BENCH_STORES'];
  const folder = kept === undefined ? mkdtempSync(join(tmpdir(), 'phone-health-bench-')) : join(kept, String(count));
  const marker = join(folder, 'filled');
  if (!existsSync(marker)) {
    rmSync(folder, { recursive: true, force: true });
    fill(folder, samples, count);
    writeFileSync(marker, '');
  }
  return {
    folder,
    drop: () => rmSync(kept === undefined ? folder : join(folder, 'copy.sqlite'), { recursive: true, force: true }),
  };
}

/**
 * Prints what a store of 1,000 and one of 100,000 snapshots of 200 phones costs; `PHONE_HEALTH_BENCH_SNAPSHOTS` is another number,
 * `PHONE_HEALTH_BENCH_STORES` a folder that keeps the stores for the next run: filling one takes minutes.
 */
export async function runStoreBench(): Promise<void> {
  const many = Number(process.env['PHONE_HEALTH_BENCH_SNAPSHOTS'] ?? 100_000);
  const samples = (await sampleSnapshots(loadCatalog())).map(({ snapshot }) => snapshot);
  const results: { count: number; taken: Map<string, number>; bytes: number }[] = [];
  for (const count of [1000, many]) {
    const { folder, drop } = storeOf(count, samples);
    try {
      const bytes = statSync(join(folder, 'phone-health.sqlite')).size;
      results.push({ count, taken: await measure(folder, count), bytes });
    } finally {
      drop();
    }
  }
  const [few, lots] = results;
  if (few === undefined || lots === undefined) return;
  printTable(
    ['a store', `${few.count.toLocaleString('en')} snapshots`, `${lots.count.toLocaleString('en')} snapshots`, 'ratio'],
    [
      ...[...few.taken].map(([name, before]) => {
        const after = lots.taken.get(name) ?? Number.NaN;
        return [name, ms(before), ms(after), (after / before).toFixed(1)];
      }),
      [
        'bytes a snapshot',
        `${(few.bytes / few.count / 1000).toFixed(1)} kB`,
        `${(lots.bytes / lots.count / 1000).toFixed(1)} kB`,
        (lots.bytes / lots.count / (few.bytes / few.count)).toFixed(2),
      ],
    ],
  );
}
