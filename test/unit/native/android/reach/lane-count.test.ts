import { expect, test } from 'vitest';
import { LaneCount } from '../../../../../native/android/reach/lane-count.ts';
import { seeded } from '../../../../seeded.ts';

interface Asked {
  left: number;
  startedAt: number;
}

/** Asks a phone that bears so many questions at once, and gives each that is asked beyond as much less; in a time of its own. */
function ask({ atOnce, questions, seed }: { atOnce: number; questions: number; seed: number }) {
  const random = seeded(seed);
  const lanes = new LaneCount();
  const counts: number[] = [];
  const open = new Set<Asked>();
  let now = 0;
  let waiting = questions;
  let all = 0;
  while (waiting > 0 || open.size > 0) {
    for (; waiting > 0 && open.size < lanes.count; waiting -= 1) {
      const left = 200 + 400 * random();
      all += left;
      open.add({ left, startedAt: now });
    }
    const speed = Math.min(1, atOnce / open.size);
    const soonest = [...open].reduce((first, one) => (one.left < first.left ? one : first));
    const passed = soonest.left / speed;
    for (const one of open) one.left -= passed * speed;
    now += passed;
    open.delete(soonest);
    lanes.answered(soonest.startedAt, now);
    counts.push(lanes.count);
  }
  return { counts, ms: now, least: Math.max(600, all / atOnce) };
}

const seeds = Array.from({ length: 50 }, (_, index) => index + 1);

test('there are more lanes while the phone keeps up, to a limit', () => {
  for (const seed of seeds) {
    const { counts } = ask({ atOnce: 100, questions: 60, seed });
    expect(counts[0]).toBe(8);
    expect(counts.slice(12).every((count) => count === 16)).toBe(true);
  }
});

test.each([2, 4, 6])('there are fewer where answers slow down: a phone that bears %d at once', (atOnce) => {
  for (const seed of seeds) {
    const { counts, ms, least } = ask({ atOnce, questions: 120, seed });
    expect(counts.at(-1)).toBeLessThanOrEqual(8);
    expect(counts.every((count) => count >= 2)).toBe(true);
    // And yet it is never idle for long.
    expect(ms / least).toBeLessThan(2);
  }
});
