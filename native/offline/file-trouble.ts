import { NativeError } from '../source.ts';

/** Caps on what a file may cost, checked against the bytes that arrive and not only against what the file claims. */
export const maxUnpackedBytes = 512 * 1024 * 1024;
export const maxEntries = 5000;
/** One dump or one section of a bug report; what is longer is cut and says so. */
export const maxAnswerBytes = 16 * 1024 * 1024;
/** Everything that is kept of one file. */
export const maxKeptBytes = 40 * 1024 * 1024;
/** Lines of one file or folder: a report of 200 MiB has about three million. */
export const maxLines = 10_000_000;
/** What a zip may unpack to for each of its bytes, above {@link alwaysUnpacked}: reports unpack to 5 to 20 times their size. */
export const maxUnpackedRatio = 100;
export const alwaysUnpacked = 16 * 1024 * 1024;
/** A recorded capture, packed or unpacked: what is kept of a phone, twice. */
export const maxCaptureBytes = 96 * 1024 * 1024;
/** Values in the document of a recorded capture: a scan gives about 5,000. */
export const maxCaptureValues = 100_000;
/** A file of an iPhone's backup that is read as a whole. */
export const maxBackupFileBytes = 32 * 1024 * 1024;

const mebibytes = (bytes: number): string => `${Math.round(bytes / 1_048_576)} MiB`;

const troubles = {
  'file-not-found': ['There is no such file or folder.', 'Check the name, or choose the file again.'],
  'file-unreadable': ['The file cannot be read.', 'Check that you may open it, or copy it to a folder of your own.'],
  'file-too-large': [
    `The file is larger than ${mebibytes(maxUnpackedBytes)}.`,
    'Take a new bug report, or send single dumps instead.',
  ],
  'folder-too-large': [
    `The folder holds more than ${maxEntries} files or ${mebibytes(maxUnpackedBytes)}.`,
    'Put only the dumps of one phone into a folder of their own.',
  ],
  'not-recognised': [
    'The file is no bug report, no recorded capture, no known dump and no iPhone backup.',
    'Choose a bug report (.zip or .txt), a capture recorded by this program, dumps such as dumpsys_battery.txt, or a backup folder with Manifest.db.',
  ],
  'several-phones': [
    'The answers are of more than one phone.',
    'Put the answers of each phone into a file or folder of their own.',
  ],
  'several-moments': [
    'The same dumps are there from more than one moment.',
    'Put the dumps of each moment into a folder of their own, and choose one of them.',
  ],
  'zip-encrypted': ['The zip file is encrypted.', 'Unpack it with its password, then choose the unpacked folder.'],
  'file-too-many-lines': [
    `The file holds more than ${maxLines / 1_000_000} million lines; no phone writes such a report.`,
    'Take a new bug report, or send single dumps instead.',
  ],
  'file-stopped': [
    'Reading the file took more time or memory than any real one, and was stopped.',
    'Copy the file again, or take a new bug report or backup.',
  ],
  'zip-bomb': [
    `The zip file unpacks to more than ${maxUnpackedRatio} times its size; no bug report does.`,
    'Ask the sender for a new file.',
  ],
  'capture-too-large': [
    `The recorded capture is larger than ${mebibytes(maxCaptureBytes)}, or holds more values than any phone gives.`,
    'Record the phone again.',
  ],
  'zip-truncated': ['The zip file ends too early: a part of it is missing.', 'Copy or download the file again.'],
  'zip-damaged': ['The zip file is damaged.', 'Copy or download the file again.'],
  'zip-too-large': [
    `The zip file unpacks to more than ${mebibytes(maxUnpackedBytes)}.`,
    'Unpack it yourself, then choose the bug report in it.',
  ],
  'zip-too-many-entries': [
    `The zip file holds more than ${maxEntries} files.`,
    'Unpack it yourself, then choose the bug report in it.',
  ],
  'zip-unsafe-path': [
    'The zip file holds a file that wants to lie outside the folder it is unpacked to.',
    'Ask the sender for a new file: a bug report never holds such names.',
  ],
  'zip-symlink': [
    'The zip file holds a symbolic link.',
    'Ask the sender for a new file: a bug report never holds links.',
  ],
  'capture-damaged': ['The recorded capture is damaged.', 'Copy the file again, or record the phone again.'],
  'capture-newer': [
    'The capture was recorded by a newer version of this program.',
    'Update this program, then open the file again.',
  ],
  'file-exists': [
    'The file exists already, and nothing was written.',
    'Choose another name, or have it replaced: on the command line with --overwrite.',
  ],
  'file-not-written': ['The file could not be written.', 'Check the folder and the free room of the disk.'],
} as const satisfies Record<string, readonly [message: string, step: string]>;

export type FileTroubleCode = keyof typeof troubles;

/** A file that cannot be read or written, with the one thing to do about it. `detail` says more in the words of the cause. */
export function fileTrouble(code: FileTroubleCode, path: string, detail = ''): NativeError {
  const [message, step] = troubles[code];
  return new NativeError(code, `${path}: ${message}${detail === '' ? '' : ` (${detail})`}`, {
    title: message,
    steps: [step],
  });
}

/** What the operating system says, as one of the troubles above; anything else is thrown on. */
export function systemTrouble(error: unknown, path: string): NativeError {
  if (error instanceof NativeError) return error;
  if (!(error instanceof Error)) throw error;
  const code = 'code' in error ? error.code : undefined;
  if (code === 'ENOENT' || code === 'ENOTDIR') return fileTrouble('file-not-found', path);
  if (typeof code === 'string' && /^E[A-Z]+$/.test(code)) return fileTrouble('file-unreadable', path, code);
  throw error;
}
