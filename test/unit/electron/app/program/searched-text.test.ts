import { expect } from 'vitest';
import { exitCodeOf } from '../../../../../electron/terminal/exit-code.ts';
import { problemOf } from '../../../../../electron/app/program/problem.ts';
import { test } from '../application-test.ts';

const thrownBy = (work: () => unknown): unknown => {
  try {
    return work();
  } catch (error) {
    return error;
  }
};

test.for([
  ['one long word', 'a'.repeat(100_000)],
  ['20,000 words', 'a '.repeat(20_000)],
  ['one more than a search may have', 'a'.repeat(201)],
] as const)('%s: a search says how much it takes, and not that the store is damaged', ([, text], { app }) => {
  for (const search of [
    () => app.tickets.list({ open: true, text, limit: 1, offset: 0 }),
    () => app.archive.find(text, { limit: 1 }),
    () => app.archive.customers(text, 1),
  ]) {
    const error = thrownBy(search);
    const problem = problemOf(error);
    expect(problem).toMatchObject({ code: 'bad-argument', message: 'A search may have at most 200 characters.' });
    expect(exitCodeOf(error, problem)).toBe(2);
  }
});

test('what other stations have is searched within the same limit', async ({ app }) => {
  await expect(app.shop.elsewhere.find('a'.repeat(201))).rejects.toMatchObject({
    code: 'bad-argument',
  });
});

test('the longest search is made', ({ app }) => {
  const text = 'ä'.repeat(200);
  expect(app.tickets.list({ open: true, text, limit: 1, offset: 0 })).toEqual([]);
  expect(app.archive.find(text, { limit: 1 }).items).toEqual([]);
  expect(app.archive.find('a '.repeat(100), { limit: 1 }).items).toEqual([]);
  expect(app.archive.customers(text, 1)).toEqual([]);
});
