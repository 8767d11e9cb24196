import { setTimeout as sleep } from 'node:timers/promises';
import type { Answer, Capture } from '../capture.ts';
import { unreadPhone, type ListedPhone } from '../phone.ts';
import type { Reading } from '../reading.ts';
import { NativeError, type CaptureOptions, type CommandResult, type PhoneList, type PhoneSource } from '../source.ts';
import { phoneOf } from './adb-source.ts';
import { readAndroid } from './read.ts';
import type { SamplePhone } from './sample/sample-phone.ts';
import { sampleProfiles } from './sample/profiles.ts';
import { questionText, scanPhone, type Ask } from './scan.ts';

/** A phone over USB takes about this long to answer a light question; without it, nobody would see a scan happen. */
const answerMs = 12;

/** The sample phones that were asked for: they answer like real ones, and change when they are corrected. */
export class SampleSource implements PhoneSource {
  readonly platform = 'android';
  private readonly phones = new Map<string, { sample: SamplePhone; listed: ListedPhone }>();
  private readonly watchers = new Set<(list: PhoneList) => void>();

  /** Adds a sample, in the state its profile describes. A sample that is already there is made anew. Returns its id. */
  async add(profileId: string): Promise<string> {
    const profile = sampleProfiles.find(({ id }) => id === profileId);
    if (profile === undefined) {
      throw new NativeError('unknown-sample', `There is no sample phone "${profileId}".`, { title: '', steps: [] });
    }
    const sample = profile.create();
    const listed: ListedPhone = { ...unreadPhone(sample.serial, 'android', 'ready'), remedy: null, sample: true };
    this.phones.set(sample.serial, { sample, listed });
    const capture = await this.capture(sample.serial, { apps: [] });
    this.phones.set(sample.serial, { sample, listed: { ...listed, ...phoneOf(readAndroid(capture), listed) } });
    this.tell();
    return sample.serial;
  }

  remove(phoneId: string): void {
    this.phones.delete(phoneId);
    this.tell();
  }

  list(): Promise<PhoneList> {
    return Promise.resolve(this.present());
  }

  watch(onChange: (list: PhoneList) => void): () => void {
    this.watchers.add(onChange);
    onChange(this.present());
    return () => this.watchers.delete(onChange);
  }

  async capture(phoneId: string, options: CaptureOptions): Promise<Capture> {
    const sample = this.sample(phoneId);
    const ask: Ask = async (questions, onAnswer) => {
      const answers: Answer[] = [];
      for (const question of questions) {
        if (options.signal?.aborted) {
          return { answers, brokenOff: { reason: 'cancelled', detail: 'The scan was cancelled.' } };
        }
        const startedAt = new Date();
        await sleep(answerMs);
        const { stdout, stderr, exitCode } = sample.run(question.argv);
        const answer: Answer = {
          probe: question.probe.id,
          app: question.app,
          command: questionText(question),
          output: new TextEncoder().encode(stdout),
          errors: stderr,
          exitCode,
          startedAt: startedAt.toISOString(),
          durationMs: Date.now() - startedAt.getTime(),
          ended: 'whole',
          detail: '',
        };
        answers.push(answer);
        onAnswer(answer);
      }
      return { answers, brokenOff: null };
    };
    return scanPhone(phoneId, ask, options);
  }

  read(capture: Capture): Reading {
    return readAndroid(capture);
  }

  run(phoneId: string, argv: readonly string[]): Promise<CommandResult> {
    const { stdout, stderr, exitCode } = this.sample(phoneId).run(argv);
    return Promise.resolve({ output: stdout, errors: stderr, exitCode, ended: 'whole', detail: '' });
  }

  close(): Promise<void> {
    this.watchers.clear();
    return Promise.resolve();
  }

  private present(): PhoneList {
    return { phones: [...this.phones.values()].map(({ listed }) => listed), troubles: [] };
  }

  private tell(): void {
    for (const watcher of this.watchers) watcher(this.present());
  }

  private sample(phoneId: string): SamplePhone {
    const phone = this.phones.get(phoneId);
    if (phone !== undefined) return phone.sample;
    throw new NativeError('unknown-phone', `There is no sample phone ${phoneId} any more.`, {
      title: 'Add the sample again',
      steps: ['Choose "Try a sample phone".'],
    });
  }
}
