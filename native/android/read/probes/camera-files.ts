import type { Answer } from '../../../capture.ts';
import type { Parsed, PhoneProbe } from '../../../probe.ts';
import type { Reading } from '../../../reading.ts';
import { unavailable } from '../../../unavailable.ts';
import { isInCameraFolder } from '../media-rows.ts';

/** `1714830001 /storage/emulated/0/DCIM/Camera/IMG_0001.jpg`: seconds of the last change, as `stat -c '%Y %n'` prints them. */
const fileLine = /^(\d{9,11}) (\/storage\/.{1,900})$/;
/** What cameras write, and no half-written or discarded file: those begin with a dot (MediaStore, `.pending-…`, `.trashed-…`). */
const shot = /\/[^/.][^/]{0,250}\.(?:jpe?g|heic|heif|dng|png|webp|mp4|mov|3gp|mkv)$/i;

/** Only lately changed files are asked for: what is told is whether the newest of them is in the media index. */
const days = 7;

function parse(text: string, _so: Reading, { exitCode }: Answer): Parsed {
  let newest = 0;
  let count = 0;
  let unknownLines = 0;
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue;
    const [, seconds, path = ''] = fileLine.exec(line) ?? [];
    if (seconds === undefined) {
      unknownLines += 1;
      continue;
    }
    if (!isInCameraFolder(path) || !shot.test(path)) continue;
    count += 1;
    newest = Math.max(newest, Number(seconds));
  }
  // That nothing was printed is an answer only where the command says that it ended well.
  if (unknownLines > 0 || (count === 0 && exitCode !== 0)) {
    const why = unavailable('unparsed', 'The answer is not a list of files and times.');
    return { values: { photos: { filesLately: why, newestFile: why } }, unknownLines };
  }
  const none = unavailable('missing', `No photo or video of the camera folder was changed in the last ${days} days.`);
  const newestFile = newest === 0 ? none : new Date(newest * 1000).toISOString();
  return { values: { photos: { filesLately: count, newestFile } }, unknownLines };
}

/**
 * The files of the camera folder themselves, whatever the media index knows of them: `find` and `stat` of toybox (Android 8 and later; AOSP
 * external/toybox, `-mtime`, `-exec … +`, `%Y`).
 */
export const cameraFiles: PhoneProbe = {
  id: 'camera-files',
  platform: 'android',
  per: 'phone',
  asked: 'scan',
  gives: { photos: ['filesLately', 'newestFile'] },
  command: ({ userId }) => [
    'find',
    `/storage/emulated/${userId}/DCIM`,
    '-type',
    'f',
    '-mtime',
    `-${days}`,
    '-exec',
    'stat',
    '-c',
    '%Y %n',
    '{}',
    '+',
  ],
  parse,
};
