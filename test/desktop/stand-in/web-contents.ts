import { EventEmitter } from 'node:events';
import type {
  BrowserWindowConstructorOptions,
  HandlerDetails,
  PrintToPDFOptions,
  WebContents,
  WebFrameMain,
  WebPreferences,
  WindowOpenHandlerResponse,
} from 'electron';
import { app } from './app.ts';
import { note, StandInEvent } from './asked.ts';
import { noPage, type OpenPage, type Page } from './page.ts';
import { session, StandInSession } from './session.ts';

/** A frame of a page, as far as whoever hears it looks at it. */
export type StandInFrame = Pick<WebFrameMain, 'url' | 'origin'> & { parent: StandInFrame | null };

/** Where pages are shown; {@link noPage} shows them nowhere. */
export const pages: { open: OpenPage } = { open: noPage };

type WindowOpen = (details: HandlerDetails) => WindowOpenHandlerResponse;

type Offered = Pick<
  WebContents,
  | 'id'
  | 'send'
  | 'loadURL'
  | 'getURL'
  | 'getTitle'
  | 'isDestroyed'
  | 'isLoading'
  | 'isCrashed'
  | 'reload'
  | 'focus'
  | 'close'
  | 'setWindowOpenHandler'
  | 'printToPDF'
  | 'executeJavaScript'
  | 'openDevTools'
  | 'closeDevTools'
  | 'isDevToolsOpened'
  | 'setZoomLevel'
  | 'getZoomLevel'
  | 'setZoomFactor'
  | 'getZoomFactor'
  | 'forcefullyCrashRenderer'
>;

let lastId = 0;

/** The page of a window. */
export class StandInContents extends EventEmitter implements Offered {
  readonly id: number;
  readonly session: StandInSession;
  readonly webPreferences: WebPreferences;
  /** Of the window that it is in. */
  readonly windowOptions: BrowserWindowConstructorOptions;
  readonly mainFrame: StandInFrame;
  #page: Page | null = null;
  #url = '';
  #destroyed = false;
  #crashed = false;
  #loading = false;
  #zoomLevel = 0;
  #windowOpen: WindowOpen | null = null;

  constructor(windowOptions: BrowserWindowConstructorOptions) {
    super();
    const { webPreferences = {} } = windowOptions;
    this.windowOptions = windowOptions;
    lastId += 1;
    this.id = lastId;
    this.webPreferences = webPreferences;
    const { session: own, partition } = webPreferences;
    this.session =
      own instanceof StandInSession
        ? own
        : partition === undefined
          ? session.defaultSession
          : session.fromPartition(partition);
    const urlNow = (): string => this.#url;
    this.mainFrame = {
      parent: null,
      get url() {
        return urlNow();
      },
      get origin() {
        return originOf(urlNow());
      },
    };
    app.emit('web-contents-created', new StandInEvent(), this);
  }

  async loadURL(url: string): Promise<void> {
    note('webContents.loadURL', url);
    this.#url = url;
    this.startLoading();
    this.#page ??= await pages.open(this);
    await this.#page.load(url);
    this.#loading = false;
    this.emit('did-finish-load');
    this.emit('ready-to-show');
  }

  /** The page begins to load, the first time or again. */
  startLoading(): void {
    this.#loading = true;
    this.emit('did-start-loading');
  }

  /** Another document is there, or the same one anew. */
  navigated(url: string): void {
    this.#url = url;
    this.emit('did-navigate', new StandInEvent(), url, 200, 'OK');
  }

  /** The page has changed its own address, as a router does. Electron tells it as loading too. */
  movedWithin(url: string): void {
    this.#url = url;
    this.emit('did-start-loading');
    this.emit('did-navigate-in-page', new StandInEvent(), url, true);
    this.emit('did-stop-loading');
  }

  getURL(): string {
    return this.#url;
  }

  getTitle(): string {
    return '';
  }

  send(channel: string, ...args: unknown[]): void {
    // As in Electron: what cannot be cloned is an error of the sender.
    const cloned = structuredClone(args);
    note('webContents.send', channel);
    this.#page?.send(channel, cloned);
  }

  /** Whether a page may go somewhere by itself. */
  mayNavigate(url: string): boolean {
    const event = Object.assign(new StandInEvent(), { url, isMainFrame: true, isSameDocument: false });
    this.emit('will-navigate', event, url);
    return !event.defaultPrevented;
  }

  setWindowOpenHandler(handler: WindowOpen): void {
    this.#windowOpen = handler;
  }

  /** What becomes of a window that the page opens. Without a handler it is opened, as in Electron. */
  opensWindow(url: string): WindowOpenHandlerResponse {
    const details = {
      url,
      frameName: '',
      features: '',
      disposition: 'foreground-tab',
      referrer: { url: this.#url, policy: 'default' },
    };
    return this.#windowOpen?.(details as HandlerDetails) ?? { action: 'allow' };
  }

  executeJavaScript(code: string): Promise<unknown> {
    note('webContents.executeJavaScript', code);
    return this.#page === null ? Promise.reject(new Error('There is no page yet.')) : this.#page.evaluate(code);
  }

  printToPDF(options: PrintToPDFOptions): Promise<Buffer> {
    note('webContents.printToPDF', options);
    return this.#page === null ? Promise.reject(new Error('There is no page yet.')) : this.#page.printToPdf(options);
  }

  reload(): void {
    note('webContents.reload');
    this.#crashed = false;
    void this.loadURL(this.#url);
  }

  focus(): void {
    note('webContents.focus');
  }

  close(): void {
    this.destroy();
  }

  isLoading(): boolean {
    return this.#loading;
  }

  isCrashed(): boolean {
    return this.#crashed;
  }

  isDestroyed(): boolean {
    return this.#destroyed;
  }

  openDevTools(): void {
    note('webContents.openDevTools');
  }

  closeDevTools(): void {
    note('webContents.closeDevTools');
  }

  isDevToolsOpened(): boolean {
    return false;
  }

  setZoomLevel(level: number): void {
    note('webContents.setZoomLevel', level);
    this.#zoomLevel = level;
  }

  getZoomLevel(): number {
    return this.#zoomLevel;
  }

  setZoomFactor(factor: number): void {
    this.setZoomLevel(Math.log(factor) / Math.log(1.2));
  }

  getZoomFactor(): number {
    return 1.2 ** this.#zoomLevel;
  }

  /** What a person does in the system's edit menu. */
  undo(): void {}
  redo(): void {}
  cut(): void {}
  copy(): void {}
  paste(): void {}
  selectAll(): void {}

  forcefullyCrashRenderer(): void {
    this.crash('killed');
  }

  /** The page's process has gone. */
  crash(reason: string): void {
    this.#crashed = true;
    this.emit('render-process-gone', new StandInEvent(), { reason, exitCode: 1 });
    app.emit('render-process-gone', new StandInEvent(), this, { reason, exitCode: 1 });
  }

  /** Of a window that is gone. */
  destroy(): void {
    if (this.#destroyed) return;
    this.#destroyed = true;
    this.#page?.close();
    this.emit('destroyed');
  }
}

/** A scheme that was registered as standard has an origin; `URL` of Node knows only those of the web. */
function originOf(url: string): string {
  if (!URL.canParse(url)) return 'null';
  const { protocol, host } = new URL(url);
  return `${protocol}//${host}`;
}
