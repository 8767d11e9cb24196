import { EventEmitter } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { App, CommandLine, LoginItemSettings, Settings } from 'electron';
import packageJson from '../../../package.json' with { type: 'json' };
import { note, StandInEvent } from './asked.ts';

/** How the stand-in ends its program, and how it finds out that it runs already. */
export interface Host {
  /** The program has ended. In a test that holds the stand-in itself, nothing else happens. */
  end(code: number): void;
  /** Whether this is the only one; `onOther` is called for every later one, with its arguments and folder. */
  takeLock(onOther: (argv: string[], folder: string) => void): boolean;
}

/** For tests that hold the stand-in in their own process. */
export const noHost: Host = { end: () => undefined, takeLock: () => true };

type Offered = Pick<
  App,
  | 'whenReady'
  | 'isReady'
  | 'quit'
  | 'exit'
  | 'relaunch'
  | 'focus'
  | 'show'
  | 'hide'
  | 'requestSingleInstanceLock'
  | 'hasSingleInstanceLock'
  | 'releaseSingleInstanceLock'
  | 'getPath'
  | 'setPath'
  | 'setAppLogsPath'
  | 'getAppPath'
  | 'getName'
  | 'setName'
  | 'getVersion'
  | 'getLocale'
  | 'getSystemLocale'
  | 'getPreferredSystemLanguages'
  | 'setAsDefaultProtocolClient'
  | 'removeAsDefaultProtocolClient'
  | 'isDefaultProtocolClient'
  | 'getLoginItemSettings'
  | 'setLoginItemSettings'
  | 'setAppUserModelId'
  | 'setDesktopName'
  | 'setAboutPanelOptions'
  | 'showAboutPanel'
  | 'addRecentDocument'
  | 'clearRecentDocuments'
  | 'setBadgeCount'
  | 'getBadgeCount'
  | 'enableSandbox'
  | 'disableHardwareAcceleration'
  | 'isPackaged'
  | 'name'
  | 'dock'
>;

/** `app`, with the order of events that Electron gives quitting. */
export class StandInApp extends EventEmitter implements Offered {
  host: Host = noHost;
  /** The windows that are open, which quitting closes. Set by the stand-in of BrowserWindow. */
  windows: () => { close(): void; isDestroyed(): boolean }[] = () => [];
  name = packageJson.name;
  isPackaged = false;
  readonly dock = undefined;
  /** What `getPreferredSystemLanguages` answers. */
  languages = ['en-US'];
  readonly commandLine: Pick<CommandLine, 'appendSwitch' | 'appendArgument' | 'hasSwitch' | 'getSwitchValue'> = {
    appendSwitch: (name, value) => note('app.commandLine.appendSwitch', name, value),
    appendArgument: (value) => note('app.commandLine.appendArgument', value),
    hasSwitch: (name) => process.argv.includes(`--${name}`),
    getSwitchValue: () => '',
  };
  #ready = false;
  #quitting = false;
  #hasLock = false;
  readonly #paths = new Map<string, string>();
  readonly #schemes = new Set<string>();
  #login: Settings = {};
  #badge = 0;
  #whenReady = Promise.withResolvers<void>();

