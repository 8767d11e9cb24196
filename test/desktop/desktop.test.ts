import { EventEmitter } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, test as plain, vi } from 'vitest';
import { Application } from '../../electron/app/application.ts';
import type { ShellRequest } from '../../electron/app/shell/shell.ts';
import { Desktop } from '../../electron/desktop/desktop.ts';
import { OpenedThings } from '../../electron/desktop/opened-things.ts';
import { TrayIcon } from '../../electron/desktop/tray-icon.ts';
import type { CommandResult } from '../../native/source.ts';
import { promptPace } from '../prompt-pace.ts';
import { StandingSource } from '../unit/electron/app/standing-source.ts';
import { argumentsOf, StandInEvent } from './stand-in/asked.ts';
import { choices } from './stand-in/dialog.ts';
import { StandInDownload } from './stand-in/download.ts';
import { app, BrowserWindow, Menu, session, Tray } from './stand-in/electron.ts';
import type { StandInImage } from './stand-in/native-image.ts';
import { noPage } from './stand-in/page.ts';
import { resetStandIn } from './stand-in/reset.ts';
import { blockers, displays } from './stand-in/system.ts';
import { pages } from './stand-in/web-contents.ts';

/** Phones whose commands a test holds back. */
class HeldSource extends StandingSource {
  hold: Promise<void> = Promise.resolve();
  override async run(phoneId: string, argv: readonly string[]): Promise<CommandResult> {
    this.ran.push(argv.join(' '));
    await this.hold;
    return this.samples.run(phoneId, argv);
  }
}

const test = plain
  .extend('home', ({ onTestFinished }) => {
    const home = mkdtempSync(join(tmpdir(), 'phone-health-desktop-'));
    onTestFinished(() => rmSync(home, { recursive: true }));
    return home;
  })
  .extend('source', ({ onTestFinished }) => {
    const source = new HeldSource();
    onTestFinished(() => source.samples.close());
    return source;
  })
  .extend('application', ({ home, source, onTestFinished }) => {
    const env = { PHONE_HEALTH_HOME: home };
    const application = new Application({ env, sources: [source], samplePace: promptPace });
    onTestFinished(() => application.close());
    return application;
  })
  /** What the window is asked to show. */
  .extend('asked', ({ application }) => {
    const asked: ShellRequest[] = [];
    application.shell.attend((request) => asked.push(request));
    return asked;
  })
  .extend('program', () => new EventEmitter())
  .extend('opened', () => new OpenedThings())
  .extend('desktop', ({ application, opened, program }) => new Desktop(application, opened, program as NodeJS.Process));

beforeEach(() => {
  resetStandIn();
  pages.open = noPage;
});

const settled = () => new Promise((resolve) => setImmediate(resolve));
const windows = () => BrowserWindow.getAllWindows();
function onlyWindow() {
  const [window, another] = windows();
  if (window === undefined || another !== undefined) throw new Error(`${windows().length} windows are open.`);
  return window;
}
const hasQuit = (): boolean => argumentsOf('app.quit').length > 0 && windows().length === 0;
const labels = (): string[] => Menu.getApplicationMenu()?.items.map(({ label }) => label) ?? [];

describe('the menu', () => {
  test('speaks the language of the settings, at once where it is changed', ({ application, desktop }) => {
    expect(desktop.goesOnWithoutWindow).toBe(false);
    expect(labels()).toEqual(['&File', '&Edit', '&View', '&Window', '&Help']);
    application.settings.change({ language: 'de' });
    expect(labels()).toEqual(['&Datei', '&Bearbeiten', '&Ansicht', '&Fenster', '&Hilfe']);
  });

  test('speaks that of the computer where nothing is set', ({ application, opened, program }) => {
    app.languages = ['fr-FR', 'de-AT'];
    const desktop = new Desktop(application, opened, program as NodeJS.Process);
    expect(desktop.window.now).toBeNull();
    expect(labels()[0]).toBe('&Datei');
  });

  test('opens a file by the system’s own dialog, and a screen, in a window that is there or comes', async ({
    asked,
    desktop,
  }) => {
    expect(desktop.window.now).toBeNull();
    choices.opened.push(['/tmp/report.zip']);
    const [file] = Menu.getApplicationMenu()?.items ?? [];
    file?.submenu?.items[0]?.click();
    await settled();
    file?.submenu?.items[1]?.click();
    expect(asked).toEqual([
      { type: 'file', path: '/tmp/report.zip' },
      { type: 'screen', screen: 'new-ticket' },
    ]);
    expect(onlyWindow()).toBe(desktop.window.now);
  });
});

