import type { SafeCopyEvent } from '../app/safe-copy/safe-copy-report.ts';
import { plain, progressLine, tell } from './output.ts';
import { countOf } from './value-words.ts';

export const sizeText = (bytes: number): string =>
  bytes < 1e9 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(2)} GB`;

function timeText(seconds: number): string {
  if (seconds < 90) return `${seconds} s`;
  return seconds < 5400 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`;
}

/** Where the progress of a copy is told. */
interface Telling {
  /** What stays to be read. */
  line: (text: string) => void;
  /** How far it is now. */
  progress: (text: string) => void;
  /** How often `progress` is called. */
  everyMs: number;
  now: () => number;
}

const now = (): number => performance.now();
const line = (text: string): void => tell(plain(text));

/** A line that is written over, as often as there is news. */
export const terminalTelling: Telling = {
  line: (text) => {
    progressLine('');
    line(text);
  },
  progress: progressLine,
  everyMs: 0,
  now,
};

/** Where nobody writes over a line, such as in a file: one every ten seconds. */
export const plainTelling: Telling = { line, progress: line, everyMs: 10_000, now };

type Progress = Extract<SafeCopyEvent, { type: 'progress' }>;

const beginWords = {
  listing: 'Asking the phone which photos and videos it has.',
  checking: 'Comparing with what is in the folder already.',
} as const;

function progressWords({ step, filesDone, files, bytesDone, bytes, bytesPerSecond, secondsLeft }: Progress): string {
  const parts = [
    step === 'checking' ? 'Compared' : 'Copied',
    `${filesDone} of ${files}`,
    bytes === 0 ? '' : `${sizeText(bytesDone)} of ${sizeText(bytes)}`,
    bytesPerSecond === null ? '' : `${sizeText(bytesPerSecond)}/s`,
    secondsLeft === null ? '' : `${timeText(secondsLeft)} left`,
  ];
  const [done, ...more] = parts.filter((part) => part !== '');
  return [`${done} ${more[0]}`, ...more.slice(1)].join(', ');
}

/** Tells what a copy is about to do, how much that is, how long it takes as soon as that is known, and then how far it is. */
export function copyTeller({ line: tellLine, progress, everyMs, now: clock }: Telling): (event: SafeCopyEvent) => void {
  let step: Progress['step'] | null = null;
  let toldAt = -Infinity;
  let isTimeTold = false;
  return (event) => {
    if (event.type === 'report') return;
    if (event.step !== step) {
      ({ step } = event);
      toldAt = clock();
      const what = `${countOf(event.files, 'photo or video', 'photos and videos')}, ${sizeText(event.bytes)}`;
      tellLine(event.step === 'copying' ? `To be copied: ${what}.` : beginWords[event.step]);
    } else if (event.secondsLeft !== null && !isTimeTold) {
      isTimeTold = true;
      toldAt = clock();
      tellLine(`That takes about ${timeText(event.secondsLeft)}, at ${sizeText(event.bytesPerSecond ?? 0)}/s.`);
    } else if (event.files > 0 && clock() - toldAt >= everyMs) {
      toldAt = clock();
      progress(progressWords(event));
    }
  };
}
