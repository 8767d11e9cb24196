import { createServer, type Server } from 'node:http';
import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { WebSocketServer } from 'ws';
import { servedOf } from './open-window.ts';
import { test } from './window-test.ts';

/** Another program on this computer, with a page of its own, that answers whoever asks. */
interface OtherSite {
  url: string;
  close(): void;
}

async function startOtherSite(page: string): Promise<OtherSite> {
  const server: Server = createServer((_request, response) => {
    response.setHeader('Content-Type', 'text/html');
    response.setHeader('Access-Control-Allow-Origin', '*');
    response.end(`<!doctype html><title>Elsewhere</title>${page}`);
  });
  const sockets = new WebSocketServer({ server });
  const port = await new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
  return {
    url: `http://127.0.0.1:${port}/`,
    close() {
      for (const client of sockets.clients) client.terminate();
      server.closeAllConnections();
      server.close();
    },
  };
}

/** Tries in a page what an injected text would try. The page is told in text, so that nothing here is rewritten on the way. */
const attempts = (page: Page, elsewhere: string): Promise<Record<string, unknown>> =>
  page.evaluate<Record<string, unknown>>(`(async () => {
    const outcome = async (work) => {
      try { await work(); return 'allowed'; } catch (error) { return 'stopped: ' + error.name; }
    };
    const script = document.createElement('script');
    script.textContent = 'window.inlineRan = true';
    document.body.append(script);
    const handled = new Promise((resolve) => {
      window.handled = () => resolve('ran');
      setTimeout(() => resolve('did not run'), 500);
    });
    const picture = document.createElement('div');
    picture.innerHTML = '<img src="data:," onerror="window.handled()">';
    document.body.append(picture);
    const style = document.createElement('style');
    style.textContent = 'body { --injected: yes }';
    document.head.append(style);
    const socket = () => new Promise((resolve, reject) => {
      const one = new WebSocket('${elsewhere}'.replace('http', 'ws'));
      one.onopen = resolve;
      one.onerror = () => reject(new TypeError('no socket'));
    });
    return {
      inlineScript: window.inlineRan === true ? 'ran' : 'did not run',
      inlineHandler: await handled,
      style: getComputedStyle(document.body).getPropertyValue('--injected'),
      eval: await outcome(() => new Function('return 1')()),
      fetch: await outcome(() => fetch('${elsewhere}')),
      socket: await outcome(socket),
    };
  })()`);

describe('the Content-Security-Policy, by its effect', () => {
  test('the window itself breaks none of its rules', async ({ page }) => {
    await page.getByRole('heading', { name: 'Plug in the phone' }).waitFor();
    await page.getByRole('button', { name: 'Try a sample phone' }).click();
    await page.getByRole('button', { name: /Pixel 8,/ }).waitFor();
    expect(await page.evaluate('document.cookie')).toBe('');
  });

  test('stops scripts, handlers, styles, eval and every other address; without it the same page does all of that', async ({
    window,
  }) => {
    const other = await startOtherSite('');
    try {
      const control = await window.page.context().newPage();
      await control.goto(other.url);
      expect(await attempts(control, other.url)).toEqual({
        inlineScript: 'ran',
        inlineHandler: 'ran',
        style: 'yes',
        eval: 'allowed',
        fetch: 'allowed',
        socket: 'allowed',
      });
      expect(await attempts(window.page, other.url)).toEqual({
        inlineScript: 'did not run',
        inlineHandler: 'did not run',
        style: '',
        eval: 'stopped: EvalError',
        fetch: 'stopped: TypeError',
        socket: 'stopped: TypeError',
      });
      // The browser tells of each: the script, the handler, the style, eval, and the two addresses.
      expect(window.complaints.splice(0).length).toBeGreaterThanOrEqual(6);
    } finally {
      other.close();
    }
  });

  test('a page of another port, which the browser gives the cookie to, can neither frame the window nor open its WebSocket', async ({
    window,
  }) => {
    const { port } = servedOf(window);
    const other = await startOtherSite(`<iframe src="http://127.0.0.1:${port}/"></iframe>`);
    try {
      const page = await window.page.context().newPage();
      await page.goto(other.url);
      const framed = page.frames().slice(1);
      expect(framed).toHaveLength(1);
      expect(await framed[0]?.locator('#window').count()).toBe(0);
      const opened = await page.evaluate(`new Promise((resolve) => {
        const socket = new WebSocket('ws://127.0.0.1:${port}/api?connectionParams=1');
        socket.onopen = () => resolve('open');
        socket.onerror = () => resolve('refused');
      })`);
      expect(opened).toBe('refused');
    } finally {
      other.close();
    }
  });
});
