import { BrowserWindow, ipcMain, screen, type IpcMainEvent } from 'electron';
import type { Application } from '../app/application.ts';
import { serveCalls } from './calls.ts';
import { channel } from './channel.ts';
import { isFromWindow, webPreferences, windowUrl } from './security.ts';
import { firstSize, keepPlace, leastSize, loadPlace, placeOnScreen } from './window-state.ts';

/** Put here by vite.main.config.ts. */
const preload = new URL('preload.cjs', import.meta.url);

export interface MainWindowOptions {
  application: Application;
  /** Called with each window that is made, before its page is loaded. */
  onMade: (window: BrowserWindow) => void;
  /** A window could not be opened. */
  onFault: (error: unknown) => void;
}

/** The one window of the program: opened where it was left, brought to the front, opened again after it was closed. */
export class MainWindow {
  readonly #options: MainWindowOptions;
  readonly #folder: string;
  #window: BrowserWindow | null = null;

  constructor(options: MainWindowOptions) {
    this.#options = options;
    this.#folder = options.application.about().dataFolder;
  }

  /** null: there is none at this moment. */
  get now(): BrowserWindow | null {
    return this.#window;
  }

  /** Brings it to the front, or opens one. Never rejects: what goes wrong is told to `onFault`. */
  show(): void {
    const window = this.#window;
    if (window === null) {
      this.open().catch(this.#options.onFault);
      return;
    }
    if (window.isMinimized()) window.restore();
    window.show();
    window.focus();
  }

  /** Puts another one in the place of one that does not answer, or is gone. */
  renew(): void {
    this.#window?.destroy();
    this.show();
  }

  /** Opens it, and resolves when its page is loaded. */
  async open(): Promise<void> {
    const areas = screen.getAllDisplays().map(({ workArea }) => workArea);
    const place = placeOnScreen(loadPlace(this.#folder), areas);
    const { width, height } = place ?? firstSize;
    const window = new BrowserWindow({
      ...(place === null ? {} : { x: place.x, y: place.y }),
      width,
      height,
      minWidth: leastSize.width,
      minHeight: leastSize.height,
      show: false,
      title: 'Phone Health Inspector',
      webPreferences: webPreferences(preload),
    });
    this.#window = window;
    let maximizes = place?.maximized === true;
    this.#answerCalls(window);
    this.#keepPlace(window, () => maximizes || window.isMaximized());
    window.on('closed', () => {
      if (this.#window === window) this.#window = null;
    });
    window.once('ready-to-show', () => {
      // It shows the window too, so that it would stand there empty before.
      if (maximizes) window.maximize();
      maximizes = false;
      window.show();
    });
    this.#options.onMade(window);
    await window.loadURL(windowUrl);
  }

  #answerCalls(window: BrowserWindow): void {
    const { webContents } = window;
    const calls = serveCalls(this.#options.application, (message) => {
      if (!webContents.isDestroyed()) webContents.send(channel, message);
    });
    const receive = (event: IpcMainEvent, message: unknown): void => {
      if (event.sender === webContents && isFromWindow(event)) calls.receive(message);
    };
    ipcMain.on(channel, receive);
    // A page that is loaded again has forgotten its calls. Not `did-start-loading`, which comes with every change of screen too.
    webContents.on('did-navigate', () => calls.stop());
    webContents.on('render-process-gone', () => calls.stop());
    window.on('closed', () => {
      ipcMain.off(channel, receive);
      calls.stop();
    });
  }

  /** Kept when it is closed, and when it has been left alone for a while: the program may be ended from outside. */
  #keepPlace(window: BrowserWindow, isMaximized: () => boolean): void {
    let timer: NodeJS.Timeout | undefined;
    const keep = (): void => {
      clearTimeout(timer);
      keepPlace(this.#folder, { ...window.getNormalBounds(), maximized: isMaximized() });
    };
    const later = (): void => {
      clearTimeout(timer);
      timer = setTimeout(keep, settledMs);
    };
    window.on('resize', later);
    window.on('move', later);
    window.on('close', keep);
    window.on('closed', () => clearTimeout(timer));
  }
}

/** Moving it sends many events. */
const settledMs = 1_000;
