import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { app, dialog, Menu, powerSaveBlocker, session, shell, type BrowserWindow } from 'electron';
import type { Application } from '../app/application.ts';
import { computerClock } from '../app/program/clock.ts';
import { logFolder } from '../app/program/log-file.ts';
import { setAutostart, whyNoAutostart, type AutostartPlace } from './autostart.ts';
import { Closing } from './closing.ts';
import { CrashWindow } from './crash-window.ts';
import { Ending } from './ending.ts';
import { watchChildren, watchProgram, watchWindow } from './faults.ts';
import { linkScheme } from './links.ts';
import { MainWindow } from './main-window.ts';
import { menuTemplate } from './menu.ts';
import { openThings, type OpenedThings } from './opened-things.ts';
import { stayAwake } from './power.ts';
import { showReminders } from './reminders.ts';
import { tellFailedSaves } from './saves.ts';
import { desktopLanguage, sayIn, type Say } from './say.ts';
import { TrayIcon } from './tray-icon.ts';
import { Updates, type Updater } from './updates.ts';

/** Everything that the desktop has around the window. */
export class Desktop {
  readonly window: MainWindow;
  readonly #application: Application;
  readonly #updates: Updates;
  readonly #ending: Ending;
  readonly #tray: TrayIcon;
  readonly #stops: (() => void)[] = [];

  /** `program`: the process that it runs in. `whyNoTray`: {@link whyNoTray}. */
  constructor(
    application: Application,
    opened: OpenedThings,
    program: Pick<NodeJS.Process, 'on'>,
    whyNoTray: string | null = null,
  ) {
    this.#application = application;
    const { shell: requests, underWay, settings, handover, shop, attendance, log } = application;
    const keepFault = (error: unknown): void => application.keepFault(error);

    const crash = new CrashWindow({
      facts: () => ({
        version: application.about().version,
        versions: process.versions,
        platform: process.platform,
        arch: process.arch,
        at: new Date(),
        log: application.recentLog.lines,
      }),
      redact: (text) => application.recentLog.redacted(text),
      say: () => this.#say,
      language: () => this.#language,
      log,
      again: (kind) => {
        if (kind === 'program') startAgain();
        else this.window.renew();
      },
      quit: () => app.quit(),
    });
    watchProgram(program, crash, keepFault);
    watchChildren(app, log);

    this.window = new MainWindow({
      application,
      onMade: (window) => {
        watchWindow(window, crash);
        this.#ending.watch(window);
      },
      onFault: (error) => {
        keepFault(error);
        crash.show({ kind: 'window', what: error instanceof Error ? (error.stack ?? error.message) : String(error) });
      },
    });
    const showWindow = (): void => this.window.show();

    const closing = new Closing({ underWay, say: () => this.#say, ask: (question) => this.#askAtWindow(question) });
    this.#ending = new Ending({
      app,
      closing,
      close: () => this.#close(),
      goesOnWithoutWindow: () => this.goesOnWithoutWindow,
      clock: computerClock,
      log,
    });

    this.#tray = new TrayIcon(
      application,
      () => this.#say,
      {
        showWindow,
        showBench: () => this.#show({ type: 'screen', screen: 'bench' }),
        showPhone: (phoneId) => this.#show({ type: 'phone', phoneId }),
        quit: () => app.quit(),
      },
      { platform: process.platform, why: whyNoTray },
    );

