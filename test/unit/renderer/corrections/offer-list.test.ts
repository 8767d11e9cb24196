import { expect, test } from 'vitest';
import { type Offer, wayBackWords } from '../../../../renderer/corrections/offer-list.tsx';

const offer = (title: string, irreversible: string | null): Offer =>
  ({ offered: { title, irreversible } }) as unknown as Offer;
const back = offer('Allow background', null);
const caches = offer('Empty the caches of all apps', 'Nothing needs putting back.');

test('a consent says that what is ticked can be undone only where it can', () => {
  expect(wayBackWords([back])).toBe('Each can be undone.');
  expect(wayBackWords([caches])).toMatch(/cannot be undone/);
  const both = wayBackWords([back, caches]);
  expect(both).toContain('Empty the caches of all apps');
  expect(both).not.toContain('Allow background');
});
