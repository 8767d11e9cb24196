import type { Settings } from '../app/settings/settings.ts';
import type { Clock } from '../app/program/clock.ts';
import type { UpdateState } from '../app/shell/shell.ts';

/** Of electron-updater, what is used of it. */
export interface Updater {
  autoDownload: boolean;
  autoInstallOnAppQuit: boolean;
  logger: unknown;
  on(event: 'checking-for-update', listener: () => void): unknown;
  on(event: 'update-not-available', listener: () => void): unknown;
  on(event: 'update-available', listener: (info: { version: string }) => void): unknown;
  on(event: 'download-progress', listener: (progress: { percent: number }) => void): unknown;
  on(event: 'update-downloaded', listener: (info: { version: string }) => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
  checkForUpdates(): Promise<unknown>;
  quitAndInstall(isSilent?: boolean, isForceRunAfter?: boolean): void;
}

export interface UpdatePlace {
  platform: NodeJS.Platform;
  env: NodeJS.ProcessEnv;
  isPackaged: boolean;
  /** Whether the package names a place that newer versions come from (`app-update.yml`). */
  hasFeed: boolean;
  /** Whether the package says as what it was installed (`package-type`: deb, rpm). */
  hasPackageType: boolean;
}

/** Why newer versions cannot be looked for; null where they can. */
export function whyNoUpdates({ platform, env, isPackaged, hasFeed, hasPackageType }: UpdatePlace): string | null {
  if (!isPackaged) return 'The program runs from its sources: newer versions come with them.';
  if (!hasFeed) return 'This package names no place that newer versions come from.';
  const replacesItself = platform !== 'linux' || env['APPIMAGE'] !== undefined || hasPackageType;
  return replacesItself ? null : 'Newer versions come with the packages of the system.';
}

export interface UpdatesOptions {
  place: UpdatePlace;
  settings: Pick<Settings, 'follow'>;
  /** Is told how it stands, at each change. */
  tell: (state: UpdateState) => void;
  /** Only called once it is switched on: nothing is loaded before, and nothing is asked of any network. */
  load: () => Promise<Updater>;
  clock: Clock;
  /** Starts the program again as it is: everything has been closed, and the newer version was not installed. */
  restart: () => void;
  log: (line: string) => void;
}

const everyMs = 24 * 60 * 60_000;

/** Looks for newer versions, once somebody has switched that on, and fetches them; a newer one is installed when somebody says so. */
export class Updates {
  readonly #options: UpdatesOptions;
  #updater: Updater | null = null;
  /** Aborted when it is switched off; null while it is. */
  #on: AbortController | null = null;
  #version = '';
  readonly #unfollow: () => void;

  constructor(options: UpdatesOptions) {
    this.#options = options;
    const why = whyNoUpdates(options.place);
    if (why !== null) {
      options.tell({ state: 'unavailable', why });
      this.#unfollow = () => undefined;
      return;
    }
    this.#unfollow = options.settings.follow(({ settings }) => this.#become(settings.updates));
  }

  /** Looks at once, where it is switched on. */
  lookNow(): void {
    if (this.#on !== null && this.#updater !== null) void this.#look(this.#updater);
  }

  /** Ends the program and starts the newer version; only where one is ready. `close` brings everything to its end first. */
  async install(close: () => Promise<boolean>): Promise<void> {
    const updater = this.#updater;
    if (this.#on === null || updater === null || this.#version === '') return;
    if (!(await close())) return;
    updater.on('error', () => this.#options.restart());
    updater.quitAndInstall(false, true);
  }

  stop(): void {
    this.#unfollow();
    this.#on?.abort();
    this.#on = null;
  }

  #become(on: boolean): void {
    if (!on) {
      this.#on?.abort();
      this.#on = null;
      return this.#options.tell({ state: 'off' });
    }
    if (this.#on !== null) return;
    this.#on = new AbortController();
    void this.#go(this.#on.signal);
  }

  async #go(signal: AbortSignal): Promise<void> {
    const { load, clock } = this.#options;
    try {
      this.#updater ??= this.#prepared(await load());
    } catch (error) {
      return this.#fail(error);
    }
    while (!signal.aborted) {
      await this.#look(this.#updater);
      await clock.sleep(everyMs, signal);
    }
  }

  async #look(updater: Updater): Promise<void> {
    try {
      await updater.checkForUpdates();
    } catch (error) {
      this.#fail(error);
    }
  }

  /** Tells what happens, as long as it is switched on. */
  #prepared(updater: Updater): Updater {
    updater.autoDownload = true;
    updater.autoInstallOnAppQuit = false;
    updater.logger = null;
    updater.on('checking-for-update', () => this.#tell({ state: 'looking' }));
    updater.on('update-not-available', () => this.#tell({ state: 'newest' }));
    updater.on('update-available', ({ version }) => {
      this.#version = '';
      this.#tell({ state: 'loading', version, percent: 0 });
      this.#loading = version;
    });
    updater.on('download-progress', ({ percent }) =>
      this.#tell({ state: 'loading', version: this.#loading, percent: Math.floor(percent) }),
    );
    updater.on('update-downloaded', ({ version }) => {
      this.#version = version;
      this.#tell({ state: 'ready', version });
    });
    updater.on('error', (error) => this.#fail(error));
    return updater;
  }

  #loading = '';

  #tell(state: UpdateState): void {
    if (this.#on !== null) this.#options.tell(state);
  }

  #fail(error: unknown): void {
    const [reason = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
    this.#options.log(`looking for a newer version: ${reason}`);
    this.#tell({ state: 'failed', why: reason });
  }
}
