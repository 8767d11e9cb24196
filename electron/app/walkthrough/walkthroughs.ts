import type { Reading } from '../../../native/reading.ts';
import { whoIsAtWork } from '../program/at-work.ts';
import type { Phone } from '../../../native/phone.ts';
import { identityOf, type PhoneIdentity } from '../../../native/phone-identity.ts';
import { NativeError } from '../../../native/source.ts';
import { probesGiving } from '../../../native/probes-giving.ts';
import { isWork } from '../../../diagnosis/judge/ask.ts';
import type { Catalog } from '../../../diagnosis/load/catalog.ts';
import type { Truth } from '../../../diagnosis/load/conditions.ts';
import type { OfferedCorrection } from '../../../diagnosis/finding.ts';
import { backupApps, isSeenDone, provenBy } from '../../../diagnosis/judge/judge.ts';
import type { Store } from '../../../db/store.ts';
import {
  isOver,
  type Walkthrough,
  type WalkthroughEvent,
  type WalkthroughStep,
} from '../../../db/records/walkthroughs.ts';
import type { Clock } from '../program/clock.ts';
import type { Corrections } from '../corrections/corrections.ts';
import type { CorrectionOutcome } from '../actions/correction-outcome.ts';
import { eventStream } from '../program/event-stream.ts';
import type { Phones } from '../phones/phones.ts';
import { ApplicationError } from '../program/problem.ts';
import { saidDiagnosis } from '../scan/said-diagnosis.ts';
import { isAgreed, type Question } from '../actions/question.ts';
import type { ScanRequest } from '../program/requests.ts';
import { notAllowedCodes, requireAllowed, type TicketsOf } from '../actions/allowed.ts';
import { sameness } from '../actions/same-phone.ts';
import type { Scan, ScanEvent } from '../scan/scan.ts';
import type { ScanReport } from '../scan/scan-report.ts';
import { actionSummary } from '../actions/action-summary.ts';
import type { Visits } from '../scan/visit.ts';
import {
  walkthroughView,
  type DatedDiagnosis,
  type WalkthroughStepView,
  type WalkthroughView,
} from './walkthrough-view.ts';

export interface WalkthroughsOptions {
  phones: Phones;
  catalog: Catalog;
  visits: Visits;
  /** Opens the store. */
  store: () => Store;
  corrections: Corrections;
  clock: Clock;
  ticketsOf: TicketsOf;
  /** Keeps a scan as a snapshot; returns its id. */
  save: (scan: Scan, label: string, ticket: number | null) => string;
  scan: (
    request: ScanRequest,
    options: { signal?: AbortSignal | undefined; onEvent?: (event: ScanEvent) => void },
  ) => Promise<ScanReport>;
}

/** What watching one step tells. `seen`: whether the last look showed it to be done; `detail`: why it could not be seen. */
export type StepWatchEvent =
  | { type: 'looked'; at: string; seen: Truth; detail: string | null }
  /** The phone says that something was switched just now, without saying how. */
  | { type: 'switched'; at: string }
  | { type: 'ticked'; view: WalkthroughView };

export type WalkthroughFinishEvent = ScanEvent | { type: 'finished'; view: WalkthroughView };

/** What undoing a whole walk-through tells: each action with what became of it. */
export type UndoAllEvent =
  | { type: 'undoing'; action: string; title: string; done: number; total: number }
  | { type: 'undone'; outcome: CorrectionOutcome }
  /** The rest waits for the answer. */
  | { type: 'question'; question: Question }
  /** `stopped`: why the rest was not undone; null where nothing is left. `report`: the last reading; null where there was none. */
  | { type: 'end'; stopped: string | null; report: ScanReport | null; view: WalkthroughView };

/** A screen that was not as the catalog's steps say, without anything that tells whose phone it was. */
export interface ScreenReport {
  at: string;
  manufacturer: string | null;
  model: string | null;
  osVersion: string | null;
  build: string | null;
  /** Version of the catalog whose steps were followed. */
  catalog: string;
  cause: string;
  correction: string;
  /** The steps as they were shown. */
  steps: readonly string[];
  note: string;
}

/** What a walk-through began with. */
interface Beginning extends DatedDiagnosis {
  phone: Phone;
  reading: Reading;
  identity: PhoneIdentity;
}