/** The window saves a file, which ends so. */
function save(state: string): void {
  const item = new StandInDownload('blob:app://window/1', 'report.pdf');
  session.defaultSession.emit('will-download', new StandInEvent(), item, {});
  item.emit('done', new StandInEvent(), state);
}

test('a file that could not be written is told, in the language of the person; one that nobody wanted is not', ({
  application,
  desktop,
}) => {
  expect(desktop.window.now).toBeNull();
  application.settings.change({ language: 'de' });
  save('completed');
  save('cancelled');
  expect(argumentsOf('dialog.showErrorBox')).toEqual([]);
  save('interrupted');
  expect(argumentsOf('dialog.showErrorBox')).toEqual([
    ['Phone Health Inspector', 'Die Datei wurde nicht gespeichert. Wählen Sie einen anderen Ordner.'],
  ]);
});

describe('what the system gives to open', () => {
  test('before there is a desktop is shown once there is one, with its window', async ({
    opened,
    asked,
    application,
    program,
  }) => {
    opened.add([
      { type: 'file', path: '/tmp/case.phonecase' },
      { type: 'link', link: { type: 'ticket', number: '99' } },
    ]);
    const desktop = new Desktop(application, opened, program as NodeJS.Process);
    await settled();
    expect(asked).toEqual([
      { type: 'file', path: '/tmp/case.phonecase' },
      { type: 'ticket', id: '99' },
    ]);
    expect(onlyWindow()).toBe(desktop.window.now);
  });
});

describe('the window', () => {
  test('is opened where it was left, also after the program was ended', async ({ desktop, application, program }) => {
    await desktop.window.open();
    onlyWindow().setBounds({ x: 40, y: 60, width: 1000, height: 700 });
    onlyWindow().close();
    const next = new Desktop(application, new OpenedThings(), program as NodeJS.Process);
    await next.window.open();
    expect(onlyWindow().getBounds()).toEqual({ x: 40, y: 60, width: 1000, height: 700 });
  });

  test('that was left maximised is shown once there is something in it, and stays so where it is closed before', async ({
    desktop,
    application,
    program,
  }) => {
    await desktop.window.open();
    onlyWindow().maximize();
    onlyWindow().close();
    const shown = Promise.withResolvers<void>();
    pages.open = async (contents) => ({ ...(await noPage(contents)), load: () => shown.promise });
    const next = new Desktop(application, new OpenedThings(), program as NodeJS.Process);
    const opening = next.window.open();
    expect([onlyWindow().isVisible(), onlyWindow().isMaximized()]).toEqual([false, false]);
    onlyWindow().emit('close', new StandInEvent());
    shown.resolve();
    await opening;
    expect([onlyWindow().isVisible(), onlyWindow().isMaximized()]).toEqual([true, true]);
    onlyWindow().destroy();
    await new Desktop(application, new OpenedThings(), program as NodeJS.Process).window.open();
    expect(onlyWindow().isMaximized()).toBe(true);
  });

  test('is opened in the middle where its screen is gone', async ({ desktop }) => {
    const second = { x: 1920, y: 0, width: 1920, height: 1040 };
    const [first] = displays;
    if (first !== undefined) displays.push({ ...first, id: 2, bounds: second, workArea: second });
    await desktop.window.open();
    onlyWindow().setBounds({ x: 2500, y: 60, width: 1000, height: 700 });
    onlyWindow().destroy();
    await desktop.window.open();
    expect(onlyWindow().options.x).toBeUndefined();
    onlyWindow().setBounds({ x: 2500, y: 60 });
    onlyWindow().close();
    await desktop.window.open();
    expect(onlyWindow().options.x).toBe(2500);
    displays.splice(1);
    onlyWindow().close();
    await desktop.window.open();
    expect(onlyWindow().options.x).toBeUndefined();
  });

  test('that cannot be opened is told, and nothing is rejected unheard', async ({ desktop }) => {
    expect(desktop.window.now).toBeNull();
    pages.open = () => Promise.reject(new Error('ERR_FAILED (-2)'));
    app.emit('activate');
    await expect.poll(() => argumentsOf('dialog.showErrorBox')).toHaveLength(1);
  });
});

