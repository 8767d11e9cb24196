import { expect, test } from 'vitest';
import { loadCatalog } from '../../../../../diagnosis/load/catalog.ts';
import { catalogCauses } from '../../../../../electron/app/settings/browse-catalog.ts';

const causes = catalogCauses(loadCatalog());

test('every cause of the catalog is there, in words for any phone: no place in them is left open', () => {
  expect(causes.length).toBe(loadCatalog().causes.length);
  const open = causes.filter((cause) =>
    /[{}]|…/.test(JSON.stringify([cause.name, cause.problem, cause.explanation, cause.notProof])),
  );
  expect(open.map(({ id }) => id)).toEqual([]);
});

test('each correction has its source and its day', () => {
  const corrections = causes.flatMap(({ corrections: all }) => all);
  expect(corrections.length).toBeGreaterThan(100);
  expect(
    corrections.filter(({ source, lastVerified }) => source === '' || !/^\d{4}-\d{2}-\d{2}$/.test(lastVerified)),
  ).toEqual([]);
});

test('of an app that is not named it says "the app", and begins a sentence with a capital', () => {
  expect(causes.find(({ id }) => id === 'app-disabled')?.problem).toBe('The app is switched off');
});
