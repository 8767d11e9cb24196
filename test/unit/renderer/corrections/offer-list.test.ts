import { expect, test } from 'vitest';
import { titleOf, wordsOf } from '../../../../renderer/corrections/batch-run.tsx';
import type { BatchItem, FixBatch } from '../../../../renderer/program/fix-batch.ts';
import { type Offer, toKnow, wayBackWords } from '../../../../renderer/corrections/offer-list.tsx';

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

test('a consent says at once what must be done at the phone and what is at stake; the rest is folded', () => {
  const change = {
    caution: 'Be careful.',
    irreversible: null,
    costs: null,
    restarts: false,
    commands: ['settings put global a 1'],
  };
  expect(toKnow(change)).toBe('');
  expect(toKnow({ ...change, commands: ['monkey -p a.b 1'] })).toBe('Be careful.');
  expect(toKnow({ ...change, costs: 'money' })).toBe('Be careful.');
  expect(toKnow({ ...change, irreversible: 'Nothing to put back.' })).toBe('Be careful. Nothing to put back.');
});

test('of several changes only those that may be or were made are told as it was → as it is', () => {
  const item = { cause: 'app-stopped', app: null, correction: 'open', problem: null };
  const said = { title: 'Open the app once', change: 'The app was stopped: yes → no' };
  const told = (...states: readonly BatchItem['state'][]) =>
    states.map((state) => wordsOf({ ...item, ...said, state }));
  expect(new Set(told('waiting', 'doing', 'taken'))).toEqual(new Set([said.change]));
  expect(new Set(told('needless', 'left', 'not-taken', 'refused', 'unverified'))).toEqual(new Set([said.title]));
});

const leftWith = (state: BatchItem['state'], code: string | null): BatchItem => ({
  cause: 'x',
  app: null,
  correction: 'y',
  title: 'z',
  change: 'z',
  state,
  problem: code === null ? null : { code, message: code, steps: [], details: null },
});

const refusedAtOnce = (code: string): FixBatch => ({
  items: [leftWith('left', code), leftWith('waiting', null)],
  state: 'phone',
  problem: null,
});

test('several changes that were refused before the first are headed by why, and not by a phone that cannot be read', () => {
  expect(titleOf(refusedAtOnce('change-not-allowed'))).toBe(
    'The customer has not allowed changes: 1 change was not begun',
  );
  expect(titleOf(refusedAtOnce('phone-busy'))).toBe(
    'Something else is done with the phone just now: 1 change was not begun',
  );
  expect(titleOf(refusedAtOnce('unplugged'))).toBe('The phone could not be read any more: 1 change was not begun');
});
