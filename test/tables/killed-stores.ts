import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileName } from '../../db/file-name.ts';
import { loadMigrations } from '../../db/migrate.ts';
import { killMigrating, killSaving, makeOlder, openingMs, type AfterKill } from '../phones/db/kills.ts';
import { seeded } from '../seeded.ts';
import { makeCounter } from '../unit/db/damage.ts';

/**
 * Kills programs while they save and while they bring a store of each older schema up to date, and prints what the next start finds.
 * `node test/tables/killed-stores.ts [SAVES] [EACH_MIGRATION] [SEED] [FROM] [TO]`: only from migrations of these numbers, as all of them take long.
 */
const saves = Number(process.argv[2] ?? 100);
const each = Number(process.argv[3] ?? 20);
const next = seeded(Number(process.argv[4] ?? 15));
const [from, to] = [Number(process.argv[5] ?? 1), Number(process.argv[6] ?? Infinity)];

function row(what: string, kills: readonly AfterKill[]): void {
  const sum = (of: (one: AfterKill) => number): number => kills.reduce((total, one) => total + of(one), 0);
  const cells = [
    what,
    kills.length,
    sum(({ inTheMiddle }) => (inTheMiddle ? 1 : 0)),
    sum(({ lost }) => lost),
    sum(({ partial }) => partial),
    sum(({ told }) => (told === null ? 0 : 1)),
  ];
  console.log(`| ${cells.join(' | ')} |`);
}

const temporary = (): string => mkdtempSync(join(tmpdir(), 'phone-health-killed-'));

console.log('| killed with SIGKILL | times | in the middle | rows lost | rows partial | false alarms |');
console.log('| --- | --- | --- | --- | --- | --- |');
const saving: AfterKill[] = [];
let folder = temporary();
for (let kill = 0; kill < saves; kill += 1) {
  // A store that grows for ever is looked through for ever.
  if (kill % 10 === 0) {
    rmSync(folder, { recursive: true });
    folder = temporary();
  }
  saving.push(await killSaving(folder, next() * 150));
}
rmSync(folder, { recursive: true });
row('while it saves', saving);

/** Stores of so many snapshots: the migrations that do little need the larger one to take long enough to be killed within. */
const sizes = [24, 240] as const;
const shortestMs = 400;
const filled = new Map<number, string>();
for (const snapshots of sizes) {
  const folder = temporary();
  await makeCounter(folder, snapshots);
  filled.set(snapshots, join(folder, fileName));
}
const migrations = loadMigrations();
for (const { number, name } of migrations.slice(0, -1)) {
  if (number < from || number > to) continue;
  let [older, counts, wholeMs, snapshots] = ['', new Map<string, number>(), 0, 0];
  const attempt = async <T>(work: (copy: string) => Promise<T>): Promise<T> => {
    const copy = temporary();
    try {
      cpSync(older, copy, { recursive: true });
      return await work(copy);
    } finally {
      rmSync(copy, { recursive: true });
    }
  };
  for (const [size, file] of filled) {
    if (wholeMs >= shortestMs) break;
    if (older !== '') rmSync(older, { recursive: true });
    [older, snapshots] = [temporary(), size];
    counts = makeOlder(older, number, file);
    wholeMs = await attempt(openingMs);
  }
  const kills: AfterKill[] = [];
  for (let tries = 0; kills.length < each && tries < each * 5; tries += 1) {
    const killed = await attempt((copy) => killMigrating(copy, next() * wholeMs, counts));
    if (killed.inTheMiddle) kills.push(killed);
  }
  row(`while it migrates from ${name} (${snapshots} snapshots, ${Math.round(wholeMs)} ms)`, kills);
  if (kills.length < each) console.error(`only ${kills.length} of ${each} kills met the migration from ${name}`);
  rmSync(older, { recursive: true });
}
for (const file of filled.values()) rmSync(dirname(file), { recursive: true });
