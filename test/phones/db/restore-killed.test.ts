import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { listBackups } from '../../../db/kept-backups.ts';
import { restoreStore } from '../../../db/restore.ts';
import { temporaryFolder } from '../../unit/db/examples.ts';
import { at, backUpOn, day, keep, labelsIn } from '../../unit/db/kept-folder.ts';

/** Ends a process with SIGKILL at its nth call of a function of node:fs that changes something. */
const killedAt = (folder: string, call: number, work: string): NodeJS.Signals | null =>
  spawnSync(process.execPath, [join(import.meta.dirname, 'killed-at.ts'), folder, String(call), work]).signal;

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
      if (signal === null) break;
      killed += 1;
    }
    expect(killed).toBeGreaterThan(3);
  });
});
