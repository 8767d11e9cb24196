import { expect, test } from 'vitest';
import { namedPhone } from '../../../../renderer/program/named-phone.ts';
import type { ListedPhone } from '../../../../renderer/program/received.ts';

const listed = (name: string | null) => ({ id: 'A1', model: 'SM-S911B', name }) as ListedPhone;
const scanned = (name: string | null) => ({ phone: { name } });

test('a phone that is listed by its model number is called as the scan found it, and one that has a name keeps it', () => {
  expect(namedPhone(listed(null), scanned('Galaxy S23')).name).toBe('Galaxy S23');
  expect(namedPhone(listed('Redmi Note 13'), scanned('Anna’s phone')).name).toBe('Redmi Note 13');
  expect(namedPhone(listed(null), scanned(null)).name).toBeNull();
  expect(namedPhone(listed(null), null).name).toBeNull();
});