/** Between two looks at a step; it ticks itself within three seconds. */
const pollMs = 1_500;
const lookDeadlineMs = 10_000;

/** Guided sittings: the corrections of one diagnosis, in order, kept from step to step. */
export class Walkthroughs {
  readonly #options: WalkthroughsOptions;
  /** Diagnoses of the snapshots that open walk-throughs began with, by the snapshot's id: loading one takes a while. */
  readonly #beginnings = new Map<number, Beginning>();

  constructor(options: WalkthroughsOptions) {
    this.#options = options;
  }

  /**
   * Begins with the last scan of a phone, which is saved where it is not yet; goes on with the one that is open, where there is one.
   * Throws `not-scanned`, `scan-broke-off`, `keep-not-allowed`, or a `StoreError` where it cannot be saved.
   */
  start(phoneId: string, ticket: string | null = null): WalkthroughView {
    const open = this.current(phoneId);
    if (open !== null) return open;
    const { visits, store, save } = this.#options;
    const { scan, snapshot } = visits.lastOf(phoneId);
    if (scan.capture.brokenOff !== null) {
      throw new ApplicationError('scan-broke-off', 'The last scan broke off, so there is nothing to go by.', [
        'Scan the phone again.',
      ]);
    }
    const ticketId = ticket === null ? null : Number(ticket);
    const kept = snapshot ?? save(scan, 'before', ticketId);
    visits.remember(scan, kept);
    const walkthrough = { phone: scan.phone, ticket: ticketId, before: Number(kept), who: whoIsAtWork() };
    return this.#view(store().startWalkthrough(walkthrough));
  }

  /** The one that is open; null where there is none. */
  current(phoneId: string): WalkthroughView | null {
    const open = this.#options
      .store()
      .listWalkthroughs(phoneId)
      .find((one) => !isOver(one));
    return open === undefined ? null : this.#view(open);
  }

  view(id: string): WalkthroughView {
    return this.#view(this.#require(id));
  }

  /** The latest first. */
  list(phoneId: string): WalkthroughView[] {
    return this.#options
      .store()
      .listWalkthroughs(phoneId)
      .map((one) => this.#view(one));
  }

  /** Keeps what a person says of a step, or that it is given up. Throws `walkthrough-over`, `unknown-step`. */
  note(id: string, event: Exclude<WalkthroughEvent, { kind: 'ticked' | 'finished' }>): WalkthroughView {
    const walkthrough = this.#require(id);
    if ('step' in event) {
      const { corrections } = this.#requireStep(walkthrough, event.step);
      if (event.kind === 'said-done') requireOpen(corrections);
    }
    return this.#view(this.#options.store().addWalkthroughEvent(walkthrough.id, event));
  }

  /**
   * Looks at the phone again and again until a step is seen to be done, and ticks it then. Ends at once where no live phone can show
   * it. A phone that cannot be read meanwhile is told; looking goes on. Throws `read-not-allowed`, before each look.
   */
  async *watchStep(
    id: string,
    step: WalkthroughStep & { correction: string },
    signal: AbortSignal = new AbortController().signal,
  ): AsyncGenerator<StepWatchEvent, void> {
    const walkthrough = this.#require(id);
    this.#requireStep(walkthrough, step);
    yield* eventStream<StepWatchEvent>((emit) => this.#watch(walkthrough, step, signal, emit));
  }

  async #watch(
    walkthrough: Walkthrough,
    step: WalkthroughStep & { correction: string },
    signal: AbortSignal,
    emit: (event: StepWatchEvent) => void,
  ): Promise<void> {
    const { phones, store, catalog, clock, ticketsOf } = this.#options;
    const phoneId = walkthrough.phone;
    requireAllowed(ticketsOf(phoneId), 'read');
    const {
      phone: { platform },
      identity,
    } = this.#beginning(walkthrough.before);
    const paths = provenBy(catalog, step.cause, step.correction) ?? [];
    const probes = probesGiving(platform, paths);
    if (probes.length === 0) return;
    const aboutApps = paths.some((path) => path.startsWith('app'));
    const apps = step.app !== null ? [step.app] : aboutApps ? backupApps(catalog, platform) : [];
    const wake = new Wake(signal);
    const stopObserving = await this.#observe(phoneId, () => {
      emit({ type: 'switched', at: clock.now().toISOString() });
      wake.now();
    });
    try {
      while (!signal.aborted) {
        requireAllowed(ticketsOf(phoneId), 'read');
        const looked = await phones.look(phoneId, { apps, probes, signal, scanDeadlineMs: lookDeadlineMs });
        const isAnother = looked.reading !== null && sameness(identity, identityOf(looked.reading)) === 'another';
        const look = isAnother ? anotherIsThere : looked;
        if (signal.aborted) return;
        const seen = look.reading === null ? 'unknown' : isSeenDone(catalog, step, step.correction, look.reading);
        if (seen === true) {
          const { cause, app } = step;
          const ticked = store().addWalkthroughEvent(walkthrough.id, { kind: 'ticked', step: { cause, app } });
          emit({ type: 'ticked', view: this.#view(ticked) });
          return;
        }
        emit({ type: 'looked', at: clock.now().toISOString(), seen, detail: look.detail });
        await clock.sleep(pollMs, wake.signal());
      }
    } finally {
      await stopObserving();
    }
  }

  /** Has the phone say when something is switched, where it can. */
  async #observe(phoneId: string, onSwitched: () => void): Promise<() => Promise<void>> {
    try {
      const { source } = await this.#options.phones.find(phoneId);
      return (await source.observeSwitches?.(phoneId, onSwitched)) ?? nothing;
    } catch (error) {
      // Looking again and again is enough; a phone that does not tell is no reason to stop.
      if (error instanceof NativeError || error instanceof ApplicationError) return nothing;
      throw error;
    }
  }

