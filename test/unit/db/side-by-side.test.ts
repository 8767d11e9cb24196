import { describe, expect, test } from 'vitest';
import type { Snapshot } from '../../../db/records/snapshots.ts';
import { sideBySide } from '../../../db/side-by-side.ts';
import type { Finding, Status } from '../../../diagnosis/finding.ts';
import type { Reading } from '../../../native/reading.ts';
import { exampleReading, exampleSnapshot, finding } from './examples.ts';

const [early, late] = ['2026-05-01T10:00:00.000Z', '2026-06-01T10:00:00.000Z'] as const;

function snapshot(
  id: number,
  phoneId: string,
  takenAt: string,
  findings: Finding[],
  change: Partial<Reading> = {},
): Snapshot {
  const reading = exampleReading({ takenAt, ...change });
  const { diagnosis, phone, ...rest } = exampleSnapshot({ reading });
  return {
    ...rest,
    id,
    uid: `uid-${id}`,
    note: '',
    technician: '',
    version: 1,
    phone: { ...phone, id: phoneId },
    diagnosis: { ...diagnosis, findings },
    takenAt,
    savedAt: takenAt,
    verdict: diagnosis.verdict,
    problems: 0,
    catalog: diagnosis.catalog,
  };
}

const saver = (status: Status): Finding => ({ ...finding('saver', status), title: `saver ${status}` });
const outcomes = (...snapshots: Snapshot[]) =>
  sideBySide(snapshots).findings.map(({ outcome, statuses, title }) => [outcome, statuses, title]);

const level = (value: number) => ({ battery: { capacityPercent: { value, source: 'battery' } } });

/** With another app chosen. */
const chosenElse = (one: Snapshot): Snapshot => ({
  ...one,
  diagnosis: { ...one.diagnosis, chosen: [{ app: 'com.chosen', by: 'person', why: '' }] },
});

const asideIn = (...all: Snapshot[]) => sideBySide(all).findings.map(({ outcome, aside }) => [outcome, aside]);

describe('snapshots as columns', () => {
  test('one phone earlier and later has a before and an after; turned round, or of two phones, they are sides', () => {
    const [a, b, other] = [snapshot(1, 'A', early, []), snapshot(2, 'A', late, []), snapshot(3, 'B', late, [])];
    expect(sideBySide([a, b]).story).toBe('time');
    expect(sideBySide([b, a]).story).toBe('sides');
    expect(sideBySide([a, other]).story).toBe('sides');
    expect(sideBySide([a, b, other]).story).toBe('columns');
  });

  test('of two, what is proven absent in the second is gone, and what turned unknown is not', () => {
    const before = snapshot(1, 'A', early, [saver('problem')]);
    expect(outcomes(before, snapshot(2, 'A', late, [saver('ok')]))).toEqual([
      ['gone', ['problem', 'ok'], 'saver problem'],
    ]);
    expect(outcomes(before, snapshot(2, 'A', late, [saver('unknown')]))).toEqual([
      ['unproven', ['problem', 'unknown'], 'saver problem'],
    ]);
    expect(outcomes(before, snapshot(2, 'A', late, []))[0]?.slice(0, 2)).toEqual(['unproven', ['problem', null]]);
  });

  test('the order that was chosen is kept: turned round, what was gone is new', () => {
    const [bad, good] = [snapshot(1, 'A', early, [saver('problem')]), snapshot(2, 'A', late, [saver('ok')])];
    expect(outcomes(good, bad)).toEqual([['new', ['ok', 'problem'], 'saver problem']]);
  });

  test('what was not read of a phone is not said to be right with it', () => {
    const bad = snapshot(2, 'B', late, [saver('problem')]);
    for (const nothing of [[], [saver('unknown')], [saver('manual')]]) {
      const [row] = outcomes(snapshot(1, 'A', early, nothing), bad);
      expect(row?.[0]).toBe('untold');
      expect(outcomes(bad, snapshot(1, 'A', early, nothing), bad)[0]?.[0]).toBe('unproven');
    }
    expect(outcomes(snapshot(1, 'A', early, [saver('ok')]), bad)[0]?.[0]).toBe('new');
  });

  test('of several, a problem of some differs, one of all is still there, and what nobody judged is not known', () => {
    const [one, two, three] = [
      snapshot(1, 'A', early, [saver('ok')]),
      snapshot(2, 'B', late, [saver('problem')]),
      snapshot(3, 'C', late, []),
    ];
    expect(outcomes(one, two, three)).toEqual([['differs', ['ok', 'problem', null], 'saver problem']]);
    expect(outcomes(two, two, two)).toEqual([['still', ['problem', 'problem', 'problem'], 'saver problem']]);
  });

  test('values have a cell a column, and say whether they differ', () => {
    const { values } = sideBySide([
      snapshot(1, 'A', early, [], level(94)),
      snapshot(2, 'A', late, [], level(94)),
      snapshot(3, 'B', late, [], level(80)),
    ]);
    const row = values.find(({ path }) => path === 'battery.capacityPercent');
    expect(row?.values.map(({ value }) => value)).toEqual([94, 94, 80]);
    expect(row?.differs).toBe(true);
  });

  test('what differs of an app that is not to keep the photos stands apart', () => {
    const app = 'com.other';
    const of = (status: Status): Finding => ({ ...finding('saver', status, app), title: `saver ${status}` });
    const [bad, good] = [
      chosenElse(snapshot(1, 'A', early, [of('problem')])),
      chosenElse(snapshot(2, 'A', late, [of('ok')])),
    ];
    expect(asideIn(bad, good)).toEqual([['other', true]]);
    expect(asideIn(bad, good, bad)).toEqual([['other', true]]);
    expect(asideIn(bad, bad)).toEqual([['same', false]]);
  });
});
