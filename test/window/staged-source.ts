import { AndroidSampleSource } from '../../native/samples/android/sample-source.ts';
import type { Capture } from '../../native/capture.ts';
import { unreadPhone, type ListedPhone } from '../../native/phone.ts';
import type { Reading } from '../../native/reading.ts';
import type { CaptureOptions, CommandResult, PhoneList, PhoneSource, SourceTrouble } from '../../native/source.ts';
import { promptPace } from '../prompt-pace.ts';

/** A phone as a test wants it listed; what is not said is that of a ready Android phone. */
export const listed = (id: string, rest: Partial<ListedPhone> = {}): ListedPhone => ({
  ...unreadPhone(id, 'android', 'ready'),
  remedy: null,
  sample: false,
  port: null,
  ...rest,
});

/** A source whose list the test writes; behind each phone answers the same kind of sample, which may be held up or cut off. */
export class StagedSource implements PhoneSource {
  readonly platform = 'android';
  /** Every scan waits here, after its third answer, until this is resolved or the scan is cancelled. */
  hold: Promise<void> = Promise.resolve();
  /** The cable is pulled after so many answers. */
  cutAfter = Infinity;
  /** The commands of corrections, in the order in which they arrived. */
  readonly ran: string[] = [];
  /** Corrections wait here before they run. */
  holdRun: Promise<void> = Promise.resolve();
  private readonly samples = new AndroidSampleSource(promptPace);
  private readonly ids = new Map<string, Promise<string>>();
  private readonly watchers = new Set<(list: PhoneList) => void>();
  private present: PhoneList = { phones: [], troubles: [] };

  show(phones: readonly ListedPhone[], troubles: readonly SourceTrouble[] = []): void {
    this.present = { phones, troubles };
    for (const watcher of this.watchers) watcher(this.present);
  }

  list(): Promise<PhoneList> {
    return Promise.resolve(this.present);
  }

  watch(onChange: (list: PhoneList) => void): () => void {
    this.watchers.add(onChange);
    onChange(this.present);
    return () => this.watchers.delete(onChange);
  }

  async capture(phoneId: string, options: CaptureOptions): Promise<Capture> {
    const cancelled = new Promise<void>((resolve) => {
      options.signal?.addEventListener('abort', () => resolve(), { once: true });
    });
    const { onProgress, ...rest } = options;
    const { apps, probes } = rest;
    const asked = probes === undefined ? { apps } : { apps, probes };
    const whole = await this.samples.capture(await this.sampleOf(phoneId), asked);
    for (const [index, answer] of whole.answers.entries()) {
      if (index >= this.cutAfter) {
        const brokenOff = { reason: 'unplugged', detail: 'The phone was unplugged.' } as const;
        return { ...whole, phoneId, answers: whole.answers.slice(0, index), brokenOff };
      }
      onProgress?.({ answered: index + 1, total: whole.answers.length, probe: answer.probe });
      if (index === 2) await Promise.race([this.hold, cancelled]);
      if (options.signal?.aborted) {
        const brokenOff = { reason: 'cancelled', detail: 'The scan was cancelled.' } as const;
        return { ...whole, phoneId, answers: whole.answers.slice(0, index), brokenOff };
      }
    }
    return { ...whole, phoneId };
  }

  read(capture: Capture): Reading {
    return this.samples.read(capture);
  }

  async run(phoneId: string, argv: readonly string[]): Promise<CommandResult> {
    this.ran.push(argv.join(' '));
    await this.holdRun;
    return this.samples.run(await this.sampleOf(phoneId), argv);
  }

  close(): Promise<void> {
    return this.samples.close();
  }

  private sampleOf(phoneId: string): Promise<string> {
    const known = this.ids.get(phoneId) ?? this.samples.add('pixel-14');
    this.ids.set(phoneId, known);
    return known;
  }
}
