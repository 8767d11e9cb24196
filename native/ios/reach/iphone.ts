import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { Answer } from '../../capture.ts';
import { commandText } from '../../command.ts';
import { unreadPhone, type ListedPhone, type Remedy } from '../../phone.ts';
import { accesses, accessMeanings, type Access } from './access.ts';
import { IphoneQueue } from './iphone-queue.ts';
import type { LibraryAnswer } from './library/messages.ts';
import type { IphoneDeadlines } from './deadlines.ts';
import type { LibraryWorkerPool } from './library-worker-pool.ts';
import { modelName } from '../read/model-names.ts';
import { firstStatus } from '../read/probes/first-status.ts';
import type { PluggedIphone } from './usbmuxd.ts';

/** A wait that was ended by its signal has ended: that is no failure. */
function endOfWait(error: unknown): void {
  if (!(error instanceof Error && error.name === 'AbortError')) throw error;
}

const accessSchema = z.enum(accesses);
const lookSchema = z.object({
  access: accessSchema,
  name: z.string().nullable(),
  model: z.string().nullable(),
  osVersion: z.string().nullable(),
  build: z.string().nullable(),
});
type Look = z.infer<typeof lookSchema>;

const dialogPollMs = 1000;
/** A phone without a pairing says only that. What its owner did about being asked is kept as long as it says no more. */
const unpaired: ReadonlySet<Access> = new Set(['never-paired', 'forgotten', 'pairing-stale']);
/** Its owner has yet to answer. */
const keptWhileAsked: ReadonlySet<Access> = new Set(['locked-unpaired', 'trust-dialog']);
const keptWhileUnpaired: ReadonlySet<Access> = new Set([
  'locked-unpaired',
  'trust-dialog',
  'trust-refused',
  'trust-removed',
]);
const nobody: Omit<Look, 'access'> = { name: null, model: null, osVersion: null, build: null };

const decoded = ({ output }: LibraryAnswer): unknown => JSON.parse(new TextDecoder().decode(output));

/** One iPhone for as long as it is plugged in: its questions, and what is known about it. */
export class Iphone {
  readonly udid: string;
  /** usbmuxd's number for this plugging-in. */
  readonly deviceId: number;
  readonly #port: string | null;
  readonly queue: IphoneQueue;
  readonly #lookMs: number;
  #look: Look = { access: 'unclear', ...nobody };
  #looked = false;
  #scans = 0;
  #libraryRemedy: Remedy | null = null;
  #before: Answer | null = null;
  /** Whether it was paired since it was plugged in. */
  #paired = false;

  constructor({ udid, deviceId, port }: PluggedIphone, workers: LibraryWorkerPool, deadlines: IphoneDeadlines) {
    this.udid = udid;
    this.deviceId = deviceId;
    this.#port = port;
    this.queue = new IphoneQueue(udid, workers, { placeMs: deadlines.placeMs });
    this.#lookMs = deadlines.lookMs;
  }

  get access(): Access {
    return this.#look.access;
  }

  /** As last looked at; null until then. */
  get listed(): ListedPhone | null {
    if (!this.#looked) return null;
    const { access, name, model, osVersion, build } = this.#look;
    const { state, remedy } = accessMeanings[access];
    return {
      ...unreadPhone(this.udid, 'ios', state),
      manufacturer: 'Apple',
      model: model === null ? null : modelName(model),
      name,
      osVersion,
      build,
      remedy: this.#libraryRemedy ?? remedy,
      sample: false,
      port: this.#port,
    };
  }

  /** Runs a scan; as long as it lasts the phone counts as it was last seen, so that looking never waits for a
   * scan. Afterwards the conversations with the phone end. */
  async whileScanned<T>(scan: () => Promise<T>): Promise<T> {
    this.#scans += 1;
    try {
      return await scan();
    } finally {
      this.#scans -= 1;
      this.queue.hangUp();
    }
  }

  /**
   * Looks at the phone without making the Trust dialog appear. Rejects with `NativeError` where the libraries are not on
   * this computer.
   */
  async look(): Promise<void> {
    if (this.#scans > 0) return;
    const answer = await this.queue.ask(['look'], this.#lookMs);
    this.#libraryRemedy = null;
    this.#see(this.#read(answer));
  }

  /** For a phone that cannot be looked at because this computer lacks the libraries. */
  cannotBeRead(remedy: Remedy): void {
    this.#libraryRemedy = remedy;
    this.#see({ ...this.#look, access: 'unclear' });
  }

  /**
   * Makes the Trust dialog appear, once the phone is unlocked, and waits until its owner has answered, at most `deadlineMs`. `onChange` is
   * called after each look.
   */
  async pair(deadlineMs: number, signal: AbortSignal | undefined, onChange: () => void): Promise<void> {
    const deadline = performance.now() + deadlineMs;
    for (;;) {
      const answer = await this.queue.ask(['pair'], this.#lookMs, signal);
      if (signal?.aborted === true) return;
      const access = answer.ended === 'whole' ? accessSchema.parse(decoded(answer)) : this.#read(answer).access;
      if (access === 'ready') {
        this.#paired = true;
        this.#see({ ...this.#look, access: 'pairing-stale' });
        return this.look();
      }
      this.#see({ ...this.#look, access: access === 'locked' ? 'locked-unpaired' : access });
      onChange();
      if (!keptWhileAsked.has(this.access) || performance.now() >= deadline) return;
      await sleep(dialogPollMs, undefined, signal === undefined ? {} : { signal }).catch(endOfWait);
    }
  }

  /** Has the phone forget this computer. The answer tells whether it did. */
  async unpair(deadlineMs: number): Promise<LibraryAnswer> {
    const answer = await this.queue.ask(['unpair'], deadlineMs);
    if (answer.ended === 'whole') {
      this.#paired = false;
      this.#see({ ...this.#look, access: 'trust-removed' });
      await this.look();
    }
    return answer;
  }

  /** Keeps what the iCloud Photos engine says now, right after plugging in: the cable charges and wakes the phone. */
  async keepBefore(): Promise<void> {
    if (this.#before !== null) return;
    const words = firstStatus.command({ apps: [], userId: 0 });
    const startedAt = new Date().toISOString();
    const asked = performance.now();
    const { code, ...answer } = await this.queue.ask(words, this.#lookMs);
    if (answer.ended !== 'whole') return;
    this.#before = {
      ...answer,
      probe: firstStatus.id,
      app: null,
      command: commandText(words),
      errors: '',
      exitCode: code,
      startedAt,
      durationMs: performance.now() - asked,
    };
  }

  /** What {@link keepBefore} has kept, for the first scan; later scans ask anew, to see what a correction has changed. */
  takeBefore(): Answer[] {
    const kept = this.#before === null ? [] : [this.#before];
    this.#before = null;
    return kept;
  }

  async close(): Promise<void> {
    await this.queue.close({ ended: 'unplugged', detail: 'The iPhone was unplugged.' });
  }

  #see(look: Look): void {
    this.#look = look;
    this.#looked = true;
  }

  #read(answer: LibraryAnswer): Look {
    if (answer.ended === 'timeout') return { ...this.#look, access: 'silent' };
    if (answer.ended !== 'whole') return { ...this.#look, access: 'unclear' };
    const look = lookSchema.parse(decoded(answer));
    if (!unpaired.has(look.access)) return look;
    // Where pairing has just worked, pairing again would end here again: the computer is at fault, or the clocks.
    if (this.#paired && look.access !== 'forgotten') return { ...look, access: 'paired-in-vain' };
    return keptWhileUnpaired.has(this.access) ? { ...look, access: this.access } : look;
  }
}
