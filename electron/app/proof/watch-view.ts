import type { WatchOutcome } from '../../../diagnosis/uploads/watch-point.ts';
import type { WatchPlan, WatchPoint } from '../../../db/records/watch-plans.ts';

/** One calendar day of the person at the computer. `none`: nobody looked. */
export interface WatchDay {
  /** `2026-05-18`. */
  day: string;
  outcome: WatchOutcome | 'none';
  points: number;
}

/** `resolved`: so many good days in a row. `relapsed`: it was, and then a bad day came. `over`: the days are past, or it was ended. */
export type WatchState = 'watching' | 'resolved' | 'relapsed' | 'over';

/** A watch plan as it stands. */
export interface WatchView {
  id: string;
  phoneId: string;
  app: string;
  appName: string;
  startedAt: string;
  days: readonly WatchDay[];
  planned: number;
  goodDays: number;
  /** Good days in a row by now. */
  goodRow: number;
  state: WatchState;
  ended: boolean;
  /** The latest first. */
  points: readonly WatchPoint[];
  /** The small test of today; null where the plan is over. */
  today: string | null;
  /** Whether today was looked at already. */
  seenToday: boolean;
}

const two = (value: number): string => String(value).padStart(2, '0');

/** The calendar day of a moment, where this computer is. */
export function localDay(at: Date): string {
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}

/** A bad look spoils a day that had a good one before it; a good one after it makes up for it. */
function outcomeOf(points: readonly WatchPoint[]): WatchDay['outcome'] {
  const told = points.map(({ judgement }) => judgement.outcome).findLast((outcome) => outcome !== 'unknown');
  return points.length === 0 ? 'none' : (told ?? 'unknown');
}

/** The days of a plan from its first to today, or to its last. */
function daysOf({ startedAt, days, points }: WatchPlan, now: Date): WatchDay[] {
  const byDay = Map.groupBy(points, ({ at }) => localDay(new Date(at)));
  const list: WatchDay[] = [];
  const first = new Date(startedAt);
  for (let index = 0; index < days; index += 1) {
    const date = new Date(first.getFullYear(), first.getMonth(), first.getDate() + index);
    if (date > now) break;
    const day = localDay(date);
    const seen = byDay.get(day) ?? [];
    list.push({ day, outcome: outcomeOf(seen), points: seen.length });
  }
  return list;
}

/** Good days in a row, the last ones; days that prove nothing neither count nor break the row. */
function goodRowOf(days: readonly WatchDay[]): number {
  const told = days.filter(({ outcome }) => outcome === 'good' || outcome === 'bad');
  return told.length - 1 - told.findLastIndex(({ outcome }) => outcome === 'bad');
}

/** Whether the goal was reached at some time before a bad day. */
function wasResolved(days: readonly WatchDay[], goal: number): boolean {
  return days.some((_day, index) => goodRowOf(days.slice(0, index + 1)) >= goal);
}

/** A watch plan as it stands at a moment. `tests`: what to do on each day, in order. Pure. */
export function watchView(plan: WatchPlan, appName: string, tests: readonly string[], now: Date): WatchView {
  const days = daysOf(plan, now);
  const goodRow = goodRowOf(days);
  const today = days.at(-1);
  const isToday = today?.day === localDay(now);
  const isOver = plan.endedAt !== null || !isToday;
  const state =
    goodRow >= plan.goodDays
      ? 'resolved'
      : wasResolved(days, plan.goodDays)
        ? 'relapsed'
        : isOver
          ? 'over'
          : 'watching';
  return {
    id: String(plan.id),
    phoneId: plan.phone,
    app: plan.app,
    appName,
    startedAt: plan.startedAt,
    days,
    planned: plan.days,
    goodDays: plan.goodDays,
    goodRow,
    state,
    ended: isOver,
    points: plan.points.toReversed(),
    today: isOver ? null : (tests[(days.length - 1) % tests.length] ?? null),
    seenToday: isToday && today.points > 0,
  };
}
