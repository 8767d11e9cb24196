import type { Answer, Capture } from './capture.ts';
import type { OpenFilesOptions, PhoneFiles } from './phone-files.ts';
import type { ListedPhone, Platform, Remedy } from './phone.ts';
import type { Reading } from './reading.ts';

/** Why a source can show no phones at all, and what to do about it. */
export interface SourceTrouble {
  /** Stable, e.g. `adb-missing`, `adb-server-unreachable`, `usbmuxd-missing`. */
  code: string;
  /** Whose phones cannot be seen. */
  platform: Platform;
  message: string;
  /** The same in a few words, for whoever did not ask for phones of this kind; absent: nothing is set up for them. */
  brief?: string;
  remedy: Remedy;
}

export interface PhoneList {
  phones: readonly ListedPhone[];
  /** One per source that cannot be asked; the phones of the other sources are listed all the same. */
  troubles: readonly SourceTrouble[];
}

/** What was answered until now, of a scan that goes on. */
export interface CaptureSoFar {
  capture: Capture;
  /** Whether no answer that is still to come gives this leaf: `section.leaf`, or `app.leaf` of every app. */
  isSettled: (path: string) => boolean;
}

/** How far a scan has come. `bytes`: how much has come of the one large file that is being copied. */
export interface CaptureProgress {
  answered: number;
  total: number;
  probe: string;
  bytes?: { come: number; total: number };
  /** Where the source can tell what it has until now. */
  soFar?: () => CaptureSoFar;
}

export interface CaptureOptions {
  /** Backup apps to read about: package or bundle ids. */
  apps: readonly string[];
  /** Ids of the only probes to ask; default: all of a scan. What an answer depends on (the uids of apps) must be among them. */
  probes?: readonly string[];
  /** Ids of the probes whose answers are wanted before the others. */
  first?: readonly string[];
  /** The apps of which a person has allowed to read what they show in notifications: their titles, and no more. */
  notifications?: readonly string[];
  signal?: AbortSignal;
  /** Called after each answer. `total` may grow once it is known which apps are installed. */
  onProgress?: (progress: CaptureProgress) => void;
  /** For one question; default 15,000. */
  probeDeadlineMs?: number;
  /** For all; default 45,000. */
  scanDeadlineMs?: number;
  /** Counts the photos that wait however long their database takes (iPhone); else it has what is left of the scan's time. */
  countPhotos?: boolean;
}

/** What one command said. `exitCode` is null where the phone gives none (shell v1). */
export type CommandResult = Pick<Answer, 'exitCode' | 'ended' | 'detail'> & { output: string; errors: string };

/** How long to wait for a phone's owner. `onChange` is told what is waited for. */
export interface PairOptions {
  signal?: AbortSignal;
  deadlineMs?: number;
  onChange?: (phone: ListedPhone) => void;
}

/** Where phones come from: an adb server, usbmuxd, or the samples. One phone's trouble never reaches another's promise. */
export interface PhoneSource {
  readonly platform: Platform;
  /**
   * The phones of this moment, without waiting for any of them; with `identify`, each ready phone has been asked who it is
   * (a few seconds at most); with `only`, no other phone than that one is asked or waited for. Never rejects: what cannot be
   * asked is a trouble.
   */
  list(options?: { identify?: boolean; only?: string }): Promise<PhoneList>;
  /** Calls back with the present list and then whenever it changes, until the returned function is called. */
  watch(onChange: (list: PhoneList) => void): () => void;
  /**
   * Asks every probe; writes nothing to the phone. Resolves with what was read, however it ended (`brokenOff`).
   * Rejects with {@link NativeError} only where nothing could be asked at all.
   */
  capture(phoneId: string, options: CaptureOptions): Promise<Capture>;
  /** What a capture of this source means. Pure. */
  read(capture: Capture): Reading;
  /**
   * Runs one command of a correction. Rejects with {@link NativeError} only where the phone was not ready; one that stops answering is
   * told by `ended`.
   */
  run(
    phoneId: string,
    argv: readonly string[],
    options?: { signal?: AbortSignal; deadlineMs?: number },
  ): Promise<CommandResult>;
  /**
   * The files of a phone, for reading only, until the signal fires; absent where this source has no files to give. Rejects with
   * {@link NativeError} where the phone is not ready.
   */
  openFiles?(phoneId: string, options: OpenFilesOptions): Promise<PhoneFiles>;
  /**
   * Calls back whenever the phone says that its owner switched something, until the returned function is called; absent where this
   * kind of phone does not say so. Rejects with {@link NativeError}.
   */
  observeSwitches?(phoneId: string, onSwitched: () => void): Promise<() => Promise<void>>;
  /**
   * Has the phone ask its owner whether to trust this computer, and waits for the answer, at most a minute; absent where only a phone's
   * owner can begin that. The only call that makes such a question appear. Resolves with the phone as it is then. Rejects with
   * {@link NativeError} where it is not there.
   */
  pair?(phoneId: string, options?: PairOptions): Promise<ListedPhone>;
  /**
   * Has the phone take back its permission for this computer; absent where only its owner can do that, on the phone. Rejects with
   * {@link NativeError}.
   */
  removeTrust?(phoneId: string): Promise<void>;
  close(): Promise<void>;
}

/** A phone or file that cannot be reached, with one thing to do about it. `code` is stable. */
export class NativeError extends Error {
  override name = 'NativeError';
  readonly code: string;
  readonly remedy: Remedy;

  constructor(code: string, message: string, remedy: Remedy) {
    super(message);
    this.code = code;
    this.remedy = remedy;
  }
}
