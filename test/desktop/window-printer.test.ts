import { beforeEach, expect, test } from 'vitest';
import { windowPrinter } from '../../electron/desktop/window-printer.ts';
import { BrowserWindow } from './stand-in/electron.ts';
import { noPage } from './stand-in/page.ts';
import { resetStandIn } from './stand-in/reset.ts';
import type { StandInSession } from './stand-in/session.ts';
import { pages } from './stand-in/web-contents.ts';

const madeAt = '2026-11-28T12:00:00.000Z';

/** What was loaded, and in which session. */
let loaded: { url: string; policy: string | null | undefined; session: StandInSession }[];
let hold: Promise<void>;

beforeEach(() => {
  resetStandIn();
  loaded = [];
  hold = Promise.resolve();
  // Pages that show what their session serves them, as words.
  pages.open = async (contents) => {
    let words = '';
    return {
      ...(await noPage(contents)),
      async load(url) {
        const answer = await contents.session.protocol.answer(new Request(url));
        loaded.push({ url, policy: answer?.headers.get('Content-Security-Policy'), session: contents.session });
        words = (await answer?.text()) ?? '';
        await hold;
      },
      printToPdf: () => Promise.resolve(Buffer.from(`%PDF ${words}`)),
    };
  };
});

test('papers that are printed at once are each their own, in one session that serves none of them afterwards', async () => {
  const all = await Promise.all(['first', 'second', 'third'].map((html) => windowPrinter.print(html, { madeAt })));
  expect(all.map((pdf) => Buffer.from(pdf).toString())).toEqual(['%PDF first', '%PDF second', '%PDF third']);
  expect(new Set(loaded.map(({ session }) => session)).size).toBe(1);
  for (const { url, policy, session } of loaded) {
    expect(policy).toContain("default-src 'none'");
    expect((await session.protocol.answer(new Request(url)))?.status).toBe(404);
    expect(session.isPersistent()).toBe(false);
  }
  expect(BrowserWindow.getAllWindows()).toEqual([]);
});

test('one that is stopped leaves neither its window nor its text', async () => {
  hold = new Promise(() => undefined);
  const stop = new AbortController();
  const printing = windowPrinter.print('secret', { madeAt, signal: stop.signal });
  await expect.poll(() => loaded.length).toBe(1);
  stop.abort(new Error('not wanted'));
  await expect(printing).rejects.toThrow('not wanted');
  const [{ url, session } = { url: '', session: null }] = loaded;
  expect((await session?.protocol.answer(new Request(url)))?.status).toBe(404);
  expect(BrowserWindow.getAllWindows()).toEqual([]);
});
