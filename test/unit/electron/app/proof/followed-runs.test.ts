import { describe, expect, test as plain, vi } from 'vitest';
import { FollowedRuns } from '../../../../../electron/app/proof/followed-runs.ts';

interface Asked {
  phoneId: string;
  app: string;
}

/** Work that goes on until it is ended, and what a test does with it. */
const test = plain.extend('stage', () => {
  const begun: { request: Asked; emit: (event: string) => void; finish: () => void; ended: boolean }[] = [];
  const waits: (() => void)[] = [];
  const runs = new FollowedRuns<Asked, string>({
    clock: {
      now: () => new Date(0),
      sleep: (_ms, signal) =>
        new Promise((resolve) => {
          waits.push(resolve);
          signal.addEventListener('abort', () => resolve(), { once: true });
        }),
    },
    work: (request, signal, emit) =>
      new Promise((resolve) => {
        const run = { request, emit, finish: resolve, ended: false };
        begun.push(run);
        signal.addEventListener('abort', () => {
          run.ended = true;
          resolve();
        });
      }),
  });
  const seen: string[] = [];
  const follow = (app = 'photos') => {
    const leave = new AbortController();
    const end = (async () => {
      for await (const event of runs.follow({ phoneId: 'A1', app }, leave.signal)) seen.push(event);
    })();
    return { leave: () => leave.abort(), end };
  };
  return { begun, seen, runs, follow, passTime: () => waits.splice(0).forEach((pass) => pass()) };
});

describe('a run that was left', () => {
  test('goes on for whoever asks for the same again, and tells at once how it stands', async ({ stage }) => {
    const { begun, seen, runs, follow, passTime } = stage;
    const first = follow();
    await vi.waitFor(() => expect(begun).toHaveLength(1));
    begun[0]?.emit('taken');
    first.leave();
    await first.end;
    expect(runs.running()).toEqual([{ phoneId: 'A1', app: 'photos' }]);

    const second = follow();
    await vi.waitFor(() => expect(seen).toEqual(['taken', 'taken']));
    passTime();
    begun[0]?.emit('sent');
    begun[0]?.finish();
    await second.end;
    expect(seen).toEqual(['taken', 'taken', 'sent']);
    expect(begun).toHaveLength(1);
    expect(runs.running()).toEqual([]);
  });

  test('ends where nobody comes back', async ({ stage }) => {
    const { begun, runs, follow, passTime } = stage;
    const first = follow();
    await vi.waitFor(() => expect(begun).toHaveLength(1));
    first.leave();
    await first.end;
    passTime();
    await vi.waitFor(() => expect(begun[0]?.ended).toBe(true));
    await vi.waitFor(() => expect(runs.running()).toEqual([]));
  });

  test('ends at once where something else is asked for', async ({ stage }) => {
    const { begun, follow } = stage;
    const first = follow();
    await vi.waitFor(() => expect(begun).toHaveLength(1));
    first.leave();
    await first.end;
    follow('drive');
    await vi.waitFor(() =>
      expect(begun.map(({ request, ended }) => [request.app, ended])).toEqual([
        ['photos', true],
        ['drive', false],
      ]),
    );
  });
});

test('a run that is cancelled, and every run of a program that closes, ends at once', async ({ stage }) => {
  const { begun, runs, follow } = stage;
  const first = follow();
  await vi.waitFor(() => expect(begun).toHaveLength(1));
  runs.cancel('A1');
  await first.end;
  const second = follow();
  await vi.waitFor(() => expect(begun).toHaveLength(2));
  runs.close();
  await second.end;
  expect(begun.map(({ ended }) => ended)).toEqual([true, true]);
});
