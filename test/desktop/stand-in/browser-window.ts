import { EventEmitter } from 'node:events';
import type { BrowserWindow, BrowserWindowConstructorOptions, Rectangle } from 'electron';
import { app } from './app.ts';
import { note, StandInEvent } from './asked.ts';
import type { StandInMenu } from './menu.ts';
import { StandInContents } from './web-contents.ts';

type Offered = Pick<
  BrowserWindow,
  | 'id'
  | 'loadURL'
  | 'show'
  | 'showInactive'
  | 'hide'
  | 'close'
  | 'destroy'
  | 'isDestroyed'
  | 'focus'
  | 'blur'
  | 'isFocused'
  | 'isVisible'
  | 'minimize'
  | 'restore'
  | 'isMinimized'
  | 'maximize'
  | 'unmaximize'
  | 'isMaximized'
  | 'setFullScreen'
  | 'isFullScreen'
  | 'getBounds'
  | 'getNormalBounds'
  | 'setBounds'
  | 'getSize'
  | 'setSize'
  | 'getPosition'
  | 'setPosition'
  | 'center'
  | 'setTitle'
  | 'getTitle'
  | 'removeMenu'
  | 'setMenuBarVisibility'
  | 'isMenuBarVisible'
  | 'setAutoHideMenuBar'
  | 'setProgressBar'
  | 'flashFrame'
  | 'setBackgroundColor'
>;

const open = new Map<number, StandInWindow>();
let lastId = 0;
/** The number of the one in front. */
let inFront: number | null = null;

/** A window: its state is kept, its page is shown where `pages` says. */
export class StandInWindow extends EventEmitter implements Offered {
  readonly id: number;
  readonly webContents: StandInContents;
  readonly options: BrowserWindowConstructorOptions;
  #bounds: Rectangle;
  #normal: Rectangle;
  #visible: boolean;
  #minimized = false;
  #maximized = false;
  #fullScreen = false;
  #menuBar = true;
  #title: string;
  #destroyed = false;

  constructor(options: BrowserWindowConstructorOptions = {}) {
    super();
    if (!app.isReady()) throw new Error('Cannot create BrowserWindow before app is ready');
    lastId += 1;
    this.id = lastId;
    this.options = options;
    note('new BrowserWindow', options);
    const { x = 100, y = 100, width = 800, height = 600, show = true, title = 'Electron' } = options;
    this.#bounds = { x, y, width, height };
    this.#normal = this.#bounds;
    this.#visible = show;
    this.#title = title;
    this.webContents = new StandInContents(options);
    open.set(this.id, this);
    this.webContents.once('ready-to-show', () => this.emit('ready-to-show'));
    this.webContents.once('destroyed', () => this.destroy());
    app.emit('browser-window-created', new StandInEvent(), this);
  }

  static getAllWindows(): StandInWindow[] {
    return [...open.values()];
  }

  static getFocusedWindow(): StandInWindow | null {
    return inFront === null ? null : (open.get(inFront) ?? null);
  }

  static fromId(id: number): StandInWindow | null {
    return open.get(id) ?? null;
  }

  static fromWebContents(contents: StandInContents): StandInWindow | null {
    return StandInWindow.getAllWindows().find(({ webContents }) => webContents === contents) ?? null;
  }

  loadURL(url: string): Promise<void> {
    return this.webContents.loadURL(url);
  }

  show(): void {
    note('window.show', this.id);
    this.#visible = true;
    this.emit('show');
    this.focus();
  }

  showInactive(): void {
    this.#visible = true;
    this.emit('show');
  }

  hide(): void {
    note('window.hide', this.id);
    this.#visible = false;
    this.emit('hide');
    this.blur();
  }