  /**
   * Reads the whole phone again, keeps the snapshot after, and says what is still open. Where its customer does not allow that it is kept,
   * it ends without a snapshot.
   */
  async *finish(id: string, signal: AbortSignal | undefined): AsyncGenerator<WalkthroughFinishEvent, void> {
    const { scan, store, visits } = this.#options;
    const walkthrough = this.#require(id);
    yield* eventStream<WalkthroughFinishEvent>(async (emit) => {
      // The phone may have been handed back, and have come again.
      const of = walkthrough.ticket === null ? null : store().loadTicket(walkthrough.ticket);
      const ticket = of === null || of.closedAt !== null ? undefined : String(of.id);
      const request = { phoneId: walkthrough.phone, save: true, label: 'after', ticket };
      const report = await scan(request, { signal, onEvent: emit });
      emit({ type: 'report', report });
      const isRefused = report.notKept?.code === notAllowedCodes.keep;
      // Unplugged or cancelled on the way: nothing was saved, and the walk-through stays open.
      if (report.snapshot === null && !isRefused) return;
      const { findings, steps } = visits.lastOf(walkthrough.phone).scan.diagnosis;
      const open = steps.filter(isWork).flatMap(({ cause, app }) => {
        const finding = findings.find((one) => one.cause === cause && one.app === app);
        return finding === undefined ? [] : [{ cause, app, status: finding.status }];
      });
      const snapshot = report.snapshot === null ? null : Number(report.snapshot);
      const finished = store().addWalkthroughEvent(walkthrough.id, { kind: 'finished', snapshot, open });
      emit({ type: 'finished', view: this.#view(finished) });
    });
  }

  /**
   * Puts back everything that was changed in it, the latest first, and stops where an undoing cannot be proven, or where a person is to
   * be asked something that is not among `agreed`.
   */
  async *undoAll(id: string, agreed: readonly Question[] = []): AsyncGenerator<UndoAllEvent, void> {
    const { corrections, visits } = this.#options;
    const walkthrough = this.#require(id);
    const undoable = corrections
      .list(walkthrough.phone)
      .filter((action) => action.walkthrough === id && action.undoable);
    let stopped: string | null = null;
    let readAfter = false;
    try {
      for (const [done, { id: action, title }] of undoable.entries()) {
        yield { type: 'undoing', action, title, done, total: undoable.length };
        let asked: Question | null = null;
        const undone = await corrections
          .undoOneOfMany(
            action,
            () => undefined,
            (question) => {
              asked = isAgreed(agreed, question) ? null : question;
              return Promise.resolve(asked === null);
            },
          )
          .catch((error: unknown) => {
            if (asked !== null && error instanceof ApplicationError && error.code === 'not-agreed') return asked;
            throw error;
          });
        if ('about' in undone) {
          yield { type: 'question', question: undone };
          stopped = `"${title}" waits for an answer.`;
          break;
        }
        const { outcome, after } = undone;
        if (after !== null) readAfter = true;
        yield { type: 'undone', outcome };
        if (outcome.result === 'taken') continue;
        stopped = `"${title}" could not be put back: ${outcome.detail}`;
        break;
      }
    } finally {
      // Once for all of them.
      if (readAfter) corrections.keepUndone(walkthrough.phone);
    }
    const report = readAfter ? visits.reportOfLast(walkthrough.phone) : null;
    yield { type: 'end', stopped, report, view: this.#view(this.#require(id)) };
  }

  /** Where screens of phones were not as the steps say, the latest first: what whoever keeps the catalog should look at. */
  screenReports(): ScreenReport[] {
    const { store } = this.#options;
    return store()
      .listWalkthroughs()
      .flatMap(({ before, events }) => {
        const differing = events.filter((event) => event.kind === 'screen-differs');
        if (differing.length === 0) return [];
        const { phone, diagnosis } = this.#beginning(before);
        return differing.toReversed().map(({ at, step, correction, note }): ScreenReport => {
          const { manufacturer, model, osVersion, build } = phone;
          const finding = diagnosis.findings.find(({ cause, app }) => cause === step.cause && app === step.app);
          const steps = finding?.corrections.find(({ id }) => id === correction)?.steps ?? [];
          const { catalog } = diagnosis;
          return { at, manufacturer, model, osVersion, build, catalog, cause: step.cause, correction, steps, note };
        });
      });
  }

  #require(id: string): Walkthrough {
    const walkthrough = this.#options.store().loadWalkthrough(Number(id));
    if (walkthrough !== null) return walkthrough;
    throw new ApplicationError('unknown-walkthrough', `There is no walk-through ${id}.`);
  }

  #requireStep(walkthrough: Walkthrough, { cause, app }: WalkthroughStep): WalkthroughStepView {
    const found = this.#view(walkthrough).steps.find((step) => step.cause === cause && step.app === app);
    if (found !== undefined) return found;
    throw new ApplicationError('unknown-step', `Walk-through ${walkthrough.id} has no step "${cause}".`);
  }

  #view(walkthrough: Walkthrough): WalkthroughView {
    const { visits, store, catalog } = this.#options;
    const before = this.#beginning(walkthrough.before);
    const actions = store()
      .listActions(walkthrough.phone)
      .filter((action) => action.walkthrough === walkthrough.id)
      .map((action) => actionSummary(action, catalog));
    const latest = visits.datedOf(walkthrough.phone) ?? before;
    const said = (dated: typeof latest) => ({ ...dated, diagnosis: saidDiagnosis(dated, catalog) });
    return walkthroughView(walkthrough, said(before), said(latest), actions, catalog);
  }

