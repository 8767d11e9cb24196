import { listBackups } from '../../db/kept-backups.ts';
import { restoreStore } from '../../db/restore.ts';
import type { Application } from '../app/application.ts';
import { dataFolder } from '../app/program/data-folder.ts';
import { ApplicationError } from '../app/program/problem.ts';
import { askYes } from './commands.ts';
import { exitCode, type ExitCode } from './exit-code.ts';
import { print, printJson, tell } from './output.ts';

export interface BackupOptions {
  output?: string;
  json?: boolean;
}

/** Copies everything that is kept into one file, in the data folder or where it is told. */
export async function backup(app: Application, { output, json }: BackupOptions): Promise<ExitCode> {
  const { store } = app;
  if (output !== undefined) await store.backUp(output);
  const file = output ?? (await store.backUpNow());
  if (file === null) {
    throw new ApplicationError('no-room', 'No backup was made: the disk has too little room.', [
      'Make room, or name a file on another disk: phone-health backup -o FILE',
    ]);
  }
  if (json) printJson({ file });
  else print(file);
  return exitCode.ok;
}

export interface RestoreOptions {
  yes?: boolean;
  json?: boolean;
}

/** Puts a backup in the place of what is kept now, which is set aside. Opens no store: it may be damaged. */
export async function restore(file: string | undefined, { yes, json }: RestoreOptions): Promise<ExitCode> {
  const folder = dataFolder(process.env);
  const newest = listBackups(folder)[0];
  const named = file ?? newest?.file;
  if (named !== undefined) {
    tell(`This puts ${named} in the place of everything that is kept now. What is kept now is set aside.`);
    if (!yes && !(await askYes('Restore it?'))) {
      tell('Nothing was changed.');
      return exitCode.problems;
    }
  }
  const restored = restoreStore(folder, file ?? null, new Date().toISOString());
  if (json) printJson(restored);
  else print(`Restored from ${restored.from}.`);
  if (restored.setAside !== null) tell(`What was kept before: ${restored.setAside}`);
  return exitCode.ok;
}
