import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { basename, join } from 'node:path';
import type { Browser, BrowserContext, BrowserContextOptions, CDPSession, Page } from 'playwright-core';
import type { PrintToPDFOptions } from 'electron';
import { fromText, toText } from './clone-text.ts';
import type { PageAnswer, PageOpening } from './page-elsewhere.ts';
import type { Answers, Peer } from './peer.ts';

/** Ends in a name that no computer can have (RFC 6761). */
const suffix = '.stand-in.invalid';

/** A scheme of a program cannot be served over the DevTools protocol: its addresses stand under an https origin of their own. */
const toHttps = (url: string): string => {
  if (/^(?:https?|wss?|data|about|blob|devtools):/.test(url)) return url;
  const { protocol, host, pathname, search, hash } = new URL(url);
  return `https://${host}.${protocol.slice(0, -1)}${suffix}${pathname}${search}${hash}`;
};

const fromHttps = (url: string): string => {
  if (url.startsWith('blob:')) return `blob:${fromHttps(url.slice('blob:'.length))}`;
  const { hostname, pathname, search, hash } = URL.parse(url) ?? { hostname: '', pathname: '', search: '', hash: '' };
  if (!hostname.endsWith(suffix)) return url;
  const name = hostname.slice(0, -suffix.length);
  const dot = name.lastIndexOf('.');
  return `${name.slice(dot + 1)}://${name.slice(0, dot)}${pathname}${search}${hash}`;
};

/** A file of the page's side, as it runs there. */
const script = (name: string): string =>
  stripTypeScriptTypes(readFileSync(join(import.meta.dirname, name), 'utf8')).replaceAll(/^export /gm, '');

const world = 'preload';

const preloadScript = (path: string): string => `(() => {
  if (window.top !== window) return;
  ${script('clone-text.ts')}
  ${script('renderer.ts')}
  (function (require, module, exports) {
    ${readFileSync(path, 'utf8')}
  })(require, { exports: {} }, {});
})()`;

/** Playwright's names of what Electron's sessions grant. */
const permissionNames: Readonly<Record<string, readonly string[]>> = {
  'clipboard-read': ['clipboard-read'],
  'clipboard-sanitized-write': ['clipboard-write'],
  geolocation: ['geolocation'],
  media: ['camera', 'microphone'],
  midi: ['midi'],
  midiSysex: ['midi-sysex'],
  notifications: ['notifications'],
  'storage-access': ['storage-access'],
};

/** A page that is shown, and what of it the stand-in must know. */
interface Shown {
  page: Page;
  session: CDPSession;
  /** The preload script's world in the main frame, while there is one. */
  context: number | null;
  /** Where the main process has it go. */
  loading: string | null;
}

export interface ChromiumPages {
  answers: Answers;
  /** The page of a window, once it is there. */
  page(number?: number): Promise<Page>;
  /** Where a file lies that is given to a page by its name: Chromium tells it to no page, and `webUtils` does. */
  knowPath(number: number, path: string): Promise<void>;
  /** Closes all. */
  close(): Promise<void>;
}

