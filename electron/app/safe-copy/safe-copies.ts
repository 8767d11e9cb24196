import { whoIsAtWork } from '../program/at-work.ts';
import { valueOf } from '../../../native/describe-phone.ts';
import { FileTrouble, type ConfirmPhone } from '../../../native/phone-files.ts';
import { identityOf, identityProbes, type PhoneIdentity } from '../../../native/phone-identity.ts';
import { probesGiving } from '../../../native/probes-giving.ts';
import { readCapture } from '../../../native/read-capture.ts';
import { StoreError } from '../../../db/errors.ts';
import type { NewSafeCopy } from '../../../db/records/safe-copies.ts';
import type { Store } from '../../../db/store.ts';
import type { Clock } from '../program/clock.ts';
import { goOnWithout, type CopyGuard } from '../scan/copy-guard.ts';
import { requireAllowed, type TicketsOf } from '../actions/allowed.ts';
import { anotherPhone, samenessInSitting, samenessNow } from '../actions/same-phone.ts';
import { eventStream } from '../program/event-stream.ts';
import { lookAt } from '../phones/look.ts';
import type { Phones, PluggedPhone } from '../phones/phones.ts';
import { ApplicationError } from '../program/problem.ts';
import type { UnderWay } from '../program/under-way.ts';
import type { SafeCopyRequest } from '../program/requests.ts';
import { wholePath } from '../program/whole-path.ts';
import { safeCopy, type SafeCopyOptions } from './make-safe-copy.ts';
import type { SafeCopyEvent, SafeCopyReport } from './safe-copy-report.ts';
import type { ScanReport } from '../scan/scan-report.ts';
import type { Visits } from '../scan/visit.ts';

export interface SafeCopiesOptions {
  phones: Phones;
  visits: Visits;
  /** Opens the store. */
  store: () => Store;
  clock: Clock;
  /** One line for the log. */
  log: (line: string) => void;
  underWay: UnderWay;
  ticketsOf: TicketsOf;
}

const album = ['photos.newest', 'photos.count'];
const albumDeadlineMs = 60_000;

/** Safe copies of plugged-in phones, and what they open. */
export class SafeCopies {
  readonly #options: SafeCopiesOptions;

  constructor(options: SafeCopiesOptions) {
    this.#options = options;
  }

  /**
   * Copies the camera's photos and videos to a folder, verifies them (see {@link safeCopy}), and keeps that it was done. Throws
   * `read-not-allowed`, `keep-not-allowed`.
   */
  async run({ phoneId, folder }: SafeCopyRequest, options: SafeCopyOptions = {}): Promise<SafeCopyReport> {
    const path = wholePath(folder, 'folder');
    const { visits, log } = this.#options;
    this.#requireAllowed(phoneId);
    const report = await this.#alone(phoneId, path, options);
    log(`safe copy: ${report.copied.files} files, ${report.copied.bytes} bytes, ${report.durationMs} ms`);
    if (visits.lastReading(phoneId) !== null) visits.judgeAgain(phoneId);
    return report;
  }

