import { EventEmitter } from 'node:events';
import { describe, expect, test } from 'vitest';
import type { Clock } from '../../../../electron/app/program/clock.ts';
import { defaultSettings } from '../../../../electron/app/settings/settings-schema.ts';
import type { Settings } from '../../../../electron/app/settings/settings.ts';
import type { UpdateState } from '../../../../electron/app/shell/shell.ts';
import { Updates, whyNoUpdates, type UpdatePlace, type Updater } from '../../../../electron/desktop/updates.ts';

const place: UpdatePlace = { platform: 'win32', env: {}, isPackaged: true, hasFeed: true, hasPackageType: false };

/** What electron-updater does, without a network. */
class FakeUpdater extends EventEmitter implements Updater {
  autoDownload = false;
  autoInstallOnAppQuit = true;
  logger: unknown = console;
  checks = 0;
  installed: unknown[] = [];
  offline = false;

  checkForUpdates(): Promise<unknown> {
    this.checks += 1;
    this.emit('checking-for-update');
    return this.offline ? Promise.reject(new Error('net::ERR_INTERNET_DISCONNECTED\nat stack')) : Promise.resolve(null);
  }

  quitAndInstall(...how: unknown[]): void {
    this.installed.push(how);
  }
}

const settle = () => new Promise((resolve) => setImmediate(resolve));

function running(on: boolean, where = place) {
  const updater = new FakeUpdater();
  const told: UpdateState[] = [];
  const logged: string[] = [];
  const sleeps: (() => void)[] = [];
  let loaded = 0;
  let restarts = 0;
  let tell: Parameters<Settings['follow']>[0] | null = null;
  const become = (updates: boolean): void => tell?.({ settings: { ...defaultSettings, updates }, trouble: null });
  const settings: Pick<Settings, 'follow'> = {
    follow(listener) {
      tell = listener;
      become(on);
      return () => true;
    },
  };
  const clock: Clock = {
    now: () => new Date(),
    sleep: (_ms, signal) =>
      new Promise((resolve) => {
        sleeps.push(resolve);
        signal.addEventListener('abort', () => resolve());
      }),
  };
  const updates = new Updates({
    place: where,
    settings,
    tell: (state) => told.push(state),
    load: () => {
      loaded += 1;
      return Promise.resolve(updater);
    },
    clock,
    restart: () => (restarts += 1),
    log: (line) => logged.push(line),
  });
  return { updates, updater, told, logged, sleeps, become, loads: () => loaded, restarts: () => restarts };
}

describe('newer versions', () => {
  test.each([
    [{ ...place, isPackaged: false }, /runs from its sources/],
    [{ ...place, hasFeed: false }, /names no place/],
    [{ ...place, platform: 'linux' as const }, /packages of the system/],
    [{ ...place, platform: 'linux' as const, env: { APPIMAGE: '/x' } }, null],
    [{ ...place, platform: 'linux' as const, hasPackageType: true }, null],
    [{ ...place, platform: 'darwin' as const }, null],
  ])('are looked for where the program can replace itself', (where, why) => {
    if (why === null) expect(whyNoUpdates(where)).toBeNull();
    else expect(whyNoUpdates(where)).toMatch(why);
  });

  test('are not looked for, and nothing is loaded for it, until somebody switches that on', async () => {
    const { updates, updater, told, become, loads } = running(false);
    updates.lookNow();
    await settle();
    expect([loads(), updater.checks, told]).toEqual([0, 0, [{ state: 'off' }]]);
    become(true);
    await settle();
    expect([loads(), updater.checks]).toEqual([1, 1]);
    expect(updater.autoInstallOnAppQuit).toBe(false);
  });

  test('never, whatever the settings say, where there is no place that they come from', async () => {
    const { updates, told, loads } = running(true, { ...place, hasFeed: false });
    updates.lookNow();
    await settle();
    expect(loads()).toBe(0);
    expect(told).toEqual([{ state: 'unavailable', why: 'This package names no place that newer versions come from.' }]);
  });

  test('are told as they come, looked for each day, and installed when somebody says so', async () => {
    const { updates, updater, told, sleeps } = running(true);
    await settle();
    await updates.install(() => Promise.resolve(true));
    expect(updater.installed).toEqual([]);
    updater.emit('update-available', { version: '2.0.0' });
    updater.emit('download-progress', { percent: 41.9 });
    updater.emit('update-downloaded', { version: '2.0.0' });
    expect(told).toEqual([
      { state: 'looking' },
      { state: 'loading', version: '2.0.0', percent: 0 },
      { state: 'loading', version: '2.0.0', percent: 41 },
      { state: 'ready', version: '2.0.0' },
    ]);
    await updates.install(() => Promise.resolve(false));
    expect(updater.installed).toEqual([]);
    await updates.install(() => Promise.resolve(true));
    expect(updater.installed).toEqual([[false, true]]);
    sleeps[0]?.();
    await settle();
    expect(updater.checks).toBe(2);
  });

  test('that are not installed after all leave no program that is closed: it is started again as it is', async () => {
    const { updates, updater, restarts } = running(true);
    await settle();
    updater.emit('update-downloaded', { version: '2.0.0' });
    updater.emit('error', new Error('offline'));
    expect(restarts()).toBe(0);
    await updates.install(() => {
      updates.stop();
      return Promise.resolve(true);
    });
    updater.emit('error', new Error('EACCES'));
    expect([updater.installed, restarts()]).toEqual([[[false, true]], 1]);
  });

  test('that cannot be looked for are told in one line and kept in the log', async () => {
    const { updates, updater, told, logged } = running(true);
    updater.offline = true;
    updates.lookNow();
    await settle();
    updates.lookNow();
    await settle();
    expect(told.at(-1)).toEqual({ state: 'failed', why: 'net::ERR_INTERNET_DISCONNECTED' });
    expect(logged.at(-1)).toBe('looking for a newer version: net::ERR_INTERNET_DISCONNECTED');
  });

  test('are nobody’s any more once it is switched off, whatever is still on its way', async () => {
    const { updates, updater, told, become } = running(true);
    await settle();
    become(false);
    updater.emit('update-downloaded', { version: '2.0.0' });
    await updates.install(() => Promise.resolve(true));
    updates.lookNow();
    expect(told.at(-1)).toEqual({ state: 'off' });
    expect([updater.installed, updater.checks]).toEqual([[], 1]);
  });
});
