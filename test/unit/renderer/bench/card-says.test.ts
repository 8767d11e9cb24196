import { expect, test } from 'vitest';
import { saysOf } from '../../../../renderer/bench/cards.ts';
import type { PhoneWork } from '../../../../renderer/program/phone-work.ts';
import type { ScanReport } from '../../../../renderer/program/received.ts';

const report = {
  answer: { headline: 'No photo has left for 12 hours', held: [{ cause: 'data-saver', app: null }] },
  findings: [
    { cause: 'battery-saver', app: null, title: 'Battery Saver is on' },
    { cause: 'data-saver', app: null, title: 'Data Saver is on' },
  ],
} as unknown as ScanReport;
const ends = {
  '["battery-saver",null,"off"]': { words: '', outcome: { result: 'taken' }, undone: null, problem: null },
} as unknown as PhoneWork['ends'];

test('a card says the first cause while there is one to fix, then how much was fixed, else the answer', () => {
  expect(saysOf({ kind: 'problems', count: 1 }, { activity: null, report, ends: {} })).toBe('Data Saver is on');
  expect(saysOf({ kind: 'problems', count: 1 }, { activity: null, report, ends })).toBe('Data Saver is on');
  expect(saysOf({ kind: 'photo-next' }, { activity: null, report, ends })).toBe('1 fixed and checked');
  expect(saysOf({ kind: 'stalled' }, { activity: null, report, ends: {} })).toBe('No photo has left for 12 hours');
  expect(saysOf({ kind: 'ready' }, { activity: null, report: null, ends: {} })).toBeNull();
});

test('a card says what is certain already while its phone is read', () => {
  const certain = ['Data Saver is on', 'Battery Saver is on'];
  const activity = { kind: 'scan', waiting: false, answered: 9, total: 40, probe: null, bytes: null, certain } as const;
  expect(saysOf({ kind: 'scanning', percent: 22 }, { activity, report: null, ends: {} })).toBe(
    'Already certain: Data Saver is on · Battery Saver is on',
  );
  const nothing = { ...activity, certain: [] };
  expect(saysOf({ kind: 'scanning', percent: 22 }, { activity: nothing, report: null, ends: {} })).toBeNull();
});
