import { whoIsAtWork } from '../program/at-work.ts';
import { isDeepStrictEqual } from 'node:util';
import { identityOf, type PhoneIdentity } from '../../../native/phone-identity.ts';
import type { Reading } from '../../../native/reading.ts';
import type { CorrectionName } from '../../../diagnosis/finding.ts';
import type { Catalog } from '../../../diagnosis/load/catalog.ts';
import { wasBegun, type Action, type ActionEvent } from '../../../db/records/actions.ts';
import { StoreError } from '../../../db/errors.ts';
import type { PhoneLease, Store } from '../../../db/store.ts';
import { formerValues, isChanged } from '../actions/action-values.ts';
import { attend } from './attend.ts';
import { correctBatch, type BatchEvent, type BatchRequest } from './batch.ts';
import type { Corrected, CorrectionEvent, OnStep, Workplace } from './carry-out.ts';
import { type CorrectionNews, CorrectionsNews, type Doing, type UnsaidNews } from './correction-news.ts';
import { chooseCorrection, requireKnown, requirePresent, type CorrectionChoice } from './choose-correction.ts';
import type { Clock } from '../program/clock.ts';
import { correct, exactCommands, formerOf, isUnchanged } from './correct.ts';
import { eventStream } from '../program/event-stream.ts';
import { finish, requireOpen, wasBeingUndone } from './finish.ts';
import type { Phones, PluggedPhone } from '../phones/phones.ts';
import { ApplicationError } from '../program/problem.ts';
import type { Recall } from '../program/recall.ts';
import type { UnderWay } from '../program/under-way.ts';
import { refusalOf, requireAllowed, type TicketsOf } from '../actions/allowed.ts';
import {
  consentQuestion,
  isAgreed,
  refuseToGuess,
  valueQuestion,
  type Confirm,
  type Question,
} from '../actions/question.ts';
import type { CorrectRequest, Proposal } from '../program/requests.ts';
import type { PhoneReading } from '../scan/scan.ts';
import { actionSummary, type ActionSummary } from '../actions/action-summary.ts';
import { type ChangeWords, changeWords } from '../actions/change-words.ts';
import { doneElsewhere } from './trusted-action.ts';
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
  underWay: UnderWay;
  ticketsOf: TicketsOf;
  /** Keeps the last reading of a phone as how it is afterwards, where something of it is kept already; what was put back is no `after`. */
  keepAfter: (phoneId: string, label: 'after' | null) => void;
}

/** Corrections of plugged-in phones: carried out, put back, and listed. */
export class Corrections {
  readonly #options: CorrectionsOptions;
  /** Ends the newest batch of a phone. */
  readonly #batches = new Map<string, AbortController>();
  readonly #news: CorrectionsNews;

