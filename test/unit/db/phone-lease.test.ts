import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openStore } from '../../../db/store.ts';
import { temporaryFolder } from './examples.ts';

test('a phone is taken by one program at a time, and by the next once it is given back', () => {
  const folder = temporaryFolder();
  const [one, other] = [openStore(folder), openStore(folder)];
  expect(one.isPhoneTaken('PIXEL1')).toBe(false);
  const lease = one.takePhone('PIXEL1');
  expect(one.isPhoneTaken('PIXEL1')).toBe(true);
  expect(other.isPhoneTaken('PIXEL1')).toBe(true);
  expect(other.takePhone('PIXEL1')).toBeNull();
  expect(one.takePhone('PIXEL1')).toBeNull();
  lease?.giveBack();
  expect(other.isPhoneTaken('PIXEL1')).toBe(false);
  other.takePhone('PIXEL1')?.giveBack();
  one.close();
  other.close();
});

test('a phone that is taken keeps no other phone from being taken, whatever it is called', () => {
  const store = openStore(temporaryFolder());
  const ids = ['PIXEL1', '127.0.0.1:5555', '../../etc/passwd', 'x'.repeat(300)];
  const leases = ids.map((id) => store.takePhone(id));
  expect(ids.map((id) => store.isPhoneTaken(id))).toEqual([true, true, true, true]);
  for (const lease of leases) lease?.giveBack();
  store.close();
});

test('a lease tells no serial', () => {
  const folder = temporaryFolder();
  const store = openStore(folder);
  store.takePhone('R58M12ABCDE')?.giveBack();
  expect(readdirSync(join(folder, 'leases'))).toEqual([expect.stringMatching(/^[0-9a-f]{32}$/), 'store', 'unclean']);
  store.close();
});
