import { type Unavailable, unavailable } from '../../unavailable.ts';
import type { MediaItem } from '../../vocabulary.ts';

/**
 * Rows of `content query` (AOSP cmds/content Content.java, 26..34): `Row: 0 _size=3456789, date_added=1714830000,
 * datetaken=1714829990000, date_modified=1714830001, _data=/storage/…`; `date_added` and `date_modified` in seconds, `datetaken` in
 * milliseconds (both of the last are missing in captures of before). `date_modified` is the file's own, as it was when the index last looked.
 * NULL stands for a value that is not there. The path comes last because it may hold `, ` itself. `_data` is asked on every
 * version: `relative_path` came with Android 10 only.
 */
const mediaColumns = '_size:date_added:datetaken:date_modified:_data';
export const mediaRow =
  /^Row: \d{1,9} _size=(\d{1,15}|NULL), date_added=(\d{1,15}|NULL)(?:, datetaken=(-?\d{1,15}|NULL))?(?:, date_modified=(\d{1,15}|NULL))?, _data=(?<path>.*)$/;
/** The phone numbers its rows from 0, so a row that was lost or is there twice shows. */
const rowNumber = /^Row: (\d{1,9}) /;

/** Shared storage of a user, or a memory card; the path below it is in the group. */
const volume =
  /^(?:\/storage\/emulated\/\d{1,6}|\/storage\/[^/]{1,40}|\/sdcard|\/mnt(?:\/[^/]{1,40}){1,2})\/(DCIM\/.*)$/i;
/**
 * Where cameras put their photos and backup apps look for them by themselves: `DCIM/Camera`, and the folders of the DCF
 * standard (three digits, then the camera's letters: `DCIM/100ANDRO`). `DCIM/Screenshots`, `DCIM/OpenCamera` and the like
 * are folders that the person has to choose.
 */
const cameraFolder = /^DCIM\/(?:Camera|\d{3}[A-Z0-9_]{1,8})\//i;

export const isInCameraFolder = (path: string): boolean => cameraFolder.test(volume.exec(path)?.[1] ?? '');

export interface MediaRows {
  count: number | Unavailable;
  bytes: number | Unavailable;
  /** UTC, ISO 8601. */
  newest: string | Unavailable;
  /** Size of the newest; of several from the same second, the one that is listed last. */
  newestBytes: number | Unavailable;
  /** UTC, ISO 8601: the last change of any of the camera folder. */
  newestChange: string | Unavailable;
  /** At most {@link listed} of the camera folder, newest first. */
  latest: MediaItem[] | Unavailable;
  outsideCamera: number | Unavailable;
  unknownLines: number;
}

/** So many of the newest are told one by one: a day of many photos, and enough to find one that is some days old. */
const listed = 100;

/** The moment in ISO 8601; null for a number that is no date. */
function isoOf(seconds: number): string | null {
  const date = new Date(seconds * 1000);
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}

/** One row as an item; null where the index tells no time or no size. */
function itemOf(size: string | undefined, added: string | undefined, taken: string | undefined): MediaItem | null {
  const [bytes, at, takenMs] = [Number(size), Number(added), Number(taken)];
  const addedIso = at > 0 ? isoOf(at) : null;
  if (addedIso === null || !Number.isSafeInteger(bytes)) return null;
  return { added: addedIso, taken: (takenMs > 0 ? isoOf(takenMs / 1000) : null) ?? addedIso, bytes };
}

/** Counts what is in the camera folder and beside it. An empty answer of the phone (`No result found.`) counts 0. */
export function countMedia(text: string): MediaRows {
  let count = 0;
  let bytes = 0;
  let outsideCamera = 0;
  let newest = 0;
  let newestBytes: number | null = null;
  let newestChange = 0;
  const items: MediaItem[] = [];
  let unknownLines = 0;
  let answered = false;
  let before = '';
  const wrapped: number[] = [];
  let rows = 0;
  let inOrder = true;
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue;
    if (line.startsWith('No result found')) {
      answered = true;
      continue;
    }
    const number = rowNumber.exec(line)?.[1];
    if (number !== undefined) {
      inOrder &&= Number(number) === rows;
      rows += 1;
    }
    const [, size, added, taken, modified, path] = mediaRow.exec(line) ?? [];
    if (path === undefined) {
      // The rest of a name that holds a line break, or an error among the rows.
      unknownLines += 1;
      if (before.startsWith('Row: ')) wrapped.push(before.length);
      before = line;
      continue;
    }
    answered = true;
    before = line;
    if (!isInCameraFolder(path)) {
      outsideCamera += 1;
      continue;
    }
    count += 1;
    if (size !== 'NULL') bytes += Number(size);
    const item = itemOf(size, added, taken);
    if (item !== null) items.push(item);
    if (modified !== undefined && modified !== 'NULL') newestChange = Math.max(newestChange, Number(modified));
    if (added === 'NULL' || Number(added) < newest) continue;
    newest = Number(added);
    newestBytes = size === 'NULL' ? null : Number(size);
  }
  // A name may hold a line break; rows that all break at one width, or at a terminal's, were wrapped on their way.
  const isWrapped = wrapped.includes(80) || (wrapped.length > 1 && new Set(wrapped).size === 1);
  if (!answered || isWrapped || !inOrder) {
    const why =
      inOrder || isWrapped
        ? unavailable('unparsed', 'The media index gave no rows.')
        : unavailable('truncated', 'Rows of the media index are lost, or there twice.');
    return {
      count: why,
      bytes: why,
      newest: why,
      newestBytes: why,
      newestChange: why,
      latest: why,
      outsideCamera: why,
      unknownLines,
    };
  }
  const newestIso = newest === 0 ? null : isoOf(newest);
  const changeIso = newestChange === 0 ? null : isoOf(newestChange);
  return {
    count,
    bytes: Number.isSafeInteger(bytes) ? bytes : unavailable('unparsed', 'The sizes are not credible.'),
    newest: newestIso ?? unavailable('missing', 'There is none in the camera folder.'),
    newestBytes: newestBytes ?? unavailable('missing', 'The media index does not tell the size of the newest.'),
    newestChange: changeIso ?? unavailable('missing', 'The media index tells no change in the camera folder.'),
    latest: items.toSorted((a, b) => b.added.localeCompare(a.added)).slice(0, listed),
    outsideCamera,
    unknownLines,
  };
}

/** The words of the question; `kind` as MediaStore calls it. */
export const mediaQuery = (kind: 'images' | 'video', userId: number): readonly string[] => [
  'content',
  'query',
  '--user',
  String(userId),
  '--uri',
  `content://media/external/${kind}/media`,
  '--projection',
  mediaColumns,
];
