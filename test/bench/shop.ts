import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NewSnapshot } from '../../db/records/snapshots.ts';
import { openStore, type Store } from '../../db/store.ts';
import { makeChain, openStation } from '../shop-server/chain.ts';
import { startPostgres } from '../shop-server/postgres.ts';
import { exampleReading, exampleSnapshot, pixel } from '../unit/db/examples.ts';
import { printTable } from './table.ts';

const snapshots = 2000;
const saves = 300;
const captureBytes = 38_000;

let minute = 0;

function snapshotOf(index: number, bytes: number): NewSnapshot {
  // No thousand of them in one moment.
  const takenAt = new Date(Date.UTC(2026, 0, 1) + (minute += 1) * 60_000).toISOString();
  const { capture, ...rest } = exampleSnapshot({
    phone: { ...pixel, id: `PHONE-${index % 200}` },
    reading: exampleReading({ takenAt }),
  });
  const [answer] = capture.answers;
  if (answer === undefined) throw new Error('The example has an answer.');
  return { ...rest, capture: { ...capture, answers: [{ ...answer, output: randomBytes(bytes) }] } };
}

/** Milliseconds that one save takes: the middle of many. */
function saveMs(store: Store, made: readonly NewSnapshot[]): number {
  const times = made.map((snapshot) => {
    const begin = performance.now();
    store.saveSnapshot(snapshot);
    return performance.now() - begin;
  });
  return times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;
}

async function timed(work: () => unknown): Promise<number> {
  const begin = performance.now();
  await work();
  return (performance.now() - begin) / 1000;
}

/** How fast rows go to the shop's server and come from it, beside a plain COPY of the same rows, and what that costs a station at each save. */
export async function runShopBench(): Promise<void> {
  // As a server is that forgets nothing.
  const postgres = await startPostgres({
    settings: ['fsync = on', 'full_page_writes = on', 'synchronous_commit = on', 'max_wal_size = 2GB'],
  });
  try {
    const chain = await makeChain(postgres, 'bench');
    const [a, b] = [
      await openStation(await chain.login('Mitte', 'A')),
      await openStation(await chain.login('Mitte', 'B')),
    ];
    const folder = mkdtempSync(join(tmpdir(), 'bench-shop-'));
    const alone = openStore(folder);
    const made = Array.from({ length: saves }, (_, index) => snapshotOf(index, 100));
    // Taken in turns, so that whatever else the computer does meets both.
    const both = [0, 1, 2].map(() => [saveMs(alone, made), saveMs(a.store, made)] as const);
    const middle = (of: 0 | 1): number => both.map((times) => times[of]).toSorted((x, y) => x - y)[1] ?? 0;
    alone.close();
    rmSync(folder, { recursive: true });
    await a.sync();
    await b.sync();
    for (let index = 0; index < snapshots; index += 1) a.store.saveSnapshot(snapshotOf(index, captureBytes));
    const push = await timed(() => a.sync());
    const pull = await timed(() => b.sync());
    postgres.psql(chain.admin, 'CREATE TABLE bare (LIKE shop.entry)');
    const file = join(postgres.folder, 'entries');
    postgres.psql(
      chain.admin,
      `COPY (SELECT * FROM shop.entry ORDER BY seq DESC LIMIT ${snapshots}) TO '${file}' (FORMAT binary)`,
    );
    const copyIn = await timed(() => postgres.psql(chain.admin, `COPY bare FROM '${file}' (FORMAT binary)`));
    const copyOut = await timed(() => postgres.psql(chain.admin, `COPY bare TO '${file}' (FORMAT binary)`));
    const bytes = Number(postgres.psql(chain.admin, 'SELECT avg(length(capture)) FROM bare'));
    const rate = (seconds: number): string => `${Math.round(snapshots / seconds)} a second`;
    printTable(
      [`${snapshots} snapshots of ${Math.round(bytes / 1000)} kB`, 'rate'],
      [
        ['pushed by a station', rate(push)],
        ['COPY of the same rows into a bare table', rate(copyIn)],
        ['pulled by another station, into its store', rate(pull)],
        ['COPY of the same rows out of it', rate(copyOut)],
      ],
    );
    printTable(
      ['a save of a small snapshot', 'ms'],
      [
        ['without a chain', middle(0).toFixed(2)],
        ['with a chain: a row of the outbox in the same transaction', middle(1).toFixed(2)],
      ],
    );
    a.close();
    b.close();
  } finally {
    postgres.remove();
  }
}
