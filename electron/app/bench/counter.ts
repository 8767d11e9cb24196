import type { ListedPhone } from '../../../native/phone.ts';

/** A phone at its place. Moments in ms since 1970. */
export interface Visit {
  /** As it was listed the last time. */
  phone: ListedPhone;
  arrivedAt: number;
  /** null: it is plugged in. */
  leftAt: number | null;
}

/** A place at the counter. */
export interface Slot {
  number: number;
  /** null: nobody has named it. */
  name: string | null;
  /** The USB port that it stands for; null: any. */
  port: string | null;
  /** null: the place is free. */
  visit: Visit | null;
}

/** A phone that was at the counter. */
export interface PastVisit extends Visit {
  slot: number;
  leftAt: number;
}

/** Who is at the counter, and who was. */
export interface Counter {
  /** In the order of their numbers. */
  slots: readonly Slot[];
  /** The latest first, each phone once. */
  recent: readonly PastVisit[];
}

export const emptyCounter: Counter = { slots: [], recent: [] };

/** An unplugged phone keeps its place for so long. */
export const keepsPlaceMs = 5 * 60_000;
/** What was plugged in for less than this was no visit: a serial whose phone has not said yet who it is. */
const shortestVisitMs = 10_000;
/** For so long a phone that left its place is listed. */
export const recentForMs = 24 * 3_600_000;
const mostRecent = 30;

const isHere = (slot: Slot): boolean => slot.visit !== null && slot.visit.leftAt === null;

/** Whoever leaves their place stands among the recent ones; a clock that went back makes no visit longer. */
function toRecent(recent: readonly PastVisit[], { number, visit }: Slot, now: number): readonly PastVisit[] {
  if (visit === null) return recent;
  const leftAt = visit.leftAt ?? now;
  const others = recent.filter(({ phone }) => phone.id !== visit.phone.id);
  if (leftAt - visit.arrivedAt < shortestVisitMs) return recent;
  return [{ ...visit, leftAt, slot: number }, ...others].slice(0, mostRecent);
}

const changed = (slots: readonly Slot[], number: number, change: Partial<Slot>): Slot[] =>
  slots.map((slot) => (slot.number === number ? { ...slot, ...change } : slot));

/**
 * The place of a phone that was not here a moment ago: that of its USB port, else where it was before, else the first free one. A place
 * with a name waits for its port; null: there is none yet.
 */
function placeFor({ slots, recent }: Counter, { id, port }: ListedPhone): Slot | null {
  const ofPort = port === null ? undefined : slots.find((slot) => slot.port === port && !isHere(slot));
  if (ofPort !== undefined) return ofPort;
  const free = slots.filter(({ visit }) => visit === null);
  const before = recent.find(({ phone }) => phone.id === id)?.slot;
  const suits = (slot: Slot): boolean => slot.port === null || slot.name === null;
  return (
    free.find((slot) => slot.number === before && suits(slot)) ??
    free.find((slot) => slot.port === null) ??
    free.find(suits) ??
    null
  );
}

function arrive(counter: Counter, phone: ListedPhone, now: number): Counter {
  const place = placeFor(counter, phone);
  const visit: Visit = { phone, arrivedAt: now, leftAt: null };
  const recent = counter.recent.filter((past) => past.phone.id !== phone.id);
  // Two phones never say the same port; what says so all the same keeps a place without one.
  const port = counter.slots.some((slot) => slot.port === phone.port && slot !== place) ? null : phone.port;
  if (place === null) {
    const number = (counter.slots.at(-1)?.number ?? 0) + 1;
    return { slots: [...counter.slots, { number, name: null, port, visit }], recent };
  }
  // Whoever was unplugged here has to make room at once.
  const left = toRecent(recent, place, now);
  return { slots: changed(counter.slots, place.number, { visit, port: port ?? place.port }), recent: left };
}

