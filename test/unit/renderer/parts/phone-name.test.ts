import { expect, test } from 'vitest';
import { phoneName } from '../../../../renderer/parts/phone-text.tsx';

const unnamed = { name: null, manufacturer: null, model: null };

test('a phone of which nothing is known is called by the end of its serial, without what tells two of one serial apart', () => {
  expect(phoneName({ ...unnamed, id: '39041FDJH00B2C', platform: 'android' })).toBe('Android phone …0B2C');
  expect(phoneName({ ...unnamed, id: '39041FDJH00B2C~2', platform: 'android' })).toBe('Android phone …0B2C');
  expect(phoneName({ ...unnamed, id: '00008110-000A1B2C3D4E', platform: 'ios' })).toBe('iPhone …3D4E');
});
