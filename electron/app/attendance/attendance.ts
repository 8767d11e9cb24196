import { photoWatches } from '../../../native/photo-watch.ts';
import type { ListedPhone } from '../../../native/phone.ts';
import { probesGiving } from '../../../native/probes-giving.ts';
import { appOfPath } from '../../../native/reading.ts';
import type { WatchPoint } from '../../../db/records/watch-plans.ts';
import { catalogPath, formerValues } from '../actions/action-values.ts';
import { refusalOf, type TicketsOf } from '../actions/allowed.ts';
import type { Clock } from '../program/clock.ts';
import type { Corrections } from '../corrections/corrections.ts';
import type { Drift } from '../actions/drift.ts';
import type { Phones } from '../phones/phones.ts';
import type { Recall } from '../program/recall.ts';
import type { ActionSummary } from '../actions/action-summary.ts';
import type { Visits } from '../scan/visit.ts';
import type { Watching } from '../proof/watching.ts';

export interface AttendanceOptions {
  phones: Phones;
  visits: Visits;
  recall: Recall;
  corrections: Corrections;
  watching: Watching;
  clock: Clock;
  ticketsOf: TicketsOf;
  /** One line for the log. */
  log: (line: string) => void;
}

/** What was seen of a known phone when it was plugged in. */
export interface CheckIn {
  phoneId: string;
  at: string;
  /** Corrections that were cut off: to be finished or undone. */
  interrupted: readonly ActionSummary[];
  /** What was corrected and is not so any more. */
  drift: readonly Drift[];
  /** What was seen for its watch plans. */
  points: readonly WatchPoint[];
}

type Listener = (checkIn: CheckIn) => void;

/** A cable that is loose is no new visit. */
const sameVisitMs = 5 * 60_000;
const lookDeadlineMs = 60_000;
/** A phone that could not be looked at, because it was locked or somebody worked with it, is tried again after so long. */
const againMs = 30_000;

/** Looks at phones that are known when they are plugged in, once for each visit, as long as somebody attends. */
export class Attendance {
  readonly #options: AttendanceOptions;
  readonly #listeners = new Set<Listener>();
  /** When a phone was last seen plugged in after it had been looked at, by id; ms since 1970. */
  readonly #visits = new Map<string, number>();
  /** What was seen of the phones that are plugged in now. */
  readonly #latest = new Map<string, CheckIn>();
  readonly #ready = new Set<string>();
  #ended = new AbortController();
  #stop: (() => void) | null = null;

  constructor(options: AttendanceOptions) {
    this.#options = options;
  }

  /**
   * Tells every visit of a known phone, those of the phones that are there already first, until the returned function is called. One
   * phone's failure never reaches another.
   */
  attend(listener: Listener): () => void {
    this.#listeners.add(listener);
    for (const checkIn of this.#latest.values()) listener(checkIn);
    if (this.#stop === null) {
      this.#ended = new AbortController();
      this.#stop = this.#options.phones.watch(({ phones }) => this.#see(phones));
    }
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size > 0) return;
      this.#stop?.();
      this.#stop = null;
      this.#ended.abort();
      this.#ready.clear();
      this.#latest.clear();
    };
  }

  #see(phones: readonly ListedPhone[]): void {
    const ready = phones.filter(({ state }) => state === 'ready');
    for (const id of this.#ready) {
      if (ready.some((phone) => phone.id === id)) continue;
      this.#ready.delete(id);
      this.#latest.delete(id);
    }
    for (const phone of ready) {
      if (this.#ready.has(phone.id)) continue;
      this.#ready.add(phone.id);
      const { log } = this.#options;
      this.#visit(phone).catch((error: unknown) => log(`a plugged-in phone was not looked at: ${String(error)}`));
    }
  }

  async #visit(phone: ListedPhone): Promise<void> {
    const { clock } = this.#options;
    const { signal } = this.#ended;
    const before = this.#visits.get(phone.id);
    if (before !== undefined && Math.abs(clock.now().getTime() - before) < sameVisitMs) return;
    while (this.#ready.has(phone.id) && !signal.aborted) {
      const seen = await this.#look(phone, signal);
      if (seen !== 'not-now') {
        this.#visits.set(phone.id, clock.now().getTime());
        if (seen === null) return;
        this.#latest.set(phone.id, seen);
        for (const listener of this.#listeners) listener(seen);
        return;
      }
      await clock.sleep(againMs, signal);
    }
  }

  /** null: nothing of this phone is waited for. `not-now`: it could not be read. */
  async #look({ id, platform }: ListedPhone, signal: AbortSignal): Promise<CheckIn | 'not-now' | null> {
    const { phones, visits, recall, corrections, watching, clock, ticketsOf } = this.#options;
    if (refusalOf(ticketsOf(id), 'read') !== null) return null;
    const interrupted = corrections.interrupted(id);
    const corrected = recall((store) => store.listActions(id), []).flatMap((action) =>
      Object.keys(formerValues(action)),
    );
    const apps = watching.watchedApps(id);
    if (interrupted.length === 0 && corrected.length === 0 && apps.length === 0) return null;
    const { before, upload } = photoWatches[platform];
    const ofChanges = probesGiving(platform, [...corrected.map(catalogPath), 'system.bootedAgoMs']);
    const probes = [...new Set([...ofChanges, ...(apps.length === 0 ? [] : [...before, ...upload])])];
    const correctedApps = corrected.map(appOfPath).filter((app) => app !== null);
    const about = [...new Set([...apps, ...correctedApps])];
    const { reading } = await phones.look(id, { apps: about, probes, signal, scanDeadlineMs: lookDeadlineMs });
    if (reading === null) return 'not-now';
    const drift = visits.driftIn(id, reading);
    const points = apps.length === 0 ? [] : watching.see(id, reading, 'plugged-in');
    return { phoneId: id, at: clock.now().toISOString(), interrupted, drift, points };
  }
}
