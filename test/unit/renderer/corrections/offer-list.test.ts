import { expect, test } from 'vitest';
import { type Offer, untickedWords, wayBackWords } from '../../../../renderer/corrections/offer-list.tsx';

const offer = (title: string, irreversible: string | null, meant = true): Offer =>
  ({ meant, offered: { title, irreversible } }) as unknown as Offer;
const back = offer('Allow background', null);
const caches = offer('Empty the caches of all apps', 'Nothing needs putting back.');

test('a consent says that what is ticked can be undone only where it can', () => {
  expect(wayBackWords([back])).toBe('Each is proven by reading the phone again, and can be undone.');
  expect(wayBackWords([caches])).toMatch(/cannot be undone/);
  const both = wayBackWords([back, caches]);
  expect(both).toContain('Empty the caches of all apps');
  expect(both).not.toContain('Allow background');
});

test('a consent says how many of its changes are not ticked', () => {
  expect(untickedWords([back, caches])).toBeNull();
  expect(untickedWords([back, offer('Past Data Saver', null, false)])).toMatch(/^1 change is not ticked/);
});