describe('the icon in the tray', () => {
  const acts = { showWindow: vi.fn(), showBench: vi.fn(), showPhone: vi.fn(), quit: vi.fn() };
  const iconOn = (application: Application, platform: NodeJS.Platform, why: string | null = null) =>
    new TrayIcon(application, () => (text) => text, acts, { platform, why });

  test('is a shape of 18 points in the menu bar of a Mac, whose click opens its menu alone', ({ application }) => {
    application.settings.change({ tray: true });
    const icon = iconOn(application, 'darwin');
    const [tray] = Tray.shown;
    const image = tray?.image as StandInImage;
    expect(image.isTemplateImage()).toBe(true);
    expect([1, 2].map((scale) => image.pixels(scale))).toEqual([
      { width: 18, height: 18 },
      { width: 36, height: 36 },
    ]);
    tray?.emit('click');
    expect(acts.showWindow).not.toHaveBeenCalled();
    icon.stop();
  });

  test('is a picture on Windows, whose click shows the window', ({ application }) => {
    application.settings.change({ tray: true });
    const icon = iconOn(application, 'win32');
    const [tray] = Tray.shown;
    const image = tray?.image as StandInImage;
    expect([image.isTemplateImage(), image.pixels(1), image.pixels(2)]).toEqual([
      false,
      { width: 16, height: 16 },
      { width: 32, height: 32 },
    ]);
    tray?.emit('click');
    expect(acts.showWindow).toHaveBeenCalledOnce();
    icon.stop();
  });

  test('is not there where the system shows none: that is told, and the program ends with its window', ({
    application,
    opened,
    program,
  }) => {
    application.settings.change({ tray: true });
    const desktop = new Desktop(application, opened, program as NodeJS.Process, 'GNOME shows no icons of programs.');
    expect(Tray.shown).toHaveLength(0);
    expect(desktop.goesOnWithoutWindow).toBe(process.platform === 'darwin');
    expect(application.shell.state?.tray).toEqual({ why: 'GNOME shows no icons of programs.' });
  });

  test('is there while it is switched on, tells of the bench, and the program goes on without its window', async ({
    application,
    desktop,
    source,
    asked,
  }) => {
    await desktop.window.open();
    expect(Tray.shown).toHaveLength(0);
    application.settings.change({ tray: true });
    const [tray] = Tray.shown;
    await source.samples.add('pixel-14');
    await expect.poll(() => tray?.toolTip).toContain('1 phone at the bench.');
    onlyWindow().close();
    await settled();
    expect(argumentsOf('app.quit')).toEqual([]);
    tray?.menu?.items[1]?.click();
    expect(asked).toEqual([{ type: 'phone', phoneId: 'sample-pixel-14' }]);
    expect(windows()).toHaveLength(1);
    application.settings.change({ language: 'de' });
    expect(tray?.toolTip).toContain('1 Telefon an der Werkbank.');
    application.settings.change({ tray: false });
    expect(Tray.shown).toHaveLength(0);
    onlyWindow().close();
    await expect.poll(hasQuit).toBe(true);
  });
});

