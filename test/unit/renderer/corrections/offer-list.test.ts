import { expect, test } from 'vitest';
import { notRefused, type Offer, toKnow, wayBackWords } from '../../../../renderer/corrections/offer-list.tsx';
import { type CorrectionEnd, correctionKey } from '../../../../renderer/program/phone-work.ts';

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

const ended = (cause: string, result: string) => ({
  [correctionKey({ cause, app: null }, 'fix')]: { outcome: { result } } as unknown as CorrectionEnd,
});

test('what the phone refused is not offered again before the next scan; what failed otherwise is', () => {
  const offers = ['app-stopped', 'battery-saver-threshold'].map(
    (cause) => ({ cause, app: null, correction: 'fix' }) as unknown as Offer,
  );
  const left = (ends: Record<string, CorrectionEnd>) => notRefused(offers, ends).map(({ cause }) => cause);
  expect(left({})).toHaveLength(2);
  expect(left(ended('battery-saver-threshold', 'refused'))).toEqual(['app-stopped']);
  expect(left(ended('battery-saver-threshold', 'not-taken'))).toHaveLength(2);
});
