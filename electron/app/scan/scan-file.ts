import { readFileApart } from '../../../native/offline/read-apart.ts';
import { unreadPhone, type Phone } from '../../../native/phone.ts';
import type { Reading } from '../../../native/reading.ts';
import type { Catalog } from '../../../diagnosis/load/catalog.ts';
import { backupApps, type JudgeOptions } from '../../../diagnosis/judge/judge.ts';
import { ApplicationError } from '../program/problem.ts';
import { judgeCapture, type Scan } from './scan.ts';

export interface ScanFileOptions {
  signal?: AbortSignal | undefined;
  /** What a reading of the phone with this id is judged with beside itself. */
  known?: (phoneId: string) => (reading: Reading) => JudgeOptions;
}

/** A file that was read in place of a phone, and kept. */
export interface OpenedFile {
  phoneId: string;
  /** null where it broke off. */
  snapshot: string | null;
  /** Whether it stands as the last scan of its phone: that phone is not plugged in, and was not read since. */
  isLast: boolean;
}

/** Whether a reading comes from a file, in place of a phone: see {@link scanFile}. */
export const isOfFile = ({ state }: Phone): boolean => state === 'gone';

/** Of the snapshots of files that were opened in the window. */
export const fileLabel = 'from a file';

/**
 * Reads a file in place of a phone and judges it. The phone's state is `gone`: it was there when the file was made, and nothing
 * can be asked of it now, let alone corrected; of the states that a phone may have, the others all say that a cable is plugged
 * in. Files that nothing is known of are listed as incomplete. Throws `NativeError`.
 */
export async function scanFile(path: string, catalog: Catalog, options: ScanFileOptions = {}): Promise<Scan> {
  const { signal, known } = options;
  const apps = { android: backupApps(catalog, 'android'), ios: backupApps(catalog, 'ios') };
  const { capture, reading, unread } = await readFileApart(path, { apps, signal }).catch((error: unknown) => {
    if (signal?.aborted !== true) throw error;
    throw new ApplicationError('scan-broke-off', 'Reading the file was stopped.');
  });
  const phone = unreadPhone(capture.phoneId, capture.platform, 'gone');
  const scan = judgeCapture(phone, capture, reading, catalog, known?.(capture.phoneId)(reading));
  const notRead = unread.map((name) => ({
    probe: name,
    reason: 'unparsed' as const,
    detail: 'This file is no known dump; it was not read.',
  }));
  return { ...scan, incomplete: [...scan.incomplete, ...notRead] };
}
