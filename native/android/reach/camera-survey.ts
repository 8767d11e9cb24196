import { largestFileBytes, type CameraFiles, type PhoneFile, type UnlistedFile } from '../../phone-files.ts';
import { placePath } from './camera-folders.ts';
import type { SyncStat } from './sync-connection.ts';

/** A phone that says it holds more files, folders and links is not believed any further. */
const mostEntries = 1_000_000;
const mostFolders = 20_000;
/** So many folders that were not looked into are named; more are counted. */
const mostNamed = 100;

/** What has been found so far in the camera folders of a phone. */
export class CameraSurvey {
  readonly seen = new Set<string>();
  readonly unreadable: UnlistedFile[] = [];
  readonly leftOut: UnlistedFile[] = [];
  readonly #files: PhoneFile[] = [];
  readonly #until: number;
  #folders = 0;
  #entries = 0;

  /** `until`: the moment (`performance.now`) at which it ends, wherever it is. */
  constructor(until: number) {
    this.#until = until;
  }

  get until(): number {
    return this.#until;
  }

  /** How many entries the next folder may have. */
  get room(): number {
    return mostEntries - this.#entries;
  }

  /** Whether there is time and room for another folder. */
  enter(): boolean {
    this.#folders += 1;
    return this.#folders <= mostFolders && this.room > 0 && performance.now() < this.#until;
  }

  /** A folder with so many entries has been listed. */
  listed(entries: number): void {
    this.#entries += entries;
  }

  /** Folders that nobody looks into any more: some by name, so that a phone without an end fills no memory. */
  giveUp(folders: readonly string[]): void {
    const detail = 'The phone has more folders than can be looked into.';
    for (const path of folders.slice(0, mostNamed)) this.unreadable.push({ path, detail });
    const more = folders.length - mostNamed;
    if (more > 0) this.unreadable.push({ path: folders[mostNamed] ?? '', detail: `${detail} (${more} more of them)` });
  }

  add(path: string, { bytes, modified }: SyncStat): void {
    const placed = placePath(path);
    if (placed === null || this.seen.has(path)) return;
    this.seen.add(path);
    if (bytes > largestFileBytes) {
      this.unreadable.push({ path, detail: 'The phone tells a size that no file has.' });
      return;
    }
    const date = new Date(modified * 1000);
    this.#files.push({
      path,
      place: [...(placed.card === null ? [] : [`Card ${placed.card}`]), ...placed.segments],
      bytes,
      modified: (Number.isNaN(date.valueOf()) ? new Date(0) : date).toISOString(),
    });
  }

  result(): CameraFiles {
    return {
      files: this.#files.toSorted((a, b) => (a.path < b.path ? -1 : 1)),
      unreadable: this.unreadable,
      leftOut: this.leftOut,
    };
  }
}