/** Shows the pages of a program that runs under the stand-in, in contexts of this browser. `prepare` sees each before it loads. */
export function chromiumPages(
  browser: Browser,
  program: () => Peer,
  prepare: (page: Page) => void | Promise<void>,
  options: BrowserContextOptions = {},
): ChromiumPages {
  /** What nobody waits for; a program that has ended meanwhile hears nothing more. */
  const say = (name: string, ...args: unknown[]): void =>
    void program()
      .call(name, ...args)
      .catch(() => undefined);
  const contexts = new Map<string, BrowserContext>();
  const shown = new Map<number, Shown>();
  /** Who waits for a page: of this number, or for the first of the program's own. */
  let waiting: { number: number | undefined; found: (page: Page) => void }[] = [];

  const shownAs = (number: number): Shown => {
    const found = shown.get(number);
    if (found === undefined) throw new Error(`No page ${number} is shown.`);
    return found;
  };

  async function contextOf({ partition, size, javascript, granted }: PageOpening): Promise<BrowserContext> {
    const known = contexts.get(partition);
    if (known !== undefined) return known;
    const context = await browser.newContext({
      viewport: size,
      reducedMotion: 'reduce',
      javaScriptEnabled: javascript,
      ...options,
    });
    // For every origin: what is not named here is denied.
    await context.grantPermissions(granted.flatMap((permission) => permissionNames[permission] ?? []));
    contexts.set(partition, context);
    return context;
  }

  function listen(number: number, one: Shown): void {
    const { page, session } = one;
    const urls = new Map<number, { isMainFrame: boolean; frameId: string }>();
    session.on('Runtime.executionContextCreated', ({ context }) => {
      const { frameId } = context.auxData as { frameId: string };
      if (context.name !== world) return;
      const isMainFrame = frameId === mainFrameId;
      urls.set(context.id, { isMainFrame, frameId });
      if (isMainFrame) one.context = context.id;
    });
    session.on('Runtime.executionContextDestroyed', ({ executionContextId }) => {
      urls.delete(executionContextId);
      if (one.context === executionContextId) one.context = null;
    });
    session.on('Runtime.bindingCalled', ({ payload, executionContextId }) => {
      const [channel, args] = fromText(payload) as [string | null, unknown[]];
      if (channel === null) return say('pressed', number);
      const isMainFrame = urls.get(executionContextId)?.isMainFrame ?? false;
      say('heard', number, isMainFrame, fromHttps(page.url()), channel, args);
    });
    let mainFrameId = '';
    void session.send('Page.getFrameTree').then(({ frameTree }) => {
      mainFrameId = frameTree.frame.id;
    });
    session.on('Page.frameStartedNavigating', ({ frameId, navigationType }) => {
      const isWithin = navigationType === 'sameDocument' || navigationType === 'historySameDocument';
      if (frameId === mainFrameId && one.loading === null && !isWithin) say('loads', number);
    });
    // Of the session that hears the page itself: what a new page says comes after it.
    session.on('Page.frameNavigated', ({ frame }) => {
      if (frame.parentId === undefined) say('navigated', number, fromHttps(frame.url));
    });
    session.on('Page.navigatedWithinDocument', ({ frameId, url }) => {
      if (frameId === mainFrameId) say('movedWithin', number, fromHttps(url));
    });
    session.on('Fetch.requestPaused', (paused) => void answer(number, one, paused, mainFrameId));
    page.on('crash', () => say('crashed', number));
    page.on('download', (download) => {
      void program()
        .call('downloads', number, fromHttps(download.url()), download.suggestedFilename())
        .then((allowed) => (allowed === true ? undefined : download.cancel()))
        .catch(() => undefined);
    });
    page.on('popup', (popup) => {
      void program()
        .call('opens', number, fromHttps(popup.url()))
        .then((action) => (action === 'deny' ? popup.close() : undefined))
        .catch(() => undefined);
    });
  }

  async function answer(
    number: number,
    one: Shown,
    paused: {
      requestId: string;
      frameId: string;
      resourceType: string;
      request: { url: string; method: string; headers: object };
    },
    mainFrameId: string,
  ): Promise<void> {
    const { requestId, frameId, resourceType, request } = paused;
    const { url, method, headers } = request;
    const isDocument = resourceType === 'Document' && frameId === mainFrameId;
    const asked = {
      url: fromHttps(url),
      method,
      headers: headers as Record<string, string>,
      resourceType: isDocument ? 'mainFrame' : resourceType,
      navigates: isDocument && one.loading === null,
    };
    const result = (await program().call('requested', number, asked)) as PageAnswer;
    const { session } = one;
    const done =
      result.kind === 'stopped'
        ? session.send('Fetch.failRequest', { requestId, errorReason: isDocument ? 'Aborted' : 'BlockedByClient' })
        : result.kind === 'passed'
          ? session.send('Fetch.continueRequest', { requestId })
          : session.send('Fetch.fulfillRequest', {
              requestId,
              responseCode: result.status,
              responseHeaders: Object.entries(result.headers).map(([name, value]) => ({ name, value })),
              body: Buffer.from(result.body).toString('base64'),
            });
    // A page that has gone meanwhile needs no answer.
    await done.catch((error: unknown) => {
      if (!isGone(one.page, error)) throw error;
    });
  }

  const answers = {
    async open(opening: PageOpening) {
      const context = await contextOf(opening);
      const page = await context.newPage();
      const session = await context.newCDPSession(page);
      const one: Shown = { page, session, context: null, loading: null };
      shown.set(opening.page, one);
      await prepare(page);
      listen(opening.page, one);
      await session.send('Page.enable');
      await session.send('Runtime.enable');
      await session.send('Fetch.enable', { patterns: [{ urlPattern: '*' }] });
      if (opening.preload !== null) {
        await session.send('Runtime.addBinding', { name: 'standInPost', executionContextName: world });
        await session.send('Page.addScriptToEvaluateOnNewDocument', {
          source: `(() => {${script('main-world.ts')}})()`,
        });
        const source = preloadScript(opening.preload);
        await session.send('Page.addScriptToEvaluateOnNewDocument', { source, worldName: world });
      }
      const isMeant = (asked: number | undefined): boolean =>
        asked === undefined ? opening.partition === '' : asked === opening.page;
      for (const { number, found } of waiting) if (isMeant(number)) found(page);
      waiting = waiting.filter(({ number }) => !isMeant(number));
    },
    async load(number: number, url: string) {
      const one = shownAs(number);
      one.loading = url;
      try {
        await one.page.goto(toHttps(url));
      } finally {
        one.loading = null;
      }
    },
    async send(number: number, channel: string, args: unknown[]) {
      const { page, session, context } = shownAs(number);
      // As in Electron: a page that is not there yet hears nothing.
      if (context === null) return;
      const expression = `standInReceive(${JSON.stringify(toText([channel, args]))})`;
      // To a page that has gone meanwhile nothing is sent, as in Electron.
      await session.send('Runtime.evaluate', { expression, contextId: context }).catch((error: unknown) => {
        if (!isGone(page, error)) throw error;
      });
    },
    async evaluate(number: number, code: string) {
      return shownAs(number).page.evaluate(code);
    },
    async print(
      number: number,
      { printBackground = false, preferCSSPageSize = false, generateTaggedPDF = false }: PrintToPDFOptions,
    ) {
      const { session } = shownAs(number);
      const { data } = await session.send('Page.printToPDF', { printBackground, preferCSSPageSize, generateTaggedPDF });
      return new Uint8Array(Buffer.from(data, 'base64'));
    },
    async close(number: number) {
      const one = shown.get(number);
      shown.delete(number);
      await one?.page.close();
    },
  };

  return {
    answers,
    page(number) {
      const found = number === undefined ? [...shown.values()][0] : shown.get(number);
      if (found !== undefined) return Promise.resolve(found.page);
      return new Promise((found) => waiting.push({ number, found }));
    },
    async knowPath(number, path) {
      const { session, context } = shownAs(number);
      if (context === null) throw new Error(`The page ${number} has no preload script.`);
      const expression = `standInPath(${JSON.stringify(basename(path))}, ${JSON.stringify(path)})`;
      await session.send('Runtime.evaluate', { expression, contextId: context });
    },
    async close() {
      await Promise.all([...contexts.values()].map((context) => context.close()));
    },
  };
}

const isGone = (page: Page, error: unknown): boolean =>
  page.isClosed() || (error instanceof Error && /Invalid InterceptionId|closed/.test(error.message));