/** A phone that has a place: as it is listed now. One that was moved to another port is no more at its old one. */
function stay(counter: Counter, slot: Slot, phone: ListedPhone, now: number): Counter {
  const { visit } = slot;
  if (visit === null) return counter;
  // What has not said yet who it is may be another phone: what is known of this one stays, but for how it is plugged in.
  const hasSaid = phone.manufacturer !== null || visit.phone.manufacturer === null;
  const { id, state, remedy, port } = phone;
  const back: Visit = { ...visit, phone: hasSaid ? phone : { ...visit.phone, id, state, remedy, port }, leftAt: null };
  if (phone.port === null || slot.port === phone.port) {
    return { ...counter, slots: changed(counter.slots, slot.number, { visit: back }) };
  }
  const without = { ...counter, slots: changed(counter.slots, slot.number, { visit: null }) };
  const moved = arrive(without, phone, now);
  const place = moved.slots.find((one) => one.visit?.phone.id === phone.id);
  return place === undefined ? moved : { ...moved, slots: changed(moved.slots, place.number, { visit: back }) };
}

/** Phones whose time is over leave their place. */
function leave(counter: Counter, now: number): Counter {
  const over = counter.slots.filter(({ visit }) => now - (visit?.leftAt ?? now) >= keepsPlaceMs);
  let { recent } = counter;
  for (const slot of over) recent = toRecent(recent, slot, now);
  const slots = counter.slots.map((slot) => (over.includes(slot) ? { ...slot, visit: null } : slot));
  return { slots, recent: recent.filter(({ leftAt }) => now - leftAt < recentForMs) };
}

/** An empty counter begins anew; what somebody has named stays. */
const begunAnew = (counter: Counter): Counter =>
  counter.slots.every(({ visit }) => visit === null)
    ? { ...counter, slots: counter.slots.filter(({ name }) => name !== null) }
    : counter;

/** The counter with these phones plugged in. Pure; `now`: ms since 1970. */
export function seePhones(former: Counter, phones: readonly ListedPhone[], now: number): Counter {
  const here = phones.filter(({ state }) => state !== 'gone');
  const ids = new Set(here.map(({ id }) => id));
  let counter = leave(former, now);
  counter = {
    ...counter,
    slots: counter.slots.map((slot) =>
      slot.visit === null || slot.visit.leftAt !== null || ids.has(slot.visit.phone.id)
        ? slot
        : { ...slot, visit: { ...slot.visit, leftAt: now } },
    ),
  };
  // Those that have a place come first: nobody takes it from them.
  const placeOf = (phone: ListedPhone) => counter.slots.find(({ visit }) => visit?.phone.id === phone.id);
  const [known, fresh] = [here.filter((phone) => placeOf(phone)), here.filter((phone) => !placeOf(phone))];
  for (const phone of known) {
    const slot = placeOf(phone);
    if (slot !== undefined) counter = stay(counter, slot, phone, now);
  }
  if (fresh.length > 0) counter = begunAnew(counter);
  for (const phone of fresh) counter = arrive(counter, phone, now);
  return counter;
}

/** null takes the name away. */
export const nameSlot = (counter: Counter, number: number, name: string | null): Counter => ({
  ...counter,
  slots: changed(counter.slots, number, { name }),
});

/** Nothing of this phone is known any more; one that is plugged in has arrived just now. */
export function forgetVisits(counter: Counter, phoneId: string, now: number): Counter {
  return {
    recent: counter.recent.filter(({ phone }) => phone.id !== phoneId),
    slots: counter.slots.map((slot) => {
      if (slot.visit === null || slot.visit.phone.id !== phoneId) return slot;
      return { ...slot, visit: slot.visit.leftAt === null ? { ...slot.visit, arrivedAt: now } : null };
    }),
  };
}

/** When the next phone leaves its place; null: none is unplugged. */
export function nextLeaving({ slots }: Counter): number | null {
  const left = slots.flatMap(({ visit }) => visit?.leftAt ?? []);
  return left.length === 0 ? null : Math.min(...left) + keepsPlaceMs;
}
