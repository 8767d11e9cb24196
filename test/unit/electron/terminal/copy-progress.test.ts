import { expect, test } from 'vitest';
import type { SafeCopyEvent } from '../../../../electron/app/safe-copy/safe-copy-report.ts';
import { copyTeller } from '../../../../electron/terminal/copy-progress.ts';

type Progress = Extract<SafeCopyEvent, { type: 'progress' }>;

const idle: Progress = {
  type: 'progress',
  step: 'listing',
  file: null,
  filesDone: 0,
  files: 0,
  bytesDone: 0,
  bytes: 0,
  bytesPerSecond: null,
  secondsLeft: null,
};
const copying: Progress = { ...idle, step: 'copying', files: 40, bytes: 12_000_000_000 };

/** What is told of events that come at these seconds, where nobody writes over a line. */
function told(events: readonly (readonly [seconds: number, event: Progress])[]): string[] {
  const lines: string[] = [];
  let seconds = 0;
  const tell = copyTeller({
    line: (text) => lines.push(text),
    progress: (text) => lines.push(text),
    everyMs: 10_000,
    now: () => seconds * 1000,
  });
  for (const [at, event] of events) {
    seconds = at;
    tell(event);
  }
  return lines;
}

test('a copy says how much there is before the first byte, how long it takes once that is known, and then how far it is', () => {
  const after = (filesDone: number, bytesDone: number, secondsLeft: number): Progress => ({
    ...copying,
    filesDone,
    bytesDone,
    bytesPerSecond: 30_000_000,
    secondsLeft,
  });
  const events: [number, Progress][] = [
    [0, idle],
    [1, { ...idle, step: 'checking', files: 60 }],
    [2, copying],
    [2.1, { ...copying, bytesDone: 1000 }],
    [3, after(0, 30_000_000, 400)],
    [4, after(1, 60_000_000, 399)],
    [13, after(2, 330_000_000, 390)],
    [14, after(2, 360_000_000, 389)],
    [23.5, after(3, 630_000_000, 380)],
  ];
  expect(told(events)).toEqual([
    'Asking the phone which photos and videos it has.',
    'Comparing with what is in the folder already.',
    'To be copied: 40 photos and videos, 12.00 GB.',
    'That takes about 7 min, at 30.0 MB/s.',
    'Copied 2 of 40, 330.0 MB of 12.00 GB, 30.0 MB/s, 7 min left',
    'Copied 3 of 40, 630.0 MB of 12.00 GB, 30.0 MB/s, 6 min left',
  ]);
});
