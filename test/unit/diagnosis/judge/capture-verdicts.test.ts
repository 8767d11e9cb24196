import { expect, test } from 'vitest';
import { loadCatalog } from '../../../../diagnosis/load/catalog.ts';
import { captureCases, capturesFolder, verdictOn } from './capture-cases.ts';
import { saidOfCases, whyNot } from './capture-verdicts.ts';

const catalog = loadCatalog();
const cases = captureCases(capturesFolder);
const absent = cases.length === 0 ? `There is no ${capturesFolder}: real phones' answers are not judged.` : '';

const expected = new Map(
  saidOfCases.flatMap(({ cases: names, verdict, exit }) => names.map((name) => [name, { verdict, exit }] as const)),
);

test(`every case of real phones' answers has an expected verdict, and no other has ${absent}`, (context) => {
  context.skip(absent !== '', absent);
  expect([...expected.keys()].toSorted()).toEqual(cases.map(({ name }) => name).toSorted());
  const withExpert = new Set(cases.filter(({ expert }) => expert !== null).map(({ name }) => name));
  expect(Object.keys(whyNot).filter((name) => !withExpert.has(name))).toEqual([]);
});

test.for([...expected])('%s is judged as written down', { timeout: 60_000 }, async ([name, said], context) => {
  context.skip(absent !== '', absent);
  const found = cases.find((one) => one.name === name);
  if (found === undefined) throw new Error(`${name} is not there.`);
  const { verdict, exit } = await verdictOn(found, catalog);
  expect({ verdict, exit }).toEqual(said);
});
