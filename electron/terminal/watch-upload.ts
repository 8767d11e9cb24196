import type { Application } from '../app/application.ts';
import { countOf } from '../app/program/value-words.ts';
import type { TestPhotoEvent, TestPhotoReport } from '../app/proof/test-photo-report.ts';
import { noting } from './consent.ts';
import { exitCode, type ExitCode } from './exit-code.ts';
import { plain, print, printJson, progressLine, tell } from './output.ts';
import { terminal } from './terminal.ts';

export interface WatchUploadOptions {
  app: string;
  minutes: number;
  openCamera?: boolean;
  on?: 'wifi' | 'mobile';
  json?: boolean;
}

/** How long nothing has happened yet is no change. */
const withoutTime = (sentence: string): string => sentence.replaceAll(/\d+ (?:second|minute)s?/g, '');

/** What changes is told on a line of its own; on a terminal the minutes run on in the last one. */
function teller(): (event: TestPhotoEvent) => void {
  let told = '';
  return (event) => {
    if (event.type === 'report') return;
    const { sentence, minutes } = event;
    if (terminal().stderr.isTTY && minutes !== null) {
      progressLine(`${minutes.toFixed(1)} min: ${sentence}`);
    } else if (withoutTime(sentence) !== told) tell(plain(sentence));
    told = withoutTime(sentence);
  };
}

const verdictWords: Record<TestPhotoReport['verdict'], string> = {
  uploaded: 'UPLOADED',
  sending: 'SENDING',
  'nothing-sent': 'NOTHING SENT',
  unknown: 'UNKNOWN',
};

/** As a scan's: it broke off, or too little was seen to tell. */
function exitCodeFor({ verdict, brokenOff }: TestPhotoReport): ExitCode {
  if (brokenOff !== null) return exitCode.brokeOff;
  if (verdict === 'unknown') return exitCode.tooLittle;
  return verdict === 'nothing-sent' ? exitCode.problems : exitCode.ok;
}

/** Waits for a new photo and watches whether an app sends it. */
export async function watchUpload(
  app: Application,
  phoneId: string,
  options: WatchUploadOptions,
  signal: AbortSignal,
): Promise<ExitCode> {
  const { app: of, minutes, openCamera = false, on = null } = options;
  const request = { phoneId, app: of, minutes, openCamera, on };
  const report = await noting(app, phoneId, () => app.testPhotos.run(request, { signal, onEvent: teller() }));
  progressLine('');
  if (options.json) printJson(report);
  else {
    print(
      `${verdictWords[report.verdict]}: ${plain(report.sentence)}`,
      ...(report.minutes === null ? [] : [`${countOf(report.minutes, 'minute', 'minutes')} since the photo`]),
      ...(report.testPhoto === null ? [] : [`kept as test photo ${report.testPhoto}`]),
    );
  }
  if (report.brokenOff !== null) tell(`The test broke off: ${plain(report.brokenOff.detail)}`);
  return exitCodeFor(report);
}
