import { createSample, sampleProfiles } from '../../../../native/samples/android/profiles.ts';
import { questionText, scanPhone } from '../../../../native/android/reach/scan.ts';
import type { Answer, Capture } from '../../../../native/capture.ts';
import { PHOTOS } from './folder.ts';

export const sampleIds = sampleProfiles.map(({ id }) => id);

/** A scan of a sample phone that answers at once. */
export async function sampleCapture(profile = 'pixel-14'): Promise<Capture> {
  const phone = createSample(profile);
  return scanPhone(
    phone.serial,
    (questions, onAnswer) => {
      const answers = questions.map((question): Answer => {
        const { stdout, stderr, exitCode } = phone.run(question.argv);
        return {
          probe: question.probe.id,
          app: question.app,
          command: questionText(question),
          output: Buffer.from(stdout),
          errors: stderr,
          exitCode,
          startedAt: '2026-05-04T20:00:00.000Z',
          durationMs: 12,
          ended: 'whole',
          detail: '',
        };
      });
      for (const answer of answers) onAnswer(answer);
      return Promise.resolve({ answers, brokenOff: null });
    },
    { apps: [PHOTOS] },
  );
}
