import { expect, test } from 'vitest';
import { Phones } from '../../../../../electron/app/phones/phones.ts';
import type { Platform } from '../../../../../native/phone.ts';
import type { PhoneSource } from '../../../../../native/source.ts';

/** A source with no phone of the id that is looked for; what it was asked is written down. */
function emptySource(platform: Platform, asked: unknown[]): PhoneSource {
  return {
    platform,
    list(options) {
      asked.push(options?.only);
      return Promise.resolve({ phones: [], troubles: [] });
    },
    watch: () => () => undefined,
    capture: () => Promise.reject(new Error('it is not here')),
    read: () => {
      throw new Error('it is not here');
    },
    run: () => Promise.reject(new Error('it is not here')),
    close: () => Promise.resolve(),
  };
}

test('an id that nobody has is refused without asking the phones that are there who they are', async () => {
  const asked: unknown[] = [];
  const phones = new Phones([emptySource('android', asked), emptySource('ios', asked)]);
  const nobody = '00008110-0012ABCD0000DEAD';
  await expect(phones.find(nobody)).rejects.toMatchObject({ code: 'unknown-phone' });
  expect(asked.length).toBeGreaterThan(0);
  expect(new Set(asked)).toEqual(new Set([nobody]));
});
