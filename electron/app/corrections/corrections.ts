import { userInfo } from 'node:os';
import type { Catalog } from '../../../diagnosis/load/catalog.ts';
import { wasBegun, type Action, type ActionEvent } from '../../../db/records/actions.ts';
import { StoreError } from '../../../db/errors.ts';
import type { PhoneLease, Store } from '../../../db/store.ts';
import type { Corrected, CorrectionEvent, OnStep, Workplace } from './carry-out.ts';
import { chooseCorrection, requirePresent } from './choose-correction.ts';
import type { Clock } from '../program/clock.ts';
import { correct, exactCommands } from './correct.ts';
import { eventStream } from '../program/event-stream.ts';
import { finish, requireOpen } from './finish.ts';
import type { Phones, PluggedPhone } from '../phones/phones.ts';
import { ApplicationError } from '../program/problem.ts';
import type { Recall } from '../program/recall.ts';
import type { CorrectRequest, Proposal } from '../program/requests.ts';
import { scan } from '../scan/scan.ts';
import { actionSummary, type ActionSummary } from '../actions/action-summary.ts';
import { nothingRan, undo } from './undo.ts';
import type { Visits } from '../scan/visit.ts';

export interface CorrectionsOptions {
  phones: Phones;
  catalog: Catalog;
  visits: Visits;
  /** Opens the store. */
  store: () => Store;
  recall: Recall;
  clock: Clock;
}

/** Corrections of plugged-in phones: carried out, put back, and listed. */
export class Corrections {
  readonly #options: CorrectionsOptions;

  constructor(options: CorrectionsOptions) {
    this.#options = options;
  }

