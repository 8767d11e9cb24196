import { expect, test } from 'vitest';
import { phoneTitle } from '../../../native/phone-title.ts';
import { phoneName } from '../../../renderer/parts/phone-text.tsx';

test.each([
  [null, 'Google', 'Pixel 8', 'Pixel 8'],
  [null, 'google', 'Pixel 8', 'Pixel 8'],
  [null, 'Xiaomi', 'Xiaomi 13', 'Xiaomi 13'],
  [null, 'samsung', 'SM-S911B', 'samsung SM-S911B'],
  [null, null, 'SM-S911B', 'SM-S911B'],
  ['Anna', 'Google', 'Pixel 8', 'Anna'],
  ['  ', 'Google', 'Pixel 8', 'Pixel 8'],
  ['iPhone', 'Apple', 'iPhone 14', 'iPhone 14'],
  ['iPhone', 'Apple', null, 'iPhone'],
])('a phone named %s, by %s, model %s is called %s, in lists and in the window', (name, manufacturer, model, title) => {
  expect(phoneTitle({ name, manufacturer, model })).toBe(title);
  expect(phoneName({ name, manufacturer, model, id: 'R5CW', platform: 'android' })).toBe(title);
});

test('one of which neither name nor model is known has no title', () => {
  expect(phoneTitle({ name: null, manufacturer: 'Google', model: ' ' })).toBeNull();
});