  /** A person closes it: whoever listens may keep it open. */
  close(): void {
    if (this.#destroyed) return;
    const event = new StandInEvent();
    this.emit('close', event);
    if (!event.defaultPrevented) this.destroy();
  }

  destroy(): void {
    if (this.#destroyed) return;
    this.#destroyed = true;
    open.delete(this.id);
    if (inFront === this.id) inFront = null;
    this.webContents.destroy();
    this.emit('closed');
    if (open.size === 0) app.allWindowsClosed();
  }

  isDestroyed(): boolean {
    return this.#destroyed;
  }

  focus(): void {
    note('window.focus', this.id);
    inFront = this.id;
    this.emit('focus');
  }

  blur(): void {
    if (inFront === this.id) inFront = null;
    this.emit('blur');
  }

  isFocused(): boolean {
    return inFront === this.id;
  }

  isVisible(): boolean {
    return this.#visible;
  }

  minimize(): void {
    this.#minimized = true;
    this.emit('minimize');
  }

  restore(): void {
    note('window.restore', this.id);
    this.#minimized = false;
    this.emit('restore');
  }

  isMinimized(): boolean {
    return this.#minimized;
  }

  /** Shows it too (Electron's documentation of `win.maximize`). */
  maximize(): void {
    this.#maximized = true;
    this.#visible = true;
    this.emit('maximize');
  }

  unmaximize(): void {
    this.#maximized = false;
    this.emit('unmaximize');
  }

  isMaximized(): boolean {
    return this.#maximized;
  }

  setFullScreen(flag: boolean): void {
    this.#fullScreen = flag;
    this.emit(flag ? 'enter-full-screen' : 'leave-full-screen');
  }

  isFullScreen(): boolean {
    return this.#fullScreen;
  }

  getBounds(): Rectangle {
    return this.#maximized ? { x: 0, y: 0, width: 1920, height: 1040 } : { ...this.#bounds };
  }

  getNormalBounds(): Rectangle {
    return { ...this.#normal };
  }

  setBounds(bounds: Partial<Rectangle>): void {
    const before = this.#bounds;
    this.#bounds = { ...before, ...bounds };
    this.#normal = this.#bounds;
    if (before.x !== this.#bounds.x || before.y !== this.#bounds.y) this.emit('move');
    if (before.width !== this.#bounds.width || before.height !== this.#bounds.height) this.emit('resize');
  }

  getSize(): number[] {
    const { width, height } = this.getBounds();
    return [width, height];
  }

  setSize(width: number, height: number): void {
    this.setBounds({ width, height });
  }

  getPosition(): number[] {
    const { x, y } = this.getBounds();
    return [x, y];
  }

  setPosition(x: number, y: number): void {
    this.setBounds({ x, y });
  }

  center(): void {
    this.setBounds({ x: Math.round((1920 - this.#bounds.width) / 2), y: Math.round((1040 - this.#bounds.height) / 2) });
  }

  setTitle(title: string): void {
    this.#title = title;
  }

  getTitle(): string {
    return this.#title;
  }

  removeMenu(): void {
    note('window.removeMenu', this.id);
    this.#menuBar = false;
  }

  setMenu(menu: StandInMenu | null): void {
    note('window.setMenu', this.id, menu);
    this.#menuBar = menu !== null;
  }

  setMenuBarVisibility(visible: boolean): void {
    this.#menuBar = visible;
  }

  isMenuBarVisible(): boolean {
    return this.#menuBar;
  }

  setAutoHideMenuBar(hide: boolean): void {
    note('window.setAutoHideMenuBar', this.id, hide);
  }

  setProgressBar(progress: number): void {
    note('window.setProgressBar', this.id, progress);
  }

  flashFrame(flag: boolean): void {
    note('window.flashFrame', this.id, flag);
  }

  setBackgroundColor(color: string): void {
    note('window.setBackgroundColor', this.id, color);
  }
}

app.windows = () => StandInWindow.getAllWindows();

/** For the next test: no window asks to stay. */
export function resetWindows(): void {
  for (const window of open.values()) {
    window.removeAllListeners();
    window.webContents.removeAllListeners();
    open.delete(window.id);
    window.webContents.destroy();
  }
  inFront = null;
}
