import {
  FileTrouble,
  type CameraFiles,
  type ConfirmPhone,
  type PhoneFile,
  type PhoneFiles,
} from '../../../native/phone-files.ts';
import type { Phone } from '../../../native/phone.ts';
import type { PhoneSource } from '../../../native/source.ts';
import { findCopied } from './copy-check.ts';
import { CopyFolder, diskCode } from './copy-folder.ts';
import { phoneKey } from './copy-manifest.ts';
import { CopyRun } from './copy-run.ts';
import { CopyStop, stopOf } from './copy-stop.ts';
import { ApplicationError } from '../program/problem.ts';
import type { SafeCopyEvent, SafeCopyReport } from './safe-copy-report.ts';
import { TransferRate } from './transfer-rate.ts';

export interface SafeCopyOptions {
  signal?: AbortSignal | undefined;
  onEvent?: ((event: SafeCopyEvent) => void) | undefined;
  /** That the phone is still the one that is meant: see `OpenFilesOptions`. */
  confirm?: ConfirmPhone | undefined;
}

/** For the manifest and the file system's own books. */
const spareBytes = 32 * 1024 * 1024;
const tellEveryMs = 100;

type Progress = Omit<Extract<SafeCopyEvent, { type: 'progress' }>, 'type'>;

/** Tells at most ten times a second, so that a window has time to show it. */
function teller(onEvent: SafeCopyOptions['onEvent']): (progress: Progress) => void {
  let toldAt = -Infinity;
  let toldStep = '';
  return (progress) => {
    const now = performance.now();
    if (progress.step === toldStep && now - toldAt < tellEveryMs) return;
    toldAt = now;
    toldStep = progress.step;
    onEvent?.({ type: 'progress', ...progress });
  };
}

const amount = (files: Iterable<PhoneFile>): { files: number; bytes: number } => {
  const sum = { files: 0, bytes: 0 };
  for (const { bytes } of files) {
    sum.files += 1;
    sum.bytes += bytes;
  }
  return sum;
};

const sizeText = (bytes: number): string => `${(bytes / 1e9).toFixed(2)} GB`;

function requireRoom(folder: CopyFolder, free: number, bytes: number): void {
  if (free >= bytes + spareBytes) return;
  throw new ApplicationError(
    'disk-full',
    `The photos need ${sizeText(bytes + spareBytes)}, and ${folder.path} has room for ${sizeText(free)}. Nothing was copied.`,
    ['Make room there, or choose a folder on another disk.'],
  );
}

/**
 * Copies the camera's photos and videos of a phone to a folder, verifies each by size and SHA-256, and lists them there in a
 * manifest. What is there already is not copied again, so that a copy that broke off goes on where it stopped. Changes nothing
 * on the phone, and never replaces a file in the folder. Resolves however it ended once it has begun; throws
 * {@link ApplicationError} or `NativeError` where nothing could be begun.
 */
export async function safeCopy(
  source: PhoneSource,
  phone: Phone,
  path: string,
  options: SafeCopyOptions = {},
): Promise<SafeCopyReport> {
  if (source.openFiles === undefined) {
    throw new ApplicationError('no-files', 'The photos of this phone cannot be copied with this program.', [
      phone.platform === 'ios' ? 'Use Photos or Finder on a Mac, or the Photos app of Windows.' : 'Copy a real phone.',
    ]);
  }
  const ended = new AbortController();
  const signal = options.signal === undefined ? ended.signal : AbortSignal.any([ended.signal, options.signal]);
  const { confirm } = options;
  const access = await source.openFiles(phone.id, { signal, ...(confirm && { confirm }) });
  try {
    const folder = await CopyFolder.open(path);
    try {
      return await copyInto(folder, phone, access, { ...options, signal });
    } finally {
      await folder.close();
    }
  } finally {
    ended.abort();
    await access.close();
  }
}

/** What the phone shows, or why it could not be asked to the end. */
async function listed(access: PhoneFiles, signal: AbortSignal): Promise<CameraFiles | CopyStop> {
  try {
    return await access.listCamera();
  } catch (error) {
    const stop = stopOf(error, signal);
    if (stop !== null) return stop;
    const words = error instanceof FileTrouble ? error.message : '';
    throw new ApplicationError('phone-files-unreadable', `The photos of the phone cannot be listed. ${words}`, [
      'Unlock the phone, unplug it and plug it in again.',
    ]);
  }
}

