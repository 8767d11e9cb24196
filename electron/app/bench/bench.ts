import { isDeepStrictEqual } from 'node:util';
import type { ListedPhone } from '../../../native/phone.ts';
import type { KeptSlot } from '../../../db/records/slots.ts';
import type { Store } from '../../../db/store.ts';
import type { Phones } from '../phones/phones.ts';
import type { Clock } from '../program/clock.ts';
import { ApplicationError } from '../program/problem.ts';
import type { Recall } from '../program/recall.ts';
import {
  type Counter,
  emptyCounter,
  forgetVisits,
  keepsPlaceMs,
  nameSlot,
  nextLeaving,
  type PastVisit,
  recentForMs,
  seePhones,
  type Slot,
  type Visit,
} from './counter.ts';

/** A place at the counter as the bench shows it. Moments in UTC, ISO 8601. */
export interface BenchSlot {
  number: number;
  name: string | null;
  /** null: the place is free. */
  phone: ListedPhone | null;
  arrivedAt: string | null;
  /** When the phone was unplugged; null: it is plugged in, or the place is free. */
  leftAt: string | null;
}

/** A phone that was at the counter in the last day. */
export interface RecentPhone {
  phone: ListedPhone;
  arrivedAt: string;
  leftAt: string;
}

export interface BenchView {
  /** In the order of their numbers. */
  slots: readonly BenchSlot[];
  recent: readonly RecentPhone[];
}

export interface BenchOptions {
  phones: Phones;
  recall: Recall;
  /** Opens the store. */
  store: () => Store;
  clock: Clock;
}

const iso = (ms: number): string => new Date(ms).toISOString();

const viewOf = ({ slots, recent }: Counter): BenchView => ({
  slots: slots.map(({ number, name, visit }) => ({
    number,
    name,
    phone: visit?.phone ?? null,
    arrivedAt: visit === null ? null : iso(visit.arrivedAt),
    leftAt: visit === null || visit.leftAt === null ? null : iso(visit.leftAt),
  })),
  recent: recent.map(({ phone, arrivedAt, leftAt }) => ({ phone, arrivedAt: iso(arrivedAt), leftAt: iso(leftAt) })),
});

/** Which phone lies where at the counter, and since when, as long as somebody looks. */
export class Bench {
  readonly #options: BenchOptions;
  readonly #listeners = new Set<(view: BenchView) => void>();
  #counter: Counter | null = null;
  #stop: (() => void) | null = null;
  #waiting = new AbortController();

  constructor(options: BenchOptions) {
    this.#options = options;
  }

