import type { Store } from '../../../db/store.ts';
import { readAndroid } from '../../../native/android/read/read.ts';
import type { SamplePhone } from '../../../native/samples/android/sample-phone.ts';
import { questionText, scanPhone, type Ask } from '../../../native/android/reach/scan.ts';
import type { Answer, Capture } from '../../../native/capture.ts';
import { unreadPhone, type ListedPhone, type PhoneState } from '../../../native/phone.ts';
import { StagedClock } from '../test-photo/staged-clock.ts';
import type { Reading } from '../../../native/reading.ts';
import {
  NativeError,
  type CaptureOptions,
  type CommandResult,
  type PhoneList,
  type PhoneSource,
} from '../../../native/source.ts';

/** What befalls the work on a phone. */
export type Cut = 'unplugged' | 'locked' | 'killed';

/** As phones refuse: on standard output, with exit code 0. */
const refusal = { stdout: 'java.lang.SecurityException: not allowed\n', stderr: '', exitCode: 0 };

/** Thrown in place of a SIGKILL: no part of the program knows it, so nothing but `finally` runs after it. */
export class ProgramKilled extends Error {
  override name = 'ProgramKilled';
}

/**
 * A phone in this process, of which every moment is counted: each question, each command before and after it has arrived, each
 * write to the store before and after it was made. At one of them the cable is pulled, the phone is locked, or the program dies.
 */
export class CutSource implements PhoneSource {
  readonly platform = 'android';
  readonly phone: SamplePhone;
  /** What was passed until now, in words. */
  readonly moments: string[] = [];
  /** The commands of corrections that arrived, in order. */
  readonly ran: string[] = [];
  /** Commands that hold one of these words are refused, and change nothing. */
  refuses: string[] = [];
  /** Called when a command arrives, before it changes anything. */
  onArrival: (command: string) => void = () => undefined;
  /** Commands wait here when they have arrived. */
  holdRun: () => Promise<void> = () => Promise.resolve();
  state: PhoneState = 'ready';
  /** Time passes only while a phone that restarts is waited for; it is back after the first wait. */
  readonly clock: StagedClock;
  private restarting = false;
  private cut: { at: (moment: string) => boolean; how: Cut | (() => void) } | null = null;

  constructor(phone: SamplePhone, now = Date.now()) {
    this.phone = phone;
    this.clock = new StagedClock(now, () => {
      this.pass('waiting for the phone');
      this.comeBack();
    });
  }

  /** Cuts at the moment with this number, counted from 0, or does something else then. */
  cutAt(at: number, how: Cut | (() => void)): void {
    this.cut = { at: () => this.moments.length - 1 === at, how };
  }

  /** Cuts when so many commands have arrived, before the answer of the last. */
  cutAfterArrivals(count: number, how: Cut): void {
    const all = this.ran.length + count;
    this.cut = { at: (moment) => this.ran.length === all && moment.startsWith('after'), how };
  }

  /** The cable is in again, the phone unlocked, and nothing more happens to it. */
  makeWhole(): void {
    this.state = 'ready';
    this.cut = null;
    this.comeBack();
  }

  /** Counts the writes of a store, too. */
  watchWrites(store: Store): void {
    const unwatched = { ...store };
    store.planAction = (plan) => {
      this.pass('before the plan is stored');
      const action = unwatched.planAction(plan);
      this.pass('after the plan is stored');
      return action;
    };
    store.addActionEvent = (id, ...events) => {
      const kinds = events.map(({ kind }) => kind).join(', ');
      this.pass(`before "${kinds}" is stored`);
      const action = unwatched.addActionEvent(id, ...events);
      this.pass(`after "${kinds}" is stored`);
      return action;
    };
  }

  private comeBack(): void {
    this.restarting = false;
    this.phone.state.starting = false;
  }

  /** What a computer sees of it. */
  private seen(): PhoneState {
    return this.state === 'ready' && this.restarting ? 'gone' : this.state;
  }

  list(): Promise<PhoneList> {
    const phone: ListedPhone = {
      ...unreadPhone(this.phone.serial, 'android', this.seen()),
      remedy: null,
      sample: false,
      port: null,
    };
    return Promise.resolve({ phones: this.seen() === 'gone' ? [] : [phone], troubles: [] });
  }

  watch(onChange: (list: PhoneList) => void): () => void {
    void this.list().then(onChange);
    return () => undefined;
  }

  async capture(phoneId: string, options: CaptureOptions): Promise<Capture> {
    this.requireReady();
    const ask: Ask = (questions, onAnswer) => {
      const answers: Answer[] = [];
      for (const { probe, app, argv } of questions) {
        this.pass(`question ${probe.id}`);
        if (this.seen() !== 'ready') {
          const brokenOff = { reason: 'unplugged', detail: 'The phone was unplugged during the scan.' } as const;
          return Promise.resolve({ answers, brokenOff });
        }
        const { stdout, stderr, exitCode } = this.phone.run(argv);
        const answer: Answer = {
          probe: probe.id,
          app,
          command: questionText({ probe, app, argv }),
          output: new TextEncoder().encode(stdout),
          errors: stderr,
          exitCode,
          startedAt: new Date().toISOString(),
          durationMs: 1,
          ended: 'whole',
          detail: '',
        };
        answers.push(answer);
        onAnswer(answer);
      }
      return Promise.resolve({ answers, brokenOff: null });
    };
    return scanPhone(phoneId, ask, options);
  }

  read(capture: Capture): Reading {
    return readAndroid(capture);
  }

  async run(_phoneId: string, argv: readonly string[]): Promise<CommandResult> {
    const command = argv.join(' ');
    this.pass(`before "${command}" arrives`);
    this.requireReady();
    // Whether it has started is a question.
    if (argv[0] !== 'getprop') {
      this.onArrival(command);
      this.ran.push(command);
    }
    await this.holdRun();
    const { restarts } = this.phone.state;
    const { stdout, stderr, exitCode } = this.refuses.some((word) => command.includes(word))
      ? refusal
      : this.phone.run(argv);
    this.restarting ||= this.phone.state.restarts > restarts;
    this.pass(`after "${command}" arrived`);
    if (this.state !== 'ready') {
      return { output: '', errors: '', exitCode: null, ended: 'truncated', detail: 'The answer broke off.' };
    }
    return { output: stdout, errors: stderr, exitCode, ended: 'whole', detail: '' };
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  private pass(moment: string): void {
    this.moments.push(moment);
    if (this.cut?.at(moment) !== true) return;
    const { how } = this.cut;
    this.cut = null;
    if (typeof how === 'function') return how();
    if (how === 'killed') throw new ProgramKilled(moment);
    this.state = how === 'locked' ? 'unauthorized' : 'gone';
  }

  private requireReady(): void {
    const seen = this.seen();
    if (seen === 'ready') return;
    const code = seen === 'gone' ? 'unknown-phone' : `phone-${seen}`;
    throw new NativeError(code, 'The phone cannot be read.', { title: 'Plug it in and unlock it', steps: [] });
  }
}
