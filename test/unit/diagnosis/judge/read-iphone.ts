import type { Diagnosis } from '../../../../diagnosis/diagnosis.ts';
import { backupApps, judge } from '../../../../diagnosis/judge/judge.ts';
import type { Catalog } from '../../../../diagnosis/load/catalog.ts';
import type { Answer as GivenAnswer } from '../../../../diagnosis/finding.ts';
import type { Answer, Capture } from '../../../../native/capture.ts';
import { commandText } from '../../../../native/command.ts';
import { LibraryFailure } from '../../../../native/ios/reach/library/failure.ts';
import { iosProbes, readIos } from '../../../../native/ios/read/read.ts';
import { answerQuestion } from '../../../../native/samples/ios/answer.ts';
import type { SampleIphone } from '../../../../native/samples/ios/iphone.ts';
import type { Reading } from '../../../../native/reading.ts';

type End = Pick<Answer, 'output' | 'ended' | 'detail'>;

async function endOf(answer: Promise<Uint8Array>): Promise<End> {
  try {
    return { output: await answer, ended: 'whole', detail: '' };
  } catch (error) {
    if (!(error instanceof LibraryFailure)) throw error;
    return { output: new Uint8Array(), ended: error.ended, detail: error.message };
  }
}

/** What a sample iPhone says to every probe of a scan at this moment. No time passes between the questions. */
export async function captureOfIphone(iphone: SampleIphone, apps: readonly string[], now: Date): Promise<Capture> {
  const answers: Answer[] = [];
  for (const probe of iosProbes) {
    if (probe.asked === 'file') continue;
    const words = probe.command({ apps, userId: 0 });
    answers.push({
      ...(await endOf(answerQuestion(iphone, words, now))),
      probe: probe.id,
      app: null,
      command: commandText(words),
      errors: '',
      exitCode: null,
      startedAt: now.toISOString(),
      durationMs: 0,
    });
  }
  const { udid: phoneId } = iphone.identity;
  const startedAt = now.toISOString();
  return { platform: 'ios', phoneId, origin: 'usb', startedAt, durationMs: 0, apps, answers, brokenOff: null };
}

/** The same, as it is read. */
export const readIphone = async (iphone: SampleIphone, apps: readonly string[], now: Date): Promise<Reading> =>
  readIos(await captureOfIphone(iphone, apps, now));

/** The same, judged. */
export async function judgeIphone(
  iphone: SampleIphone,
  catalog: Catalog,
  now: Date,
  answers: readonly GivenAnswer[] = [],
): Promise<Diagnosis> {
  return judge(await readIphone(iphone, backupApps(catalog, 'ios'), now), catalog, { answers });
}
