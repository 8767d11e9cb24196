import { expect, test } from 'vitest';
import { whatIsNotThere } from '../../bench/asked.ts';

const there = { names: ['judge', 'soak'], rows: [{ id: 'scan-peer' }] };

test('what is measured by name is told from a row, and from what there is not', () => {
  expect(whatIsNotThere({ names: ['judge'], only: ['scan-peer'] }, there)).toBeNull();
  expect(whatIsNotThere({ names: [], only: ['judge'] }, there)).toBe('By name, without --only: npm run bench -- judge');
  expect(whatIsNotThere({ names: ['scan-peer'], only: ['judge', 'x'] }, there)).toBe(
    'There is no scan-peer, x. --list shows what there is.',
  );
});
