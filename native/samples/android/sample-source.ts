import { setTimeout as sleep } from 'node:timers/promises';
import type { Answer, Capture } from '../../capture.ts';
import { anotherUserInFront } from '../../android/reach/camera-folders.ts';
import { describePhone } from '../../describe-phone.ts';
import { unreadPhone, type ListedPhone } from '../../phone.ts';
import type { Reading } from '../../reading.ts';
import { SampleList, unknownSample } from '../sample-list.ts';
import type { PhoneFiles } from '../../phone-files.ts';
import { SampleFiles } from '../sample-files.ts';
import { livelyPace, type SamplePace } from '../sample-pace.ts';
import type { OwnerAct, SampleSource } from '../sample-source.ts';
import type { CaptureOptions, CommandResult, PhoneList } from '../../source.ts';
import { readAndroid } from '../../android/read/read.ts';
import { letTimePass } from './backup.ts';
import { actAsOwner } from './owner-act.ts';
import { createSample, sampleProfiles } from './profiles.ts';
import type { SamplePhone } from './sample-phone.ts';
import { phoneNow } from './time-text.ts';
import { questionText, scanPhone, type Ask } from '../../android/reach/scan.ts';

interface Sample {
  phone: SamplePhone;
  /** The same phone without its trouble: what its owner puts right goes there. */
  healthy: SamplePhone;
  /** Until when its apps have worked, ms since 1970. */
  livedUntil: number;
}

/** The sample phones that were asked for: they answer like real ones, and change when they are corrected. */
export class AndroidSampleSource implements SampleSource {
  readonly platform = 'android';
  readonly samples = sampleProfiles.map(({ id, title }) => ({ id, title }));
  private readonly phones = new SampleList<Sample>();
  private readonly pace: SamplePace;

  constructor(pace = livelyPace) {
    this.pace = pace;
  }

  async add(sampleId: string): Promise<string> {
    if (!this.samples.some(({ id }) => id === sampleId)) throw unknownSample(sampleId);
    const sample: Sample = {
      phone: createSample(sampleId),
      healthy: createSample(sampleId, { healthy: true }),
      livedUntil: Date.now(),
    };
    const listed: ListedPhone = {
      ...unreadPhone(sample.phone.serial, 'android', 'ready'),
      remedy: null,
      sample: true,
      port: null,
    };
    const read = readAndroid(await scanPhone(listed.id, this.asking(sample), { apps: [] }));
    this.phones.put(sample, describePhone(listed, read));
    return listed.id;
  }

  remove(phoneId: string): void {
    this.phones.remove(phoneId);
  }

  actAsOwner(phoneId: string, act: OwnerAct): boolean {
    const { phone, healthy } = this.living(phoneId);
    return actAsOwner(phone.state, healthy.state, act);
  }

  list(): Promise<PhoneList> {
    return Promise.resolve(this.phones.present());
  }

  watch(onChange: (list: PhoneList) => void): () => void {
    return this.phones.watch(onChange);
  }

  async capture(phoneId: string, options: CaptureOptions): Promise<Capture> {
    return scanPhone(phoneId, this.asking(this.living(phoneId), options.signal), options);
  }

  read(capture: Capture): Reading {
    return readAndroid(capture);
  }

  run(phoneId: string, argv: readonly string[]): Promise<CommandResult> {
    const { phone } = this.living(phoneId);
    const { restarts } = phone.state;
    const { stdout, stderr, exitCode } = phone.run(argv);
    if (phone.state.restarts > restarts) this.restart(phoneId);
    return Promise.resolve({ output: stdout, errors: stderr, exitCode, ended: 'whole', detail: '' });
  }

  openFiles(phoneId: string, { signal }: { signal: AbortSignal }): Promise<PhoneFiles> {
    const { state } = this.living(phoneId).phone;
    const camera = state.media.filter(({ userId, relativePath }) => userId === 0 && relativePath.startsWith('DCIM/'));
    const files = camera.map(({ relativePath, displayName, addedAgoMs }) => ({
      path: `/sdcard/${relativePath}${displayName}`,
      place: [...relativePath.split('/').filter((name) => name !== ''), displayName],
      takenAt: new Date(phoneNow(state) - addedAgoMs),
    }));
    const refusal = state.currentUser === 0 ? null : anotherUserInFront;
    return Promise.resolve(new SampleFiles(files, { signal, refusal, fileMs: this.pace.fileMs }));
  }

  close(): Promise<void> {
    this.phones.close();
    return Promise.resolve();
  }

  private restart(phoneId: string): void {
    const { offMs, startingMs } = this.pace;
    this.phones.leave(phoneId, offMs, (sample, listed) => {
      this.phones.put(sample, listed);
      setTimeout(() => {
        sample.phone.state.starting = false;
      }, startingMs).unref();
    });
  }

  /** The sample after the time that has passed: its apps have sent what they could. */
  private living(phoneId: string): Sample {
    return this.live(this.phones.get(phoneId).sample);
  }

  private live(sample: Sample): Sample {
    const now = Date.now();
    letTimePass(sample.phone.state, Math.max(0, now - sample.livedUntil));
    sample.livedUntil = now;
    return sample;
  }

  /** Time passes between the questions as well: what a phone did stays where it was. */
  private asking(sample: Sample, signal?: AbortSignal): Ask {
    return async (questions, onAnswer) => {
      const answers: Answer[] = [];
      for (const question of questions) {
        if (signal?.aborted) {
          return { answers, brokenOff: { reason: 'cancelled', detail: 'The scan was cancelled.' } };
        }
        const startedAt = new Date();
        await sleep(this.pace.answerMs);
        const { stdout, stderr, exitCode } = this.live(sample).phone.run(question.argv);
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
  }
}
