import { spawnSync } from 'node:child_process';
import { cpSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { fileName } from '../../../db/file-name.ts';
import { listBackups } from '../../../db/kept-backups.ts';
import { restoreStore } from '../../../db/restore.ts';
import { openStore } from '../../../db/store.ts';
import { exampleTicket, temporaryFolder } from '../../unit/db/examples.ts';
import { at, backUpOn, day, keep, labelsIn } from '../../unit/db/kept-folder.ts';

/** Ends a process with SIGKILL at its nth call of a function of node:fs that changes something. */
const killedAt = (folder: string, call: number, work: string): NodeJS.Signals | null =>
  spawnSync(process.execPath, [join(import.meta.dirname, 'killed-at.ts'), folder, String(call), work]).signal;

/** What a killed program had begun, and holds whatever the store held. */
const leftIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /restoring-|making-|erasing\/./.test(name),
  );

const holdsAda = (file: string): boolean => readFileSync(file, 'latin1').includes('Quellenreuther');

async function tended(folder: string): Promise<void> {
  const store = openStore(folder, { now: () => day(1) });
  await store.tend({ check: false });
  store.close();
}

describe('a program that is killed', () => {
  test('while it restores has lost nothing, wherever it was', async () => {
    let killed = 0;
    for (let call = 1; ; call += 1) {
      const folder = temporaryFolder();
      keep(folder, 'before');
      const made = await backUpOn(folder, day(1));
      keep(folder, 'since');
      const signal = killedAt(folder, call, 'restore');
      const labels = labelsIn(folder);
      expect(leftIn(folder), `killed at call ${call}`).toEqual([]);
      if (signal === null) {
        expect(labels).toEqual(['before']);
        break;
      }
      killed += 1;
      expect([['since', 'before'], ['before']], `killed at call ${call}`).toContainEqual(labels);
      expect(restoreStore(folder, null, at).from).toBe(made);
      expect(labelsIn(folder)).toEqual(['before']);
    }
    expect(killed).toBeGreaterThan(5);
  });

  test('while it makes a backup leaves no half one, and the store as it was', async () => {
    let killed = 0;
    for (let call = 1; ; call += 1) {
      const folder = temporaryFolder();
      keep(folder, 'before');
      const signal = killedAt(folder, call, 'backup');
      for (const { file } of listBackups(folder)) {
        const copy = new Database(file, { readonly: true });
        expect(copy.pragma('integrity_check', { simple: true })).toBe('ok');
        copy.close();
      }
      expect(labelsIn(folder)).toEqual(['before']);
      expect(leftIn(folder), `killed at call ${call}`).toEqual([]);
      if (signal === null) break;
      killed += 1;
    }
    expect(killed).toBeGreaterThan(3);
  });

  test('while it erases a customer has told the backups when the next program tends the store, or has erased nothing', async () => {
    const filled = temporaryFolder();
    const store = openStore(filled);
    for (const name of ['Ada Quellenreuther', 'Ben']) {
      store.createTicket(exampleTicket({ customer: { name, contact: '' } }));
    }
    store.close();
    const made = basename((await backUpOn(filled, day(1))) ?? '');
    const met = { before: 0, between: 0 };
    for (let call = 1; ; call += 1) {
      const folder = temporaryFolder();
      cpSync(filled, folder, { recursive: true });
      const signal = killedAt(folder, call, 'erase');
      const heldWhenKilled = listBackups(folder).some(({ file }) => holdsAda(file));
      await tended(folder);
      const isErased = !holdsAda(join(folder, fileName));
      if (signal !== null && !isErased) met.before += 1;
      if (isErased && heldWhenKilled) met.between += 1;
      const held = listBackups(folder).filter(({ file }) => holdsAda(file));
      expect(
        held.map(({ file }) => basename(file)),
        `killed at call ${call}`,
      ).toEqual(isErased ? [] : [made]);
      expect(listBackups(folder).length).toBeGreaterThan(0);
      expect(leftIn(folder), `killed at call ${call}`).toEqual([]);
      if (signal === null) break;
    }
    expect(met).toEqual({ before: expect.toSatisfy((n) => n > 0), between: expect.toSatisfy((n) => n > 2) });
  });
});
