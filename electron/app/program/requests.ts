/** A guided correction of a finding. */
export interface GuidedSteps {
  cause: string;
  app: string | null;
  correction: string;
}

export interface ScanRequest {
  phoneId: string;
  save: boolean;
  /** The apps that should keep the photos from now on; left out: those that were chosen, else what shows use. */
  apps?: readonly string[] | undefined;
  label?: string | undefined;
  ticket?: string | undefined;
  /** Counts the photos that wait on an iPhone however long that takes. */
  countPhotos?: boolean | undefined;
  /** The apps whose titles of notifications a person has allowed to read; left out: none. */
  readNotifications?: readonly string[] | undefined;
  /** One of many: it waits until no more than a few run at once. */
  inTurn?: boolean | undefined;
}

export interface FileScanRequest {
  /** A bug report, a recorded capture, a dump, a folder of dumps, or an iPhone's backup folder. */
  path: string;
  save: boolean;
  /** The apps that the file is judged for; left out: what shows use. */
  apps?: readonly string[] | undefined;
  label?: string | undefined;
  ticket?: string | undefined;
}

export interface RecordRequest {
  phoneId: string;
  /** Where to; a file that is there already is replaced only where `overwrite` says so. */
  file: string;
  redact: boolean;
  overwrite: boolean;
}

export interface SafeCopyRequest {
  phoneId: string;
  /** The whole path; `~` stands for the home folder. Made where it is not there. */
  folder: string;
}

export interface CorrectRequest {
  phoneId: string;
  cause: string;
  app: string | null;
  /** null: the first automatic correction that fits. */
  correction: string | null;
  /** Id of the walk-through that it is part of. */
  walkthrough?: string | undefined;
  /** When the reading was taken that a person agreed on; left out: they are asked about what is read now. */
  shownAt?: string | undefined;
}

/** What a correction is about to do, for whoever must say yes. */
export interface Proposal {
  title: string;
  caution: string | null;
  commands: readonly string[];
  inverse: readonly string[];
  /** The values that it changes, as they are now. */
  before: Readonly<Record<string, unknown>>;
  /** Why nothing puts it back; null where `inverse` does. */
  irreversible: string | null;
}