async function copyInto(
  folder: CopyFolder,
  phone: Phone,
  access: PhoneFiles,
  { signal, confirm, onEvent }: SafeCopyOptions & { signal: AbortSignal },
): Promise<SafeCopyReport> {
  const tell = teller(onEvent);
  const startedAt = performance.now();
  const nothing: Progress = {
    step: 'listing',
    file: null,
    filesDone: 0,
    files: 0,
    bytesDone: 0,
    bytes: 0,
    bytesPerSecond: null,
    secondsLeft: null,
  };
  const report: SafeCopyReport = {
    schema: 1,
    phone: phone.id,
    folder: folder.path,
    manifest: folder.manifestPath,
    whole: false,
    found: { files: 0, bytes: 0 },
    copied: { files: 0, bytes: 0 },
    alreadyThere: { files: 0, bytes: 0 },
    missed: [],
    leftOut: [],
    brokenOff: null,
    durationMs: 0,
  };
  const ending = (stop: CopyStop | null): SafeCopyReport => {
    const { found, copied, alreadyThere, missed } = report;
    const complete = found.files > 0 && missed.length === 0 && copied.files + alreadyThere.files === found.files;
    return {
      ...report,
      whole: stop === null && complete,
      brokenOff: stop === null ? null : { reason: stop.reason, detail: stop.message },
      durationMs: Math.round(performance.now() - startedAt),
    };
  };

  tell(nothing);
  const camera = await listed(access, signal);
  if (camera instanceof CopyStop) return ending(camera);
  report.found = amount(camera.files);
  report.leftOut = camera.leftOut.map(({ path, detail }) => ({ from: path, detail }));
  report.missed = camera.unreadable.map(({ path, detail }) => ({ from: path, reason: 'unreadable', detail }));

  const key = phoneKey(phone.id);
  let checked = 0;
  const onChecked = ({ path }: PhoneFile): void => {
    tell({ ...nothing, step: 'checking', file: path, filesDone: checked, files: camera.files.length });
    checked += 1;
  };
  let there: ReadonlySet<PhoneFile>;
  try {
    there = await findCopied(folder, key, camera.files, access, { signal, confirm, onFile: onChecked });
  } catch (error) {
    const stop = stopOf(error, signal);
    if (stop === null) throw error;
    return ending(stop);
  }
  report.alreadyThere = amount(there);
  const free = await folder.free();
  const wanted = camera.files.filter((file) => !there.has(file));
  // One that never has room here, whatever its size really is, keeps no other from being copied.
  const tooLarge = wanted.filter(({ bytes }) => bytes > free);
  const fitting = wanted.filter(({ bytes }) => bytes <= free);
  const missing = fitting.length === 0 ? wanted : fitting;
  const total = amount(missing);
  if (total.files > 0) requireRoom(folder, free, total.bytes);
  if (missing === fitting) {
    report.missed.push(
      ...tooLarge.map(({ path, bytes }) => ({
        from: path,
        reason: 'not-storable' as const,
        detail: `It has ${sizeText(bytes)}, and the folder has room for ${sizeText(free)}.`,
      })),
    );
  }

  // How much it is, before the first byte.
  if (total.files > 0) tell({ ...nothing, step: 'copying', files: total.files, bytes: total.bytes });
  const rate = new TransferRate();
  const run = new CopyRun(access, folder, key, {
    signal,
    onBytes: (received, file, filesDone) => {
      rate.add(received, performance.now());
      tell({
        step: 'copying',
        file: file?.path ?? null,
        filesDone,
        files: total.files,
        // What came twice is counted once.
        bytesDone: Math.min(received, total.bytes),
        bytes: total.bytes,
        bytesPerSecond: rate.bytesPerSecond,
        secondsLeft: rate.secondsFor(Math.max(0, total.bytes - received)),
      });
    },
  });
  const stop = await run.run(missing);
  report.copied = run.copied;
  report.missed.push(...run.missed);
  return ending(await saved(folder, stop));
}

/** A manifest that cannot be written is no whole copy, though every file that has its name is one. */
async function saved(folder: CopyFolder, stop: CopyStop | null): Promise<CopyStop | null> {
  try {
    await folder.saveManifest();
    return stop;
  } catch (error) {
    const code = diskCode(error);
    if (code === null) throw error;
    return (
      stop ??
      new CopyStop('folder-lost', `The list of the copied files could not be written (${code}). Copy once more.`)
    );
  }
}
