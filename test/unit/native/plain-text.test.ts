import { expect, test } from 'vitest';
import { withoutEscapes } from '../../../native/plain-text.ts';

test('underscores that Markdown escaped become bare again, but only where all of them are escaped', () => {
  expect(withoutEscapes('NOT\\_METERED&INTERNET\n00WW\\_2\n')).toBe('NOT_METERED&INTERNET\n00WW_2\n');
  expect(withoutEscapes('a\\_b NOT_METERED\n')).toBe('a\\_b NOT_METERED\n');
  expect(withoutEscapes('C:\\Users\n')).toBe('C:\\Users\n');
});
