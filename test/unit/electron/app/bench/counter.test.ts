import { describe, expect, test } from 'vitest';
import {
  type Counter,
  emptyCounter,
  forgetVisits,
  keepsPlaceMs,
  nameSlot,
  nextLeaving,
  seePhones,
} from '../../../../../electron/app/bench/counter.ts';
import { type ListedPhone, unreadPhone } from '../../../../../native/phone.ts';

const phone = (id: string, port: string | null = null): ListedPhone => ({
  ...unreadPhone(id, 'android', 'ready'),
  remedy: null,
  sample: false,
  port,
});
const minute = 60_000;

/** The counter after these lists of phones, each at its minute. */
const after = (...seen: readonly (readonly [number, readonly ListedPhone[]])[]): Counter => {
  let counter = emptyCounter;
  for (const [at, phones] of seen) counter = seePhones(counter, phones, at * minute);
  return counter;
};

const places = ({ slots }: Counter) =>
  slots.map(
    ({ number, visit }) =>
      `${number} ${visit === null ? '–' : visit.phone.id + (visit.leftAt === null ? '' : ' gone')}`,
  );

const [a, b, c] = [phone('A'), phone('B'), phone('C')];

describe('where the system tells no port', () => {
  test('phones lie in the order in which they came, whatever the order of the list', () => {
    expect(places(after([0, [a]], [1, [b, a]], [2, [c, b, a]]))).toEqual(['1 A', '2 B', '3 C']);
  });

  test('an unplugged phone keeps its place for five minutes, comes back to it, and its visit goes on', () => {
    const gone = after([0, [a, b, c]], [2, [a, c]]);
    expect(places(gone)).toEqual(['1 A', '2 B gone', '3 C']);
    const back = seePhones(gone, [a, c, b], 6 * minute);
    expect(places(back)).toEqual(['1 A', '2 B', '3 C']);
    expect(back.slots[1]?.visit?.arrivedAt).toBe(0);
    expect(back.recent).toEqual([]);
  });

  test('after five minutes it stands among the recent ones, its place is free, and nobody else moves', () => {
    const gone = after([0, [a, b, c]], [2, [a, c]]);
    expect(nextLeaving(gone)).toBe(2 * minute + keepsPlaceMs);
    const left = seePhones(gone, [a, c], 7 * minute);
    expect(places(left)).toEqual(['1 A', '2 –', '3 C']);
    expect(left.recent.map((past) => [past.phone.id, past.slot, past.leftAt])).toEqual([['B', 2, 2 * minute]]);
    expect(nextLeaving(left)).toBeNull();
  });

  test('one that comes back later has its old place where that is free, and a visit of its own', () => {
    const back = after([0, [a, b, c]], [2, [a, c]], [8, [a, c]], [20, [a, c, b]]);
    expect(places(back)).toEqual(['1 A', '2 B', '3 C']);
    expect(back.slots[1]?.visit?.arrivedAt).toBe(20 * minute);
    expect(back.recent).toEqual([]);
  });

  test('a new phone takes a free place, never one that waits for a phone', () => {
    expect(places(after([0, [a, b]], [1, [b]], [2, [b, c]]))).toEqual(['1 A gone', '2 B', '3 C']);
    expect(places(after([0, [a, b]], [1, [b]], [7, [b, c]]))).toEqual(['1 C', '2 B']);
  });

  test('a serial that comes back without having said who it is takes nothing from what is known of the phone', () => {
    const pixel = { ...a, manufacturer: 'Google', model: 'Pixel 8' };
    const unread = { ...a, model: 'SM S936B' };
    const read = { ...unread, id: 'A~2', manufacturer: 'samsung' };
    const seen = after([0, [pixel]], [1, []], [2, [unread]], [2.1, [read]]);
    expect(places(seen)).toEqual(['1 A gone', '2 A~2']);
    expect(seen.slots.map(({ visit }) => visit?.phone.model)).toEqual(['Pixel 8', 'SM S936B']);
  });

  test('a phone that is listed as gone is unplugged', () => {
    expect(places(after([0, [a]], [1, [{ ...a, state: 'gone' }]]))).toEqual(['1 A gone']);
  });
});

