import { whoIsAtWork } from '../program/at-work.ts';
import { commandRefusal } from '../../../native/command-refusal.ts';
import { commandWords } from '../../../native/command.ts';
import type { Capture } from '../../../native/capture.ts';
import type { Reading } from '../../../native/reading.ts';
import type { PhoneSource } from '../../../native/source.ts';
import type { Catalog } from '../../../diagnosis/load/catalog.ts';
import type { Diagnosis } from '../../../diagnosis/diagnosis.ts';
import type { Answer } from '../../../diagnosis/finding.ts';
import type { JudgeOptions } from '../../../diagnosis/judge/judge.ts';
import type { Store } from '../../../db/store.ts';
import { ApplicationError, type Problem } from '../program/problem.ts';
import type { ScanRequest } from '../program/requests.ts';
import type { Recall } from '../program/recall.ts';
import type { Clock } from '../program/clock.ts';
import { copyGuard, type CopyGuard } from './copy-guard.ts';
import { driftOf, type Drift } from '../actions/drift.ts';
import { keptOfUploads, nothingKept } from './kept-of-uploads.ts';
import { isOfFile } from './scan-file.ts';
import { judgeCapture, scanReport, type PhoneReading, type Scan } from './scan.ts';
import type { ScanReport } from './scan-report.ts';

/** The newest scan of a phone since the program was started. */
export interface LastScan {
  scan: Scan;
  /** Id of its snapshot; null where none was saved. */
  snapshot: string | null;
}

/** Why a scan was not kept, and how it was to be. */
export interface NotKept {
  problem: Problem;
  request: Pick<ScanRequest, 'label' | 'ticket'>;
}

/** A batch of corrections reads a phone once for each. */
const keptReadings = 20;

export interface VisitsOptions {
  catalog: Catalog;
  /** Opens the store. */
  store: () => Store;
  recall: Recall;
  clock: Clock;
  /** Whether what is told of a phone may be kept. */
  mayKeep: (phoneId: string) => boolean;
}

/** One correction of one finding, whose screen is to be opened. */
export interface ScreenRequest {
  cause: string;
  app: string | null;
  correction: string;
}

export interface OpenedScreen {
  /** The command that opened it; null where the phone knows none of the screens. */
  opened: string | null;
  /** What the phone said where it opened none. */
  said: string | null;
}

/**
 * What is known of the phones beside what they tell: the newest earlier snapshot, the scans since the program was started, and what
 * their owners answered meanwhile.
 */
export class Visits {
  readonly #options: VisitsOptions;
  /** `scan`: null until somebody asks how it is judged. */
  readonly #last = new Map<string, { read: PhoneReading; scan: Scan | null; snapshot: string | null }>();
  /** What was lately read of a phone on the cable, the latest first: somebody may look at any of these still. */
  readonly #read = new Map<string, readonly Reading[]>();
  readonly #answers = new Map<string, readonly Answer[]>();
  /** The apps that were chosen for phones of which nothing may be kept. */
  readonly #chosen = new Map<string, readonly string[]>();
  /** Last scans that were to be kept and could not be. */
  readonly #notKept = new Map<string, NotKept>();

  constructor(options: VisitsOptions) {
    this.#options = options;
  }

  /** What a reading of this phone is judged with; `from`: where it comes from. */
  knownOf(phoneId: string, from: 'cable' | 'file'): (reading: Reading) => JudgeOptions {
    const { recall, catalog } = this.#options;
    const until = from === 'cable' ? 'now' : 'day';
    return (reading) => ({
      previous: this.#earlierReading(phoneId, reading),
      answers: this.#answers.get(phoneId) ?? [],
      photosAtRisk: this.#photosAtRisk(phoneId, reading),
      chosen: this.#chosen.get(phoneId) ?? recall((store) => store.chosenApps(phoneId), []),
      ...recall((store) => keptOfUploads(store, catalog, phoneId, reading, until), nothingKept),
    });
  }

  /**
   * Keeps which apps should keep the photos of a phone, where its customer allows that something is kept, and judges its last scan again.
   * Throws `not-scanned`, `forgotten`.
   */
  choose(phoneId: string, apps: readonly string[]): LastScan {
    const { phone } = this.keptOf(phoneId).scan;
    const { store, mayKeep } = this.#options;
    if (mayKeep(phoneId)) {
      this.#chosen.delete(phoneId);
      store().chooseApps({ phone, apps: [...apps], who: whoIsAtWork() });
    } else this.#chosen.set(phoneId, [...apps]);
    return this.judgeAgain(phoneId);
  }

