import { useSyncExternalStore } from 'react';
import { type Program, useProgram } from '../program/program.tsx';
import type { BenchSlot, ListedPhone, ScanReport, TicketItem } from '../program/received.ts';
import { findingKey, type PhoneWork } from '../program/phone-work.ts';
import { namedPhone } from '../program/named-phone.ts';
import { createStore } from '../program/store.ts';
import { ticketOfPhone } from '../program/open-tickets.ts';
import { changesProven } from '../proof/proven-changes.ts';
import { certainWords } from '../parts/certain-words.ts';
import { t } from '../language/words.ts';
import { type CardGroup, type CardState, cardState, groupOf } from './card-state.ts';

/** One phone at its place, and how it stands. */
export interface Card {
  number: number;
  /** The name of the place; null: it has none. */
  place: string | null;
  phone: ListedPhone;
  arrivedAt: string;
  state: CardState;
  /** The newest report; null before the first scan. */
  report: ScanReport | null;
  /** The open ticket that the phone was handed in under; null: there is none. */
  ticket: TicketItem | null;
  /** What helps most to know of it beside its state; null: nothing. */
  says: string | null;
}

export type GroupCounts = Record<CardGroup, number>;

/** What the bench shows at this moment. What has not changed stays the same object, so that only what has changed is drawn again. */
export interface Bench {
  /** In the order of their places. */
  cards: readonly Card[];
  counts: GroupCounts;
}

export interface Cards {
  /** null until the program has told who is at the counter. */
  get: () => Bench | null;
  card: (number: number) => Card | null;
  subscribe: (listener: () => void) => () => void;
}

/** Sixteen phones that are scanned tell something a thousand times a second: nobody reads faster than this. */
const everyMs = 60;

const isSame = <Value extends object>(a: Value, b: Value): boolean =>
  Object.entries(a).every(([key, value]) => Object.is(value, (b as Record<string, unknown>)[key]));

/** What is certain of a phone that is being read, else the first cause that is to be fixed, else what was fixed, else the answer. */
export function saysOf(
  { kind }: CardState,
  { activity, report, ends }: Pick<PhoneWork, 'activity' | 'report' | 'ends'>,
): string | null {
  if (activity?.kind === 'scan' && activity.certain.length > 0) return certainWords(activity.certain);
  if (report === null) return null;
  const [first] = report.answer.held;
  if (kind === 'problems' && first !== undefined) {
    const cause = report.findings.find((finding) => findingKey(finding) === findingKey(first));
    if (cause !== undefined) return cause.title;
  }
  const fixed = changesProven(report, ends).length;
  return fixed > 0 ? t('{count, number} fixed and checked', { count: fixed }) : report.answer.headline;
}

function cardOf(program: Program, slot: BenchSlot, former: Card | undefined): Card | null {
  const { number, name: place, phone: listed, arrivedAt } = slot;
  if (listed === null || arrivedAt === null) return null;
  const work = program.works.get(listed.id);
  const phone = namedPhone(listed, work.report);
  const cutOff = program.cutOff.get().get(phone.id)?.[0];
  const next = cardState({
    slot: { ...slot, phone },
    work,
    photo: program.runs.testPhotos.get(phone.id),
    isCutOff: cutOff !== undefined,
  });
  const state = former !== undefined && isSame(next, former.state) ? former.state : next;
  const known = former !== undefined && isSame(phone, { ...former.phone, remedy: phone.remedy }) ? former.phone : phone;
  const says =
    state.kind === 'unplugged' ? null : state.kind === 'cut-off' ? (cutOff?.title ?? null) : saysOf(state, work);
  const ticket = ticketOfPhone(program.tickets.get(), phone.id);
  const card = { number, place, phone: known, arrivedAt, state, report: work.report, ticket, says };
  return former !== undefined && isSame(card, former) ? former : card;
}

function countsOf(cards: readonly Card[], former: GroupCounts | null): GroupCounts {
  const counts = { hands: 0, problems: 0, proven: 0, others: 0 };
  for (const { state } of cards) counts[groupOf(state)] += 1;
  return former !== null && isSame(counts, former) ? former : counts;
}

function createCards(program: Program): Cards {
  const { get, set, subscribe } = createStore<Bench | null>(null);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const refresh = (): void => {
    timer = undefined;
    const view = program.bench.get();
    if (view === null) return;
    const former = get();
    const cards = view.slots
      .map((slot) =>
        cardOf(
          program,
          slot,
          former?.cards.find(({ number }) => number === slot.number),
        ),
      )
      .filter((card) => card !== null);
    const same = former !== null && isSame(cards, former.cards) && cards.length === former.cards.length;
    if (same) return;
    set({ cards, counts: countsOf(cards, former?.counts ?? null) });
  };
  const soon = (): void => {
    timer ??= setTimeout(refresh, everyMs);
  };
  refresh();
  program.bench.subscribe(soon);
  program.works.subscribe(soon);
  program.cutOff.subscribe(soon);
  program.runs.testPhotos.subscribe(soon);
  program.tickets.subscribe(soon);
  return {
    get,
    card: (number) => get()?.cards.find((card) => card.number === number) ?? null,
    subscribe,
  };
}

/** One for each window. */
const ofProgram = new WeakMap<Program, Cards>();

function useCardStore(): Cards {
  const program = useProgram();
  const cards = ofProgram.get(program) ?? createCards(program);
  ofProgram.set(program, cards);
  return cards;
}

/** All cards: whoever uses this is drawn again whenever one of them changes. */
export function useBench(): Bench | null {
  const { subscribe, get } = useCardStore();
  return useSyncExternalStore(subscribe, get);
}

/** What follows of all cards; drawn again only where that is another value (or another object). */
export function useOfBench<Value>(pick: (bench: Bench | null) => Value): Value {
  const { subscribe, get } = useCardStore();
  return useSyncExternalStore(subscribe, () => pick(get()));
}

export function useCard(number: number): Card | null {
  const { subscribe, card } = useCardStore();
  return useSyncExternalStore(subscribe, () => card(number));
}

/** The cards of this moment, for what is done at a press of a key. */
export function useCardsNow(): () => readonly Card[] {
  const { get } = useCardStore();
  return () => get()?.cards ?? [];
}
