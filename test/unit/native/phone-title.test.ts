import { array, assert, constantFrom, oneof, option, property, record, string } from 'fast-check';
import { expect, test } from 'vitest';
import { isMakersName, modelTitle, phoneTitle } from '../../../native/phone-title.ts';
import * as window from '../../../renderer/parts/phone-title.ts';

test.each([
  [null, 'Google', 'Pixel 8', 'Pixel 8'],
  [null, 'google', 'Pixel 8', 'Pixel 8'],
  [null, 'Xiaomi', 'Xiaomi 13', 'Xiaomi 13'],
  [null, 'samsung', 'SM-S911B', 'Samsung SM-S911B'],
  [null, null, 'SM-S911B', 'Samsung SM-S911B'],
  [null, null, 'SM S911B', 'Samsung SM-S911B'],
  ['Galaxy S23', 'samsung', 'SM-S911B', 'Galaxy S23'],
  [null, 'motorola', 'moto g84 5G', 'Motorola moto g84 5G'],
  ['Anna', 'Google', 'Pixel 8', 'Anna'],
  ['  ', 'Google', 'Pixel 8', 'Pixel 8'],
  ['iPhone', 'Apple', 'iPhone 14', 'iPhone 14'],
  ['iPhone', 'Apple', null, 'iPhone'],
])('a phone named %s, by %s, model %s is called %s', (name, manufacturer, model, title) => {
  expect(phoneTitle({ name, manufacturer, model })).toBe(title);
});

test('one of which neither name nor model is known has no title', () => {
  expect(phoneTitle({ name: null, manufacturer: 'Google', model: ' ' })).toBeNull();
});

test('a label says what the maker calls the phone, and nothing that its owner may have given it', () => {
  const phone = { manufacturer: 'samsung', model: 'SM-S911B' };
  expect(modelTitle({ ...phone, name: 'Galaxy S23' })).toBe('Galaxy S23');
  for (const name of ['Galaxy S23 von Anna', 'Annas Galaxy S23', 'Max', 'Max Pro', 'Galaxy']) {
    expect(modelTitle({ ...phone, name })).toBe('Samsung SM-S911B');
  }
  const makers = ['Galaxy A54 5G', 'Redmi Note 13 Pro', 'Xiaomi 14T', 'Pixel 8a', 'Nothing Phone (2a)', 'moto g84 5G'];
  expect(makers.filter((name) => !isMakersName(name))).toEqual([]);
});

const word = constantFrom('SM-S911B', 'SM S911B', 'samsung', 'Galaxy', 'S23', 'iPhone', 'Anna', 'google', '14T', ' ');
const told = option(
  oneof(
    string(),
    array(word, { maxLength: 3 }).map((words) => words.join(' ')),
  ),
);

test('the window has the same rule', () => {
  assert(
    property(record({ name: told, manufacturer: told, model: told }), (phone) => {
      expect(window.phoneTitle(phone)).toBe(phoneTitle(phone));
      expect(window.modelTitle(phone)).toBe(modelTitle(phone));
    }),
  );
});
