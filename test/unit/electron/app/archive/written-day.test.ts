import { expect, test } from 'vitest';
import { withPlainDays } from '../../../../../electron/app/archive/written-day.ts';

const now = new Date(2026, 10, 28, 17);

test.each([
  ['28 Nov 2026', ' 2026-11-28 '],
  ['28 Nov', ' 2026-11-28 '],
  ['28. Nov.', ' 2026-11-28 '],
  ['3. März 2025', ' 2025-3-3 '],
  ['Nov 28, 2026', ' 2026-11-28 '],
  ['galaxy 24. Dez. anna', 'galaxy  2025-12-24  anna'],
])('%s is looked for as a day', (written, plain) => {
  expect(withPlainDays(written, now)).toBe(plain);
});

test.each(['pixel 8', 'redmi note 12', '2026-11-28', '28 novelties', 'A-17 mar', 'x28 nov'])(
  '%s stays as it is',
  (text) => {
    expect(withPlainDays(text, now)).toBe(text);
  },
);
