import { fileURLToPath } from 'node:url';
import { app, BrowserWindow, dialog, ipcMain, protocol, type IpcMainEvent } from 'electron';
import { Application } from '../app/application.ts';
import { problemOf } from '../app/program/problem.ts';
import { readWindowFiles, type WindowFiles } from '../browser/window-files.ts';
import { serveCalls } from './calls.ts';
import { channel } from './channel.ts';
import { showReminders } from './reminders.ts';
import {
  closeContents,
  closeSession,
  isFromWindow,
  webPreferences,
  windowHost,
  windowScheme,
  windowUrl,
} from './security.ts';
import { windowPrinter } from './window-printer.ts';

/** Both are put here by vite.main.config.ts and vite.config.ts. */
const preload = new URL('preload.cjs', import.meta.url);
const windowFolder = new URL('../renderer/', import.meta.url);

protocol.registerSchemesAsPrivileged([
  { scheme: windowScheme, privileges: { standard: true, secure: true, supportFetchAPI: true } },
]);

/** The built window, under its own scheme, with the same headers as on loopback; it connects to nothing. */
function serveFiles(files: WindowFiles): void {
  protocol.handle(windowScheme, (request) => {
    const { host, pathname } = new URL(request.url);
    const answer = host === windowHost ? files.get(pathname, "'none'") : null;
    if (answer === null) return new Response('There is no such page.', { status: 404 });
    return new Response(new Uint8Array(answer.body), { status: answer.status, headers: answer.headers });
  });
}

async function openWindow(application: Application): Promise<void> {
  const window = new BrowserWindow({
    width: 1200,
    height: 800,
    minWidth: 900,
    minHeight: 600,
    show: false,
    title: 'Phone Health Inspector',
    webPreferences: webPreferences(preload),
  });
  window.removeMenu();
  const { webContents } = window;
  const calls = serveCalls(application, (message) => {
    if (!webContents.isDestroyed()) webContents.send(channel, message);
  });
  const receive = (event: IpcMainEvent, message: unknown): void => {
    if (event.sender === webContents && isFromWindow(event)) calls.receive(message);
  };
  ipcMain.on(channel, receive);
  // A window that is loaded again has forgotten its calls.
  webContents.on('did-start-loading', () => calls.stop());
  window.on('closed', () => {
    ipcMain.off(channel, receive);
    calls.stop();
  });
  window.once('ready-to-show', () => window.show());
  await window.loadURL(windowUrl);
}

async function run(): Promise<void> {
  app.on('web-contents-created', (_event, contents) => closeContents(contents));
  await app.whenReady();
  closeSession();
  serveFiles(await readWindowFiles(fileURLToPath(windowFolder)));
  const application = new Application({
    env: process.env,
    log: (line) => process.stderr.write(`${line}\n`),
    pdfPrinter: windowPrinter,
    checksStore: true,
  });
  await openWindow(application);
  // Also while no window is open.
  const stopAttending = application.attendance.attend(() => undefined);
  application.handover.start();
  const stopReminders = showReminders(application, () => {
    const [window] = BrowserWindow.getAllWindows();
    if (window === undefined) void openWindow(application);
    else window.focus();
  });

  app.on('activate', () => {
    if (BrowserWindow.getAllWindows().length === 0) void openWindow(application);
  });
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  let closed = false;
  app.on('before-quit', (event) => {
    if (closed) return;
    event.preventDefault();
    stopReminders();
    stopAttending();
    void application.close().finally(() => {
      closed = true;
      app.quit();
    });
  });
}

if (app.requestSingleInstanceLock()) {
  app.on('second-instance', () => {
    const [window] = BrowserWindow.getAllWindows();
    if (window?.isMinimized() === true) window.restore();
    window?.focus();
  });
  run().catch((error: unknown) => {
    const { message, steps } = problemOf(error);
    dialog.showErrorBox('Phone Health Inspector cannot start', [message, ...steps].join('\n'));
    app.exit(3);
  });
} else {
  app.quit();
}
