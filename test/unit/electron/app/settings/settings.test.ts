import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { Settings } from '../../../../../electron/app/settings/settings.ts';
import { readSettings, settingsFile } from '../../../../../electron/app/settings/settings-file.ts';
import { defaultSettings } from '../../../../../electron/app/settings/settings-schema.ts';
import { test } from '../application-test.ts';

describe('settings', () => {
  test('stand as they were at first where nothing was ever changed, and leave no file', ({ home }) => {
    expect(new Settings(home).state).toEqual({ settings: defaultSettings, trouble: null });
    expect(readdirSync(home)).toEqual([]);
  });

  test('are kept, whole, for this account only, and are there after a new start', ({ home }) => {
    const folder = join(home, 'made', 'by', 'it');
    new Settings(folder).change({ theme: 'dark', shopName: 'Ada' });
    expect(new Settings(folder).values).toEqual({ ...defaultSettings, theme: 'dark', shopName: 'Ada' });
    expect(readdirSync(folder)).toEqual(['settings.json']);
    expect(statSync(settingsFile(folder)).mode & 0o077).toBe(0);
  });

  test('tell whoever follows them now and at each change, until they stop', ({ home }) => {
    const settings = new Settings(home);
    const seen: string[] = [];
    const stop = settings.follow(({ settings: { theme } }) => seen.push(theme));
    settings.change({ theme: 'light' });
    stop();
    settings.change({ theme: 'dark' });
    expect(seen).toEqual(['system', 'light']);
  });

  test('that another program keeps meanwhile are not written over', ({ home }) => {
    const one = new Settings(home);
    expect(one.values.theme).toBe('system');
    new Settings(home).change({ shopName: 'Repairs' });
    expect(one.change({ theme: 'dark' }).settings).toMatchObject({ theme: 'dark', shopName: 'Repairs' });
  });

  test('of a newer program are kept beside those that are known', ({ home }) => {
    writeFileSync(settingsFile(home), '{"theme":"dark","colour":"teal"}');
    new Settings(home).change({ language: 'de' });
    expect(JSON.parse(readFileSync(settingsFile(home), 'utf8'))).toMatchObject({
      theme: 'dark',
      colour: 'teal',
      language: 'de',
    });
  });

  test.for(['', '{"theme":', '[]', 'null', '"dark"', '\u0000\u0000', '[[[['.repeat(1000)])(
    'in a damaged file are told plainly, and stand as they were at first: %j',
    (text) => {
      const { settings, trouble } = readSettings(text);
      expect(settings).toEqual(defaultSettings);
      expect(trouble).toBe('The file of the settings is damaged. All settings stand as they were at first.');
    },
  );

  test('that are not as they should be are named one by one; the others count', () => {
    const text = '{"theme":"purple","parallelScans":0,"shopName":"Repairs","benchSound":"loud","language":"../../etc"}';
    expect(readSettings(text)).toEqual({
      settings: { ...defaultSettings, shopName: 'Repairs' },
      others: {},
      trouble:
        'In the file of the settings this could not be read, and stands as it was at first: language, theme, parallelScans, benchSound.',
    });
  });

  test('that were damaged are kept beside when a setting is changed, and are no trouble any more', ({ home }) => {
    writeFileSync(settingsFile(home), '{"theme":');
    const settings = new Settings(home);
    expect(settings.state.trouble).not.toBeNull();
    expect(settings.change({ theme: 'dark' })).toEqual({
      settings: { ...defaultSettings, theme: 'dark' },
      trouble: null,
    });
    expect(readFileSync(join(home, 'settings.damaged.json'), 'utf8')).toBe('{"theme":');
    expect(new Settings(home).state).toEqual(settings.state);
  });

  test('that cannot be written are told, and nothing of them stays behind', ({ home }) => {
    mkdirSync(settingsFile(home));
    const settings = new Settings(home);
    expect(settings.state.trouble).toMatch(/^The settings cannot be read/);
    // A folder in the place of the file: as root, permissions keep nobody out.
    mkdirSync(join(home, 'settings.damaged.json', 'full'), { recursive: true });
    chmodSync(home, 0o700);
    expect(() => settings.change({ theme: 'dark' })).toThrow(expect.objectContaining({ code: 'settings-not-kept' }));
    expect(readdirSync(home).toSorted()).toEqual(['settings.damaged.json', 'settings.json']);
    expect(settings.values.theme).toBe('system');
  });
});

test('an application has the settings of its data folder', ({ open }) => {
  open().settings.change({ parallelScans: 2 });
  expect(open().settings.values.parallelScans).toBe(2);
});
