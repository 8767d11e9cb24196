import { whoIsAtWork } from '../program/at-work.ts';
import type { Reading } from '../../../native/reading.ts';
import type { Catalog } from '../../../diagnosis/load/catalog.ts';
import { judgeWatch, watchLook, type WatchJudgement } from '../../../diagnosis/uploads/watch-point.ts';
import { appName } from '../../../diagnosis/judge/verdict.ts';
import { StoreError } from '../../../db/errors.ts';
import type { Store } from '../../../db/store.ts';
import type { WatchPlan, WatchPoint } from '../../../db/records/watch-plans.ts';
import { isAllowed, requireAllowed, type TicketsOf } from '../actions/allowed.ts';
import type { Clock } from '../program/clock.ts';
import { canonicalLanguage, inLanguage } from '../program/language.ts';
import { ApplicationError } from '../program/problem.ts';
import type { Recall } from '../program/recall.ts';
import type { TestPhotoReport } from './test-photo-report.ts';
import { isWatchable } from './take-test-photo.ts';
import type { Visits } from '../scan/visit.ts';
import { localDay, watchView, type WatchView } from './watch-view.ts';

export interface WatchingOptions {
  catalog: Catalog;
  visits: Visits;
  /** Opens the store. */
  store: () => Store;
  recall: Recall;
  clock: Clock;
  ticketsOf: TicketsOf;
  /** One line for the log. */
  log: (line: string) => void;
}

export interface WatchRequest {
  phoneId: string;
  app: string;
  /** How long; default a week. */
  days?: number | undefined;
  /** So many good days in a row, and the matter counts as resolved; default three. */
  goodDays?: number | undefined;
}

/** Something that is due, for whoever has the window or the desktop open. */
export interface Reminder {
  /** The same for the same thing on the same day. */
  id: string;
  phoneId: string;
  title: string;
  text: string;
}

const outcomes: Record<TestPhotoReport['verdict'], WatchJudgement['outcome']> = {
  uploaded: 'good',
  'nothing-sent': 'bad',
  sending: 'unknown',
  unknown: 'unknown',
};

/** Apps that are watched over days: every look at a phone adds a point to its plans. */
export class Watching {
  readonly #options: WatchingOptions;

  constructor(options: WatchingOptions) {
    this.#options = options;
  }

  /** Plans of a phone as they stand, the latest first. */
  list(phoneId?: string): WatchView[] {
    return this.#plans(phoneId).map((plan) => this.#view(plan));
  }