  /** Nothing of a phone is known any more. */
  forget(phoneId: string): void {
    this.#last.delete(phoneId);
    this.#read.delete(phoneId);
    this.#answers.delete(phoneId);
    this.#chosen.delete(phoneId);
    this.#notKept.delete(phoneId);
  }

  /** The store is another one now: numbers of snapshots mean others there. What no store has is kept in mind. */
  forgetKept(): void {
    for (const phoneId of this.phones()) if (!this.#notKept.has(phoneId)) this.forget(phoneId);
  }

  /** Why the last scan of a phone was not kept; undefined where it was, or was not to be. */
  notKept(phoneId: string): NotKept | undefined {
    return this.#notKept.get(phoneId);
  }

  remember(scan: Scan, snapshot: string | null, notKept: NotKept | null = null): void {
    if (notKept === null) this.#notKept.delete(scan.phone.id);
    else this.#notKept.set(scan.phone.id, notKept);
    this.#keepRead(scan);
    this.#last.set(scan.phone.id, { read: scan, scan, snapshot });
  }

  /** As {@link remember}, for a reading that is judged once somebody asks about that. */
  rememberUnjudged(read: PhoneReading): void {
    this.#keepRead(read);
    this.#last.set(read.phone.id, { read, scan: null, snapshot: null });
  }

  /**
   * Judges the last scan of a phone again with what its owner answered, and keeps that in the snapshot of that scan, where there is
   * one. Throws `not-scanned`, `forgotten`.
   */
  answer(phoneId: string, answer: Answer): LastScan {
    const last = this.keptOf(phoneId);
    const { cause, app } = answer;
    const others = (this.#answers.get(phoneId) ?? []).filter((one) => one.cause !== cause || one.app !== app);
    this.#answers.set(phoneId, [...others, answer]);
    return this.judgeAgain(phoneId, last);
  }

  /** Judges what was read of a phone, with what is known now beside it. */
  judged({ phone, capture, reading }: PhoneReading): Scan {
    return judgeCapture(
      phone,
      capture,
      reading,
      this.#options.catalog,
      this.knownOf(phone.id, isOfFile(phone) ? 'file' : 'cable')(reading),
    );
  }

  /** Judges the last scan of a phone again, with what is known now beside it, and keeps that in its snapshot, where there is one. */
  judgeAgain(phoneId: string, last = this.lastOf(phoneId)): LastScan {
    const scan = this.judged(last.scan);
    if (last.snapshot !== null) this.#options.store().replaceDiagnosis(Number(last.snapshot), scan.diagnosis);
    const judged = { scan, snapshot: last.snapshot };
    this.#last.set(phoneId, { read: scan, ...judged });
    return judged;
  }

  /** A scan of a phone in the shape that the window shows, with what has drifted since it was corrected. */
  reportOf(scan: Scan, snapshot: string | null): ScanReport {
    // A file is the phone of its day: what it has now is not known.
    const drift = isOfFile(scan.phone) ? [] : this.driftIn(scan.phone.id, scan.reading);
    const notKept = snapshot === null ? (this.#notKept.get(scan.phone.id)?.problem ?? null) : null;
    return { ...scanReport(scan, this.#options.catalog, snapshot, drift), notKept };
  }

  /** The same of the newest scan since the program was started. Throws `not-scanned`. */
  reportOfLast(phoneId: string): ScanReport {
    const { scan, snapshot } = this.lastOf(phoneId);
    return this.reportOf(scan, snapshot);
  }

  /** Corrected values of a phone that are not any more as their correction left them. */
  driftIn(phoneId: string, reading: Reading): Drift[] {
    const { recall, catalog } = this.#options;
    const actions = recall((store) => store.listActions(phoneId), []);
    if (actions.length === 0) return [];
    return driftOf(actions, reading, this.#earlierReading(phoneId, reading), catalog);
  }

  /** Whether the steps that may cost photos are open, as of the last scan. Throws `not-scanned`. */
  guardOf(phoneId: string): CopyGuard {
    return this.#guard(phoneId, this.lastOf(phoneId).scan.reading);
  }

  /**
   * Opens the screen of the phone where the guided steps of a finding begin: its maker's own, else the general one. Throws `not-scanned`, `no-screen`.
   */
  async openScreen(phoneId: string, source: PhoneSource, request: ScreenRequest): Promise<OpenedScreen> {
    const { findings } = this.lastOf(phoneId).scan.diagnosis;
    const finding = findings.find(({ cause, app }) => cause === request.cause && app === request.app);
    const screens = finding?.corrections.find(({ id }) => id === request.correction)?.opens ?? [];
    if (screens.length === 0) {
      throw new ApplicationError('no-screen', 'No screen of this phone is known for these steps.');
    }
    let said: string | null = null;
    for (const screen of screens) {
      const result = await source.run(phoneId, commandWords(screen));
      // The phone may not know the screen, or keep it to itself.
      const refusal = commandRefusal(source.platform, null, result);
      if (result.ended === 'whole' && refusal === null) return { opened: screen, said: null };
      said = refusal?.said ?? result.detail;
    }
    return { opened: null, said };
  }

  /** The newest scan since the program was started. Throws `not-scanned`. */
  lastOf(phoneId: string): LastScan {
    const last = this.#last.get(phoneId);
    if (last !== undefined) return { scan: (last.scan ??= this.judged(last.read)), snapshot: last.snapshot };
    throw new ApplicationError('not-scanned', 'This phone was not scanned since the program was started.', [
      'Scan it.',
    ]);
  }

  /** The same, for whoever keeps something more of it. Throws `forgotten`: another program has forgotten the phone, and nothing is kept again. */
  keptOf(phoneId: string): LastScan {
    const last = this.lastOf(phoneId);
    if (!this.isForgotten(phoneId)) return last;
    throw new ApplicationError('forgotten', 'This phone was forgotten meanwhile. Nothing is kept of it.', ['Scan it.']);
  }

  /** Whether the last scan was kept, and is not any more. Where the store cannot be read, nobody knows that. */
  isForgotten(phoneId: string): boolean {
    const snapshot = this.#last.get(phoneId)?.snapshot ?? null;
    if (snapshot === null) return false;
    return this.#options.recall(
      (store) => !store.listSnapshots({ phone: phoneId }).some(({ id }) => String(id) === snapshot),
      false,
    );
  }

  /** The phones that were scanned since the program was started. */
  phones(): string[] {
    return [...this.#last.keys()];
  }

  /** What the phones said in their last scans. */
  captures(): Capture[] {
    return [...this.#last.values()].map(({ read }) => read.capture);
  }

  /** The newest reading since the program was started; null where there was none. */
  lastReading(phoneId: string): Reading | null {
    return this.#last.get(phoneId)?.read.reading ?? null;
  }

  /** The reading of this moment, which somebody was shown. Throws `shown-before`: it is not known any more. */
  shown(phoneId: string, takenAt: string): Reading {
    const reading = this.#read.get(phoneId)?.find((one) => one.takenAt === takenAt);
    if (reading !== undefined) return reading;
    throw new ApplicationError('shown-before', 'What was shown of this phone is out of date. Nothing was run.', [
      'Scan it, and look at what it has now.',
    ]);
  }

  /** Whether this phone was read after a moment, since the program was started or in a snapshot. */
  wasReadAfter(phoneId: string, moment: string): boolean {
    const kept = this.#options.recall(
      (store) => store.listSnapshots({ phone: phoneId }).map(({ takenAt }) => takenAt),
      [],
    );
    const last = this.lastReading(phoneId);
    return [...kept, ...(last === null ? [] : [last.takenAt])].some((takenAt) => takenAt > moment);
  }

  /** The diagnosis of the newest scan since the program was started; null where there was none. */
  datedOf(phoneId: string): { takenAt: string; diagnosis: Diagnosis; reading: Reading } | null {
    if (!this.#last.has(phoneId)) return null;
    const { reading, diagnosis } = this.lastOf(phoneId).scan;
    return { takenAt: reading.takenAt, diagnosis, reading };
  }

  /** A file tells how a phone was once: nothing that it shows is agreed to. */
  #keepRead({ phone, reading }: PhoneReading): void {
    if (isOfFile(phone)) return;
    this.#read.set(phone.id, [reading, ...(this.#read.get(phone.id) ?? [])].slice(0, keptReadings));
  }

  #guard(phoneId: string, reading: Reading): CopyGuard {
    const { recall, clock } = this.#options;
    const [copies, declined] = recall(
      (store) => [store.listSafeCopies(phoneId), store.lastDeclined(phoneId)] as const,
      [[], null] as const,
    );
    return copyGuard(copies, declined, reading, clock.now().toISOString());
  }

  #photosAtRisk(phoneId: string, reading: Reading): string | null {
    const guard = this.#guard(phoneId, reading);
    return guard.state === 'needed' ? guard.why : null;
  }

  #earlierReading(phoneId: string, { takenAt }: Reading): Reading | null {
    return this.#options.recall((store) => {
      const earlier = store.listSnapshots({ phone: phoneId }).find((snapshot) => snapshot.takenAt < takenAt);
      return earlier === undefined ? null : (store.loadSnapshot(earlier.id)?.reading ?? null);
    }, null);
  }
}
