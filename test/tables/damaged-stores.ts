import { spawnSync } from 'node:child_process';
import { copyFileSync, cpSync, mkdirSync, mkdtempSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { fileName } from '../../db/file-name.ts';
import { openStore } from '../../db/store.ts';
import { exampleSnapshot } from '../unit/db/examples.ts';
import { allOf, filledPlace, flip, look, makeCounter, withCopy, type Seen } from '../unit/db/damage.ts';
import { seeded } from '../seeded.ts';

/**
 * Prints what a person sees of a store that was damaged: one byte changed at 200 places, cut off, emptied, its write-ahead file gone, and so
 * on; and whether the backup gives everything back. `node test/tables/damaged-stores.ts [PLACES] [SEED]`
 */
const places = Number(process.argv[2] ?? 200);
const seed = Number(process.argv[3] ?? 15);

const folder = mkdtempSync(join(tmpdir(), 'phone-health-counter-'));
await makeCounter(folder);
const truth = allOf(folder);
const { size } = statSync(join(folder, fileName));

function row(what: string, seen: readonly Seen[]): void {
  const sum = (of: (one: Seen) => number): number => seen.reduce((total, one) => total + of(one), 0);
  const told = Map.groupBy(seen, (one) => one.told ?? 'nothing');
  const silent = sum((one) => (one.told === null ? one.wrong : 0));
  const restored = seen.filter((one) => one.restored === true).length;
  const tries = seen.filter((one) => one.restored !== null).length;
  const codes = [...told].map(([code, ones]) => (seen.length === 1 ? code : `${code} ${ones.length}`)).join(', ');
  const cells = [
    what,
    codes,
    sum((one) => one.refused),
    silent,
    sum((one) => one.faults.length),
    `${restored} of ${tries}`,
  ];
  console.log(`| ${cells.join(' | ')} |`);
  for (const { faults } of seen) for (const fault of faults) console.error(fault);
}

console.log(`${size} bytes, ${truth.size} parts, seed ${seed}`);
console.log(
  '| what became of it | told, times | parts refused | parts wrong and not told | faults | backup gave all back |',
);
console.log('| --- | --- | --- | --- | --- | --- |');

const next = seeded(seed);
const flips: Seen[] = [];
for (let place = 0; place < places; place += 1) {
  const at = filledPlace(join(folder, fileName), next);
  flips.push(
    await withCopy(folder, (copy) => {
      flip(join(copy, fileName), at, Math.floor(next() * 8));
      return look(copy, truth);
    }),
  );
}
row(`one bit changed, at ${places} places`, flips);

const one = async (what: string, damage: (file: string, copy: string) => void): Promise<Seen> => {
  const seen = await withCopy(folder, (copy) => {
    damage(join(copy, fileName), copy);
    return look(copy, truth);
  });
  row(what, [seen]);
  return seen;
};
const words: [what: string, words: string][] = [];
const told = async (what: string, damage: (file: string, copy: string) => void): Promise<void> => {
  words.push([what, (await one(what, damage)).words]);
};

for (const keep of [1, 99, 4096, Math.floor(size / 2), size - 1]) {
  await told(`cut off after ${keep} bytes`, (file) => truncateSync(file, keep));
}
await told('an empty file', (file) => truncateSync(file, 0));
await told('a folder in its place', (file) => {
  rmSync(file);
  mkdirSync(file);
});
await told('a letter in its place', (file) => writeFileSync(file, 'Dear Ada, the weather is fine. '.repeat(400)));
await told('another program’s database in its place', (file) => {
  rmSync(file);
  new Database(file).exec('CREATE TABLE recipe (name)').close();
});
await told('a store of a newer version', (file) => {
  const db = new Database(file);
  db.pragma('user_version = 900');
  db.close();
});

/** As a killed program leaves it: what it kept last stands in the write-ahead file alone. */
async function killed(what: string, damage: (wal: string) => void): Promise<void> {
  const seen = await withCopy(folder, async (copy) => {
    const store = openStore(copy);
    for (let more = 0; more < 5; more += 1) store.saveSnapshot(exampleSnapshot({ label: `last ${more}` }));
    const left = `${copy}-left`;
    mkdirSync(left);
    for (const suffix of ['', '-wal'])
      copyFileSync(join(copy, `${fileName}${suffix}`), join(left, `${fileName}${suffix}`));
    cpSync(join(copy, 'leases'), join(left, 'leases'), { recursive: true });
    cpSync(join(copy, 'backups'), join(left, 'backups'), { recursive: true });
    const all = new Map(truth)
      .set('snapshots', JSON.stringify(store.listSnapshots()))
      .set('phones', JSON.stringify(store.listPhones()));
    store.close();
    damage(join(left, `${fileName}-wal`));
    try {
      return { ...(await look(left, all)), restored: null };
    } finally {
      rmSync(left, { recursive: true });
    }
  });
  row(what, [seen]);
  words.push([what, seen.words]);
}
await killed('killed: the write-ahead file is there', () => undefined);
await killed('killed: the write-ahead file is gone', (wal) => rmSync(wal));
await killed('killed: one bit of the write-ahead file changed', (wal) =>
  flip(wal, Math.floor(statSync(wal).size / 2), 3),
);
await killed('killed: the write-ahead file’s head changed', (wal) => flip(wal, 20, 3));

/** A disk of its own, where this user may mount one. */
async function onDisk(what: string, then: (disk: string) => void): Promise<void> {
  const disk = mkdtempSync(join(tmpdir(), 'phone-health-disk-'));
  if (
    spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${size * 4 + 2_000_000}`, 'phone-health-table', disk]).status !== 0
  ) {
    console.log(`| ${what} | not tried: this user may mount no disk |`);
    return;
  }
  try {
    cpSync(folder, disk, { recursive: true });
    then(disk);
    const seen = await look(disk, truth);
    row(what, [seen]);
    words.push([what, seen.words]);
  } finally {
    spawnSync('umount', [disk]);
    rmSync(disk, { recursive: true });
  }
}
await onDisk('a disk that may only be read', (disk) => void spawnSync('mount', ['-o', 'remount,ro', disk]));
await onDisk('a disk without any room', (disk) => {
  try {
    writeFileSync(join(disk, 'ballast'), Buffer.alloc(size * 4 + 2_000_000));
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
  }
});

console.log('\nIn words:');
for (const [what, said] of words) console.log(`- ${what}: ${said === '' ? 'nothing' : said.replaceAll(tmpdir(), '')}`);
rmSync(folder, { recursive: true });
