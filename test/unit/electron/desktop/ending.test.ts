import { EventEmitter } from 'node:events';
import type { App, BrowserWindow } from 'electron';
import { describe, expect, test } from 'vitest';
import { Ending, endDeadlineMs, type EndingOptions } from '../../../../electron/desktop/ending.ts';

function ending(options: Partial<EndingOptions> = {}) {
  const done: string[] = [];
  const events = new EventEmitter();
  const app = Object.assign(events, {
    quit: () => {
      let prevented = false;
      events.emit('before-quit', { preventDefault: () => (prevented = true) });
      done.push(prevented ? 'quit, not yet' : 'quit');
    },
    exit: () => undefined,
  }) as unknown as App & EventEmitter;
  const end = new Ending({
    app,
    closing: { isBusy: false, mayClose: () => Promise.resolve(true) },
    close: () => {
      done.push('close');
      return Promise.resolve();
    },
    goesOnWithoutWindow: () => false,
    // Time that nobody lets pass.
    clock: { now: () => new Date(), sleep: () => new Promise(() => undefined) },
    log: (line) => done.push(line),
    ...options,
  });
  return { end, app, done };
}

describe('the end of the program', () => {
  test('comes once everything else has ended, however often it is asked for', async () => {
    const { app, done } = ending();
    app.quit();
    app.quit();
    await expect.poll(() => done.at(-1)).toBe('quit');
    expect(done).toEqual(['quit, not yet', 'quit, not yet', 'close', 'quit']);
  });

  test('does not come where somebody goes on, and is asked for again the next time', async () => {
    const answers = [false, true];
    const mayClose = () => Promise.resolve(answers.shift() ?? true);
    const { app, done } = ending({ closing: { isBusy: true, mayClose } });
    app.quit();
    await new Promise((resolve) => setImmediate(resolve));
    expect(done).toEqual(['quit, not yet']);
    app.quit();
    await expect.poll(() => done.at(-1)).toBe('quit');
  });

  test('ends all the same where something does not come to its end', async () => {
    const slept: number[] = [];
    const sleep = (ms: number): Promise<void> => Promise.resolve(void slept.push(ms));
    const { app, done } = ending({
      close: () => new Promise(() => undefined),
      clock: { now: () => new Date(), sleep },
    });
    app.quit();
    await expect.poll(() => done.at(-1)).toBe('quit');
    expect(slept).toEqual([endDeadlineMs]);
    expect(done).toContain('the end: not everything had ended after 10 s');
  });

  test('comes also where something fails at its end', async () => {
    const { end, done } = ending({ close: () => Promise.reject(new Error('the disk is full')) });
    expect(await end.end()).toBe(true);
    expect(done).toEqual(['the end: the disk is full']);
  });

  test('of the session of a person is held up once where something is under way, and then comes without a question', async () => {
    let asked = 0;
    const closing = { isBusy: true, mayClose: () => Promise.resolve(++asked < 0) };
    const { end, done } = ending({ closing });
    const window = Object.assign(new EventEmitter(), { hide: () => undefined });
    end.watch(window as unknown as BrowserWindow);
    let prevented = 0;
    const query = () => window.emit('query-session-end', { preventDefault: () => (prevented += 1) });
    query();
    await new Promise((resolve) => setImmediate(resolve));
    expect([prevented, asked, done]).toEqual([1, 1, ['quit, not yet']]);
    closing.isBusy = false;
    query();
    expect(prevented).toBe(1);
    closing.isBusy = true;
    window.emit('session-end', {});
    await expect.poll(() => done.at(-1)).toBe('quit');
    expect([asked, done]).toEqual([1, ['quit, not yet', 'close', 'quit']]);
  });

  test('does not come with the last window where the program goes on without one', async () => {
    const { app, done } = ending({ goesOnWithoutWindow: () => true });
    app.emit('window-all-closed');
    await new Promise((resolve) => setImmediate(resolve));
    expect(done).toEqual([]);
  });
});