  /** Tells the counter as it is, and every change of it, until the returned function is called. */
  attend(listener: (view: BenchView) => void): () => void {
    this.#listeners.add(listener);
    listener(viewOf(this.#now()));
    this.#stop ??= this.#options.phones.watch(({ phones }) => {
      this.#become((counter, now) => seePhones(counter, phones, now));
    });
    // Nothing may have changed since the last one who looked went away.
    this.#awaitLeaving(this.#now());
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size > 0) return;
      this.#stop?.();
      this.#stop = null;
      this.#waiting.abort();
    };
  }

  /** The counter as it was when somebody last looked. */
  view(): BenchView {
    return viewOf(this.#now());
  }

  /** Names a place; a name of spaces only takes its name away. Throws `unknown-slot`. */
  nameSlot(number: number, name: string): void {
    if (!this.#now().slots.some((slot) => slot.number === number)) {
      throw new ApplicationError('unknown-slot', `There is no place ${number} at the counter.`);
    }
    // A name is to last: where nothing is kept yet, this begins it.
    this.#options.store();
    this.#become((counter) => nameSlot(counter, number, name.trim() === '' ? null : name.trim()));
  }

  forget(phoneId: string): void {
    this.#become((counter, now) => forgetVisits(counter, phoneId, now));
  }

  /** The store is another one now: its places and visits count. */
  readAgain(): void {
    if (this.#counter === null) return;
    const here = hereAt(this.#counter);
    this.#counter = this.#remembered();
    this.#become((counter, now) => seePhones(counter, here, now));
  }

  /** The program ends: phones that are plugged in come back to their places where it is started again soon. */
  close(): void {
    this.#waiting.abort();
    const now = this.#options.clock.now().getTime();
    if (this.#counter === null) return;
    const kept = placesOf(this.#counter);
    this.#options.recall((store) => store.keepSlots(kept), undefined);
    for (const { number, visit } of this.#counter.slots) {
      if (visit !== null) this.#keepVisit({ ...visit, slot: number, leftAt: visit.leftAt ?? now });
    }
  }

  /** As it was when the program was ended, until somebody has looked. */
  #now(): Counter {
    this.#counter ??= this.#remembered();
    return this.#counter;
  }

  #become(change: (counter: Counter, now: number) => Counter): void {
    const former = this.#now();
    const next = change(former, this.#options.clock.now().getTime());
    if (isDeepStrictEqual(former, next)) return;
    this.#counter = next;
    this.#keep(former, next);
    this.#awaitLeaving(next);
    const view = viewOf(next);
    for (const listener of this.#listeners) listener(view);
  }

  /** Whoever is unplugged leaves their place in time, also where nothing else happens. */
  #awaitLeaving(counter: Counter): void {
    this.#waiting.abort();
    const at = nextLeaving(counter);
    if (at === null || this.#listeners.size === 0) return;
    const { signal } = (this.#waiting = new AbortController());
    const { clock } = this.#options;
    void clock.sleep(Math.max(0, at - clock.now().getTime()), signal).then(() => {
      if (signal.aborted) return;
      this.#become((present, now) => seePhones(present, hereAt(present), now));
    });
  }

  #keep(former: Counter, next: Counter): void {
    const kept = placesOf(next);
    if (!isDeepStrictEqual(placesOf(former), kept)) this.#options.recall((store) => store.keepSlots(kept), undefined);
    const known = new Set(former.recent);
    for (const past of next.recent) if (!known.has(past)) this.#keepVisit(past);
  }

  #keepVisit({ phone, slot, arrivedAt, leftAt }: PastVisit): void {
    if (phone.sample) return;
    const visit = { phone: phone.id, slot, arrivedAt: iso(arrivedAt), leftAt: iso(leftAt) };
    this.#options.recall((store) => store.keepCounterVisit(visit), undefined);
  }

  #remembered(): Counter {
    const { recall, clock } = this.#options;
    const now = clock.now().getTime();
    const nothing = { places: [], visits: [], phones: [] };
    const { places, visits, phones } = recall(
      (store) => ({
        places: store.listSlots(),
        visits: store.listCounterVisits(iso(now - recentForMs)),
        phones: store.listPhones(),
      }),
      nothing,
    );
    const latest = new Map<string, PastVisit>();
    for (const { phone: id, slot, arrivedAt, leftAt } of visits) {
      const phone = phones.find((one) => one.id === id);
      if (phone === undefined || latest.has(id)) continue;
      const { serial: _serial, seenAt: _seenAt, ...known } = phone;
      const listed: ListedPhone = { ...known, state: 'gone', remedy: null, sample: false, port: null };
      latest.set(id, { phone: listed, slot, arrivedAt: Date.parse(arrivedAt), leftAt: Date.parse(leftAt) });
    }
    const past = [...latest.values()];
    const still = past.filter(({ leftAt }) => now - leftAt < keepsPlaceMs);
    const slots = places.map((place): Slot => {
      const visit: Visit | undefined = still.find(({ slot }) => slot === place.number);
      return { ...place, visit: visit ?? null };
    });
    const placed = new Set(slots.flatMap(({ visit }) => visit?.phone.id ?? []));
    return { ...emptyCounter, slots, recent: past.filter(({ phone }) => !placed.has(phone.id)) };
  }
}

const placesOf = ({ slots }: Counter): KeptSlot[] => slots.map(({ number, name, port }) => ({ number, name, port }));

const hereAt = ({ slots }: Counter): ListedPhone[] =>
  slots.flatMap(({ visit }) => (visit === null || visit.leftAt !== null ? [] : [visit.phone]));