describe('closing the last window', () => {
  test('ends the program at once where nothing is under way', async ({ desktop }) => {
    await desktop.window.open();
    onlyWindow().close();
    await expect.poll(hasQuit).toBe(true);
    expect(argumentsOf('dialog.showMessageBox')).toEqual([]);
  });

  test('during a copy asks first, in the language of the person, and Escape goes on', async ({
    application,
    desktop,
  }) => {
    application.settings.change({ language: 'de' });
    await desktop.window.open();
    const over = application.underWay.begin('copy', 'A');
    onlyWindow().close();
    await settled();
    expect(onlyWindow().isDestroyed()).toBe(false);
    expect(argumentsOf('dialog.showMessageBox')).toMatchObject([[{ message: 'Fotos werden gerade kopiert.' }]]);
    over();
    onlyWindow().close();
    await expect.poll(hasQuit).toBe(true);
  });

  test('ends when it is done where somebody says so', async ({ application, desktop }) => {
    await desktop.window.open();
    const over = application.underWay.begin('copy', 'A');
    choices.messages.push(1);
    onlyWindow().close();
    await settled();
    expect(windows()).toHaveLength(1);
    over();
    await expect.poll(hasQuit).toBe(true);
  });

  test('cuts off a correction that somebody ends: it is offered to be finished or put back when the program is there again', async ({
    application,
    desktop,
    source,
    home,
  }) => {
    await desktop.window.open();
    const phoneId = await source.samples.add('pixel-14');
    const { fixes } = await application.scan({ phoneId, save: false });
    const { promise, resolve } = Promise.withResolvers<void>();
    source.hold = promise;
    const [fix] = fixes;
    if (fix === undefined) throw new Error('The sample has something to be corrected.');
    const { cause, app: ofApp, correction } = fix;
    const correcting = application.corrections
      .correct(
        { phoneId, cause, app: ofApp, correction },
        () => undefined,
        () => Promise.resolve(true),
      )
      .catch((error: unknown) => error);
    await expect.poll(() => source.ran.length).toBe(1);
    expect(blockers.size).toBe(1);
    choices.messages.push(2);
    onlyWindow().close();
    await expect.poll(hasQuit).toBe(true);
    expect(blockers.size).toBe(0);
    resolve();
    await correcting;

    const again = new Application({ env: { PHONE_HEALTH_HOME: home }, sources: [source], samplePace: promptPace });
    const cutOff = again.corrections.interrupted(phoneId);
    expect(cutOff.map((action) => action.cause)).toEqual([cause]);
    await again.close();
  });

  test('hides it where the program goes on in the tray, and nothing is cut off', async ({ application, desktop }) => {
    application.settings.change({ tray: true });
    await desktop.window.open();
    const over = application.underWay.begin('correction', 'A');
    const window = onlyWindow();
    window.close();
    expect([window.isDestroyed(), window.isVisible()]).toEqual([false, false]);
    expect(argumentsOf('dialog.showMessageBox')).toEqual([]);
    app.emit('activate');
    expect(window.isVisible()).toBe(true);
    over();
    application.settings.change({ tray: false });
  });
});

/** What the window that was opened last shows. */
const pageOf = (): string => decodeURIComponent(String(argumentsOf('webContents.loadURL').at(-1)?.[0]));

