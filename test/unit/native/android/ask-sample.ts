import type { Answer } from '../../../../native/capture.ts';
import { type Ask, questionText } from '../../../../native/android/reach/scan.ts';
import type { SamplePhone } from '../../../../native/samples/android/sample-phone.ts';

/** Asks a sample phone without any cable: it answers each question at once, and whole. `onAsked` hears the questions. */
export const askSample =
  (phone: SamplePhone, onAsked: (command: string) => void = () => undefined): Ask =>
  (questions, onAnswer) => {
    const answers = questions.map((question): Answer => {
      const command = questionText(question);
      onAsked(command);
      const { stdout, stderr, exitCode } = phone.run(question.argv);
      return {
        probe: question.probe.id,
        app: question.app,
        command,
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
  };