  /**
   * Begins a plan after a scan; one that runs for this app already is gone on with. Throws `not-scanned`, `bad-argument`,
   * `read-not-allowed`, `keep-not-allowed`.
   */
  start({ phoneId, app, days = 7, goodDays = 3 }: WatchRequest): WatchView[] {
    const { catalog, visits, store, ticketsOf } = this.#options;
    requireAllowed(ticketsOf(phoneId), 'read');
    requireAllowed(ticketsOf(phoneId), 'keep');
    const { phone, reading } = visits.lastOf(phoneId).scan;
    if (!isWatchable(phone.platform, app)) {
      throw new ApplicationError(
        'bad-argument',
        'An iPhone tells over USB what iCloud Photos has sent, and of no other app.',
      );
    }
    if (!this.#running(phoneId).some((plan) => plan.app === app)) {
      const plan = store().startWatchPlan({ phone, app, days, goodDays, who: whoIsAtWork() });
      // As it is kept: in English.
      const look = inLanguage(canonicalLanguage, () => watchLook(reading, app, catalog.sentences.waits));
      const judgement = judgeWatch(null, look);
      store().addWatchPoint(plan, { at: this.#now(), occasion: 'scan', look, judgement, drifted: [] });
    }
    return this.list(phoneId);
  }

  end(planId: string): void {
    this.#options.store().endWatchPlan(Number(planId));
  }

  /** The apps of a phone that are watched now. */
  watchedApps(phoneId: string): string[] {
    return this.#running(phoneId).map(({ app }) => app);
  }

  /** A phone was read: every plan that runs for it gets a point. */
  see(phoneId: string, reading: Reading, occasion: 'plugged-in' | 'scan'): WatchPoint[] {
    return inLanguage(canonicalLanguage, () => this.#see(phoneId, reading, occasion));
  }

  #see(phoneId: string, reading: Reading, occasion: 'plugged-in' | 'scan'): WatchPoint[] {
    const { catalog, visits } = this.#options;
    const drifted = [
      ...new Set(
        visits
          .driftIn(phoneId, reading)
          .filter(({ state }) => state !== 'unknown')
          .map(({ title }) => title),
      ),
    ];
    return this.#running(phoneId).map((plan) => {
      const look = watchLook(reading, plan.app, catalog.sentences.waits);
      const before = plan.points.map((point) => point.look).findLast((one) => one !== null) ?? null;
      const point: WatchPoint = { at: this.#now(), occasion, look, judgement: judgeWatch(before, look), drifted };
      this.#keep(plan, point);
      return point;
    });
  }

  /** A test photo came to its end: its verdict is a point. */
  seeTestPhoto({ phone, app, verdict, sentence, photo, photosSent }: TestPhotoReport): void {
    if (photo === null) return;
    for (const plan of this.#running(phone).filter((one) => one.app === app)) {
      const known = { newPhotos: 1, newBytes: photo.bytes, sentBytes: null, sentPhotos: photosSent };
      const judgement = { outcome: outcomes[verdict], sentence, ...known };
      const point: WatchPoint = { at: this.#now(), occasion: 'test-photo', look: null, judgement, drifted: [] };
      this.#keep(plan, point);
    }
  }

  /** What is due now: a plan that nobody looked at today, and a second way that is in use for a day or more. */
  reminders(): Reminder[] {
    const { recall, catalog, clock } = this.#options;
    const now = clock.now();
    const day = localDay(now);
    const names = new Map(
      recall((store) => store.listPhones(), []).map(({ id, name, model }) => [id, name ?? model ?? id]),
    );
    const plans = this.list()
      .filter(({ ended, seenToday, state }) => !ended && !seenToday && state !== 'resolved')
      .map(({ id, phoneId, appName: of, today }): Reminder => {
        const name = names.get(phoneId) ?? phoneId;
        return { id: `watch ${id} ${day}`, phoneId, title: `Plug ${name} in: ${of} is watched`, text: today ?? '' };
      });
    const ways = [...names].flatMap(([phoneId, name]) =>
      recall((store) => store.alternativesInUse(phoneId), [])
        .filter(({ chosenAt }) => now.getTime() - Date.parse(chosenAt) >= dayMs)
        .map(({ id, app }): Reminder => {
          const of = appName(catalog, app);
          const text = `A second way for photos is in use since ${of} is being repaired. Switch back once it works.`;
          return { id: `way ${id} ${day}`, phoneId, title: `${name}: is ${of} working again?`, text };
        }),
    );
    return [...plans, ...ways];
  }

  /** What was done with the phone is worth as much without its point: a store that cannot be written is told in the log. */
  #keep(plan: WatchPlan, point: WatchPoint): void {
    const { store, log, ticketsOf } = this.#options;
    if (!isAllowed(ticketsOf(plan.phone), 'keep')) return;
    try {
      store().addWatchPoint(plan.id, point);
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      log(`a point of watch plan ${plan.id} is not kept: ${error.message}`);
    }
  }

  #now(): string {
    return this.#options.clock.now().toISOString();
  }

  #plans(phoneId?: string): WatchPlan[] {
    return this.#options.recall((store) => store.listWatchPlans(phoneId), []);
  }

  #running(phoneId: string): WatchPlan[] {
    return this.#plans(phoneId).filter((plan) => !this.#view(plan).ended);
  }

  #view(plan: WatchPlan): WatchView {
    const { catalog, clock } = this.#options;
    return watchView(plan, appName(catalog, plan.app), catalog.sentences['watch-days'], clock.now());
  }
}

const dayMs = 86_400_000;
