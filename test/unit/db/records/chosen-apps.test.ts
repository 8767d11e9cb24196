import { expect, test } from 'vitest';
import { photos, pixel, temporaryStore } from '../examples.ts';

test('the apps that a person chose are remembered per phone, the newest choice counts, and are forgotten with the phone', () => {
  const store = temporaryStore();
  expect(store.chosenApps(pixel.id)).toEqual([]);
  store.chooseApps({ phone: pixel, apps: [photos], who: 'Sam' });
  store.chooseApps({ phone: { ...pixel, id: 'another' }, apps: ['com.dropbox.android'], who: 'Sam' });
  expect(store.chosenApps(pixel.id)).toEqual([photos]);
  store.chooseApps({ phone: pixel, apps: ['com.microsoft.skydrive', photos], who: 'Sam' });
  expect(store.chosenApps(pixel.id)).toEqual(['com.microsoft.skydrive', photos]);
  store.chooseApps({ phone: pixel, apps: [], who: 'Sam' });
  expect(store.chosenApps(pixel.id)).toEqual([]);
  store.chooseApps({ phone: pixel, apps: [photos], who: 'Sam' });
  store.forgetPhone(pixel.id);
  expect(store.chosenApps(pixel.id)).toEqual([]);
});
