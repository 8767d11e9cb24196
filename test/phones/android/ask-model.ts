import type { SampleAnswer, SamplePhone } from '../../../native/samples/android/sample-phone.ts';
import { beginsWith, delayFor, type PhoneFaults } from './faults.ts';

/** What becomes of one command that asks the model. */
export interface ModelAnswer extends SampleAnswer {
  waitMs: number;
  /** To be called when the answer is out. */
  told: () => void;
}

/** null: it never answers. */
export type AskModel = (argv: readonly string[]) => ModelAnswer | null;

/** `onRestart` is called when the answer to a command is out by which the phone restarts. */
export const askingModel =
  (model: SamplePhone, faults: PhoneFaults, onRestart: () => void): AskModel =>
  (argv) => {
    if (faults.silent.some((words) => beginsWith(argv, words))) return null;
    const { restarts } = model.state;
    const answer = answerWithFaults(argv, model, faults);
    const waitMs = faults.delay === null ? 0 : delayFor(argv, faults.delay);
    return { ...answer, waitMs, told: model.state.restarts > restarts ? onRestart : () => undefined };
  };

function answerWithFaults(argv: readonly string[], model: SamplePhone, faults: PhoneFaults): SampleAnswer {
  const [command, service = ''] = argv;
  if (command === 'dumpsys' && faults.dumpTimeouts.includes(service)) {
    return {
      stdout: `\n*** SERVICE '${service}' DUMP TIMEOUT (10000ms) EXPIRED ***\n\n`,
      stderr: '',
      exitCode: 0,
    };
  }
  const refused = faults.securityExceptions.find((fault) => beginsWith(argv, fault.command));
  if (refused) return { stdout: `java.lang.SecurityException: ${refused.text}\n`, stderr: '', exitCode: 0 };
  return model.run(argv);
}
