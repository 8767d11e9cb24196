import { expect, test } from 'vitest';
import type { Card } from '../../../../renderer/bench/cards.ts';
import { suits } from '../../../../renderer/bench/filter.ts';

const card = {
  number: 3,
  place: 'Fensterbank',
  phone: { id: 'R58N', platform: 'android', name: 'Handy von Zoë', manufacturer: 'Google', model: 'Pixel 8' },
  state: { kind: 'ready' },
  report: null,
} as unknown as Card;

test('a phone is found by every word of its name, place and state, however it is written', () => {
  expect(suits(card, ' zoe  fenster ')).toBe(true);
  expect(suits(card, 'ready 3')).toBe(true);
  expect(suits(card, 'zoe samsung')).toBe(false);
  expect(suits(card, '')).toBe(true);
});
