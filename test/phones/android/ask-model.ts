import type { SampleAnswer, SamplePhone } from '../../../native/samples/android/sample-phone.ts';
import { beginsWith, delayFor, type PhoneFaults } from './faults.ts';
import type { PhoneLoad } from './phone-load.ts';

/** What becomes of one command that asks the model. */
export interface ModelAnswer extends SampleAnswer {
  /** Calls back when the phone has the answer. */
  whenReady: (send: () => void) => void;
  /** To be called when the answer is out. */
  told: () => void;
}

/** null: it never answers. */
export type AskModel = (argv: readonly string[]) => ModelAnswer | null;

/** `onRestart` is called when the answer to a command is out by which the phone restarts. */
export const askingModel =
  (model: SamplePhone, faults: PhoneFaults, load: PhoneLoad, onRestart: () => void): AskModel =>
  (argv) => {
    if (faults.silent.some((words) => beginsWith(argv, words))) return null;
    const { restarts } = model.state;
    const answer = answerWithFaults(argv, model, faults);
    const { delay } = faults;
    const service = argv[0] === 'dumpsys' ? (argv[1] ?? null) : null;
    const whenReady = (send: () => void): void => {
      if (delay === null) setTimeout(send);
      else load.begin(delayFor(argv, delay), delay.atOnce ?? Infinity, service, send);
    };
    return { ...answer, whenReady, told: model.state.restarts > restarts ? onRestart : () => undefined };
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
