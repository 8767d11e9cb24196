import { describe, expect, test } from 'vitest';
import { RateLimit } from '../../../../../electron/app/handover/rate-limit.ts';
import { JumpingClock } from '../../../../ticket-systems/jumping-clock.ts';

const never = new AbortController().signal;

/** A request that is answered at once; when it left, ms. */
async function leave(limit: RateLimit): Promise<number> {
  const taken = await limit.take(never);
  const at = limit.now().getTime();
  if (taken.kind === 'go') taken.ended();
  return at;
}

/** When so many requests leave that all want to leave at once, in seconds. */
async function leavingTimes(perMinute: number, count: number): Promise<number[]> {
  const jumping = new JumpingClock();
  const limit = new RateLimit(perMinute, {
    now: jumping.now,
    // Who has left has its answer before any time passes.
    sleep: async (ms) => {
      await new Promise((resolve) => {
        setImmediate(resolve);
      });
      await jumping.sleep(ms);
    },
  });
  const start = jumping.now().getTime();
  return Promise.all(Array.from({ length: count }, async () => ((await leave(limit)) - start) / 1000));
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
    const rest = { kind: 'rest', ms: 3_600_000 };
    expect(await Promise.all([limit.take(never), limit.take(never)])).toEqual([rest, rest]);
    await clock.sleep(3_600_000);
    expect(await limit.take(never)).toMatchObject({ kind: 'go' });
  });

  test('counts a request until a minute after its answer: it may have arrived as late as that', async () => {
    const clock = new JumpingClock();
    const limit = new RateLimit(2, clock);
    const start = clock.now().getTime();
    const slow = await limit.take(never);
    await leave(limit);
    // The first one is held up on its way, and the system gets it only after thirty seconds.
    await clock.sleep(30_000);
    if (slow.kind === 'go') slow.ended();
    await leave(limit);
    expect(clock.now().getTime() - start).toBe(61_000);
    await leave(limit);
    expect(clock.now().getTime() - start).toBe(91_000);
  });

  test('lets nobody go as long as all that may be under way are', async () => {
    const clock = new JumpingClock();
    const limit = new RateLimit(1, clock);
    const first = await limit.take(never);
    let left = false;
    const second = leave(limit).then(() => (left = true));
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
    expect(left).toBe(false);
    if (first.kind === 'go') first.ended();
    await second;
    const stopped = new AbortController();
    await limit.take(never);
    const third = limit.take(stopped.signal);
    stopped.abort();
    expect(await third).toMatchObject({ kind: 'go' });
  });

  test('rests no longer than was asked for, and lets no more go, where the clock is set back by years', async () => {
    let at = Date.UTC(2036, 0, 1);
    const slept: number[] = [];
    const limit = new RateLimit(1, {
      now: () => new Date(at),
      sleep: (ms) => {
        slept.push(ms);
        at += ms;
        return Promise.resolve();
      },
    });
    await leave(limit);
    limit.pause(90_000);
    at = Date.UTC(2026, 0, 1);
    expect(await limit.take(never)).toEqual({ kind: 'rest', ms: 90_000 });
    at += 90_000;
    await leave(limit);
    at -= 3_600_000;
    await leave(limit);
    expect(slept).toEqual([61_000]);
  });
});
