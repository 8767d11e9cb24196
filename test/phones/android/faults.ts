import type { PhonePace } from './phone-load.ts';

/** What is wrong between the computer and a simulated phone. Every field may be changed while the phone runs. */
export interface PhoneFaults {
  /** `dialog-open`: the phone asks "Allow USB debugging?" and nobody has answered yet. */
  authorization: 'granted' | 'dialog-open';
  /** Accepts the connection and never speaks. */
  offline: boolean;
  mode: 'device' | 'recovery' | 'sideload';
  /** False: an old adbd that only has the first shell protocol. */
  shellV2: boolean;
  /** False: an adbd before Android 11, whose listings of files tell sizes modulo 4 GiB. */
  listV2: boolean;
  /** How long each answer takes; the same command always takes the same time within the range, on a phone that does nothing else. */
  delay: PhonePace | null;
  /** Services whose `dumpsys` ends with the DUMP TIMEOUT line. */
  dumpTimeouts: string[];
  /** Commands (by their first words, e.g. `dumpsys power`) that never answer. */
  silent: string[];
  /** Commands (by their first words) that print this SecurityException on standard output and end with 0. */
  securityExceptions: { command: string; text: string }[];
  /** Drops the connection once so many bytes were sent for a service whose text contains `command`. */
  cut: {
    readonly command: string;
    readonly afterBytes: number;
    /** Called at that moment, e.g. to pull the cable for good: an adb server connects again by itself. */
    readonly onCut?: () => void;
  } | null;
  /** Called once, when a service whose text contains `command` is asked for, in place of running it: e.g. to pull the cable just then. */
  before: { readonly command: string; readonly act: () => void } | null;
}

export const NO_FAULTS: PhoneFaults = {
  authorization: 'granted',
  offline: false,
  mode: 'device',
  shellV2: true,
  listV2: true,
  delay: null,
  dumpTimeouts: [],
  silent: [],
  securityExceptions: [],
  cut: null,
  before: null,
};

/** Whether a command line begins with the given words. */
export function beginsWith(argv: readonly string[], words: string): boolean {
  return words.split(' ').every((word, index) => argv[index] === word);
}

/** The deterministic delay of one command within the range. */
export function delayFor(argv: readonly string[], range: { minMs: number; maxMs: number }): number {
  let hash = 17;
  for (const char of argv.slice(0, 2).join(' ')) hash = (hash * 31 + (char.codePointAt(0) ?? 0)) % 1_000_003;
  return range.minMs + (hash % (range.maxMs - range.minMs + 1));
}