  /**
   * Carries out an automatic correction and verifies it. `consent` is asked once it is known exactly what would be run; where
   * it says no, nothing is stored and nothing is run, and null is returned.
   */
  async correct(
    request: CorrectRequest,
    onStep: OnStep,
    consent: (proposal: Proposal) => Promise<boolean>,
  ): Promise<Corrected | null> {
    const { catalog } = this.#options;
    return this.#alone(request.phoneId, async (plugged) => {
      const place = this.#workplace(plugged, onStep, request.walkthrough);
      onStep({ type: 'step', step: 'reading-before', command: null, detail: null });
      const before = await scan(plugged.source, plugged.phone, catalog, { known: place.known });
      if (before.capture.brokenOff !== null) {
        throw new ApplicationError('scan-broke-off', `${before.capture.brokenOff.detail} Nothing was changed.`);
      }
      requirePresent(before.reading, request.app);
      const choice = chooseCorrection(catalog, before.diagnosis.findings, request);
      const offered = choice.finding.corrections.find(({ id }) => id === choice.correction.id);
      if (offered === undefined || !(await consent({ ...offered, ...exactCommands(choice, before) }))) return null;
      return this.#remembered(await correct(place, choice, before));
    });
  }

  async *correctWithProgress(request: CorrectRequest): AsyncGenerator<CorrectionEvent, void> {
    yield* this.#events((onStep) => this.correct(request, onStep, () => Promise.resolve(true)));
  }

  /** Puts back what an action changed, exactly. */
  undo(actionId: string, onStep: OnStep): Promise<Corrected> {
    return this.#goOn(actionId, onStep, undo);
  }

  /** Brings an action that was cut off to its end; see {@link finish}. */
  finish(actionId: string, onStep: OnStep): Promise<Corrected> {
    return this.#goOn(actionId, onStep, finish);
  }

  async *undoWithProgress(actionId: string): AsyncGenerator<CorrectionEvent, void> {
    yield* this.#events((onStep) => this.undo(actionId, onStep));
  }

  async *finishWithProgress(actionId: string): AsyncGenerator<CorrectionEvent, void> {
    yield* this.#events((onStep) => this.finish(actionId, onStep));
  }

  /**
   * Corrections that were cut off, or whose end nobody could read, on phones that nobody is correcting now; the latest first. They
   * are to be finished or undone.
   */
  interrupted(phoneId?: string): ActionSummary[] {
    const { recall, catalog } = this.#options;
    const open = recall((store) => store.openActions(phoneId).filter(({ phone }) => !store.isPhoneTaken(phone)), []);
    return open.map((action) => actionSummary(action, catalog));
  }

  /** Leaves an action that was cut off as it is: nobody knows what came of it, and it is not offered any more. */
  leave(actionId: string): ActionSummary {
    const { store, catalog } = this.#options;
    const lease = this.take(this.#action(actionId).phone);
    try {
      const action = this.#action(actionId);
      requireOpen(action);
      const left: ActionEvent = wasBegun(action) ? { kind: 'left', who: userInfo().username } : nothingRan;
      return actionSummary(store().addActionEvent(action.id, left), catalog);
    } finally {
      lease.giveBack();
    }
  }

  /** Keeps every other program from correcting a phone. Throws {@link ApplicationError} `phone-busy`. */
  take(phoneId: string): PhoneLease {
    const lease = this.#options.store().takePhone(phoneId);
    if (lease !== null) return lease;
    throw new ApplicationError('phone-busy', 'Another program is correcting this phone.', [
      'Wait until it is done, or close it.',
    ]);
  }

  /** The latest first. */
  list(phoneId?: string): ActionSummary[] {
    const { store, catalog } = this.#options;
    return store()
      .listActions(phoneId)
      .map((action) => actionSummary(action, catalog));
  }

  async #goOn(
    actionId: string,
    onStep: OnStep,
    work: (place: Workplace, action: Action) => Promise<Corrected>,
  ): Promise<Corrected> {
    return this.#alone(this.#action(actionId).phone, async (plugged) =>
      // Whoever had the phone until now may have brought the action further.
      this.#remembered(await work(this.#workplace(plugged, onStep), this.#action(actionId))),
    );
  }

  #action(id: string): Action {
    const action = this.#options.store().loadAction(Number(id));
    if (action === null) throw new ApplicationError('unknown-action', `There is no action ${id}.`);
    return action;
  }

  /** Gives a phone to one correction at a time, over all programs: two at once would take each other's values for former ones. */
  async #alone<T>(phoneId: string, work: (plugged: PluggedPhone) => Promise<T>): Promise<T> {
    return this.#options.phones.use(phoneId, async (plugged) => {
      const lease = this.take(phoneId);
      try {
        return await work(plugged);
      } catch (error) {
        throw error instanceof StoreError ? this.#withWhatIsOpen(error, phoneId) : error;
      } finally {
        lease.giveBack();
      }
    });
  }

  /** A store that takes nothing more leaves open what was begun: that is told with what to do about it. */
  #withWhatIsOpen(error: StoreError, phoneId: string): Error {
    const [open] = this.#options.store().openActions(phoneId);
    if (open === undefined) return error;
    return new ApplicationError(error.code, error.message, [
      `Then finish or undo action ${open.id}: what puts it back is stored, and what came of it is not.`,
    ]);
  }

  #workplace({ phone, source }: PluggedPhone, onStep: OnStep, of?: string): Workplace {
    const { catalog, store, visits, clock } = this.#options;
    const known = visits.knownOf(phone.id);
    const walkthrough = of === undefined ? null : Number(of);
    return { source, phone, catalog, store: store(), who: userInfo().username, onStep, walkthrough, clock, known };
  }

  #remembered(corrected: Corrected): Corrected {
    if (corrected.after !== null) this.#options.visits.remember(corrected.after, null);
    return corrected;
  }

  async *#events(work: (onStep: OnStep) => Promise<Corrected | null>): AsyncGenerator<CorrectionEvent, void> {
    yield* eventStream<CorrectionEvent>(async (emit) => {
      const corrected = await work(emit);
      if (corrected === null) return;
      const { outcome, after } = corrected;
      const report = after === null ? null : this.#options.visits.reportOf(after, null);
      emit({ type: 'outcome', outcome, report });
    });
  }
}
