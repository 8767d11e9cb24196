import { mediaRow } from '../read/media-rows.ts';

/** A phone's shared storage, or a memory card, and the path below it. */
export interface PlacedPath {
  /** As this program asks for it: `/sdcard` for the phone's own storage, `/storage/1A2B-3C4D` for a card. */
  volume: string;
  /** What a copy calls the volume; null for the phone's own. */
  card: string | null;
  /** Below the volume: `['DCIM', 'Camera', 'IMG_1.jpg']`. */
  segments: readonly string[];
}

/** Names of the phone's own storage: the same files under each (Android 4.2 and later). */
const ownStorage = /^\/(?:sdcard|storage\/emulated\/0|storage\/self\/primary|mnt\/sdcard)(?=\/|$)/;
const cardStorage = /^\/storage\/([0-9A-Za-z-]{1,40})(?=\/|$)/;

/** Where a path of the phone belongs; null for one outside the shared storage, or one that leads out of it. */
export function placePath(path: string): PlacedPath | null {
  const own = ownStorage.exec(path)?.[0];
  const card = own === undefined ? cardStorage.exec(path)?.[1] : undefined;
  if (own === undefined && (card === undefined || card === 'emulated' || card === 'self')) return null;
  const volume = own === undefined ? `/storage/${card}` : '/sdcard';
  const segments = path
    .slice((own ?? volume).length)
    .split('/')
    .filter((segment) => segment !== '');
  if (segments.some((segment) => segment === '.' || segment === '..' || segment.includes('\0'))) return null;
  return { volume, card: card ?? null, segments };
}

/** adbd runs as user 0 and reaches that user's files alone: another user's copy would be a copy of somebody else's photos. */
export const anotherUserInFront =
  'Over the cable only the photos of the first user of a phone can be copied, and another user or mode is in front. Switch to the owner.';

/** Folders that cameras write to. `DCIM` holds them all on nearly every phone; a few have a `Camera` beside it. */
const cameraFolder = /^(?:DCIM|Camera)$/i;

/** The camera folder that a file lies in, `/sdcard/DCIM`; null where it lies in none. */
export function cameraFolderOf({ volume, segments }: PlacedPath): string | null {
  const at = segments.slice(0, -1).findIndex((segment) => cameraFolder.test(segment));
  return at < 0 ? null : [volume, ...segments.slice(0, at + 1)].join('/');
}

/** Why a file or folder of a camera folder is no photo or video of its owner; null where it is one. */
export function whyLeftOut(name: string): string | null {
  if (name === '.nomedia') return 'A mark for apps, not a photo.';
  if (name === '.thumbnails') return 'Small pictures that the phone makes of its photos.';
  // MediaProvider's names since Android 11.
  if (name.startsWith('.trashed-') || name === '.globalTrash') return 'It is in the bin of the phone.';
  if (name.startsWith('.pending-')) return 'It is still being written.';
  return null;
}

/** The paths that an answer to `mediaQuery` names; a name with a line break in it is not among them. */
export function mediaPaths(text: string): string[] {
  return text.split('\n').flatMap((line) => {
    const path = mediaRow.exec(line.trimEnd())?.groups?.['path'];
    return path === undefined || path === '' ? [] : [path];
  });
}
