import { FileTrouble, type FileTroubleKind } from '../../../native/phone-files.ts';
import { diskCode } from './copy-folder.ts';
import type { MissedFile, SafeCopyReport } from './safe-copy-report.ts';

type BrokenOff = NonNullable<SafeCopyReport['brokenOff']>;

/** Ends a whole copy, not one file. */
export class CopyStop extends Error {
  override name = 'CopyStop';
  readonly reason: BrokenOff['reason'];

  constructor(reason: BrokenOff['reason'], message: string) {
    super(message);
    this.reason = reason;
  }
}

/** What is more than the matter of one file. */
const reasons: Partial<Record<FileTroubleKind, BrokenOff['reason']>> = {
  gone: 'unplugged',
  another: 'another-phone',
};
const fullCodes = new Set(['ENOSPC', 'EDQUOT']);
/** The folder's file system takes other files, but not this one: its name, or its size (FAT32: 4 GiB). */
const oneFileCodes: Readonly<Record<string, string>> = {
  ENAMETOOLONG: 'Its path is too long for this folder.',
  EINVAL: 'Its name cannot be used in this folder.',
  EILSEQ: 'Its name cannot be used in this folder.',
  EFBIG: 'It is larger than the file system of this folder takes.',
};

/** What ends the copy, if this failure does; null where it is the matter of one file. Throws what is a mistake of this program. */
export function stopOf(error: unknown, signal: AbortSignal): CopyStop | null {
  if (error instanceof CopyStop) return error;
  if (signal.aborted) return new CopyStop('cancelled', 'The copy was cancelled.');
  if (error instanceof FileTrouble) {
    const reason = reasons[error.kind];
    return reason === undefined ? null : new CopyStop(reason, error.message);
  }
  const code = diskCode(error);
  if (code === null) throw error;
  if (fullCodes.has(code)) return new CopyStop('disk-full', 'The disk with the folder is full.');
  return code in oneFileCodes
    ? null
    : new CopyStop('folder-lost', `Nothing can be written to the folder any more (${code}).`);
}

/** A failure that {@link stopOf} says is the matter of one file, in plain words. */
export function missedBy(error: unknown, from: string): MissedFile {
  if (error instanceof FileTrouble) {
    return { from, reason: error.kind === 'refused' ? 'unreadable' : 'broken', detail: error.message };
  }
  return { from, reason: 'not-storable', detail: oneFileCodes[diskCode(error) ?? ''] ?? 'It cannot be stored here.' };
}
