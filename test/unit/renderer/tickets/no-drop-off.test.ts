import { expect, test } from 'vitest';
import { noDropOffWords } from '../../../../renderer/tickets/ticket-words.ts';

test('a phone of which nothing may be kept is not said to be unscanned', () => {
  expect(noDropOffWords({ keep: false })).toBe('Nothing is kept: the customer has not allowed it.');
  expect(noDropOffWords({ keep: true })).toMatch(/^Not scanned under this ticket yet/);
  expect(noDropOffWords(null)).toMatch(/^Not scanned under this ticket yet/);
});
