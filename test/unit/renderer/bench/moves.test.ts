import { describe, expect, test } from 'vitest';
import { typeDigit } from '../../../../renderer/bench/bench-keys.ts';
import { moveByItself, type Counted } from '../../../../renderer/bench/open-by-itself.ts';
import { nextIndex } from '../../../../renderer/bench/roving.ts';
import { toScan } from '../../../../renderer/bench/to-scan.ts';
import type { Card } from '../../../../renderer/bench/cards.ts';

describe('digits open the phone at that place', () => {
  const nine = [1, 2, 3, 9];
  const sixteen = Array.from({ length: 16 }, (_, index) => index + 1);
  test.each([
    ['at once where there are nine places', '', '3', nine, { open: 3, typed: '' }],
    ['not where the place is free', '', '4', nine, { open: null, typed: '' }],
    ['after a second digit where one may follow', '', '1', sixteen, { open: null, typed: '1' }],
    ['of two digits', '1', '6', sixteen, { open: 16, typed: '' }],
    ['at once where none may follow', '', '7', sixteen, { open: 7, typed: '' }],
    ['anew where two digits are no place', '1', '9', sixteen, { open: 9, typed: '' }],
  ] as const)('%s', (_name, typed, digit, places, expected) => {
    expect(typeDigit(typed, digit, places)).toEqual(expected);
  });
});

describe('arrows', () => {
  // Three in a row, and two below.
  const spots = [0, 300, 600].map((x) => ({ x, y: 0 })).concat([0, 300].map((x) => ({ x, y: 200 })));
  test.each([
    ['right', 0, 1],
    ['right', 2, 3],
    ['right', 4, 4],
    ['left', 3, 2],
    ['left', 0, 0],
    ['down', 1, 4],
    ['down', 2, 4],
    ['down', 4, 4],
    ['up', 3, 0],
    ['up', 1, 1],
    ['first', 4, 0],
    ['last', 0, 4],
  ] as const)('%s from %i lead to %i', (direction, from, to) => {
    expect(nextIndex(spots, from, direction)).toBe(to);
  });

  test('from elsewhere lead to the first, and nowhere where there is none', () => {
    expect(nextIndex(spots, -1, 'down')).toBe(0);
    expect(nextIndex([], -1, 'down')).toBe(-1);
  });
});

describe('by itself', () => {
  const counted: Counted = {
    shown: 'home',
    phoneIds: ['A1', 'B2'],
    plugged: 2,
    busy: false,
    openedByItself: false,
    wasOffered: false,
  };
  const toBench = { to: 'bench' };
  test.each([
    ['opens with the second phone, from home', {}, toBench],
    ['opens from a phone with which nothing was done', { shown: { phoneId: 'A1' } }, toBench],
    ['stays away from work', { shown: { phoneId: 'A1' }, busy: true }, null],
    ['stays away from other screens', { shown: 'other' }, null],
    ['stays away after somebody has left it', { wasOffered: true }, null],
    ['stays away with one phone', { phoneIds: ['A1'], plugged: 1 }, null],
    ['stays while an unplugged phone keeps its place', { shown: 'bench', openedByItself: true, plugged: 1 }, null],
    [
      'steps back to the one that is left',
      { shown: 'bench', openedByItself: true, phoneIds: ['A1'], plugged: 1 },
      { to: 'phone', phoneId: 'A1' },
    ],
    ['stays where a person has opened it', { shown: 'bench', phoneIds: ['A1'], plugged: 1 }, null],
    [
      'stays where somebody is at it',
      { shown: 'bench', openedByItself: true, phoneIds: ['A1'], plugged: 1, busy: true },
      null,
    ],
    [
      'stays when the last one is unplugged',
      { shown: 'bench', openedByItself: true, phoneIds: ['A1'], plugged: 0 },
      null,
    ],
  ] satisfies [string, Partial<Counted>, unknown][])('the bench %s', (_name, change, move) => {
    expect(moveByItself({ ...counted, ...change })).toEqual(move);
  });
});

const card = (number: number, kind: string, report: object | null = null) =>
  ({ number, state: { kind }, report }) as unknown as Card;
const numbers = (cards: readonly Card[]) => toScan(cards).map(({ number }) => number);

describe('scanning all', () => {
  const whole = { brokenOff: null };
  test('means those without a result that can be read, and a scan that broke off is none', () => {
    const cards = [
      card(1, 'problems', whole),
      card(2, 'ready'),
      card(3, 'unreadable'),
      card(4, 'broke-off', { brokenOff: {} }),
      card(5, 'scanning'),
      card(6, 'unplugged'),
    ];
    expect(numbers(cards)).toEqual([2, 4]);
  });

  test('means all of them where each has one, but none that is worked with', () => {
    expect(numbers([card(1, 'problems', whole), card(2, 'proven', whole), card(3, 'fixing', whole)])).toEqual([1, 2]);
  });
});
