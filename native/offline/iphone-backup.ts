import { stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Answer, Capture } from '../capture.ts';
import { commandText } from '../command.ts';
import { LibraryFailure } from '../ios/reach/library/failure.ts';
import { PlistFields } from '../ios/read/plist-fields.ts';
import { readPlist } from '../ios/read/plist.ts';
import { isPlistDict } from '../ios/read/plist-value.ts';
import { backupInfo } from '../ios/read/probes/backup-info.ts';
import { NativeError } from '../source.ts';
import { backupQuestions, type BackupQuestion } from './backup-answers.ts';
import { BackupFiles, plainFile, readPlainFile } from './backup-files.ts';

/**
 * Local backups of iPhones, as Finder, iTunes, Apple Devices and idevicebackup2 write them: a folder with Info.plist,
 * Status.plist, Manifest.plist, Manifest.db, and copies named by the SHA-1 of domain and path.
 */

const makeAnother = 'Make a backup on a computer with the iPhone plugged in: Finder or Apple Devices ▸ Back Up Now.';

/** What an encrypted backup would have told; named so that nobody takes it for answered. */
const unknownWhenEncrypted =
  'Permission of each app to see photos, Background App Refresh, iCloud account and plan, and the state of iCloud Photos stay unknown.';

function refuse(code: string, message: string, title: string, steps: readonly string[]): never {
  throw new NativeError(code, message, { title, steps: [...steps] });
}

/** A property list beside the copies; null where there is none, or it is no dictionary. */
async function readTopLevel(folder: string, name: string): Promise<PlistFields | null> {
  const bytes = await readPlainFile(folder, [name]);
  const plist = bytes === null ? null : readPlist(bytes);
  return plist?.ok === true && isPlistDict(plist.value) ? new PlistFields(plist.value) : null;
}

/** True for a folder that holds a local backup of an iPhone. */
export async function isIphoneBackup(folder: string): Promise<boolean> {
  try {
    return (await plainFile(folder, ['Manifest.db'])) !== null && (await readTopLevel(folder, 'Info.plist')) !== null;
  } catch (error) {
    if (error instanceof LibraryFailure || (error instanceof Error && 'code' in error)) return false;
    throw error;
  }
}

/** Refuses a backup that was not finished. A copy that lacks Status.plist says nothing against itself. */
async function requireFinished(folder: string): Promise<void> {
  const state = (await readTopLevel(folder, 'Status.plist'))?.text('SnapshotState');
  if (state === undefined || state === 'finished') return;
  refuse(
    'backup-unfinished',
    `The backup was not finished (its state is ${typeof state === 'string' ? state : 'unknown'}): what it says may be half old, half new.`,
    'Finish the backup',
    [makeAnother, 'Wait until it has ended, then open it again.'],
  );
}

async function requirePlain(folder: string): Promise<void> {
  if ((await readTopLevel(folder, 'Manifest.plist'))?.bool('IsEncrypted') !== true) return;
  refuse(
    'backup-encrypted',
    `The backup is encrypted, and this program does not open encrypted ones. ${unknownWhenEncrypted}`,
    'Scan the iPhone itself',
    ['Plug the iPhone in and scan it: most of this can be read there.', 'Answer by hand what stays unknown.'],
  );
}

async function openIndex(folder: string): Promise<BackupFiles> {
  try {
    return await BackupFiles.open(folder);
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return refuse(
      'backup-damaged',
      `The index of the backup (Manifest.db) cannot be read: ${detail}.`,
      'Use another backup',
      [makeAnother],
    );
  }
}

async function ask(files: BackupFiles, question: BackupQuestion, at: string, stopped: boolean): Promise<Answer> {
  const asked = performance.now();
  const answer = (ended: Answer['ended'], detail: string, output: Uint8Array = new Uint8Array()): Answer => ({
    probe: question.probe,
    app: null,
    command: commandText(['backup', question.domain, question.path].filter((word) => word !== '')),
    output,
    errors: '',
    exitCode: null,
    startedAt: at,
    durationMs: performance.now() - asked,
    ended,
    detail,
  });
  if (stopped) return answer('timeout', 'Reading this file took too long, or too much memory, and was stopped.');
  try {
    const output = await question.answer(files);
    return output === null ? answer('missing', 'The backup does not hold this file.') : answer('whole', '', output);
  } catch (error) {
    if (!(error instanceof LibraryFailure)) throw error;
    return answer(error.ended, error.message);
  }
}

export interface BackupScope {
  apps: readonly string[];
  /** Files of the phone that are not asked, because that was stopped once: each is answered as timed out. */
  skip?: readonly string[] | undefined;
  /** Called before each file of the phone is asked, and with null after the last. */
  onStep?: ((file: string | null) => void) | undefined;
}

/**
 * Reads a local backup. Its moment, and that of each answer, is when the backup was made, so that everything read from it
 * shows its age. Files are opened for reading only, and nothing is written beside them. Rejects with {@link NativeError}
 * (`backup-none`, `backup-unfinished`, `backup-encrypted`, `backup-damaged`).
 */
export async function captureIphoneBackup(folder: string, options: BackupScope): Promise<Capture> {
  const began = performance.now();
  const info = await readTopLevel(folder, 'Info.plist');
  if (info === null) {
    return refuse('backup-none', `${basename(folder)} is no backup of an iPhone.`, 'Choose the folder of a backup', [
      'It holds Info.plist and Manifest.db, and is named after the UDID of the iPhone.',
    ]);
  }
  await requireFinished(folder);
  await requirePlain(folder);
  const made = info.moment('Last Backup Date');
  const startedAt = typeof made === 'string' ? made : (await stat(join(folder, 'Info.plist'))).mtime.toISOString();
  const files = await openIndex(folder);
  try {
    const infoBytes = await readPlainFile(folder, ['Info.plist']);
    const about: BackupQuestion = {
      probe: backupInfo.id,
      domain: '',
      path: 'Info.plist',
      answer: () => Promise.resolve(infoBytes),
    };
    const answers: Answer[] = [];
    for (const question of [about, ...backupQuestions]) {
      options.onStep?.(question.path);
      answers.push(await ask(files, question, startedAt, options.skip?.includes(question.path) ?? false));
    }
    options.onStep?.(null);
    const udid = [info.text('Target Identifier'), info.text('Unique Identifier')].find((id) => typeof id === 'string');
    return {
      platform: 'ios',
      phoneId: udid ?? basename(folder),
      origin: `backup of ${startedAt.slice(0, 10)} (${basename(folder)})`,
      startedAt,
      durationMs: performance.now() - began,
      apps: [...options.apps],
      answers,
      brokenOff: null,
    };
  } finally {
    files.close();
  }
}
