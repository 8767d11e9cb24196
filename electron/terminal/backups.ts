import { sizeText } from '../../diagnosis/uploads/upload-verdict.ts';
import type { Application } from '../app/application.ts';
import type { BackupItem } from '../app/backups/backups.ts';
import { ApplicationError } from '../app/program/problem.ts';
import { askYes } from './commands.ts';
import { exitCode, type ExitCode } from './exit-code.ts';
import { plain, print, printJson, table, tell } from './output.ts';
import { momentWords } from './value-words.ts';

export interface BackupOptions {
  output?: string;
  json?: boolean;
}

/** Copies everything that is kept into one file, in the data folder or where it is told. */
export async function backup(app: Application, { output, json }: BackupOptions): Promise<ExitCode> {
  const file = output === undefined ? await app.backups.make() : await app.backups.makeAt(output);
  if (json) printJson({ file });
  else print(file);
  return exitCode.ok;
}

export interface RestoreOptions {
  list?: boolean;
  empty?: boolean;
  yes?: boolean;
  json?: boolean;
}

function listed({ items, folder }: ReturnType<Application['backups']['list']>, json: boolean | undefined): ExitCode {
  if (json) printJson(items);
  else if (items.length === 0) print(plain(`There is no backup in ${folder}.`));
  else {
    print(
      ...table([
        ['made', 'size', 'snapshots', 'newest', 'file'],
        ...items.map(({ at, bytes, holds, file }) => [
          momentWords(at),
          sizeText(bytes),
          holds === null ? 'cannot be read' : String(holds.snapshots),
          holds === null || holds.newest === null ? '-' : momentWords(holds.newest),
          plain(file),
        ]),
      ]),
    );
  }
  return exitCode.ok;
}

const counted = (count: number, one: string, many: string): string[] =>
  count === 0 ? [] : [`${count} ${count === 1 ? one : many}`];

/** What would be missed afterwards. */
function tellSince({ since }: BackupItem): void {
  if (since === null) return tell('What is kept now cannot be read, so what would be missing afterwards is not known.');
  const missing = [
    ...counted(since.snapshots, 'snapshot', 'snapshots'),
    ...counted(since.actions, 'correction', 'corrections'),
    ...counted(since.tickets, 'ticket', 'tickets'),
  ];
  if (missing.length > 0) tell(`Kept since, and not in it: ${missing.join(', ')}.`);
}

/** Puts a backup in the place of what is kept now, which is set aside. Opens no store: it may be damaged. */
export async function restore(
  app: Application,
  named: string | undefined,
  { list, empty, yes, json }: RestoreOptions,
): Promise<ExitCode> {
  const view = app.backups.list();
  if (list) return listed(view, json);
  const item = named === undefined ? view.items.find(({ kind }) => kind === 'backup') : undefined;
  const file = named ?? item?.file;
  if (empty) tell('This begins with nothing kept. What is kept now is set aside.');
  else if (file !== undefined) {
    tell(plain(`This puts ${file} in the place of everything that is kept now. What is kept now is set aside.`));
    if (item !== undefined) tellSince(item);
  } else {
    throw new ApplicationError('no-backup', `There is no backup in ${view.folder}. Nothing was changed.`, [
      'Name a file, or begin with nothing kept: phone-health restore --empty',
    ]);
  }
  if (!yes && !(await askYes(empty ? 'Begin anew?' : 'Restore it?'))) {
    tell('Nothing was changed.');
    return exitCode.problems;
  }
  const restored = empty ? await app.backups.beginAnew() : await app.backups.restoreFile(named ?? null);
  if (json) printJson(restored);
  else print(restored.from === null ? 'Nothing is kept now.' : plain(`Restored from ${restored.from}.`));
  if (restored.leftOut > 0) tell('What was erased here since it was made was left out.');
  if (restored.setAside !== null) tell(plain(`What was kept before: ${restored.setAside}`));
  return exitCode.ok;
}
