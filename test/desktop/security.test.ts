// oxlint-disable unicorn/consistent-function-scoping -- a page gets the text of one function, and nothing around it
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import type { WebPreferences } from 'electron';
import type { MessageToHost } from '../../electron/api.ts';
import packageJson from '../../package.json' with { type: 'json' };
import { fuses } from '../../build/package/fuses.ts';
import { test as desktopTest } from './desktop-test.ts';
import { inElectron } from './electron-program.ts';
import { otherProgram } from './other-program.ts';

/** One program for all: what is refused leaves it as it was. The numbers are those of Electron's list, in docs/desktop.md. */
const test = desktopTest
  .extend('shared', { scope: 'file' }, async ({ browser, begin }, { onCleanup }) => {
    const program = await begin(browser);
    onCleanup(() => program.close());
    return program;
  })
  .extend('page', ({ shared }) => shared.page);
/** Those that look at what the stand-in was asked. */
const standInTest = test.skipIf(inElectron);

const root = join(import.meta.dirname, '..', '..');

/** What every window was made with, the crash window and those that print among them. */
const sourcesOfWindows = ['main-window.ts', 'crash-window.ts', 'window-printer.ts'];

describe("Electron's list, by its effect", () => {
  test('1, 6, 8: the page reaches no address but its own, secure or not', async ({ page, shared, onTestFinished }) => {
    const other = await otherProgram();
    onTestFinished(other.close);
    const outcomes = await page.evaluate(async (port) => {
      const tried = async (work: () => Promise<unknown>): Promise<string> => {
        try {
          await work();
          return 'reached';
        } catch {
          return 'stopped';
        }
      };
      const element = (tag: string, attributes: object): Promise<unknown> =>
        new Promise((resolve, reject) => {
          const made = Object.assign(document.createElement(tag), attributes, { onload: resolve, onerror: reject });
          document.head.append(made);
        });
      const socket = (url: string): Promise<unknown> =>
        new Promise((resolve, reject) => {
          Object.assign(new WebSocket(url), { onopen: resolve, onerror: reject });
        });
      const at = `127.0.0.1:${port}/`;
      return {
        fetch: await tried(() => fetch(`http://${at}`, { mode: 'no-cors' })),
        https: await tried(() => fetch('https://example.org/', { mode: 'no-cors' })),
        script: await tried(() => element('script', { src: `http://${at}a.js` })),
        style: await tried(() => element('link', { rel: 'stylesheet', href: `http://${at}a.css` })),
        image: await tried(() => element('img', { src: `http://${at}a.png` })),
        socket: await tried(() => socket(`ws://${at}`)),
        beacon: navigator.sendBeacon(`http://${at}`) ? 'queued' : 'stopped',
        file: await tried(() => fetch('file:///etc/passwd')),
      };
    }, other.port);
    expect(outcomes).toEqual({
      fetch: 'stopped',
      https: 'stopped',
      script: 'stopped',
      style: 'stopped',
      image: 'stopped',
      socket: 'stopped',
      beacon: expect.stringMatching(/queued|stopped/),
      file: 'stopped',
    });
    expect(other.visits()).toBe(0);
    expect(shared.complaints.splice(0).length).toBeGreaterThan(5);
  });

  test('2, 3, 20: the page has nothing of Node, nothing of the preload script, and three functions that it cannot change', async ({
    page,
  }) => {
    const found = await page.evaluate(() => {
      const names = [
        'require',
        'process',
        'module',
        'Buffer',
        'global',
        'ipcRenderer',
        'standInPost',
        'standInReceive',
      ];
      const { phoneHealth } = globalThis;
      const given: unknown = Reflect.get(phoneHealth ?? {}, 'send');
      try {
        Object.assign(phoneHealth as object, { send: () => undefined });
      } catch {
        // It is frozen.
      }
      return {
        there: names.filter((name) => name in globalThis),
        keys: Object.keys(phoneHealth ?? {}),
        changed: Reflect.get(phoneHealth ?? {}, 'send') !== given,
      };
    });
    expect(found).toEqual({ there: [], keys: ['send', 'onMessage', 'pathOf'], changed: false });
  });

  standInTest(
    '3, 4, 6, 8, 9, 10: no window is made with less than the sandbox, and none with anything more',
    async ({ shared }) => {
      const [[made] = []] = await shared.asked('new BrowserWindow');
      const { webPreferences } = made as { webPreferences: WebPreferences };
      expect(webPreferences).toEqual({
        preload: join(root, 'out', 'main', 'preload.cjs'),
        contextIsolation: true,
        sandbox: true,
        nodeIntegration: false,
        nodeIntegrationInWorker: false,
        webSecurity: true,
        webviewTag: false,
        navigateOnDragDrop: false,
        spellcheck: false,
      });
      for (const name of sourcesOfWindows) {
        const text = readFileSync(join(root, 'electron', 'desktop', name), 'utf8');
        expect(text, name).toContain('new BrowserWindow(');
        expect(text, name).toMatch(/webPreferences\(|sandbox: true/);
        expect(text, name).not.toMatch(/allowRunningInsecureContent|experimentalFeatures|enableBlinkFeatures/);
      }
      expect(await shared.asked('app.commandLine.appendSwitch')).toEqual([]);
    },
  );

  test('5: it gets no permission but to copy', async ({ page, shared }) => {
    const states = await page.evaluate(async () => {
      const state = async (name: string): Promise<string> =>
        (await navigator.permissions.query({ name: name as PermissionName })).state;
      const failure = async (work: Promise<unknown>): Promise<string> =>
        work.then(
          () => 'given',
          () => 'denied',
        );
      return {
        geolocation: await state('geolocation'),
        notifications: await state('notifications'),
        camera: await state('camera'),
        read: await state('clipboard-read'),
        asked: await Notification.requestPermission(),
        media: await failure(navigator.mediaDevices.getUserMedia({ audio: true })),
        place: await failure(
          new Promise((resolve, reject) => {
            navigator.geolocation.getCurrentPosition(resolve, reject);
          }),
        ),
      };
    });
    expect(states).toEqual({
      geolocation: 'denied',
      notifications: 'denied',
      camera: 'denied',
      read: 'denied',
      asked: 'denied',
      media: 'denied',
      place: 'denied',
    });
    shared.complaints.length = 0;
  });

  test('11, 12: a webview is no element that does anything, and none is attached', async ({ page, shared }) => {
    const made = await page.evaluate(() => {
      const view = document.createElement('webview');
      view.setAttribute('src', 'https://example.org/');
      view.setAttribute('nodeintegration', '');
      document.body.append(view);
      return Object.prototype.toString.call(view);
    });
    expect(made).toBe('[object HTMLUnknownElement]');
    const prevented = await shared.evaluate(({ BrowserWindow }) => {
      let stopped = false;
      const event = {
        preventDefault: () => {
          stopped = true;
        },
      };
      for (const { webContents } of BrowserWindow.getAllWindows())
        webContents.emit('will-attach-webview', event, {}, {});
      return stopped;
    });
    expect(prevented).toBe(true);
  });

  test('13: the page goes nowhere else, by script, link, form or meta; it may be loaded again', async ({
    page,
    shared,
  }) => {
    const before = page.url();
    const ways: ((url: string) => void)[] = [
      (url) => void (location.href = url),
      (url) => location.replace(url),
      (url) => Object.assign(document.createElement('a'), { href: url }).click(),
      (url) => {
        const form = Object.assign(document.createElement('form'), { action: url, method: 'post' });
        document.body.append(form);
        form.submit();
      },
      (url) =>
        document.head.append(
          Object.assign(document.createElement('meta'), { httpEquiv: 'refresh', content: `0;url=${url}` }),
        ),
    ];
    const addresses = [
      'https://example.org/',
      'http://127.0.0.1:1/',
      'https://other.app.stand-in.invalid/',
      'file:///etc/passwd',
    ];
    for (const url of addresses) for (const way of ways) await page.evaluate(way, url);
    await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 200)));
    expect(page.url()).toBe(before);
    await page.evaluate(() => location.reload());
    await page.getByRole('button', { name: 'Try a sample phone' }).waitFor();
    expect(page.url()).toBe(before);
    shared.complaints.length = 0;
  });

  test('14: it opens no window', async ({ page, shared }) => {
    await page.evaluate(() => {
      for (const url of [
        'https://example.org/',
        'about:blank',
        location.href,
        'mailto:a@example.org',
        'file:///etc/passwd',
      ]) {
        window.open(url);
        const link = Object.assign(document.createElement('a'), { href: url, target: '_blank' });
        document.body.append(link);
        link.click();
        link.remove();
      }
    });
    await expect.poll(() => page.context().pages().length).toBe(1);
    expect(await shared.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
    shared.complaints.length = 0;
  });

  standInTest(
    'a file is saved once a person has pressed something, once for each time, and only one that the page has made',
    async ({ page, shared }) => {
      const offer = (name: string, made: boolean): Promise<void> =>
        page.evaluate(
          ([download, own]) => {
            const href = own === 'own' ? URL.createObjectURL(new Blob(['a'])) : 'data:text/plain,a';
            Object.assign(document.createElement('a'), { href, download }).click();
          },
          [name, made ? 'own' : ''],
        );
      const told = async (count: number): Promise<unknown[]> => {
        await expect.poll(async () => (await shared.asked('session.will-download')).length).toBe(count);
        return (await shared.asked('session.will-download')).map(([, name, allowed]) => [name, allowed]);
      };
      await offer('unasked.txt', true);
      await told(1);
      await page.mouse.click(2, 2);
      await offer('asked.txt', true);
      await told(2);
      await offer('again.txt', true);
      await told(3);
      await page.keyboard.press('Shift');
      await offer('by key.txt', true);
      await told(4);
      await page.mouse.click(2, 2);
      await offer('elsewhere.txt', false);
      expect(await told(5)).toEqual([
        ['unasked.txt', false],
        ['asked.txt', true],
        ['again.txt', false],
        ['by key.txt', true],
        ['elsewhere.txt', false],
      ]);
    },
  );

  standInTest('5, 15: it gets no device, and no other program was opened', async ({ shared }) => {
    expect(await shared.evaluate(({ session }) => session.defaultSession.grantsDevice({} as never))).toBe(false);
    expect(await shared.asked('shell.openExternal')).toEqual([]);
  });

  test('16: Electron is pinned, and the one that is installed', () => {
    const { version } = createRequire(import.meta.url)('electron/package.json') as { version: string };
    expect(packageJson.devDependencies.electron).toBe(version);
    expect(version).toMatch(/^\d+\.\d+\.\d+$/);
  });

  standInTest('17: what does not come from the page itself is not heard', async ({ shared }) => {
    const before = (await shared.asked('webContents.send')).length;
    await shared.evaluate(({ BrowserWindow, ipcMain }) => {
      const [window] = BrowserWindow.getAllWindows();
      if (window === undefined) return;
      const { webContents } = window;
      const { mainFrame } = webContents;
      const call = { id: 77, type: 'query', path: 'about' };
      const frames = [
        null,
        { url: 'app://window/', origin: 'app://window', parent: mainFrame },
        { url: 'https://example.org/', origin: '', parent: null },
        { url: 'app://other/', origin: '', parent: null },
        { url: 'app://window.evil/', origin: '', parent: null },
        { url: 'app://window@evil/', origin: '', parent: null },
        { url: 'file:///etc/passwd', origin: '', parent: null },
      ];
      for (const frame of frames) ipcMain.receive(webContents, frame, 'phone-health', [call]);
      // A second window, even with the page's own address.
      const other = new BrowserWindow({ show: false });
      ipcMain.receive(other.webContents, { url: 'app://window/', origin: '', parent: null }, 'phone-health', [call]);
      other.destroy();
    });
    expect((await shared.asked('webContents.send')).length).toBe(before);
  });

  test('17: a call that is malformed, oversized or unknown is refused, and the next one is answered', async ({
    page,
  }) => {
    const answers = await page.evaluate(async () => {
      const heard: [number, string][] = [];
      const stop = globalThis.phoneHealth?.onMessage((message) => {
        if (message.id >= 5_000) heard.push([message.id, message.type]);
      });
      const send = (message: unknown): void => globalThis.phoneHealth?.send(message as MessageToHost);
      const odd: unknown[] = [
        null,
        'text',
        7,
        [],
        {},
        { id: '5000', type: 'query', path: 'about' },
        { id: 5_000.5, type: 'query', path: 'about' },
      ];
      odd.push({ id: 5_001, type: 'eval', path: 'about' }, { id: 5_002, type: 'query', path: 'x'.repeat(101) });
      odd.push(
        { id: 5_003, type: 'query', path: '__proto__' },
        { id: 5_004, type: 'query', path: 'constructor.prototype' },
      );
      odd.push({ id: 5_005, type: 'query', path: 'about', input: 'x'.repeat(300_000) });
      odd.push({ id: 5_006, type: 'mutation', path: 'addSample', input: { profile: 'x'.repeat(300_000) } });
      odd.push({ id: 5_007, type: 'mutation', path: 'addSample', input: { profile: { toString: 1 } } });
      for (const message of odd) send(message);
      await new Promise<void>((resolve) => {
        const stopLast = globalThis.phoneHealth?.onMessage((message) => {
          if (message.id !== 6_000 || message.type !== 'end') return;
          stopLast?.();
          resolve();
        });
        send({ id: 6_000, type: 'query', path: 'about' });
      });
      stop?.();
      return heard;
    });
    expect(answers).toEqual(
      expect.arrayContaining([
        [5_003, 'error'],
        [5_004, 'error'],
        [5_005, 'error'],
        [5_006, 'error'],
        [5_007, 'error'],
        [6_000, 'data'],
      ]),
    );
    const refused = answers.filter(([id]) => id < 5_003);
    expect(refused).toEqual([]);
  });

  standInTest(
    '18: its scheme serves the built window and nothing that lies elsewhere, however it is written',
    async ({ page, shared }) => {
      const ways = [
        'app://../../etc/passwd',
        'app://window/../../etc/passwd',
        'app://window/..%2f..%2fetc%2fpasswd',
        'app://window/%2e%2e/%2e%2e/etc/passwd',
        'app://window/%252e%252e%252fetc%252fpasswd',
        'app://window/..\\..\\etc\\passwd',
        'app://window/..%5c..%5cetc%5cpasswd',
        'app://window/%c0%ae%c0%ae/etc/passwd',
        'app://window/%uff0e%uff0e/etc/passwd',
        'app://window//etc/passwd',
        'app://window/etc/passwd%00.js',
        'app://window/assets/../../../etc/passwd',
        'app://window/./assets/%2e%2e/%2e%2e/main/main.js',
        'app://window/../main/main.js',
        'app:///etc/passwd',
        'app://etc/passwd',
        'app://window:80/index.html',
        'app://other/index.html',
        'app://window.evil/index.html',
        'app://window/INDEX.HTML',
      ];
      const answers = await shared.evaluate(async ({ session }, urls) => {
        const all: [string, number | null, boolean][] = [];
        for (const url of urls) {
          const response = await session.defaultSession.protocol.answer(new Request(url));
          const text = (await response?.text()) ?? '';
          all.push([url, response?.status ?? null, text.includes('root:') || text.includes('Application')]);
        }
        return all;
      }, ways);
      expect(answers).toEqual(ways.map((url) => [url, 404, false]));
      // The same from within the page, which may ask for nothing at all: `connect-src 'none'`.
      const fetched = await page.evaluate(
        (paths) =>
          Promise.all(
            paths.map(async (path) => {
              try {
                return (await fetch(path)).status;
              } catch {
                return 'stopped';
              }
            }),
          ),
        ['/../../etc/passwd', '/..%2f..%2fetc/passwd', '/index.html'],
      );
      expect(fetched).toEqual(['stopped', 'stopped', 'stopped']);
      shared.complaints.length = 0;
    },
  );

  test('19: every fuse is decided, and the binary runs nothing else', () => {
    expect(fuses).toMatchObject({
      RunAsNode: false,
      EnableNodeOptionsEnvironmentVariable: false,
      EnableNodeCliInspectArguments: false,
      OnlyLoadAppFromAsar: true,
      EnableEmbeddedAsarIntegrityValidation: true,
      LoadBrowserProcessSpecificV8Snapshot: false,
      GrantFileProtocolExtraPrivileges: false,
    });
  });
});
