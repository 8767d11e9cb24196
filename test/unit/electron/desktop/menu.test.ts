import type { MenuItemConstructorOptions } from 'electron';
import { describe, expect, test } from 'vitest';
import { loadCatalog } from '../../../../diagnosis/load/catalog.ts';
import type { ListedPhone } from '../../../../native/phone.ts';
import { menuTemplate, type MenuOptions } from '../../../../electron/desktop/menu.ts';
import { desktopLanguage } from '../../../../electron/desktop/say.ts';
import { trayContents } from '../../../../electron/desktop/tray.ts';

const german = loadCatalog(undefined, { language: 'de' }).programs;
const languages = { en: (text: string): string => text, de: (text: string): string => german.say(text) };

function template(options: Partial<MenuOptions>): { menu: MenuItemConstructorOptions[]; done: string[] } {
  const done: string[] = [];
  const act = (name: string) => () => void done.push(name);
  const acts = {
    show: (screen: string) => void done.push(`show ${screen}`),
    openFile: act('open'),
    showLogs: act('log'),
    showData: act('data'),
    lookForUpdate: act('update'),
  };
  const menu = menuTemplate({
    platform: 'linux',
    say: languages.en,
    updates: true,
    development: true,
    acts,
    ...options,
  });
  return { menu, done };
}

const below = ({ submenu }: MenuItemConstructorOptions): MenuItemConstructorOptions[] =>
  Array.isArray(submenu) ? submenu : [];
const letterOf = (label = ''): string | undefined => /&(\S)/.exec(label)?.[1]?.toLowerCase();

describe.each(['en', 'de'] as const)('the menu in %s', (language) => {
  const { menu } = template({ say: languages[language] });

  test('is opened by a letter, and each entry in it chosen by one; no two of a menu share theirs', () => {
    for (const entries of [menu, ...menu.map(below)]) {
      const named = entries.filter(({ type }) => type !== 'separator');
      const letters = named.map(({ label }) => letterOf(label));
      expect(letters).not.toContain(undefined);
      expect([...new Set(letters)], named.map(({ label }) => label).join(', ')).toHaveLength(letters.length);
    }
  });

  test('gives no key to two entries', () => {
    const keys = menu.flatMap(below).flatMap(({ accelerator }) => accelerator ?? []);
    expect(new Set(keys).size).toBe(keys.length);
  });
});

test('every text of the menu, the tray and the dialogs of the desktop is said in German', () => {
  const bare: string[] = [];
  const say = (text: string): string => {
    if (german.say(text) === text) bare.push(text);
    return text;
  };
  template({ say });
  template({ say, platform: 'darwin' });
  for (const states of [['ready'], ['offline'], ['offline', 'offline']] as const) {
    trayContents({ slots: states.map((state, index) => slot(index + 1, state)) }, say, trayActs([]));
  }
  expect(bare).toEqual([]);
});

describe('the menu', () => {
  test('shows screens and does nothing else to a phone', () => {
    const { menu, done } = template({});
    for (const entry of menu.flatMap(below)) {
      const click: unknown = entry.click;
      if (typeof click === 'function') click();
    }
    expect(done).toEqual([
      'open',
      'show new-ticket',
      'show settings',
      'show phones',
      'show bench',
      'show tickets',
      'show history',
      'show connection-help',
      'show catalog',
      'show backups',
      'log',
      'data',
      'show licences',
      'update',
    ]);
  });

  test('on macOS begins with the program’s own, without letters, and has the roles that Mac users know', () => {
    const { menu } = template({ platform: 'darwin', development: false, updates: false });
    expect(menu.map(({ label }) => label)).toEqual([
      'Phone Health Inspector',
      'File',
      'Edit',
      'View',
      'Window',
      'Help',
    ]);
    const entries = menu.flatMap(below);
    expect(entries.some(({ label }) => label?.includes('&') === true)).toBe(false);
    const roles = [...menu, ...entries].flatMap(({ role }) => role ?? []);
    expect(roles).toEqual(expect.arrayContaining(['about', 'services', 'hide', 'quit', 'windowMenu', 'help', 'copy']));
    expect(roles).not.toContain('toggleDevTools');
    expect(entries.map(({ label }) => label)).not.toContain('Look for a newer version');
  });
});

const slot = (number: number, state: ListedPhone['state'], phone: Partial<ListedPhone> = {}) => ({
  number,
  name: null,
  arrivedAt: '2026-11-28T10:00:00Z',
  leftAt: null,
  phone: {
    id: `SERIAL${number}`,
    platform: 'android' as const,
    state,
    manufacturer: 'Google',
    model: 'Pixel 8',
    name: null,
    osVersion: '14',
    build: null,
    securityPatch: null,
    remedy: null,
    sample: false,
    port: null,
    ...phone,
  },
});
const trayActs = (done: string[]) => ({
  showWindow: () => void done.push('window'),
  showBench: () => void done.push('bench'),
  showPhone: (phoneId: string) => void done.push(phoneId),
  quit: () => void done.push('quit'),
});

describe('the tray', () => {
  test('says how many phones lie at the bench and which of them wait for somebody; a click opens one', () => {
    const done: string[] = [];
    const slots = [
      slot(1, 'ready'),
      { ...slot(2, 'unauthorized'), name: 'Window' },
      { ...slot(3, 'ready'), phone: null },
      { ...slot(4, 'gone'), leftAt: '2026-11-28T10:01:00Z' },
    ];
    const { tip, menu } = trayContents({ slots }, languages.en, trayActs(done));
    expect(tip).toBe('Phone Health Inspector\n2 phones at the bench. 1 needs hands.');
    expect(menu.flatMap(({ label }) => label ?? [])).toEqual([
      '2 phones at the bench. 1 needs hands.',
      '1 · Pixel 8',
      'Window · Pixel 8 · needs hands',
      'Open the &bench',
      '&Show the window',
      '&Quit',
    ]);
    for (const { click } of menu) (click as unknown as (() => void) | undefined)?.();
    expect(done).toEqual(['SERIAL1', 'SERIAL2', 'bench', 'window', 'quit']);
  });

  test('shows the name of a phone as text: it turns, breaks and underlines nothing', () => {
    const name = `A\u202e&B\n\u0007${'x'.repeat(80)}`;
    const { menu } = trayContents({ slots: [slot(1, 'ready', { name })] }, languages.en, trayActs([]));
    expect(menu[1]?.label).toBe(`1 · A &&B ${'x'.repeat(35)}`);
  });
});

test('the desktop speaks the language of the settings, else the first of the computer’s that it knows', () => {
  expect(desktopLanguage('de', ['fr'])).toBe('de');
  expect(desktopLanguage('system', ['fr-FR', 'de-AT', 'en-US'])).toBe('de');
  expect(desktopLanguage('system', ['en-GB', 'de'])).toBe('en');
  expect(desktopLanguage('system', ['fr'])).toBe('en');
  expect(desktopLanguage('system', [])).toBe('en');
});