  /** Chromium is up. */
  becomeReady(): void {
    if (this.#ready) return;
    this.#ready = true;
    this.emit('ready', new StandInEvent(), {});
    this.#whenReady.resolve();
  }

  /** For the next test. */
  reset(): void {
    this.removeAllListeners();
    this.#ready = false;
    this.#quitting = false;
    this.#hasLock = false;
    this.#paths.clear();
    this.#schemes.clear();
    this.#login = {};
    this.#badge = 0;
    this.#whenReady = Promise.withResolvers<void>();
    this.host = noHost;
    this.languages = ['en-US'];
  }

  get isQuitting(): boolean {
    return this.#quitting;
  }

  whenReady(): Promise<void> {
    return this.#whenReady.promise;
  }

  isReady(): boolean {
    return this.#ready;
  }

  /** `before-quit`, then every window is asked, then `will-quit` and `quit`: any of the first three may prevent it. */
  quit(): void {
    note('app.quit');
    const before = new StandInEvent();
    this.#quitting = true;
    this.emit('before-quit', before);
    if (before.defaultPrevented) {
      this.#quitting = false;
      return;
    }
    for (const window of this.windows()) {
      window.close();
      if (!window.isDestroyed()) {
        this.#quitting = false;
        return;
      }
    }
    const will = new StandInEvent();
    this.emit('will-quit', will);
    if (will.defaultPrevented) {
      this.#quitting = false;
      return;
    }
    this.emit('quit', new StandInEvent(), 0);
    this.host.end(0);
  }

  /** The last window has been closed. Without a listener the program quits. */
  allWindowsClosed(): void {
    if (this.#quitting) return;
    if (!this.emit('window-all-closed')) this.quit();
  }

  exit(code = 0): void {
    note('app.exit', code);
    this.emit('quit', new StandInEvent(), code);
    this.host.end(code);
  }

  relaunch(options?: Parameters<App['relaunch']>[0]): void {
    note('app.relaunch', options);
  }

  focus(): void {
    note('app.focus');
  }

  show(): void {
    note('app.show');
  }

  hide(): void {
    note('app.hide');
  }

  requestSingleInstanceLock(additionalData?: Record<string, unknown>): boolean {
    note('app.requestSingleInstanceLock', additionalData);
    this.#hasLock ||= this.host.takeLock((argv, folder) =>
      this.emit('second-instance', new StandInEvent(), argv, folder, {}),
    );
    return this.#hasLock;
  }

  hasSingleInstanceLock(): boolean {
    return this.#hasLock;
  }

  releaseSingleInstanceLock(): void {
    this.#hasLock = false;
  }

  getPath(name: Parameters<App['getPath']>[0]): string {
    return this.#paths.get(name) ?? join(tmpdir(), 'phone-health-stand-in', name);
  }

  setPath(name: string, path: string): void {
    this.#paths.set(name, path);
  }

  setAppLogsPath(path?: string): void {
    this.#paths.set('logs', path ?? this.getPath('logs'));
  }

  getAppPath(): string {
    return join(import.meta.dirname, '..', '..', '..');
  }

  getName(): string {
    return this.name;
  }

  setName(name: string): void {
    this.name = name;
  }

  getVersion(): string {
    return packageJson.version;
  }

  getLocale(): string {
    return this.languages[0] ?? '';
  }

  getSystemLocale(): string {
    return this.languages[0] ?? '';
  }

  getPreferredSystemLanguages(): string[] {
    return [...this.languages];
  }

  setAsDefaultProtocolClient(protocol: string, path?: string, args?: string[]): boolean {
    note('app.setAsDefaultProtocolClient', protocol, path, args);
    this.#schemes.add(protocol);
    return true;
  }

  removeAsDefaultProtocolClient(protocol: string): boolean {
    note('app.removeAsDefaultProtocolClient', protocol);
    return this.#schemes.delete(protocol);
  }

  isDefaultProtocolClient(protocol: string): boolean {
    return this.#schemes.has(protocol);
  }

  getLoginItemSettings(): LoginItemSettings {
    const openAtLogin = this.#login.openAtLogin ?? false;
    return {
      openAtLogin,
      wasOpenedAtLogin: false,
      status: openAtLogin ? 'enabled' : 'not-registered',
      executableWillLaunchAtLogin: openAtLogin,
      launchItems: [],
    };
  }

  setLoginItemSettings(settings: Settings): void {
    note('app.setLoginItemSettings', settings);
    this.#login = settings;
  }

  setAppUserModelId(id: string): void {
    note('app.setAppUserModelId', id);
  }

  setDesktopName(name: string): void {
    note('app.setDesktopName', name);
  }

  setAboutPanelOptions(options: Parameters<App['setAboutPanelOptions']>[0]): void {
    note('app.setAboutPanelOptions', options);
  }

  showAboutPanel(): void {
    note('app.showAboutPanel');
  }

  addRecentDocument(path: string): void {
    note('app.addRecentDocument', path);
  }

  clearRecentDocuments(): void {
    note('app.clearRecentDocuments');
  }

  setBadgeCount(count = 0): boolean {
    note('app.setBadgeCount', count);
    this.#badge = count;
    return true;
  }

  getBadgeCount(): number {
    return this.#badge;
  }

  enableSandbox(): void {
    if (this.#ready) throw new Error('app.enableSandbox() can only be called before app is ready');
    note('app.enableSandbox');
  }

  disableHardwareAcceleration(): void {
    if (this.#ready) throw new Error('app.disableHardwareAcceleration() can only be called before app is ready');
    note('app.disableHardwareAcceleration');
  }
}

export const app = new StandInApp();
