import { expect, test } from 'vitest';
import { loadCatalog } from '../../../../../diagnosis/load/catalog.ts';
import { catalogCauses } from '../../../../../electron/app/settings/browse-catalog.ts';

const causes = catalogCauses(loadCatalog());
const german = catalogCauses(loadCatalog(undefined, { language: 'de' }));

test.each([
  ['English', causes],
  ['German', german],
])(
  'every cause of the catalog is there, in %s words for any phone: no place in them is left open',
  (_language, told) => {
    expect(told.length).toBe(loadCatalog().causes.length);
    const open = told.filter((cause) =>
      /[{}]|…/.test(JSON.stringify([cause.name, cause.problem, cause.explanation, cause.notProof])),
    );
    expect(open.map(({ id }) => id)).toEqual([]);
  },
);

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

test('in German nothing of it is English: what stands for the app, and the words of menus', () => {
  expect(german.find(({ id }) => id === 'app-disabled')?.problem).toBe('App X ist ausgeschaltet');
  const told = german.map(({ corrections, ...cause }) => [cause, corrections.map(({ title }) => title)]);
  expect(JSON.stringify(told)).not.toMatch(/\bthe app\b/i);
  const titles = (list: typeof causes) =>
    list.find(({ id }) => id === 'battery-saver')?.corrections.map(({ title }) => title);
  expect(titles(german)).toContainEqual(expect.stringContaining('Energiesparmodus'));
  expect(titles(causes)).toContainEqual(expect.stringContaining('Battery Saver'));
});

test('a correction of an iPhone names the menus of an iPhone', () => {
  const titles = causes.find(({ id }) => id === 'os-outdated')?.corrections.map(({ title }) => title);
  expect(titles).toContain('Update the iPhone: Settings > General > Software Update');
});
