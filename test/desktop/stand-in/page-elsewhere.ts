import type { BrowserWindowConstructorOptions } from 'electron';
import { note, StandInEvent } from './asked.ts';
import { StandInDownload } from './download.ts';
import { ipcMain } from './ipc.ts';
import type { OpenPage } from './page.ts';
import type { Answers, Peer } from './peer.ts';
import type { Permission } from './session.ts';
import type { StandInContents, StandInFrame } from './web-contents.ts';

/** One request of a page, before it leaves. */
export interface PageRequest {
  url: string;
  method: string;
  headers: Record<string, string>;
  resourceType: string;
  /** Where the page goes by itself: a link, a script, a form. */
  navigates: boolean;
}

/** What becomes of it. */
export type PageAnswer =
  | { kind: 'stopped' }
  | { kind: 'passed' }
  | { kind: 'answered'; status: number; headers: Record<string, string>; body: Uint8Array };

/** What a page is opened with. */
export interface PageOpening {
  page: number;
  partition: string;
  preload: string | null;
  javascript: boolean;
  size: { width: number; height: number };
  /** The permissions that its session grants. */
  granted: Permission[];
}

/** Electron's names of what a page may ask for (`Session.setPermissionRequestHandler`). */
export const permissions: readonly Permission[] = [
  'clipboard-read',
  'clipboard-sanitized-write',
  'geolocation',
  'media',
  'midi',
  'midiSysex',
  'notifications',
  'storage-access',
];

/** The pages of this program, which another process shows. */
export interface ShownPages {
  open: OpenPage;
  heard(page: number, frame: { isMainFrame: boolean; url: string }, channel: string, args: unknown[]): void;
  requested(page: number, request: PageRequest): Promise<PageAnswer>;
  opens(page: number, url: string): 'allow' | 'deny';
  navigated(page: number, url: string): void;
  movedWithin(page: number, url: string): void;
  loads(page: number): void;
  crashed(page: number): void;
  /** A person pressed a button of the mouse or a key. */
  pressed(page: number): void;
  /** Whether a file that the page offers may be saved. */
  downloads(page: number, url: string, name: string): boolean;
}

export function shownElsewhere(other: Peer): ShownPages {
  const shown = new Map<number, StandInContents>();

  const of = (page: number): StandInContents => {
    const contents = shown.get(page);
    if (contents === undefined) throw new Error(`There is no page ${page}.`);
    return contents;
  };

  return {
    async open(contents) {
      const { id: page, session, webPreferences } = contents;
      const granted: Permission[] = [];
      for (const permission of permissions) {
        if (await session.grants(permission, new URL(contents.getURL()).origin)) granted.push(permission);
      }
      shown.set(page, contents);
      const opening: PageOpening = {
        page,
        partition: session.partition,
        preload: webPreferences.preload ?? null,
        javascript: webPreferences.javascript ?? true,
        size: sizeOf(contents),
        granted,
      };
      await other.call('open', opening);
      return {
        load: async (url) => void (await other.call('load', page, url)),
        send: (channel, args) => void other.call('send', page, channel, args),
        evaluate: (code) => other.call('evaluate', page, code),
        printToPdf: async (options) => Buffer.from((await other.call('print', page, options)) as Uint8Array),
        close: () => {
          shown.delete(page);
          void other.call('close', page);
        },
      };
    },
    heard(page, { isMainFrame, url }, channel, args) {
      const contents = of(page);
      const inner: StandInFrame = { url, origin: url, parent: contents.mainFrame };
      ipcMain.receive(contents, isMainFrame ? contents.mainFrame : inner, channel, args);
    },
    async requested(page, { url, method, headers, resourceType, navigates }) {
      const contents = shown.get(page);
      // What a page still asked for when it was closed.
      if (contents === undefined) return { kind: 'stopped' };
      note('page.request', url);
      if (navigates && !contents.mayNavigate(url)) return { kind: 'stopped' };
      const { session } = contents;
      if (await session.webRequest.cancels({ url, method, resourceType: resourceType as 'mainFrame' })) {
        return { kind: 'stopped' };
      }
      const response = await session.protocol.answer(new Request(url, { method, headers }));
      if (response === null) return { kind: 'passed' };
      return {
        kind: 'answered',
        status: response.status,
        headers: Object.fromEntries(response.headers),
        body: new Uint8Array(await response.arrayBuffer()),
      };
    },
    opens: (page, url) => of(page).opensWindow(url).action,
    navigated: (page, url) => shown.get(page)?.navigated(url),
    movedWithin: (page, url) => shown.get(page)?.movedWithin(url),
    loads: (page) => shown.get(page)?.startLoading(),
    crashed: (page) => shown.get(page)?.crash('crashed'),
    pressed: (page) => void shown.get(page)?.emit('input-event', new StandInEvent(), { type: 'mouseDown' }),
    downloads(page, url, name) {
      const contents = of(page);
      const event = new StandInEvent();
      contents.session.emit('will-download', event, new StandInDownload(url, name), contents, contents.mainFrame);
      note('session.will-download', url, name, !event.defaultPrevented);
      return !event.defaultPrevented;
    },
  };
}

/** What whoever shows the pages tells of them, as {@link Answers}. */
export const pageAnswers = (shown: () => ShownPages): Answers => ({
  heard: (page: number, isMainFrame: boolean, url: string, channel: string, args: unknown[]) =>
    shown().heard(page, { isMainFrame, url }, channel, args),
  requested: (page: number, request: PageRequest) => shown().requested(page, request),
  opens: (page: number, url: string) => shown().opens(page, url),
  navigated: (page: number, url: string) => shown().navigated(page, url),
  movedWithin: (page: number, url: string) => shown().movedWithin(page, url),
  loads: (page: number) => shown().loads(page),
  crashed: (page: number) => shown().crashed(page),
  pressed: (page: number) => shown().pressed(page),
  downloads: (page: number, url: string, name: string) => shown().downloads(page, url, name),
});

/** Of the window that the page is made for. */
function sizeOf({ windowOptions }: StandInContents): { width: number; height: number } {
  const { width = 800, height = 600 }: BrowserWindowConstructorOptions = windowOptions;
  return { width, height };
}
