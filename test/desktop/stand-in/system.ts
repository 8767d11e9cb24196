import { EventEmitter } from 'node:events';
import type {
  Clipboard,
  CrashReporter,
  Display,
  NativeTheme,
  Notification as ElectronNotification,
  NotificationConstructorOptions,
  Point,
  PowerSaveBlocker,
  Rectangle,
  SafeStorage,
  Screen,
  Shell,
} from 'electron';
import { app } from './app.ts';
import { note } from './asked.ts';

/** A notification of the desktop. A test clicks it with `emit('click')`. */
export class StandInNotification
  extends EventEmitter
  implements Pick<ElectronNotification, 'title' | 'body' | 'silent' | 'show' | 'close'>
{
  static supported = true;
  static readonly shown: StandInNotification[] = [];
  title: string;
  body: string;
  silent: boolean;

  constructor({ title = '', body = '', silent = false }: NotificationConstructorOptions = {}) {
    super();
    this.title = title;
    this.body = body;
    this.silent = silent;
  }

  static isSupported(): boolean {
    return StandInNotification.supported;
  }

  show(): void {
    note('notification.show', this.title, this.body);
    StandInNotification.shown.push(this);
    this.emit('show');
  }

  close(): void {
    note('notification.close', this.title);
    this.emit('close');
  }
}

/** The numbers of the blockers that are started. */
export const blockers = new Set<number>();
let lastBlocker = 0;

export const powerSaveBlocker = {
  start(type) {
    note('powerSaveBlocker.start', type);
    lastBlocker += 1;
    blockers.add(lastBlocker);
    return lastBlocker;
  },
  stop(id) {
    note('powerSaveBlocker.stop', id);
    return blockers.delete(id);
  },
  isStarted: (id) => blockers.has(id),
} satisfies PowerSaveBlocker;

/** `suspend`, `resume`, `shutdown` and so on come by `emit`. */
export const powerMonitor = new EventEmitter();

class StandInTheme
  extends EventEmitter
  implements Pick<NativeTheme, 'themeSource' | 'shouldUseDarkColors' | 'shouldUseHighContrastColors'>
{
  themeSource: NativeTheme['themeSource'] = 'system';
  shouldUseHighContrastColors = false;

  get shouldUseDarkColors(): boolean {
    return this.themeSource === 'dark';
  }
}
export const nativeTheme = new StandInTheme();

export const shell = {
  openExternal: (url) => Promise.resolve(note('shell.openExternal', url)),
  openPath: (path) => {
    note('shell.openPath', path);
    return Promise.resolve('');
  },
  showItemInFolder: (path) => note('shell.showItemInFolder', path),
  beep: () => note('shell.beep'),
} satisfies Partial<Shell>;

const size = { width: 1920, height: 1080 };
const firstDisplay: Display = {
  id: 1,
  label: 'stand-in',
  bounds: { x: 0, y: 0, ...size },
  workArea: { x: 0, y: 0, width: 1920, height: 1040 },
  workAreaSize: { width: 1920, height: 1040 },
  size,
  nativeOrigin: { x: 0, y: 0 },
  maximumCursorSize: { width: 64, height: 64 },
  scaleFactor: 1,
  rotation: 0,
  internal: true,
  detected: true,
  monochrome: false,
  colorDepth: 24,
  colorSpace: '',
  depthPerComponent: 8,
  displayFrequency: 60,
  accelerometerSupport: 'unknown',
  touchSupport: 'unavailable',
};

/** The displays; a test may plug one in or out. */
export const displays: Display[] = [firstDisplay];

const overlap = (a: Rectangle, b: Rectangle): number =>
  Math.max(0, Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x)) *
  Math.max(0, Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y));

class StandInScreen
  extends EventEmitter
  implements
    Pick<
      Screen,
      'getAllDisplays' | 'getPrimaryDisplay' | 'getDisplayMatching' | 'getDisplayNearestPoint' | 'getCursorScreenPoint'
    >
{
  getAllDisplays(): Display[] {
    // As in Electron: not before the program is ready.
    if (!app.isReady()) throw new Error("The 'screen' module can't be used before the app 'ready' event");
    return [...displays];
  }

  getPrimaryDisplay(): Display {
    return this.getAllDisplays()[0] ?? firstDisplay;
  }

  getDisplayMatching(rect: Rectangle): Display {
    const [best] = this.getAllDisplays().toSorted((a, b) => overlap(b.bounds, rect) - overlap(a.bounds, rect));
    return best ?? firstDisplay;
  }

  getDisplayNearestPoint({ x, y }: Point): Display {
    return this.getDisplayMatching({ x, y, width: 1, height: 1 });
  }

  getCursorScreenPoint(): Point {
    return { x: 0, y: 0 };
  }
}
export const screen = new StandInScreen();

let copied = '';
export const clipboard = {
  readText: () => Promise.resolve(copied),
  writeText: (text) => {
    copied = text;
    return Promise.resolve();
  },
} satisfies Partial<Clipboard>;

const noKeychain = (): never => {
  throw new Error('Encryption is not available.');
};
/** Of a system without a keychain, as a server is. */
export const safeStorage = {
  isEncryptionAvailable: () => false,
  getSelectedStorageBackend: () => 'basic_text',
  encryptString: noKeychain,
  decryptString: noKeychain,
} satisfies Partial<SafeStorage>;

export const crashReporter = {
  start: (options) => note('crashReporter.start', options),
} satisfies Partial<CrashReporter>;

/** For the next test. */
export function resetSystem(): void {
  StandInNotification.shown.length = 0;
  StandInNotification.supported = true;
  blockers.clear();
  powerMonitor.removeAllListeners();
  nativeTheme.removeAllListeners();
  nativeTheme.themeSource = 'system';
  screen.removeAllListeners();
  displays.splice(0, displays.length, firstDisplay);
  copied = '';
}
