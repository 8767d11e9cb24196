import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test as plain } from 'vitest';
import {
  desktopEntry,
  hiddenSwitch,
  isStartedHidden,
  setAutostart,
  whyNoAutostart,
  type AutostartPlace,
} from '../../../../electron/desktop/autostart.ts';

const test = plain.extend('folder', ({ onTestFinished }) => {
  const folder = mkdtempSync(join(tmpdir(), 'phone-health-autostart-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
});

const installed: AutostartPlace = { platform: 'linux', env: {}, execPath: '/opt/phone-health', isPackaged: true };
const loginItem = { openAtLogin: false, wasOpenedAtLogin: false } as const;

/** The part of Electron's `app` that a system keeps its own list behind. */
function systemList() {
  const set: unknown[] = [];
  let openAtLogin = false;
  return {
    set,
    getLoginItemSettings: () => ({
      ...loginItem,
      openAtLogin,
      openAsHidden: false,
      wasOpenedAsHidden: false,
      restoreState: false,
      status: 'not-registered' as const,
      executableWillLaunchAtLogin: false,
      launchItems: [],
    }),
    setLoginItemSettings: (settings: { openAtLogin?: boolean }) => {
      set.push(settings);
      openAtLogin = settings.openAtLogin ?? false;
    },
  };
}

describe('starting with the computer', () => {
  plain('is for the installed program, and not where the system does it', () => {
    expect(whyNoAutostart(installed)).toBeNull();
    expect(whyNoAutostart({ ...installed, isPackaged: false })).toMatch(/installed program/);
    expect(whyNoAutostart({ ...installed, env: { FLATPAK_ID: 'x' } })).toMatch(/settings of the system/);
  });

  test('is an entry in the folder of the desktop on Linux, and nothing once it is switched off', ({ folder }) => {
    const place = { ...installed, env: { XDG_CONFIG_HOME: folder } };
    const file = join(folder, 'autostart', 'phone-health-inspector.desktop');
    const system = systemList();
    setAutostart(false, place, system);
    expect(existsSync(file)).toBe(false);
    setAutostart(true, place, system);
    expect(readFileSync(file, 'utf8')).toContain('\nExec="/opt/phone-health" --hidden\n');
    setAutostart(false, place, system);
    expect(existsSync(file)).toBe(false);
    expect(system.set).toEqual([]);
  });

  plain(
    'names the AppImage, not the place where it is unpacked; odd names are quoted as the specification says',
    () => {
      const place = { ...installed, env: { APPIMAGE: '/home/a b/100%/"x"$HOME`id`\\.AppImage' } };
      expect(desktopEntry(place)).toContain(
        String.raw`Exec="/home/a b/100%%/\\"x\\"\\$HOME\\` +
          '`id' +
          String.raw`\\` +
          '`' +
          String.raw`\\\\.AppImage" --hidden`,
      );
    },
  );

  plain('is in the list of the system on Windows and macOS, written only where it changes', () => {
    const windows = systemList();
    setAutostart(false, { ...installed, platform: 'win32' }, windows);
    setAutostart(true, { ...installed, platform: 'win32' }, windows);
    setAutostart(true, { ...installed, platform: 'win32' }, windows);
    expect(windows.set).toEqual([{ openAtLogin: true, args: [hiddenSwitch] }]);
    const mac = systemList();
    setAutostart(true, { ...installed, platform: 'darwin' }, mac);
    expect(mac.set).toEqual([{ openAtLogin: true, args: [] }]);
  });

  plain('does nothing where the program is not installed', () => {
    const system = systemList();
    setAutostart(true, { ...installed, platform: 'darwin', isPackaged: false }, system);
    expect(system.set).toEqual([]);
  });

  plain('is told by its switch, and by macOS itself', () => {
    const system = systemList();
    expect(isStartedHidden(['--hidden'], { platform: 'linux' }, system)).toBe(true);
    expect(isStartedHidden(['report.zip'], { platform: 'linux' }, system)).toBe(false);
    const opened = { getLoginItemSettings: () => ({ ...system.getLoginItemSettings(), wasOpenedAtLogin: true }) };
    expect(isStartedHidden([], { platform: 'darwin' }, opened)).toBe(true);
    expect(isStartedHidden([], { platform: 'win32' }, opened)).toBe(false);
  });
});
