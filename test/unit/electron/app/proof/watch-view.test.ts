import { describe, expect, test } from 'vitest';
import { watchView } from '../../../../../electron/app/proof/watch-view.ts';
import type { WatchOutcome } from '../../../../../diagnosis/uploads/watch-point.ts';
import type { WatchPlan, WatchPoint } from '../../../../../db/records/watch-plans.ts';

/** Noon of a day of May, where this computer is. */
const noonOf = (day: number): Date => new Date(2026, 4, day, 12);

function point(day: number, outcome: WatchOutcome, hour = 12): WatchPoint {
  const at = new Date(2026, 4, day, hour).toISOString();
  const known = { newPhotos: null, newBytes: null, sentBytes: null, sentPhotos: null };
  return { at, occasion: 'plugged-in', look: null, judgement: { outcome, sentence: '', ...known }, drifted: [] };
}

const plan = (points: readonly WatchPoint[], endedAt: string | null = null): WatchPlan => ({
  id: 1,
  phone: 'PIXEL1',
  app: 'com.google.android.apps.photos',
  days: 7,
  goodDays: 3,
  who: 'Sam',
  startedAt: noonOf(1).toISOString(),
  endedAt,
  points: [...points],
});
const view = (points: readonly WatchPoint[], today: number, endedAt: string | null = null) =>
  watchView(plan(points, endedAt), 'Google Photos', ['A', 'B', 'C'], noonOf(today));

describe('a plan', () => {
  test('tells each day until today, and what to do on it', () => {
    const { days, today, seenToday, state } = view([point(1, 'unknown'), point(2, 'good')], 3);
    expect(days.map(({ day, outcome }) => [day, outcome])).toEqual([
      ['2026-05-01', 'unknown'],
      ['2026-05-02', 'good'],
      ['2026-05-03', 'none'],
    ]);
    expect({ today, seenToday, state }).toEqual({ today: 'C', seenToday: false, state: 'watching' });
    expect(view([point(4, 'good')], 4)).toMatchObject({ today: 'A', seenToday: true });
  });

  test('is resolved after good days in a row; a day that proves nothing neither counts nor breaks the row', () => {
    const good = [point(1, 'good'), point(2, 'unknown'), point(3, 'good')];
    expect(view(good, 4)).toMatchObject({ state: 'watching', goodRow: 2 });
    expect(view([...good, point(4, 'good')], 4)).toMatchObject({ state: 'resolved', goodRow: 3 });
  });

  test('begins anew after a bad day, and says where it was resolved before', () => {
    expect(view([point(1, 'good'), point(2, 'good'), point(3, 'bad')], 3)).toMatchObject({
      state: 'watching',
      goodRow: 0,
    });
    const relapsed = [1, 2, 3].map((day) => point(day, 'good'));
    expect(view([...relapsed, point(4, 'bad')], 4)).toMatchObject({ state: 'relapsed', goodRow: 0 });
  });

  test('takes the last thing that was proven on a day', () => {
    expect(view([point(1, 'bad', 9), point(1, 'good', 20), point(1, 'unknown', 21)], 1).days[0]?.outcome).toBe('good');
    expect(view([point(1, 'good', 9), point(1, 'bad', 20)], 1).days[0]?.outcome).toBe('bad');
  });

  test('never counts what is not known as good', () => {
    const nothing = [1, 2, 3, 4, 5, 6, 7].map((day) => point(day, 'unknown'));
    expect(view(nothing, 7)).toMatchObject({ state: 'watching', goodRow: 0 });
  });

  test('is over when its days are past, or when it was ended', () => {
    expect(view([point(1, 'good')], 8)).toMatchObject({ state: 'over', ended: true, today: null });
    expect(view([point(1, 'good')], 2, noonOf(2).toISOString())).toMatchObject({ state: 'over', ended: true });
    expect(view([], 8).days).toHaveLength(7);
  });
});
