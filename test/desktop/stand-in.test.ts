import { beforeEach, describe, expect, test } from 'vitest';
import { app, BrowserWindow, dialog, ipcMain, Menu, protocol, screen } from './stand-in/electron.ts';
import type { StandInEvent } from './stand-in/asked.ts';
import { choices } from './stand-in/dialog.ts';
import { resetStandIn } from './stand-in/reset.ts';
import { session } from './stand-in/session.ts';

const stay = (event: StandInEvent): void => event.preventDefault();

beforeEach(() => resetStandIn());

/** The events of quitting, in their order. */
function listenToEnd(): string[] {
  const heard: string[] = [];
  for (const name of ['before-quit', 'window-all-closed', 'will-quit', 'quit']) app.on(name, () => heard.push(name));
  return heard;
}

describe('the stand-in for Electron', () => {
  test('quits in the order of Electron, and closes windows without telling that all are closed', () => {
    const window = new BrowserWindow();
    window.on('closed', () => heard.push('closed'));
    const heard = listenToEnd();
    app.quit();
    expect(heard).toEqual(['before-quit', 'closed', 'will-quit', 'quit']);
  });

  test('stays where before-quit or a window prevents it', () => {
    const window = new BrowserWindow();
    const heard = listenToEnd();
    window.on('close', stay);
    app.quit();
    expect([window.isDestroyed(), app.isQuitting]).toEqual([false, false]);
    window.off('close', stay);
    app.once('before-quit', stay);
    app.quit();
    expect(window.isDestroyed()).toBe(false);
    window.close();
    expect(heard).toEqual(['before-quit', 'before-quit', 'window-all-closed']);
  });

  test('refuses before the program is ready what Electron refuses then', () => {
    resetStandIn({ ready: false });
    expect(() => new BrowserWindow()).toThrow('before app is ready');
    expect(() => screen.getPrimaryDisplay()).toThrow("'ready'");
    protocol.registerSchemesAsPrivileged([]);
    app.becomeReady();
    expect(() => protocol.registerSchemesAsPrivileged([])).toThrow('before app is ready');
  });

  test('clones what crosses between processes, and refuses what cannot be cloned', () => {
    const window = new BrowserWindow();
    const { webContents } = window;
    const sent = { at: new Date(0), bytes: new Uint8Array([1]), of: new Map([['a', undefined]]) };
    let heard: unknown;
    ipcMain.on('channel', (_event: unknown, message: unknown) => {
      heard = message;
    });
    ipcMain.receive(webContents, webContents.mainFrame, 'channel', [sent]);
    expect(heard).toEqual(sent);
    expect(heard).not.toBe(sent);
    expect(() => webContents.send('channel', () => undefined)).toThrow('could not be cloned');
  });

  test('grants what nobody denies, as Electron does', async () => {
    const { defaultSession } = session;
    expect(await defaultSession.grants('media', 'app://window')).toBe(true);
    defaultSession.setPermissionCheckHandler(() => false);
    expect(await defaultSession.grants('media', 'app://window')).toBe(false);
    expect(new BrowserWindow().webContents.opensWindow('https://example.org/')).toEqual({ action: 'allow' });
  });

  test('answers a dialog as a person was said to', async () => {
    choices.messages.push(1);
    const asked = { message: 'Stop the copy?', buttons: ['Stop', 'Go on'], cancelId: 0 };
    expect((await dialog.showMessageBox(asked)).response).toBe(1);
    expect((await dialog.showMessageBox(asked)).response).toBe(0);
  });

  test('clicks no menu item that is greyed out', () => {
    const clicked: string[] = [];
    Menu.setApplicationMenu(
      Menu.buildFromTemplate([
        {
          label: 'File',
          submenu: [
            { id: 'open', label: 'Open…', click: () => clicked.push('open') },
            { id: 'print', label: 'Print…', enabled: false, click: () => clicked.push('print') },
          ],
        },
      ]),
    );
    for (const id of ['open', 'print']) Menu.getApplicationMenu()?.getMenuItemById(id)?.click();
    expect(clicked).toEqual(['open']);
  });
});