describe('where the system tells the port', () => {
  const [left, right] = ['1-1', '1-2'];

  test('a place is its port, whoever is plugged in there: who was before makes room at once', () => {
    const swapped = after(
      [0, [phone('A', left), phone('B', right)]],
      [1, [phone('B', right)]],
      [2, [phone('C', left), phone('B', right)]],
    );
    expect(places(swapped)).toEqual(['1 C', '2 B']);
    expect(swapped.recent.map((past) => past.phone.id)).toEqual(['A']);
  });

  test('phones that change their ports keep their places, and their visits go on', () => {
    const moved = after(
      [0, [phone('A', left), phone('B', right)]],
      [1, [phone('A', left)]],
      [3, [phone('A', '1-3'), phone('B', left)]],
    );
    expect(moved.slots.map(({ port, visit }) => [port, visit?.phone.id, visit?.arrivedAt])).toEqual([
      ['1-3', 'A', 0],
      [left, 'B', 0],
    ]);
  });

  test('a place with a name is where its port is: whoever leaves the port leaves the place', () => {
    const named = nameSlot(after([0, [phone('A', left), phone('B', right)]]), 1, 'Window');
    const moved = seePhones(named, [phone('A', '1-3'), phone('B', left)], minute);
    expect(moved.slots.map(({ name, port, visit }) => [name, port, visit?.phone.id])).toEqual([
      ['Window', left, 'B'],
      [null, right, undefined],
      [null, '1-3', 'A'],
    ]);
  });

  test('a name waits for its port', () => {
    let counter = after([0, [phone('A', left), phone('B', right)]]);
    counter = nameSlot(counter, 1, 'Window');
    counter = seePhones(counter, [], 1 * minute);
    counter = seePhones(counter, [], 10 * minute);
    // The counter was empty: what nobody has named begins anew.
    counter = seePhones(counter, [phone('C', '1-9')], 11 * minute);
    expect(counter.slots.map(({ number, name, port, visit }) => [number, name, port, visit?.phone.id])).toEqual([
      [1, 'Window', left, undefined],
      [2, null, '1-9', 'C'],
    ]);
    counter = seePhones(counter, [phone('C', '1-9'), phone('D', left)], 12 * minute);
    expect(places(counter)).toEqual(['1 D', '2 C']);
  });

  test('two phones that say the same port lie in two places', () => {
    expect(places(after([0, [phone('A', left), phone('B', left)]]))).toEqual(['1 A', '2 B']);
  });
});

test('a serial whose phone says a moment later who it is was no visit of its own', () => {
  let counter = seePhones(emptyCounter, [phone('X', '1-1')], 0);
  counter = seePhones(counter, [phone('X~2', '1-1')], 2_000);
  expect(places(counter)).toEqual(['1 X~2']);
  expect(counter.recent).toEqual([]);
});

test('what is forgotten is nowhere any more; a phone that is still there has arrived just now', () => {
  const counter = after([0, [a, b]], [1, [b]], [7, [b]]);
  expect(forgetVisits(counter, 'A', 8 * minute).recent).toEqual([]);
  expect(forgetVisits(counter, 'B', 8 * minute).slots[1]?.visit?.arrivedAt).toBe(8 * minute);
  const unplugged = after([0, [a, b]], [1, [b]]);
  expect(places(forgetVisits(unplugged, 'A', 2 * minute))).toEqual(['1 –', '2 B']);
});

test('recent phones are told for a day', () => {
  const counter = after([0, [a]], [1, []], [10, []]);
  expect(counter.recent).toHaveLength(1);
  expect(seePhones(counter, [], 25 * 60 * minute).recent).toEqual([]);
});
