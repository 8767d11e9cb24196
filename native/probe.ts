import type { Answer, Capture } from './capture.ts';
import type { Platform } from './phone.ts';
import type { Gives, Reading, ReadingValues } from './reading.ts';

/** What a parser made of one answer. */
export interface Parsed {
  /** Values by section; a promised value that is left out becomes unavailable (`missing`). */
  values: ReadingValues;
  /** Lines with content that the parser did not recognise: reported as coverage, never silently dropped. */
  unknownLines: number;
}

/** What a question may depend on. */
export interface Scope {
  /** Backup apps to read about: package or bundle ids. */
  apps: readonly string[];
  /** The Android user whose settings are read; 0 until known. */
  userId: number;
}

interface ProbeBase {
  /** Also the key of its answers in captures and of its sources in readings. */
  id: string;
  platform: Platform;
  /** The leaves this probe is responsible for: when it fails, exactly these become unavailable with its reason. */
  gives: Gives;
  /**
   * `identity` probes are asked first, and tell which phone it is and who is in front; `apps` then, of that user: which apps are there.
   * What the others ask depends on them. `file`: never asked, only found in files.
   */
  asked: 'identity' | 'apps' | 'scan' | 'file';
  /** Asked only where a person has allowed it. */
  afterYes?: true;
  /** Also asked about apps that are not installed, where the phone still knows them. */
  alsoKept?: true;
  /** What of an answer is kept. The rest is nobody's business, and is gone before there is a capture, a log or a file. */
  keep?: (text: string, of: { app: string | null; userId: number }) => string;
}

/** One question to a phone and its parser, asked once. `so` is the reading made by the probes before it in the list. */
export interface PhoneProbe extends ProbeBase {
  per: 'phone';
  command: (scope: Scope) => readonly string[];
  parse: (text: string, so: Reading, answer: Answer) => Parsed;
}

/** The same, asked once for each installed backup app. */
export interface AppProbe extends ProbeBase {
  per: 'app';
  command: (scope: Scope, app: string) => readonly string[];
  parse: (text: string, app: string, so: Reading, answer: Answer) => Parsed;
}

export type Probe = PhoneProbe | AppProbe;

/** Of these probes, the ones with these ids; undefined: all. */
export const chosenProbes = <P extends Probe>(
  probes: readonly P[],
  ids: readonly string[] | undefined,
): readonly P[] => (ids === undefined ? probes : probes.filter(({ id }) => ids.includes(id)));

/** `battery.level` is among the gifts of the probe `battery`, `app.exempt` among those of `deviceidle`. */
export const probesThatGive = <P extends Probe>(probes: readonly P[], paths: readonly string[]): P[] =>
  probes.filter(({ gives }) =>
    paths.some((path) => {
      const [section, leaf] = path.split('.');
      return Object.entries(gives).some(([name, leaves]) => name === section && leaves.some((one) => one === leaf));
    }),
  );

/** Turns a capture into what it means. Pure: no clock, no phone. */
export type ReadCapture = (capture: Capture) => Reading;