describe('a fault', () => {
  const crashed = { reason: 'crashed', exitCode: 139 };

  test('of the window is told in another one, which shares nothing with it, and opens it again', async ({
    desktop,
    application,
  }) => {
    await desktop.window.open();
    const window = onlyWindow();
    application.log('the log of today');
    window.webContents.emit('render-process-gone', {}, crashed);
    await settled();
    const [, crash] = windows();
    expect(crash?.options.webPreferences).toMatchObject({ sandbox: true, javascript: false });
    expect(crash?.options.webPreferences?.preload).toBeUndefined();
    expect(crash?.webContents.session).not.toBe(window.webContents.session);
    expect(pageOf()).toContain('crashed (139)');
    expect(pageOf()).toContain('the log of today');
    // A click on any other address does nothing.
    expect(crash?.webContents.mayNavigate('https://example.org/')).toBe(false);
    expect(windows()).toHaveLength(2);
    expect(crash?.webContents.mayNavigate('https://crash.invalid/again')).toBe(false);
    await settled();
    expect(window.isDestroyed()).toBe(true);
    expect(onlyWindow()).toBe(desktop.window.now);
    expect(hasQuit()).toBe(false);
  });

  test('that is none is not told: a window that was closed, a process that has ended', async ({ desktop }) => {
    await desktop.window.open();
    onlyWindow().webContents.emit('render-process-gone', {}, { reason: 'clean-exit', exitCode: 0 });
    expect(windows()).toHaveLength(1);
  });

  test('of a process beside the window stands in the log', async ({ desktop, application }) => {
    await desktop.window.open();
    app.emit('child-process-gone', {}, { type: 'GPU', reason: 'crashed', exitCode: 5 });
    expect(windows()).toHaveLength(1);
    expect(application.recentLog.lines.at(-1)).toMatch(/a process has ended: GPU, crashed \(5\)$/);
  });

  test('of a window that does not answer is taken back when it does', async ({ desktop }) => {
    await desktop.window.open();
    const window = onlyWindow();
    window.emit('unresponsive');
    await settled();
    expect(windows()).toHaveLength(2);
    window.emit('responsive');
    expect(onlyWindow()).toBe(window);
  });

  test('of the program names no phone, is saved where somebody says, and starts it again', async ({
    desktop,
    source,
    application,
    program,
    home,
  }) => {
    await desktop.window.open();
    const phoneId = await source.samples.add('pixel-14');
    await application.phones();
    program.emit('uncaughtException', new Error(`${phoneId} is not a phone`));
    await settled();
    const crash = windows().at(-1);
    const file = join(home, 'report.txt');
    choices.saved.push(file);
    crash?.webContents.mayNavigate('https://crash.invalid/save');
    await expect.poll(() => argumentsOf('dialog.showSaveDialog')).toHaveLength(1);
    await settled();
    const report = readFileSync(file, 'utf8');
    expect(report).toContain('Error: serial-1 is not a phone');
    expect(report + pageOf()).not.toContain(phoneId);
    crash?.webContents.mayNavigate('https://crash.invalid/again');
    expect(argumentsOf('app.relaunch')).toHaveLength(1);
    expect(argumentsOf('app.exit')).toEqual([[1]]);
  });

  test('of the program is told once, also where telling it is what fails', async ({
    desktop,
    program,
    application,
  }) => {
    await desktop.window.open();
    const told = () => application.recentLog.lines.filter((line) => line.includes('program: ')).length;
    program.emit('uncaughtException', new Error('write EIO'));
    await settled();
    const before = [told(), windows().length];
    program.emit('uncaughtException', new Error('write EIO'));
    expect([told(), windows().length]).toEqual(before);
    expect(before).toEqual([1, 2]);
  });

  test('that was promised and not kept stands in the log, and nobody is stopped', async ({
    desktop,
    program,
    application,
  }) => {
    await desktop.window.open();
    program.emit('unhandledRejection', new Error('nobody listened'));
    expect(windows()).toHaveLength(1);
    expect(application.recentLog.lines.join('\n')).toContain('nobody listened');
  });
});

describe('the settings of the desktop', () => {
  test('say why they cannot be switched on, and nothing is done for them', ({ application, desktop }) => {
    expect(desktop.window.now).toBeNull();
    application.settings.change({ autostart: true, updates: true });
    expect(application.shell.state).toEqual({
      autostart: { why: 'Only the installed program can be started with the computer.' },
      tray: { why: null },
      updates: { state: 'unavailable', why: 'The program runs from its sources: newer versions come with them.' },
    });
    expect(argumentsOf('app.setLoginItemSettings')).toEqual([]);
  });
});
