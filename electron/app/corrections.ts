import { userInfo } from 'node:os';
import type { Catalog } from '../../diagnosis/catalog.ts';
import { startedBy, type Action } from '../../db/action.ts';
import type { Store } from '../../db/store.ts';
import {
  chooseCorrection,
  correct,
  undo,
  type Corrected,
  type CorrectionEvent,
  type OnStep,
  type Workplace,
} from './correct.ts';
import { eventStream } from './event-stream.ts';
import { finish } from './finish.ts';
import type { Phones, PluggedPhone } from './phones.ts';
import { ApplicationError } from './problem.ts';
import type { CorrectRequest, Proposal } from './requests.ts';
import { scan, scanReport } from './scan.ts';
import { actionSummary, type ActionSummary } from './summaries.ts';
import type { Visits } from './visit.ts';

export interface CorrectionsOptions {
  phones: Phones;
  catalog: Catalog;
  visits: Visits;
  /** Opens the store. */
  store: () => Store;
}

/** Whether a program is at work on this computer: signal 0 asks without sending anything. */
function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // Another user's program may not be signalled, and is there all the same.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
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
    const { phones, catalog } = this.#options;
    return phones.use(request.phoneId, async (plugged) => {
      const place = this.#workplace(plugged, onStep, request.walkthrough);
      onStep({ type: 'step', step: 'reading-before', command: null });
      const before = await scan(plugged.source, plugged.phone, catalog, { known: place.known });
      if (before.capture.brokenOff !== null) {
        throw new ApplicationError('scan-broke-off', `${before.capture.brokenOff.detail} Nothing was changed.`);
      }
      const choice = chooseCorrection(catalog, before.diagnosis.findings, request);
      const offered = choice.finding.corrections.find(({ id }) => id === choice.correction.id);
      if (offered === undefined || !(await consent(offered))) return null;
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

  /** What programs that ended too early left behind, and nobody is at now; the latest first. */
  interrupted(phoneId?: string): ActionSummary[] {
    const { phones, store, catalog } = this.#options;
    return store()
      .openActions(phoneId)
      .filter((action) => {
        const pid = startedBy(action);
        return pid === process.pid ? !phones.isBusy(action.phone) : pid === null || !isRunning(pid);
      })
      .map((action) => actionSummary(action, catalog));
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
    const { phones, store } = this.#options;
    const action = store().loadAction(Number(actionId));
    if (action === null) throw new ApplicationError('unknown-action', `There is no action ${actionId}.`);
    return phones.use(action.phone, async (plugged) =>
      this.#remembered(await work(this.#workplace(plugged, onStep), action)),
    );
  }

  #workplace({ phone, source }: PluggedPhone, onStep: OnStep, of?: string): Workplace {
    const { catalog, store, visits } = this.#options;
    const known = visits.knownOf(phone.id);
    const walkthrough = of === undefined ? null : Number(of);
    return { source, phone, catalog, store: store(), who: userInfo().username, onStep, walkthrough, known };
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
      const report = after === null ? null : scanReport(after, this.#options.catalog, null);
      emit({ type: 'outcome', outcome, report });
    });
  }
}
