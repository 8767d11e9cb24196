import { expect, test } from 'vitest';
import { doTyped, type Deeds } from '../../../phones/simulation.ts';

const deeds: Deeds<{ photos: number }> = {
  photo: (phone) => {
    phone.photos += 1;
    return 'taken';
  },
  lock: () => Promise.resolve('locked'),
};

test('what is typed to a simulation happens to the first phone, or to the one that is counted behind it', async () => {
  const phones = [{ photos: 0 }, { photos: 0 }];
  expect(await doTyped(' photo ', phones, deeds)).toBe('taken');
  expect(await doTyped('photo 2', phones, deeds)).toBe('taken');
  expect(await doTyped('lock', phones, deeds)).toBe('locked');
  for (const line of ['', 'foto', 'toString', '__proto__']) {
    expect(await doTyped(line, phones, deeds)).toMatch(/^Type photo, lock; /);
  }
  expect(await doTyped('photo 3', phones, deeds)).toBe('There is no phone 3.');
  expect(await doTyped('photo x', phones, deeds)).toBe('There is no phone x.');
  expect(phones).toEqual([{ photos: 1 }, { photos: 1 }]);
});
