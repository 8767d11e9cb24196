import { captureOfIphone } from '../../unit/diagnosis/judge/read-iphone.ts';
import type { Answer, Capture } from '../../../native/capture.ts';
import { LibraryFailure } from '../../../native/ios/reach/library/failure.ts';
import { readIos } from '../../../native/ios/read/read.ts';
import { answerQuestion } from '../../../native/samples/ios/answer.ts';
import type { SampleIphone } from '../../../native/samples/ios/iphone.ts';
import { readAndroid } from '../../../native/android/read/read.ts';
import type { SamplePhone } from '../../../native/samples/android/sample-phone.ts';
import { questionText, scanPhone, type Ask } from '../../../native/android/reach/scan.ts';
import { unreadPhone, type ListedPhone, type Platform } from '../../../native/phone.ts';
import type { Reading } from '../../../native/reading.ts';
import type { CaptureOptions, CommandResult, PhoneList, PhoneSource } from '../../../native/source.ts';

/** A phone that answers from its model, at once, and goes away when a test says so. */
export interface ModelPhone {
  readonly id: string;
  /** It is not in the list, and what is asked of it breaks off. */
  away: boolean;
  /** Goes away after the next command, for good. */
  vanishing: boolean;
  readonly state: () => ListedPhone['state'];
  readonly capture: (options: CaptureOptions) => Promise<Capture>;
  readonly run: (argv: readonly string[]) => Promise<CommandResult>;
}

const asking =
  (model: SamplePhone): Ask =>
  (questions, onAnswer) => {
    const answers = questions.map((question): Answer => {
      const { stdout, stderr, exitCode } = model.run(question.argv);
      const answer: Answer = {
        probe: question.probe.id,
        app: question.app,
        command: questionText(question),
        output: new TextEncoder().encode(stdout),
        errors: stderr,
        exitCode,
        startedAt: new Date().toISOString(),
        durationMs: 0,
        ended: 'whole',
        detail: '',
      };
      onAnswer(answer);
      return answer;
    });
    return Promise.resolve({ answers, brokenOff: null });
  };

export function androidModel(id: string, model: SamplePhone): ModelPhone {
  const phone: ModelPhone = {
    id,
    away: false,
    vanishing: false,
    state: () => 'ready',
    capture: (options) => scanPhone(id, asking(model), options),
    run: (argv) => {
      const { restarts } = model.state;
      const { stdout, stderr, exitCode } = model.run(argv);
      if (model.state.restarts > restarts) phone.away = true;
      return Promise.resolve({ output: stdout, errors: stderr, exitCode, ended: 'whole', detail: '' });
    },
  };
  return phone;
}

export function iphoneModel(model: SampleIphone): ModelPhone {
  const { udid: id } = model.identity;
  const phone: ModelPhone = {
    id,
    away: false,
    vanishing: false,
    state: () => (model.screen === 'unlocked' ? 'ready' : 'locked'),
    capture: ({ apps }) => captureOfIphone(model, apps, new Date()),
    run: async (argv) => {
      try {
        await answerQuestion(model, argv, new Date());
        phone.away ||= argv.join(' ') === 'diagnostics restart';
        return { output: '', errors: '', exitCode: null, ended: 'whole', detail: '' };
      } catch (error) {
        if (!(error instanceof LibraryFailure)) throw error;
        return { output: '', errors: '', exitCode: error.code, ended: error.ended, detail: error.message };
      }
    },
  };
  return phone;
}

/** Model phones of one platform, as the application sees them. */
export class ModelSource implements PhoneSource {
  readonly platform: Platform;
  readonly phones = new Map<string, ModelPhone>();

  constructor(platform: Platform) {
    this.platform = platform;
  }

  list(): Promise<PhoneList> {
    const present = [...this.phones.values()].filter(({ away }) => !away);
    const phones = present.map(({ id, state }) => ({
      ...unreadPhone(id, this.platform, state()),
      remedy: null,
      sample: false,
      port: null,
    }));
    return Promise.resolve({ phones, troubles: [] });
  }

  watch(): () => void {
    return () => undefined;
  }

  async capture(phoneId: string, options: CaptureOptions): Promise<Capture> {
    const phone = this.#phone(phoneId);
    const capture = await phone.capture(options);
    const brokenOff = { reason: 'unplugged', detail: 'The phone was unplugged.' } as const;
    return phone.away ? { ...capture, answers: [], brokenOff } : capture;
  }

  read(capture: Capture): Reading {
    return this.platform === 'ios' ? readIos(capture) : readAndroid(capture);
  }

  async run(phoneId: string, argv: readonly string[]): Promise<CommandResult> {
    const phone = this.#phone(phoneId);
    const result = await phone.run(argv);
    phone.away ||= phone.vanishing;
    return result;
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  #phone(id: string): ModelPhone {
    const phone = this.phones.get(id);
    if (phone === undefined) throw new RangeError(`There is no phone ${id}`);
    return phone;
  }
}
