import { photoWatches } from '../../native/photo-watch.ts';
import type { ListedPhone } from '../../native/phone.ts';
import { probesGiving } from '../../native/probes-giving.ts';
import type { WatchPoint } from '../../db/watch-plan.ts';
import { catalogPath } from './action-values.ts';
import type { ActionSummary } from './summaries.ts';
import type { Clock } from './clock.ts';
import type { Corrections } from './corrections.ts';
import type { Drift } from './drift.ts';
import type { Phones } from './phones.ts';
import type { Recall } from './recall.ts';
import type { Visits } from './visit.ts';
import type { Watching } from './watching.ts';

export interface AttendanceOptions {
  phones: Phones;
  visits: Visits;
  recall: Recall;
  corrections: Corrections;
  watching: Watching;
  clock: Clock;
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
  /** Why the phone could not be looked at; null where it was. */
  detail: string | null;
}

/** A cable that is loose is no new visit. */
const sameVisitMs = 5 * 60_000;
const lookDeadlineMs = 60_000;

/** Looks at phones that are known when they are plugged in, as long as somebody attends. */
export class Attendance {
  readonly #options: AttendanceOptions;
  readonly #seenAt = new Map<string, number>();
  readonly #ready = new Set<string>();

  constructor(options: AttendanceOptions) {
    this.#options = options;
  }

  /** Tells every visit of a known phone until the returned function is called. One phone's failure never reaches another. */
  attend(onCheckIn: (checkIn: CheckIn) => void): () => void {
    return this.#options.phones.watch(({ phones }) => {
      const ready = new Set(phones.filter(({ state }) => state === 'ready').map(({ id }) => id));
      for (const id of this.#ready) if (!ready.has(id)) this.#ready.delete(id);
      for (const phone of phones) {
        if (phone.state !== 'ready' || this.#ready.has(phone.id)) continue;
        this.#ready.add(phone.id);
        if (this.#isNewVisit(phone.id)) void this.#checkIn(phone).then((seen) => seen !== null && onCheckIn(seen));
      }
    });
  }

  #isNewVisit(phoneId: string): boolean {
    const now = this.#options.clock.now().getTime();
    const before = this.#seenAt.get(phoneId);
    this.#seenAt.set(phoneId, now);
    return before === undefined || now - before >= sameVisitMs;
  }

  /** null: nothing of this phone is waited for. Never rejects for what a phone does. */
  async #checkIn({ id, platform }: ListedPhone): Promise<CheckIn | null> {
    const { phones, visits, recall, corrections, watching, clock } = this.#options;
    const interrupted = corrections.interrupted(id);
    const corrected = recall((store) => store.listActions(id), []).flatMap(({ before }) =>
      Object.keys(before as Record<string, unknown>),
    );
    const apps = watching.watchedApps(id);
    if (interrupted.length === 0 && corrected.length === 0 && apps.length === 0) return null;
    const { before, upload } = photoWatches[platform];
    const paths = [...corrected.map(catalogPath), 'system.bootedAgoMs'];
    const probes = [
      ...new Set([...probesGiving(platform, paths), ...(apps.length === 0 ? [] : [...before, ...upload])]),
    ];
    const about = [...new Set([...apps, ...corrected.flatMap(appOf)])];
    const look = await phones.look(id, { apps: about, probes, scanDeadlineMs: lookDeadlineMs });
    const at = clock.now().toISOString();
    const nothing = { drift: [], points: [], detail: look.detail };
    if (look.reading === null) return { phoneId: id, at, interrupted, ...nothing };
    const drift = visits.driftIn(id, look.reading);
    const points = apps.length === 0 ? [] : watching.see(id, look.reading, 'plugged-in');
    return { phoneId: id, at, interrupted, drift, points, detail: null };
  }
}

/** The app that a stored path is about; none for a value of the whole phone. */
const appOf = (path: string): string[] => {
  const [section, app] = path.split('.');
  return section === 'apps' && app !== undefined ? [app.replaceAll('·', '.')] : [];
};
