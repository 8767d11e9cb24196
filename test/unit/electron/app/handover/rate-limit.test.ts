import { describe, expect, test } from 'vitest';
import { RateLimit } from '../../../../../electron/app/handover/rate-limit.ts';
import { JumpingClock } from '../../../../ticket-systems/jumping-clock.ts';

const never = new AbortController().signal;

/** When so many requests leave that all want to leave at once, in seconds. */
async function leavingTimes(perMinute: number, count: number): Promise<number[]> {
  const clock = new JumpingClock();
  const limit = new RateLimit(perMinute, clock);
  const start = clock.now().getTime();
  return Promise.all(
    Array.from({ length: count }, async () => {
      await limit.take(never);
      return (clock.now().getTime() - start) / 1000;
    }),
  );
}

describe('the limit of requests', () => {
  test.each([50, 180])('lets %i go in any minute, and no more, in the order in which they came', async (perMinute) => {
    const times = await leavingTimes(perMinute, perMinute * 3 + 1);
    expect(times.toSorted((a, b) => a - b)).toEqual(times);
    const most = Math.max(...times.map((at) => times.filter((other) => other >= at && other < at + 60).length));
    expect(most).toBe(perMinute);
    expect(times.at(-1)).toBe(183);
  });

  test('says at once for how long the system asks to be left alone, also to whoever waits for a turn', async () => {
    const clock = new JumpingClock();
    const limit = new RateLimit(50, clock);
    limit.pause(3_600_000);
    expect(await Promise.all([limit.take(never), limit.take(never)])).toEqual([3_600_000, 3_600_000]);
    await clock.sleep(3_600_000);
    expect(await limit.take(never)).toBeNull();
  });
});
