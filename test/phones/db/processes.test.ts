import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { fileName } from '../../../db/file-name.ts';
import { openStore } from '../../../db/store.ts';
import { makeCounter } from '../../unit/db/damage.ts';
import { exampleSnapshot, temporaryFolder } from '../../unit/db/examples.ts';
import { killMigrating, killSaving, makeOlder } from './kills.ts';

const script = join(import.meta.dirname, 'store-process.ts');

/** Another process with the same data folder; `ended` gives what it said and how it ended. */
function start(folder: string, task: string) {
  const child = spawn(process.execPath, [script, folder, task], { stdio: ['pipe', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
  const ended = once(child, 'close').then(([code, signal]) => ({
    said: said.split('\n').filter((line) => line !== ''),
    code,
    signal,
  }));
  return { child, ended };
}

const sizeOf = (file: string): number => (existsSync(file) ? statSync(file).size : 0);

function integrityOf(folder: string): unknown {
  const db = new Database(join(folder, fileName));
  try {
    return db.pragma('integrity_check', { simple: true });
  } finally {
    db.close();
  }
}

describe('a program that is killed', () => {
  test('in the middle of saving loses that snapshot only; the next start goes on', async () => {
    const folder = temporaryFolder();
    const { child, ended } = start(folder, 'save-small-then-large');
    // The large snapshot does not fit SQLite's cache: it grows the write-ahead file long before it is committed.
    while (sizeOf(join(folder, `${fileName}-wal`)) < 4 * 1024 * 1024 && child.exitCode === null) await setImmediate();
    child.kill('SIGKILL');
    expect(await ended).toEqual({ said: ['1'], code: null, signal: 'SIGKILL' });

    const store = openStore(folder);
    expect(store.listSnapshots().map(({ id, label }) => [id, label])).toEqual([[1, 'before']]);
    expect(store.loadSnapshot(1)?.capture.answers).toHaveLength(1);
    expect(store.saveSnapshot(exampleSnapshot({ label: 'after' }))).toBe(2);
    store.close();
    expect(integrityOf(folder)).toBe('ok');
  });

  test('in the middle of a correction leaves an open action with its inverse', async () => {
    const folder = temporaryFolder();
    expect(await start(folder, 'start-an-action-and-die').ended).toMatchObject({ signal: 'SIGKILL' });
    const store = openStore(folder);
    expect(store.openActions('PIXEL1')).toMatchObject([
      {
        id: 1,
        inverse: ['cmd appops set com.google.android.apps.photos RUN_ANY_IN_BACKGROUND default'],
        before: { runAnyInBackground: 'default' },
        events: [{ kind: 'started' }],
      },
    ]);
    store.close();
  });

  test('while it corrects a phone leaves the phone to the next program', async () => {
    const folder = temporaryFolder();
    const { child, ended } = start(folder, 'take-a-phone-and-stay');
    await once(child.stdout, 'data');
    const store = openStore(folder);
    expect(store.isPhoneTaken('PIXEL1')).toBe(true);
    expect(store.takePhone('PIXEL1')).toBeNull();
    child.kill('SIGKILL');
    expect(await ended).toEqual({ said: ['taken'], code: null, signal: 'SIGKILL' });
    expect(store.isPhoneTaken('PIXEL1')).toBe(false);
    store.takePhone('PIXEL1')?.giveBack();
    store.close();
  });

  test('right after it became newer is refused from its write-ahead file, and both files stay as they are', async () => {
    const folder = temporaryFolder();
    openStore(folder).close();
    expect(await start(folder, 'become-newer-and-die').ended).toMatchObject({ signal: 'SIGKILL' });
    const files = [join(folder, fileName), join(folder, `${fileName}-wal`)];
    const before = files.map((file) => readFileSync(file));
    // The header of the file itself still says the former version.
    expect(before[0]?.readInt32BE(60)).toBeLessThan(99);
    expect(before[1]?.length).toBeGreaterThan(0);
    expect(() => openStore(folder)).toThrow(expect.objectContaining({ code: 'newer-database' }));
    expect(files.map((file) => readFileSync(file))).toEqual(before);
  });
});

describe('several programs at once', () => {
  test('make one store between them and save without losing or mixing anything', async () => {
    const folder = join(temporaryFolder(), 'data');
    const all = await Promise.all(['a', 'b', 'c', 'd'].map(() => start(folder, 'save-25').ended));
    expect(all.map(({ code, signal }) => [code, signal])).toEqual(all.map(() => [0, null]));
    const ids = all.flatMap(({ said }) => said.map(Number)).sort((a, b) => a - b);
    expect(ids).toEqual(Array.from({ length: 100 }, (_each, index) => index + 1));
    const store = openStore(folder);
    expect(store.listSnapshots()).toHaveLength(100);
    expect(store.listPhones()).toHaveLength(1);
    store.close();
    expect(integrityOf(folder)).toBe('ok');
  });
});

/** `node test/tables/killed-stores.ts` kills 100 and 20 times for each older schema. */
describe('a program that is killed at any moment', () => {
  test('while it saves has lost nothing that it said was kept, and tells nothing is missing', async () => {
    const folder = temporaryFolder();
    for (const ms of [3, 40]) {
      expect(await killSaving(folder, ms)).toEqual({ inTheMiddle: true, lost: 0, partial: 0, told: null });
    }
  });

  test('while it migrates the oldest schema leaves every row for the next start', async () => {
    const filled = temporaryFolder();
    await makeCounter(filled);
    const older = temporaryFolder();
    const counts = makeOlder(older, 1, join(filled, fileName));
    expect(counts.get('snapshot')).toBe(12);
    for (const ms of [10, 60]) {
      expect(await killMigrating(older, ms, counts)).toMatchObject({ lost: 0, partial: 0, told: null });
    }
  });
});
