import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileName } from '../../db/file-name.ts';
import { loadMigrations } from '../../db/migrate.ts';
import { killMigrating, killSaving, makeOlder, openingMs, type AfterKill } from '../phones/db/kills.ts';
import { makeCounter, seeded } from '../unit/db/damage.ts';

/**
 * Kills programs while they save and while they bring a store of each older schema up to date, and prints what the next start finds.
 * `node test/tables/killed-stores.ts [SAVES] [EACH_MIGRATION] [SEED]`
 */
const saves = Number(process.argv[2] ?? 100);
const each = Number(process.argv[3] ?? 20);
const next = seeded(Number(process.argv[4] ?? 15));

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

const filled = temporary();
await makeCounter(filled);
const migrations = loadMigrations();
for (const { number, name } of migrations.slice(0, -1)) {
  const older = temporary();
  const counts = makeOlder(older, number, join(filled, fileName));
  const attempt = async <T>(work: (copy: string) => Promise<T>): Promise<T> => {
    const copy = temporary();
    try {
      cpSync(older, copy, { recursive: true });
      return await work(copy);
    } finally {
      rmSync(copy, { recursive: true });
    }
  };
  const wholeMs = await attempt(openingMs);
  const kills: AfterKill[] = [];
  for (let tries = 0; kills.length < each && tries < each * 3; tries += 1) {
    const killed = await attempt((copy) => killMigrating(copy, next() * wholeMs, counts));
    if (killed.inTheMiddle) kills.push(killed);
  }
  row(`while it migrates from ${name}`, kills);
  rmSync(older, { recursive: true });
}
rmSync(filled, { recursive: true });
