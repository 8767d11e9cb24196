import { expect, test } from 'vitest';
import { columnsOf } from '../../../../electron/terminal/columns.ts';

test('lines end where a narrow terminal does, and nowhere later than is easily read', () => {
  expect([40, 100, 240, 5, 0, undefined].map(columnsOf)).toEqual([40, 100, 100, 20, 100, 100]);
});
