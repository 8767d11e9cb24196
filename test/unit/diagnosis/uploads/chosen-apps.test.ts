import { describe, expect, test } from 'vitest';
import { loadCatalog } from '../../../../diagnosis/load/catalog.ts';
import { chooseApps } from '../../../../diagnosis/uploads/chosen-apps.ts';
import type { ReadingValues } from '../../../../native/reading.ts';
import { buildReading, patched } from '../judge/build-reading.ts';
import { galleryApp, healthyApp, healthyPhone, healthySamsung, photosApp } from '../judge/healthy-phone.ts';

const catalog = loadCatalog();
const oneDrive = 'com.microsoft.skydrive';
const quiet = { ...healthyApp, sentBuckets: [], sentBytes24h: 0 };
const chosen = (values: ReadingValues, byPerson: string[] = [], platform: 'android' | 'ios' = 'android') =>
  chooseApps(catalog, buildReading(values, platform), byPerson).map(({ app, by }) => [app, by]);

const whyOnIphone = (values: ReadingValues) => chooseApps(catalog, buildReading(values, 'ios'), [])[0]?.why;

describe('the app that should keep the photos', () => {
  test('is what a person chose, one or several', () => {
    expect(chosen(healthyPhone, [oneDrive, photosApp])).toEqual([
      [oneDrive, 'person'],
      [photosApp, 'person'],
    ]);
  });

  test('is else the one that sends, whatever it is called', () => {
    const both = patched(healthyPhone, { apps: { [photosApp]: quiet, [oneDrive]: healthyApp } });
    expect(chosen(both)).toEqual([[oneDrive, 'use']]);
    expect(chooseApps(catalog, buildReading(both), [])[0]?.why).toBe(
      'Taken to be the app in use: it sent as much as photos need in the last week, may see the photos, and was opened in the last weeks.',
    );
  });

  test('is also one that the phone has archived, where it is the one that sent', () => {
    const archived = { ...healthyApp, installed: false, archived: true };
    const both = patched(healthyPhone, { apps: { [photosApp]: archived, [oneDrive]: quiet } });
    expect(chosen(both)).toEqual([[photosApp, 'use']]);
  });

  test('on an iPhone is said to be what was read, and not to be signed in or to see photos', () => {
    const apps = { 'com.apple.mobileslideshow': {}, 'com.google.photos': { installed: true } };
    expect(whyOnIphone({ icloud: { photosEnabled: true }, apps })).toBe(
      'Taken to be the app in use: it is switched on.',
    );
    expect(whyOnIphone({ icloud: { photosEnabled: false }, apps })).toBe(
      'Taken to be the app in use: it was installed.',
    );
  });

  test('is the one named most where the same is seen of two', () => {
    const types = ['com.google', 'com.microsoft.skydrive'];
    const same = patched(healthyPhone, { accounts: { types }, apps: { [photosApp]: quiet, [oneDrive]: quiet } });
    expect(chosen(same)).toEqual([[photosApp, 'use']]);
  });

  test('is none that merely came with the phone, was never opened, or whose service has ended', () => {
    const never = { apps: { [photosApp]: { ...quiet, bucket: 50 } } };
    expect(chosen(patched(healthyPhone, never))).toEqual([]);
    const gallery = patched(healthySamsung, { apps: { [galleryApp]: quiet, [photosApp]: { installed: false } } });
    expect(chosen(gallery)).toEqual([]);
    const cloud = patched(healthyPhone, {
      apps: { [photosApp]: { installed: false }, 'com.huawei.photos': { ...quiet, bucket: 20 } },
    });
    expect(chosen(cloud)).toEqual([]);
  });

  test('is nothing where nothing is known', () => {
    expect(chosen({ apps: { [photosApp]: {}, [oneDrive]: {} } })).toEqual([]);
  });

  test('on an iPhone is iCloud Photos where it is on, and else what was installed for it', () => {
    const icloud = 'com.apple.mobileslideshow';
    const apps = { [icloud]: { installed: true }, 'com.google.photos': { installed: true } };
    expect(chosen({ icloud: { photosEnabled: true }, apps }, [], 'ios')).toEqual([[icloud, 'use']]);
    expect(chosen({ icloud: { photosEnabled: false }, apps }, [], 'ios')).toEqual([['com.google.photos', 'use']]);
  });

  test('on an iPhone without any sign of another app is iCloud Photos, off or not read', () => {
    const icloud = 'com.apple.mobileslideshow';
    const apps = { [icloud]: { installed: true }, 'com.google.photos': { installed: false } };
    expect(chosen({ icloud: { photosEnabled: false }, apps }, [], 'ios')).toEqual([[icloud, 'use']]);
    expect(chosen({ apps: { [icloud]: {}, 'com.google.photos': {} } }, [], 'ios')).toEqual([[icloud, 'use']]);
    expect(whyOnIphone({ icloud: { photosEnabled: false }, apps })).toBe(
      'Taken to be the app in use: it is on every iPhone, and no other app shows use.',
    );
  });
});