  #beginning(snapshotId: number): Beginning {
    const known = this.#beginnings.get(snapshotId);
    if (known !== undefined) return known;
    const snapshot = this.#options.store().loadSnapshot(snapshotId);
    if (snapshot === null) throw new ApplicationError('unknown-snapshot', `There is no snapshot ${snapshotId}.`);
    const { takenAt, diagnosis, phone, reading } = snapshot;
    const beginning = { takenAt, diagnosis, phone, reading, identity: identityOf(reading) };
    this.#beginnings.set(snapshotId, beginning);
    return beginning;
  }
}

/** Throws `locked` where the steps are kept back until the photos are safe. */
function requireOpen(corrections: readonly OfferedCorrection[]): void {
  const guided = corrections.find(({ kind }) => kind === 'guided');
  if (guided === undefined || guided.locked === null) return;
  throw new ApplicationError('locked', `These steps may cost photos, and are kept back. ${guided.locked}`, [
    'Make a safe copy, or say that you go on without one.',
  ]);
}

const anotherIsThere = { reading: null, detail: 'Another phone with the same serial is plugged in.' };

const nothing = (): Promise<void> => Promise.resolve();

/** Ends a wait early. */
class Wake {
  readonly #outer: AbortSignal;
  #inner = new AbortController();

  constructor(outer: AbortSignal) {
    this.#outer = outer;
  }

  now(): void {
    this.#inner.abort();
  }

  /** For the next wait. */
  signal(): AbortSignal {
    this.#inner = new AbortController();
    return AbortSignal.any([this.#outer, this.#inner.signal]);
  }
}
