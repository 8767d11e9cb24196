import { resolve } from 'node:path';
import type { Application } from '../app/application.ts';
import { ApplicationError } from '../app/program/problem.ts';
import type { SafeCopyReport } from '../app/safe-copy/safe-copy-report.ts';
import { copyTeller, plainTelling, sizeText, terminalTelling } from './copy-progress.ts';
import { noting } from './consent.ts';
import { exitCode, type ExitCode } from './exit-code.ts';
import { plain, print, printJson, progressLine, tell } from './output.ts';
import { terminal } from './terminal.ts';

export interface CopyOptions {
  output?: string;
  decline?: string;
  json?: boolean;
}

const shownMissed = 20;

/** Why things were left out, each reason once, with how many there are of it. */
function reasonLines(leftOut: SafeCopyReport['leftOut']): string[] {
  const counts = new Map<string, number>();
  for (const { detail } of leftOut) counts.set(detail, (counts.get(detail) ?? 0) + 1);
  return [...counts].map(([detail, count]) => `  ${count}: ${detail}`);
}

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
    ...(leftOut.length === 0 ? [] : [`left out:       ${leftOut.length}`, ...reasonLines(leftOut)]),
    `list and hashes: ${report.manifest}`,
  ];
}

/** Opens the steps that may cost photos without a copy, for a day. */
async function decline(app: Application, phoneId: string, sentence: string, signal: AbortSignal): Promise<ExitCode> {
  await noting(app, phoneId, () => app.scan({ phoneId, save: false }, { signal }));
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
  const request = { phoneId, folder: resolve(options.output) };
  const onEvent = copyTeller(terminal().stderr.isTTY ? terminalTelling : plainTelling);
  const report = await noting(app, phoneId, () => app.safeCopies.run(request, { signal, onEvent }));
  progressLine('');
  if (options.json) printJson(report);
  else print(...reportLines(report).map(plain));
  if (report.brokenOff !== null) {
    tell(plain(`The copy broke off: ${report.brokenOff.detail} The same command goes on where it stopped.`));
    return exitCode.brokeOff;
  }
  return report.whole ? exitCode.ok : exitCode.problems;
}