  constructor(options: CorrectionsOptions) {
    this.#options = options;
    const { visits } = options;
    this.#news = new CorrectionsNews({
      takenAt: (phoneId) => visits.lastReading(phoneId)?.takenAt ?? null,
      phones: () => visits.phones(),
    });
  }

  /**
   * Carries out an automatic correction and verifies it. A person is asked for consent once it is known exactly what would be run, and
   * once more where the phone has changed while they thought; where they say no, nothing is stored and nothing is run, and null is
   * returned.
   */
  async correct(
    request: CorrectRequest,
    onStep: OnStep,
    consent: (proposal: Proposal) => Promise<boolean>,
    confirm: Confirm = refuseToGuess,
  ): Promise<Corrected | null> {
    const { cause, app, correction } = request;
    // Whoever names none is no window.
    const doing: Doing | undefined = correction === null ? undefined : { kind: 'correct', cause, app, correction };
    const corrected = await this.#correct(request, onStep, consent, confirm, doing);
    // A walk-through keeps its own at its end.
    if (request.walkthrough === undefined) this.#keepAfter(request.phoneId, corrected, 'after');
    return corrected;
  }

  /** The second reading is of the whole phone: whoever compares it later needs no further scan. */
  #keepAfter(phoneId: string, corrected: Corrected | null, label: 'after' | null): void {
    if (corrected !== null && corrected.after !== null) this.#options.keepAfter(phoneId, label);
  }

  async #correct(
    request: CorrectRequest,
    onStep: OnStep,
    consent: (proposal: Proposal) => Promise<boolean>,
    confirm: Confirm,
    doing?: Doing,
  ): Promise<Corrected | null> {
    const { catalog, visits } = this.#options;
    // What no reading can change is told before the phone is read.
    requireKnown(catalog, request);
    await this.#allowed(request.phoneId, confirm);
    return this.#alone(request.phoneId, doing, async (plugged) => {
      // Meanwhile another phone with this serial may have been read: a yes is for the one that was shown.
      const shown =
        request.shownAt === undefined
          ? visits.lastReading(plugged.phone.id)
          : visits.shown(plugged.phone.id, request.shownAt);
      const workplace = this.#workplace(plugged, onStep, confirm, shown, request.walkthrough);
      const earlier = request.walkthrough === undefined ? [] : [this.#identityAtStart(request.walkthrough)];
      const choices = new Map<PhoneReading, CorrectionChoice>();
      const chosen = (first: PhoneReading): CorrectionChoice => {
        requirePresent(first.reading, request.app);
        const choice =
          choices.get(first) ?? chooseCorrection(catalog, visits.judged(first).diagnosis.findings, request);
        choices.set(first, choice);
        return choice;
      };
      const doubt = (first: PhoneReading): Question | null =>
        shown === null ? null : asShown(chosen(first), shown, first);
      let agreedTo: Proposal | null = null;
      for (;;) {
        const { place, first } = await attend(workplace, earlier, doubt);
        const choice = chosen(first);
        const offered = choice.finding.corrections.find(({ id }) => id === choice.correction.id);
        if (offered === undefined) return null;
        const proposal: Proposal = { ...offered, ...exactCommands(choice, first), before: formerOf(choice, first) };
        if (!isDeepStrictEqual(proposal, agreedTo)) {
          if (!(await consent(proposal))) return null;
          agreedTo = proposal;
          if (!(await isUnchanged(place, choice, first))) continue;
        }
        return this.#remembered(await correct(place, choice, first));
      }
    });
  }

  /** The window's question was answered before: `agreed` is what was said yes to. */
  async *correctWithProgress(
    request: CorrectRequest,
    agreed: readonly Question[] = [],
  ): AsyncGenerator<CorrectionEvent, void> {
    yield* this.#events(agreed, (onStep, confirm) =>
      this.correct(request, onStep, () => Promise.resolve(true), confirm),
    );
  }

  /** Carries out several corrections that a person agreed to at once; see {@link correctBatch}. Leaving the stream ends it as {@link endBatch} does. */
  async *correctAll(
    request: BatchRequest,
    agreed: readonly Question[] = [],
    left?: AbortSignal,
  ): AsyncGenerator<BatchEvent, void> {
    const { phoneId } = request;
    // Whoever ends what is carried out on a phone means the one that everybody sees.
    if (this.#batches.has(phoneId))
      throw new ApplicationError('phone-busy', 'This phone is being corrected in another window.', [
        'Wait until it is done, or end it there.',
      ]);
    const ended = new AbortController();
    const signal = left === undefined ? ended.signal : AbortSignal.any([ended.signal, left]);
    this.#batches.set(phoneId, ended);
    // Also between two of them.
    const over = this.#options.underWay.begin('correction', phoneId);
    const news = this.#news.beginBatch(phoneId, request.fixes);
    signal.addEventListener('abort', news.ending);
    // Whoever leaves the stream does not end this with it.
    yield* eventStream<BatchEvent>(async (emit) => {
      let readAfter = false;
      try {
        await correctBatch(request, {
          correct: async (one, onStep, confirm) => {
            const corrected = await this.#correct(one, onStep, () => Promise.resolve(true), confirm);
            if (corrected !== null && corrected.after !== null) readAfter = true;
            return corrected;
          },
          report: () => this.#options.visits.reportOfLast(phoneId),
          emit: (event) => {
            news.see(event);
            emit(event);
          },
          agreed,
          signal,
        });
      } finally {
        try {
          // Once for all of them, also where one ended in a fault.
          if (readAfter) this.#options.keepAfter(phoneId, 'after');
        } finally {
          signal.removeEventListener('abort', news.ending);
          this.#batches.delete(phoneId);
          over();
          news.over(left?.aborted !== true);
        }
      }
    });
  }

  /** Tells what is done with phones, now and at each change; returns the way to stop. See {@link inWords}. */
  follow(listener: (news: UnsaidNews) => void): () => void {
    return this.#news.follow(listener);
  }

  /** That in the language of the call. */
  inWords({ batch, ...news }: UnsaidNews): CorrectionNews {
    if (batch === null) return { ...news, batch };
    const words = this.changeWords(news.phoneId, batch.items);
    const items = batch.items.map((item, index) => ({ title: '', change: '', ...words[index], ...item }));
    return { ...news, batch: { ...batch, items } };
  }

  /** How a batch ended was seen, or does not count any more. */
  forgetBatch(phoneId: string): void {
    this.#news.forgetBatch(phoneId);
  }

  /** Nothing of a phone is kept any more: whoever shows it is told. */
  forget(phoneId: string): void {
    this.#news.forget(phoneId);
  }

  /** Ends what is carried out on a phone before its next correction; the one that runs is brought to its end. */
  endBatch(phoneId: string): void {
    this.#batches.get(phoneId)?.abort();
  }

  /** Puts back what an action changed, exactly; see {@link undo}. */
  async undo(actionId: string, onStep: OnStep, confirm: Confirm = refuseToGuess): Promise<Corrected> {
    const undone = await this.undoOneOfMany(actionId, onStep, confirm);
    this.#keepAfter(this.#action(actionId).phone, undone, null);
    return undone;
  }

  /** The same for whoever undoes several, and has kept once what comes of them all; see {@link keepUndone}. */
  undoOneOfMany(actionId: string, onStep: OnStep, confirm: Confirm): Promise<Corrected> {
    return this.#goOn(actionId, 'undo', onStep, confirm, undo);
  }

  /** Keeps how a phone is after all that was put back on it. */
  keepUndone(phoneId: string): void {
    this.#options.keepAfter(phoneId, null);
  }

  /** Brings an action that was cut off to its end; see {@link finish}. */
  async finish(actionId: string, onStep: OnStep, confirm: Confirm = refuseToGuess): Promise<Corrected> {
    const action = this.#action(actionId);
    // Before anything is asked about it.
    if (action.takenIn) throw doneElsewhere(action);
    const isUndo = wasBeingUndone(action);
    if (!isUndo) await this.#allowed(action.phone, confirm);
    const finished = await this.#goOn(actionId, 'finish', onStep, confirm, finish);
    this.#keepAfter(action.phone, finished, isUndo ? null : 'after');
    return finished;
  }

  async *undoWithProgress(actionId: string, agreed: readonly Question[] = []): AsyncGenerator<CorrectionEvent, void> {
    yield* this.#events(agreed, (onStep, confirm) => this.undo(actionId, onStep, confirm));
  }

  async *finishWithProgress(actionId: string, agreed: readonly Question[] = []): AsyncGenerator<CorrectionEvent, void> {
    yield* this.#events(agreed, (onStep, confirm) => this.finish(actionId, onStep, confirm));
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

  /** What corrections of a phone do and change, by the values that were last known before each. */
  changeWords(phoneId: string, corrections: readonly CorrectionName[]): ChangeWords[] {
    const { catalog, recall, visits } = this.#options;
    const actions = recall((store) => store.listActions(phoneId), []);
    const findings = visits.datedOf(phoneId)?.diagnosis.findings ?? [];
    return corrections.map((one) => {
      const { cause, app, correction } = one;
      const action = actions.find((done) => done.cause === cause && done.app === app && done.correction === correction);
      const offered = findings.find((finding) => finding.cause === cause && finding.app === app)?.corrections;
      const before = offered?.find(({ id }) => id === correction)?.before;
      return changeWords(one, before ?? (action === undefined ? {} : formerValues(action)), catalog);
    });
  }

  /** Leaves an action that was cut off as it is: nobody knows what came of it, and it is not offered any more. */
  leave(actionId: string): ActionSummary {
    const { store, catalog } = this.#options;
    const lease = this.take(this.#action(actionId).phone);
    try {
      const action = this.#action(actionId);
      requireOpen(action);
      const left: ActionEvent = wasBegun(action) ? { kind: 'left', who: whoIsAtWork() } : nothingRan;
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

  /**
   * Whether the customer has not said no to changes; what is put back needs no yes. A yes counts once it stands on the ticket. Throws
   * {@link ApplicationError} `change-not-allowed`, `not-agreed`.
   */
  async #allowed(phoneId: string, confirm: Confirm): Promise<void> {
    const { ticketsOf } = this.#options;
    const refusal = refusalOf(ticketsOf(phoneId), 'change');
    if (refusal === null) return;
    if (!(await confirm(consentQuestion(refusal)))) throw new ApplicationError('not-agreed', 'Nothing was changed.');
    requireAllowed(ticketsOf(phoneId), 'change');
  }

  async #goOn(
    actionId: string,
    kind: 'undo' | 'finish',
    onStep: OnStep,
    confirm: Confirm,
    work: (place: Workplace, action: Action) => Promise<Corrected>,
  ): Promise<Corrected> {
    const action = this.#action(actionId);
    if (action.takenIn) throw doneElsewhere(action);
    return this.#alone(action.phone, { kind, action: actionId }, async (plugged) =>
      // Whoever had the phone until now may have brought the action further.
      this.#remembered(
        await work(
          this.#workplace(plugged, onStep, confirm, this.#options.visits.lastReading(plugged.phone.id)),
          this.#action(actionId),
        ),
      ),
    );
  }

  /** The id of the phone of an action. Throws `unknown-action`. */
  phoneOf(actionId: string): string {
    return this.#action(actionId).phone;
  }

  #action(id: string): Action {
    const action = this.#options.store().loadAction(Number(id));
    if (action === null) throw new ApplicationError('unknown-action', `There is no action ${id}.`);
    return action;
  }

  /** Gives a phone to one correction at a time, over all programs: two at once would take each other's values for former ones. */
  async #alone<T>(phoneId: string, doing: Doing | undefined, work: (plugged: PluggedPhone) => Promise<T>): Promise<T> {
    return this.#options.phones.use(phoneId, async (plugged) => {
      const lease = this.take(phoneId);
      const over = this.#options.underWay.begin('correction', phoneId);
      const told = doing === undefined ? null : this.#news.begin(phoneId, doing);
      try {
        // What is kept in a folder that is gone puts nothing back.
        this.#options.store().requireInPlace();
        return await work(plugged);
      } catch (error) {
        throw error instanceof StoreError ? this.#withWhatIsOpen(error, phoneId) : error;
      } finally {
        told?.();
        over();
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

  #workplace(
    { phone, source }: PluggedPhone,
    onStep: OnStep,
    confirm: Confirm,
    shown: Reading | null,
    of?: string,
  ): Workplace {
    const { catalog, store, clock, ticketsOf } = this.#options;
    const requireStillAllowed = () => requireAllowed(ticketsOf(phone.id), 'change');
    const walkthrough = of === undefined ? null : Number(of);
    const who = whoIsAtWork();
    const seen = shown === null ? null : identityOf(shown);
    return {
      source,
      phone,
      catalog,
      store: store(),
      who,
      onStep: (step) => {
        this.#news.step(phone.id, step);
        onStep(step);
      },
      walkthrough,
      clock,
      seen,
      confirm,
      requireStillAllowed,
    };
  }

  /** Who the phone was when a walk-through began; null: not known. */
  #identityAtStart(walkthroughId: string): PhoneIdentity | null {
    const store = this.#options.store();
    const walkthrough = store.loadWalkthrough(Number(walkthroughId));
    const snapshot = walkthrough === null ? null : store.loadSnapshot(walkthrough.before);
    return snapshot === null ? null : identityOf(snapshot.reading);
  }

  /** The second reading is judged, when somebody asks, with what came of the correction: what was put back stands as it stood before. */
  #remembered(corrected: Corrected): Corrected {
    if (corrected.after !== null) this.#options.visits.rememberUnjudged(corrected.after);
    return corrected;
  }

  async *#events(
    agreed: readonly Question[],
    work: (onStep: OnStep, confirm: Confirm) => Promise<Corrected | null>,
  ): AsyncGenerator<CorrectionEvent, void> {
    yield* eventStream<CorrectionEvent>(async (emit) => {
      let asked = false;
      const corrected = await work(emit, (question) => {
        if (isAgreed(agreed, question)) return Promise.resolve(true);
        asked = true;
        emit({ type: 'question', question });
        return Promise.resolve(false);
      }).catch((error: unknown) => {
        // The question says it all.
        if (asked && error instanceof ApplicationError && error.code === 'not-agreed') return null;
        throw error;
      });
      if (corrected === null) return;
      const { outcome, after } = corrected;
      const report = after === null ? null : this.#options.visits.reportOfLast(after.phone.id);
      emit({ type: 'outcome', outcome, report });
    });
  }
}

/** Asks where the values are not those any more that were shown when somebody agreed. */
function asShown(choice: CorrectionChoice, shown: Reading, first: PhoneReading): Question | null {
  if (choice.correction.irreversible) return null;
  const [was, is] = [formerOf(choice, { reading: shown }), formerOf(choice, first)];
  const title = 'The phone has changed since it was scanned. Correct it all the same?';
  return isChanged(was, is) === true ? valueQuestion(title, was, is, identityOf(first.reading)) : null;
}
