import type { CorrectionName } from '../../../diagnosis/finding.ts';
import type { ChangeWords } from '../actions/change-words.ts';
import type { CorrectionOutcome } from '../actions/correction-outcome.ts';
import type { Problem } from '../program/problem.ts';
import type { BatchEvent } from './batch.ts';
import type { CorrectionEvent } from './carry-out.ts';

type Step = Extract<CorrectionEvent, { type: 'step' }>;

/** What is being done with a phone. */
export type Doing =
  { kind: 'batch' } | ({ kind: 'correct' } & CorrectionName) | { kind: 'undo' | 'finish'; action: string };

interface NewsItem extends CorrectionName {
  state: 'waiting' | 'doing' | 'needless' | 'left' | CorrectionOutcome['result'];
  problem: Problem | null;
}

/** Several corrections that were agreed to at once, and how far they are. */
interface BatchNews<Item> {
  items: readonly Item[];
  /** `ending`: it ends before the next one. The rest says how it ended. */
  state: 'running' | 'ending' | 'whole' | 'cancelled' | 'question' | 'phone';
}

interface PhoneNews<Item> {
  phoneId: string;
  /** null: nothing is. */
  doing: Doing | null;
  /** The newest of what is done. */
  step: Step | null;
  /** null: none goes on, and none has ended that nobody was told of. */
  batch: BatchNews<Item> | null;
  /** When the phone was read the last time; null: nothing of it is known here. */
  takenAt: string | null;
  /** Nothing of the phone is kept any more. */
  forgotten: boolean;
}

/** What every window is told of the corrections of a phone, whoever has begun them: one that was just opened or loaded anew, too. */
export type CorrectionNews = PhoneNews<NewsItem & ChangeWords>;

/** The same before it is put into words. */
export type UnsaidNews = PhoneNews<NewsItem>;

type Known = Pick<PhoneNews<NewsItem>, 'doing' | 'step' | 'batch'>;

const nothing: Known = { doing: null, step: null, batch: null };

export interface NewsOptions {
  /** When a phone was read the last time. */
  takenAt: (phoneId: string) => string | null;
  /** The phones that were read since the program was started. */
  phones: () => readonly string[];
}

/** Tells all who listen what is being done with phones. */
export class CorrectionsNews {
  readonly #options: NewsOptions;
  readonly #known = new Map<string, Known>();
  readonly #listeners = new Set<(news: UnsaidNews) => void>();

  constructor(options: NewsOptions) {
    this.#options = options;
  }

  /** Calls back with all that is known now, and at each change; returns the way to stop. */
  follow(listener: (news: UnsaidNews) => void): () => void {
    this.#listeners.add(listener);
    for (const phoneId of new Set([...this.#options.phones(), ...this.#known.keys()])) listener(this.#of(phoneId));
    return () => this.#listeners.delete(listener);
  }

  /** Something begins; returns the way to say that it has ended. */
  begin(phoneId: string, doing: Doing): () => void {
    this.#change(phoneId, { ...nothing, doing });
    return () => this.#change(phoneId, { doing: null, step: null });
  }

  step(phoneId: string, step: Step): void {
    this.#change(phoneId, { step });
  }

  /** Several corrections begin. The returned `over` takes whether somebody who has begun them was there to the end. */
  beginBatch(
    phoneId: string,
    fixes: readonly CorrectionName[],
  ): { see: (event: BatchEvent) => void; ending: () => void; over: (wasSeen: boolean) => void } {
    const items = fixes.map(({ cause, app, correction }): NewsItem => {
      return { cause, app, correction, state: 'waiting', problem: null };
    });
    this.#change(phoneId, { doing: { kind: 'batch' }, step: null, batch: { items, state: 'running' } });
    const changeItem = (index: number, change: Partial<NewsItem>): void => {
      const { batch } = this.#now(phoneId);
      if (batch === null) return;
      const changed = batch.items.map((item, at) => (at === index ? { ...item, ...change } : item));
      this.#change(phoneId, { step: null, batch: { ...batch, items: changed } });
    };
    const become = (state: BatchNews<NewsItem>['state']): void => {
      const { batch } = this.#now(phoneId);
      if (batch !== null) this.#change(phoneId, { batch: { ...batch, state } });
    };
    return {
      see(event) {
        if (event.type === 'begun') changeItem(event.index, { state: 'doing' });
        else if (event.type === 'done') changeItem(event.index, { state: event.outcome.result });
        else if (event.type === 'left') {
          changeItem(event.index, { state: event.needless ? 'needless' : 'left', problem: event.problem });
        } else if (event.type === 'question') changeItem(event.index, { state: 'waiting' });
        else if (event.type === 'end') become(event.stopped ?? 'whole');
      },
      ending: () => become('ending'),
      over: (wasSeen) => {
        this.#change(phoneId, { doing: null, step: null });
        // Whoever listens has it now; whoever comes is told of it where nobody was there.
        if (wasSeen) this.#known.delete(phoneId);
      },
    };
  }

  /** How a batch ended was seen, or does not count any more. */
  forgetBatch(phoneId: string): void {
    if (this.#now(phoneId).doing === null) this.#known.delete(phoneId);
  }

  /** Nothing of a phone is kept any more. */
  forget(phoneId: string): void {
    this.forgetBatch(phoneId);
    for (const listener of this.#listeners) listener({ ...this.#of(phoneId), forgotten: true });
  }

  #now(phoneId: string): Known {
    return this.#known.get(phoneId) ?? nothing;
  }

  #of(phoneId: string): UnsaidNews {
    return { phoneId, ...this.#now(phoneId), takenAt: this.#options.takenAt(phoneId), forgotten: false };
  }

  #change(phoneId: string, change: Partial<Known>): void {
    const known = { ...this.#now(phoneId), ...change };
    if (known.doing === null && known.batch === null) this.#known.delete(phoneId);
    else this.#known.set(phoneId, known);
    const news = this.#of(phoneId);
    for (const listener of this.#listeners) listener(news);
  }
}
