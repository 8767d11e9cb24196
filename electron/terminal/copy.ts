import { resolve } from 'node:path';
import type { Application } from '../app/application.ts';
import { ApplicationError } from '../app/program/problem.ts';
import type { SafeCopyEvent, SafeCopyReport } from '../app/safe-copy/safe-copy-report.ts';
import { exitCode, type ExitCode } from './exit-code.ts';
import { plain, print, printJson, progressLine, tell } from './output.ts';

export interface CopyOptions {
  output?: string;
  decline?: string;
  json?: boolean;
}

const sizeText = (bytes: number): string =>
  bytes < 1e9 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(2)} GB`;

function timeText(seconds: number): string {
  if (seconds < 90) return `${seconds} s`;
  return seconds < 5400 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`;
}

const stepWords = { listing: 'Listing the photos', checking: 'Comparing with the folder', copying: 'Copying' } as const;

function tellProgress(event: SafeCopyEvent): void {
  if (event.type === 'report') return;
  const { step, filesDone, files, bytesDone, bytes, bytesPerSecond, secondsLeft } = event;
  const parts = [
    stepWords[step],
    files === 0 ? '' : `${filesDone} of ${files}`,
    bytes === 0 ? '' : `${sizeText(bytesDone)} of ${sizeText(bytes)}`,
    bytesPerSecond === null ? '' : `${sizeText(bytesPerSecond)}/s`,
    secondsLeft === null ? '' : `${timeText(secondsLeft)} left`,
  ];
  progressLine(parts.filter((part) => part !== '').join(', '));
}

const shownMissed = 20;

function reportLines(report: SafeCopyReport): string[] {
  const { found, copied, alreadyThere, missed, leftOut, brokenOff } = report;
  const missedLines = missed.slice(0, shownMissed).map(({ from, detail }) => `  ${from}: ${detail}`);
  const result = report.whole
    ? 'Every photo and video of the camera is in the folder, and verified.'
    : found.files === 0 && brokenOff === null
      ? 'The phone shows no photos or videos of its camera.'
      : 'The copy is not whole.';
  return [
    result,
    `on the phone:   ${found.files} files, ${sizeText(found.bytes)}`,
    `copied:         ${copied.files} files, ${sizeText(copied.bytes)}`,
    `there already:  ${alreadyThere.files} files, ${sizeText(alreadyThere.bytes)}`,
    ...(missed.length === 0 ? [] : [`not copied:     ${missed.length} files`, ...missedLines]),
    ...(missed.length > shownMissed ? [`  and ${missed.length - shownMissed} more; all of them with --json`] : []),
    ...(leftOut.length === 0
      ? []
      : [`left out:       ${leftOut.length} (thumbnails, the phone's bin, unfinished files)`]),
    `list and hashes: ${report.manifest}`,
  ];
}

/** Opens the steps that may cost photos without a copy, for a day. */
async function decline(app: Application, phoneId: string, sentence: string, signal: AbortSignal): Promise<ExitCode> {
  await app.scan({ phoneId, save: false }, { signal });
  app.safeCopies.decline(phoneId, sentence);
  tell('The steps that may cost photos are open for a day. A scan shows them.');
  return exitCode.ok;
}

/** Copies the camera's photos and videos to a folder, and verifies every one. */
export async function copy(
  app: Application,
  phoneId: string,
  options: CopyOptions,
  signal: AbortSignal,
): Promise<ExitCode> {
  if (options.decline !== undefined) return decline(app, phoneId, options.decline, signal);
  if (options.output === undefined) {
    throw new ApplicationError('bad-argument', 'Name the folder to copy to.', ['For example: -o ~/Photos']);
  }
  const report = await app.safeCopies.run(
    { phoneId, folder: resolve(options.output) },
    { signal, onEvent: tellProgress },
  );
  progressLine('');
  if (options.json) printJson(report);
  else print(...reportLines(report).map(plain));
  if (report.brokenOff !== null) {
    tell(plain(`The copy broke off: ${report.brokenOff.detail} The same command goes on where it stopped.`));
    return exitCode.brokeOff;
  }
  return report.whole ? exitCode.ok : exitCode.problems;
}