  #requireAllowed(phoneId: string): void {
    const { ticketsOf } = this.#options;
    requireAllowed(ticketsOf(phoneId), 'read');
    requireAllowed(ticketsOf(phoneId), 'keep');
  }

  async #alone(phoneId: string, path: string, options: SafeCopyOptions): Promise<SafeCopyReport> {
    const { phones, underWay } = this.#options;
    return phones.use(phoneId, async (plugged) => {
      // It may have been taken back while somebody else had the phone.
      this.#requireAllowed(phoneId);
      const over = underWay.begin('copy', phoneId);
      try {
        return await this.#copied(plugged, path, options);
      } finally {
        over();
      }
    });
  }

  async #copied(plugged: PluggedPhone, path: string, options: SafeCopyOptions): Promise<SafeCopyReport> {
    const { visits, clock } = this.#options;
    const phoneId = plugged.phone.id;
    const startedAt = clock.now().toISOString();
    const { identity, ...seen } = await albumOf(plugged, options.signal);
    const last = visits.lastReading(phoneId);
    if (last !== null && samenessInSitting(identityOf(last), identity) === 'another') {
      throw anotherPhone(identityOf(last), identity);
    }
    const confirm = confirmed(plugged, identity, options.signal);
    const copied = await safeCopy(plugged.source, plugged.phone, path, { ...options, confirm });
    const { whole } = copied;
    const files = copied.copied.files + copied.alreadyThere.files;
    const bytes = copied.copied.bytes + copied.alreadyThere.bytes;
    const endedAt = clock.now().toISOString();
    this.#keep({ phone: plugged.phone, folder: path, startedAt, endedAt, whole, files, bytes, ...seen });
    return copied;
  }

  async *runWithProgress(
    request: SafeCopyRequest,
    signal: AbortSignal | undefined,
  ): AsyncGenerator<SafeCopyEvent, void> {
    yield* eventStream<SafeCopyEvent>(async (emit) => {
      const report = await this.run(request, { signal, onEvent: emit });
      emit({ type: 'report', report });
    });
  }

  /** A copy is worth more than the note of it: a store that cannot be written does not undo it, and the steps stay closed. */
  #keep(made: NewSafeCopy): void {
    const { store, log } = this.#options;
    try {
      store().saveSafeCopy(made);
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      log(`the safe copy is not noted: ${error.message}`);
    }
  }

  /** Whether the steps that may cost photos are open, as of the last scan, and the words that open them without a copy. */
  guard(phoneId: string): { guard: CopyGuard; sentence: string } {
    return { guard: this.#options.visits.guardOf(phoneId), sentence: goOnWithout };
  }

  /**
   * Somebody goes on without a copy, in so many words: the report as it is with that. Throws `bad-argument` where the words are
   * others, `not-scanned`.
   */
  decline(phoneId: string, sentence: string): ScanReport {
    const { visits, store } = this.#options;
    const { phone } = visits.keptOf(phoneId).scan;
    if (sentence !== goOnWithout) {
      throw new ApplicationError('bad-argument', 'These are not the words that open the steps without a copy.', [
        `Say exactly: ${goOnWithout}`,
      ]);
    }
    store().declineCopy({ phone, who: whoIsAtWork(), sentence });
    const { scan, snapshot } = visits.judgeAgain(phoneId);
    return visits.reportOf(scan, snapshot);
  }
}

/** What the phone says of its camera's photos right now. */
async function albumOf(
  { phone, source }: PluggedPhone,
  signal: AbortSignal | undefined,
): Promise<Pick<NewSafeCopy, 'photoCount' | 'newestPhoto'> & { identity: PhoneIdentity }> {
  const probes = [...new Set([...identityProbes[phone.platform], ...probesGiving(phone.platform, album)])];
  const deadlines = { scanDeadlineMs: albumDeadlineMs, probeDeadlineMs: albumDeadlineMs };
  const capture = await source.capture(phone.id, { apps: [], probes, ...deadlines, ...(signal ? { signal } : {}) });
  const reading = await readCapture(capture, (one) => source.read(one), { signal });
  const { photos } = reading;
  return { photoCount: valueOf(photos.count), newestPhoto: valueOf(photos.newest), identity: identityOf(reading) };
}

const whoItIs = ['manufacturer', 'model', 'system', 'boot'] as const;

/** Photos of two phones are no whole copy of either: who was there when it began is asked for with each conversation. */
function confirmed(plugged: PluggedPhone, began: PhoneIdentity, signal: AbortSignal | undefined): ConfirmPhone {
  return async () => {
    const now = await lookAt({ ...plugged, signal });
    if (now !== null && samenessNow(began, now.identity) === 'another') {
      const who =
        samenessInSitting(began, now.identity) === 'another'
          ? 'Another phone with the same serial is plugged in now'
          : 'The phone was restarted, or another one with the same serial is plugged in now';
      throw new FileTrouble('another', `${who}. Nothing of it was copied.`);
    }
    if (now === null || whoItIs.some((key) => began[key] !== null && now.identity[key] === null)) {
      throw new FileTrouble('broken', 'The phone did not say which one it is.');
    }
  };
}