    const place: AutostartPlace = {
      platform: process.platform,
      env: process.env,
      execPath: process.execPath,
      isPackaged: app.isPackaged,
    };
    requests.offer(
      { autostart: { why: whyNoAutostart(place) }, tray: { why: whyNoTray }, updates: { state: 'off' } },
      { lookForUpdate: () => this.#updates.lookNow(), installUpdate: () => void this.#installUpdate() },
    );
    this.#updates = new Updates({
      place: {
        platform: process.platform,
        env: process.env,
        isPackaged: app.isPackaged,
        hasFeed: app.isPackaged && hasResource('app-update.yml'),
        hasPackageType: app.isPackaged && hasResource('package-type'),
      },
      settings,
      tell: (updates) => {
        requests.change({ updates });
        this.#setMenu();
      },
      load: loadUpdater,
      clock: computerClock,
      restart: startAgain,
      log,
    });

    // By the id of its package (build/package/configuration.ts): Windows shows notifications only of a program that says which it is, and
    // keeps under it what starts with the computer, as build/windows/installer.nsh takes away.
    app.setAppUserModelId('app.phone-health-inspector');
    let spoken = '';
    this.#stops.push(
      settings.follow((state) => {
        this.#keepAutostart(state.settings.autostart, place);
        if (this.#language === spoken) return;
        spoken = this.#language;
        this.#setMenu();
        this.#tray.sayAgain();
      }),
      stayAwake(underWay, powerSaveBlocker),
      showReminders(application, showWindow),
      // Also while no window is open.
      attendance.attend(() => undefined),
    );
    tellFailedSaves(session.defaultSession, () => this.#say, log);
    handover.start();
    shop.start();
    if (app.isPackaged) app.setAsDefaultProtocolClient(linkScheme);
    app.setAboutPanelOptions({
      applicationName: 'Phone Health Inspector',
      applicationVersion: application.about().version,
      copyright: 'Apache-2.0',
    });
    app.on('activate', showWindow);
    opened.become((things) =>
      openThings(things, {
        ticketNamed: (number) => application.tickets.named(number)?.id.toString() ?? null,
        shell: requests,
        showWindow,
      }),
    );
  }

  /** Whether the program is there while no window is. */
  get goesOnWithoutWindow(): boolean {
    return process.platform === 'darwin' || this.#tray.isShown;
  }

  get #language(): string {
    return desktopLanguage(this.#application.settings.values.language, app.getPreferredSystemLanguages());
  }

  get #say(): Say {
    return sayIn(this.#application, this.#language);
  }

  #show(request: Parameters<Application['shell']['ask']>[0]): void {
    this.#application.shell.ask(request);
    this.window.show();
  }

  #askAtWindow(
    question: Parameters<ConstructorParameters<typeof Closing>[0]['ask']>[0],
  ): Promise<{ response: number }> {
    const window: BrowserWindow | null = this.window.now;
    return window === null ? dialog.showMessageBox(question) : dialog.showMessageBox(window, question);
  }

  #setMenu(): void {
    const { settings, shell: requests } = this.#application;
    const template = menuTemplate({
      platform: process.platform,
      say: this.#say,
      updates: settings.values.updates && requests.state?.updates.state !== 'unavailable',
      development: !app.isPackaged,
      acts: {
        show: (screen) => this.#show({ type: 'screen', screen }),
        openFile: () => void this.#openFile(),
        showLogs: () => void shell.openPath(logFolder(this.#application.about().dataFolder)),
        showData: () => void shell.openPath(this.#application.about().dataFolder),
        lookForUpdate: () => this.#updates.lookNow(),
      },
    });
    Menu.setApplicationMenu(Menu.buildFromTemplate(template));
  }

  /** The system's own dialog; what is chosen is read as a file that was dropped. */
  async #openFile(): Promise<void> {
    const { canceled, filePaths } = await dialog.showOpenDialog({ properties: ['openFile'] });
    const [path] = filePaths;
    if (!canceled && path !== undefined) this.#show({ type: 'file', path });
  }

  #keepAutostart(wanted: boolean, place: AutostartPlace): void {
    try {
      setAutostart(wanted, place, app);
      this.#application.shell.change({ autostart: { why: whyNoAutostart(place) } });
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      this.#application.log(`starting with the computer: ${why}`);
      this.#application.shell.change({ autostart: { why } });
    }
  }

  async #installUpdate(): Promise<void> {
    await this.#updates.install(() => this.#ending.end());
  }

  async #close(): Promise<void> {
    for (const stop of this.#stops) stop();
    this.#updates.stop();
    this.#tray.stop();
    await this.#application.close();
  }
}

function startAgain(): void {
  app.relaunch();
  app.exit(1);
}

/** Of the files that are packed beside the program; only where it is packed. */
const hasResource = (name: string): boolean => existsSync(join(process.resourcesPath, name));

/** Loaded when somebody has switched it on, and not before. */
async function loadUpdater(): Promise<Updater> {
  const { autoUpdater } = await import('electron-updater');
  return autoUpdater;
}
