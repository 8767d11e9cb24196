/** A file on a phone. Path and names come from the phone: hostile until made safe. */
export interface PhoneFile {
  /** As the phone knows it: `/sdcard/DCIM/Camera/IMG_1.jpg`. */
  path: string;
  /** Where it belongs in a copy, its name last: `['DCIM', 'Camera', 'IMG_1.jpg']`. Not yet safe for a file system. */
  place: readonly string[];
  bytes: number;
  /** Last change; UTC, ISO 8601, to the second on Android. */
  modified: string;
}

/** No file of a phone is larger: a phone that says so is not believed, and that file is missed. 1 TiB. */
export const largestFileBytes = 2 ** 40;

/** Why a link, or what is no file at all, is left out of a listing. */
export const leftOutKinds = {
  link: 'It is a link to another place, and no file of its own.',
  special: 'It is neither a file nor a folder.',
} as const;

/** A file or folder that is no part of a listing, and why, in plain words. */
export interface UnlistedFile {
  path: string;
  detail: string;
}

/** What the phone has of its camera's photos and videos. */
export interface CameraFiles {
  files: readonly PhoneFile[];
  /** Would belong here, but the phone does not let it be read. */
  unreadable: readonly UnlistedFile[];
  /** Left out on purpose: thumbnails, what is in the phone's own bin, what is still being written, links and what is no file. */
  leftOut: readonly UnlistedFile[];
}

/**
 * `refused`: the phone will not give this file. `broken`: the answer ended before its end, or nothing came. `slow`: too little came for
 * anybody to wait for. `gone`: no phone. `another`: a phone that is not the one that was meant.
 */
export type FileTroubleKind = 'refused' | 'broken' | 'slow' | 'gone' | 'another';

/** Why a file of a phone could not be read to its end. The message is a plain sentence. */
export class FileTrouble extends Error {
  override name = 'FileTrouble';
  readonly kind: FileTroubleKind;

  constructor(kind: FileTroubleKind, message: string) {
    super(message);
    this.kind = kind;
  }
}

/** Whether a failure is the end of all that is read from this phone, and not of one file or folder alone. */
export const endsAll = (error: unknown): boolean =>
  error instanceof FileTrouble && (error.kind === 'gone' || error.kind === 'another');

/**
 * Resolves where the phone that is there at this moment is the one that is meant; else rejects with {@link FileTrouble} `another`, or
 * `broken` where it does not say.
 */
export type ConfirmPhone = () => Promise<void>;

/** How the files of a phone are opened. */
export interface OpenFilesOptions {
  /** Ends every wait. */
  signal: AbortSignal;
  /** How long the phone may say nothing in the middle of a file. */
  silenceMs?: number;
  /**
   * Asked once each conversation with the phone is open, before anything of it is kept. A conversation ends with the cable: what comes
   * over it later is of the phone that was there then.
   */
  confirm?: ConfirmPhone;
}

/** Files of one phone, read only: there is no way to write. Every wait ends with the signal it was opened with. */
export interface PhoneFiles {
  /** Everything in the camera folders. Throws {@link FileTrouble} where the phone cannot be asked to the end. */
  listCamera(): Promise<CameraFiles>;
  /**
   * A whole file, piece by piece; the phone sends no faster than the pieces are taken. Ends without an error only where the
   * phone itself said that the file ended; else throws {@link FileTrouble}.
   */
  pull(path: string): AsyncIterable<Uint8Array>;
  /** SHA-256 (hexadecimal) of each file as the phone itself computes it; null where it gives none. */
  sha256(files: readonly PhoneFile[]): Promise<readonly (string | null)[]>;
  close(): Promise<void>;
}
