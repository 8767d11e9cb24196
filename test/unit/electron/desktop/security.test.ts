import { EventEmitter } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { IpcMainEvent, Session, WebContents } from 'electron';
import { describe, expect, test } from 'vitest';
import { closeContents, closeSession, isFromWindow, webPreferences } from '../../../../electron/desktop/security.ts';

/** Records what is registered on a session, to be asked afterwards. */
function stubSession() {
  const handlers: Record<string, (...args: never[]) => unknown> = {};
  const keep = (name: string) => (handler: (...args: never[]) => unknown) => {
    handlers[name] = handler;
  };
  const stub = {
    setPermissionRequestHandler: keep('request'),
    setPermissionCheckHandler: keep('check'),
    setDevicePermissionHandler: keep('device'),
    webRequest: { onBeforeRequest: keep('address') },
    on: (name: string, handler: (...args: never[]) => unknown) => keep(name)(handler),
  };
  closeSession(stub as unknown as Session);
  const call = (name: string, ...args: unknown[]): unknown =>
    (handlers[name] as (...args: unknown[]) => unknown)(...args);
  return {
    asks(permission: string): boolean {
      let granted = true;
      call('request', null, permission, (answer: boolean) => {
        granted = answer;
      });
      expect(call('check', null, permission)).toBe(granted);
      return granted;
    },
    device: () => call('device'),
    saves(url: string, contents: object): boolean {
      let saved = true;
      const event = {
        preventDefault: () => {
          saved = false;
        },
      };
      call('will-download', event, { getURL: () => url }, contents);
      return saved;
    },
    cancels(url: string): boolean {
      let cancelled = false;
      call('address', { url }, ({ cancel }: { cancel: boolean }) => {
        cancelled = cancel;
      });
      return cancelled;
    },
  };
}

const from = (senderFrame: object | null): boolean => isFromWindow({ senderFrame } as unknown as IpcMainEvent);

describe('the desktop window', () => {
  test('is given no permission but to copy', () => {
    const session = stubSession();
    for (const permission of [
      'media',
      'geolocation',
      'notifications',
      'usb',
      'serial',
      'hid',
      'openExternal',
      'midi',
    ]) {
      expect(session.asks(permission), permission).toBe(false);
    }
    expect(session.asks('clipboard-sanitized-write')).toBe(true);
    expect(session.device()).toBe(false);
  });

  test('reaches no address but its own', () => {
    const session = stubSession();
    expect(session.cancels('app://window/assets/index.js')).toBe(false);
    expect(session.cancels('blob:app://window/6f9619ff')).toBe(false);
    for (const url of [
      'https://example.org/',
      'http://127.0.0.1:5037/',
      'file:///etc/passwd',
      'app://other/',
      'ws://x/',
      'blob:https://example.org/6f9619ff',
    ]) {
      expect(session.cancels(url), url).toBe(true);
    }
  });

  test('saves what it has made itself, once for each time that a person presses something', () => {
    const session = stubSession();
    const contents = Object.assign(new EventEmitter(), { setWindowOpenHandler: () => undefined });
    closeContents(contents as unknown as WebContents);
    const press = (type: string) => contents.emit('input-event', {}, { type });
    const own = 'blob:app://window/6f9619ff-8b86-d011-b42d-00cf4fc964ff';
    press('mouseMove');
    press('mouseEnter');
    expect(session.saves(own, contents)).toBe(false);
    for (const type of ['mouseDown', 'rawKeyDown', 'gestureTap']) {
      press(type);
      expect(session.saves(own, contents), type).toBe(true);
      expect(session.saves(own, contents), type).toBe(false);
    }
    for (const url of [
      'https://example.org/a.exe',
      'data:text/plain,a',
      'file:///etc/passwd',
      'app://window/index.html',
      'blob:null/6f9619ff',
      'blob:app://window.evil/6f9619ff',
      'blob:https://example.org/6f9619ff',
    ]) {
      press('mouseDown');
      expect(session.saves(url, contents), url).toBe(false);
    }
    // A paper takes its time: what was pressed for it is not used up by another that was pressed later and is there first.
    const slow = Object.assign(new EventEmitter(), { setWindowOpenHandler: () => undefined });
    closeContents(slow as unknown as WebContents);
    for (const type of ['mouseDown', 'mouseDown']) slow.emit('input-event', {}, { type });
    expect([1, 2, 3].map(() => session.saves(own, slow))).toEqual([true, true, false]);
    // One touch is one press.
    for (const type of ['touchStart', 'touchEnd', 'gestureTap']) slow.emit('input-event', {}, { type });
    expect([1, 2].map(() => session.saves(own, slow))).toEqual([true, false]);
    for (let typed = 0; typed < 40; typed += 1) slow.emit('input-event', {}, { type: 'rawKeyDown' });
    expect([1, 2, 3, 4, 5].map(() => session.saves(own, slow))).toEqual([true, true, true, true, false]);
    // What is pressed in one window saves nothing of another.
    press('mouseDown');
    expect(session.saves(own, {})).toBe(false);
  });

  test('stays where it is and opens no other', () => {
    const prevented: string[] = [];
    let open: ((details: object) => { action: string }) | null = null;
    const contents = {
      setWindowOpenHandler: (handler: (details: object) => { action: string }) => {
        open = handler;
      },
      on: (name: string, listener: (event: { url: string; preventDefault: () => void }) => void) => {
        if (name === 'input-event') return;
        for (const url of ['app://window/evil', 'app://other/', 'https://example.org/']) {
          listener({ url, preventDefault: () => prevented.push(name) });
        }
        if (name !== 'will-navigate') return;
        for (const url of ['app://window/', 'app://window/#/phones/A1']) {
          listener({ url, preventDefault: () => prevented.push(url) });
        }
      },
    };
    closeContents(contents as unknown as WebContents);
    expect(prevented).toEqual(
      ['will-navigate', 'will-redirect', 'will-attach-webview'].flatMap((name) => [name, name, name]),
    );
    expect((open as ((details: object) => { action: string }) | null)?.({ url: 'https://example.org' })).toEqual({
      action: 'deny',
    });
  });

  test('is the only sender that is heard: its main frame, at its own address', () => {
    expect(from({ url: 'app://window/#/phones/A1', parent: null })).toBe(true);
    expect(from({ url: 'app://window/', parent: {} })).toBe(false);
    expect(from({ url: 'https://example.org/', parent: null })).toBe(false);
    expect(from({ url: 'app://window.evil/', parent: null })).toBe(false);
    expect(from(null)).toBe(false);
  });

  test('runs in a sandbox, apart from its preload script, without Node', () => {
    const preload = join(tmpdir(), 'preload.cjs');
    expect(webPreferences(pathToFileURL(preload))).toMatchObject({
      preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
    });
  });
});
