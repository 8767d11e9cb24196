import { describe, expect, test } from 'vitest';
import { compare, comparisonSchema } from '../../../db/compare.ts';
import type { Snapshot } from '../../../db/records/snapshots.ts';
import type { Finding } from '../../../diagnosis/finding.ts';
import { unreadPhone } from '../../../native/phone.ts';
import { emptyReading, type Reading } from '../../../native/reading.ts';
import { exampleReading, exampleSnapshot, finding, photos } from './examples.ts';

function snapshot(id: number, reading: Reading, findings: Finding[] = []): Snapshot {
  const { diagnosis, ...rest } = exampleSnapshot({ reading });
  return {
    ...rest,
    id,
    uid: `uid-${id}`,
    note: '',
    technician: '',
    version: 1,
    diagnosis: { ...diagnosis, findings },
    takenAt: reading.takenAt,
    savedAt: reading.takenAt,
    verdict: diagnosis.verdict,
    problems: 0,
    catalog: diagnosis.catalog,
  };
}

const valuesOf = (before: Reading, after: Reading) => compare(snapshot(1, before), snapshot(2, after)).values;

const findingsOf = (before: Finding[], after: Finding[]) =>
  compare(snapshot(1, exampleReading(), before), snapshot(2, exampleReading(), after)).findings;

const evidence: Finding['evidence'][number] = {
  path: 'power.saverOn',
  label: 'Battery saver is on now',
  value: true,
  unavailable: null,
  probe: 'power',
  command: 'dumpsys power',
  at: '2026-05-01T10:00:00.000Z',
  underPower: false,
  doesNotProve: null,
  decides: false,
};

const seen = (path: string, decides: boolean) => ({ ...evidence, path, decides });

const because = (unavailable: 'timeout' | 'denied', detail: string) =>
  exampleReading({ dataPolicy: { dataSaver: { unavailable, detail, source: 'netpolicy' } } });

const withTypes = (...value: string[]) => exampleReading({ accounts: { types: { value, source: 'account' } } });

const withPolicies = (value: Record<string, number>) =>
  exampleReading({ dataPolicy: { policies: { value, source: 'netpolicy' } } });

describe('changed values', () => {
  test('are none between equal readings', () => {
    expect(valuesOf(exampleReading(), exampleReading({ takenAt: '2026-06-01T00:00:00.000Z' }))).toEqual([]);
  });

  test('show both values with path and label, and where the cable may be the reason', () => {
    const after = exampleReading({
      power: { saverOn: { value: false, source: 'power', underPower: true } },
      apps: { [photos]: { installed: { value: true, source: 'package' }, bucket: { value: 40, source: 'usage' } } },
    });
    expect(valuesOf(exampleReading(), after)).toEqual([
      {
        path: 'power.saverOn',
        label: 'Battery saver is on now',
        before: { value: true, unavailable: null },
        after: { value: false, unavailable: null },
        underPower: true,
        passing: false,
      },
      {
        path: 'apps.com·google·android·apps·photos.bucket',
        label: 'Standby bucket: 5 exempted, 10 active, 20 working set, 30 frequent, 40 rare, 45 restricted, 50 never',
        before: { value: null, unavailable: { reason: 'missing', detail: 'It was not asked for.' } },
        after: { value: 40, unavailable: null },
        underPower: false,
        passing: false,
      },
    ]);
  });

  test('say which are others at every look', () => {
    const after = exampleReading({ battery: { level: { value: 82, source: 'battery' } } });
    expect(valuesOf(exampleReading(), after)).toMatchObject([{ path: 'battery.level', passing: true }]);
  });

  test('tell a value that is not known any more, and why', () => {
    const after = exampleReading({
      battery: { level: { unavailable: 'unplugged', detail: 'The cable was pulled.', source: 'battery' } },
    });
    expect(valuesOf(exampleReading(), after)).toMatchObject([
      {
        path: 'battery.level',
        before: { value: 81, unavailable: null },
        after: { value: null, unavailable: { reason: 'unplugged', detail: 'The cable was pulled.' } },
      },
    ]);
  });

  test('tell one reason from another, but not one wording from another', () => {
    expect(valuesOf(exampleReading(), because('timeout', 'No answer within 20 s.'))).toEqual([]);
    expect(valuesOf(exampleReading(), because('denied', 'No answer within 10 s.'))).toHaveLength(1);
  });

  test('compare lists and records by what they hold', () => {
    expect(valuesOf(withTypes('com.google'), withTypes('com.google'))).toEqual([]);
    expect(valuesOf(withTypes('com.google'), withTypes()).map(({ path }) => path)).toEqual(['accounts.types']);
    expect(valuesOf(withPolicies({ '10100': 1, a: 4 }), withPolicies({ a: 4, '10100': 1 }))).toEqual([]);
  });

  test('between an Android phone and an iPhone are those that both have', () => {
    const iphone = {
      ...emptyReading('ios', '2026-05-01T10:00:00.000Z', []),
      battery: { level: { value: 50, source: 'battery' } },
    };
    expect(valuesOf(exampleReading(), iphone).map(({ path }) => path)).toEqual(['battery.level']);
  });
});

describe('compared findings', () => {
  test.each([
    ['problem', 'ok', 'gone'],
    ['possible', 'not-applicable', 'gone'],
    ['ok', 'problem', 'new'],
    ['unknown', 'possible', 'new'],
    ['problem', 'problem', 'unchanged'],
    ['ok', 'ok', 'unchanged'],
    ['problem', 'unknown', 'changed'],
    ['problem', 'possible', 'changed'],
    ['ok', 'unknown', 'changed'],
    ['manual', 'ok', 'changed'],
  ] as const)('from %s to %s is %s', (before, after, outcome) => {
    const expected = { gone: [], new: [], unchanged: [], changed: [] };
    expect(findingsOf([finding('doze', before, photos)], [finding('doze', after, photos)])).toEqual({
      ...expected,
      [outcome]: [
        { cause: 'doze', app: photos, title: 'Title of doze', titleBefore: 'Title of doze', paths: [], before, after },
      ],
    });
  });

  test('keep the title of what was wrong, and the values that it was judged by, deciding ones first', () => {
    const before = { ...finding('doze', 'problem'), title: 'It dozes', evidence: [seen('a', false), seen('b', true)] };
    const after = { ...finding('doze', 'ok'), title: 'It is awake', evidence: [seen('b', true), seen('c', true)] };
    expect(findingsOf([before], [after]).gone).toMatchObject([
      { title: 'It is awake', titleBefore: 'It dozes', paths: ['b', 'a', 'c'] },
    ]);
  });

  test('a problem that was not judged again is not gone', () => {
    const { gone, changed } = findingsOf([finding('doze', 'problem')], []);
    expect(gone).toEqual([]);
    expect(changed).toMatchObject([
      { cause: 'doze', app: null, title: 'Title of doze', before: 'problem', after: null },
    ]);
  });

  test('are told apart by app', () => {
    const { gone, new: appeared } = findingsOf(
      [finding('doze', 'problem', 'a'), finding('doze', 'ok', 'b')],
      [finding('doze', 'ok', 'a'), finding('doze', 'problem', 'b')],
    );
    expect([gone.map(({ app }) => app), appeared.map(({ app }) => app)]).toEqual([['a'], ['b']]);
  });
});

describe('a comparison', () => {
  test('names both snapshots, says whether it is one phone, and fits its schema', () => {
    const before = snapshot(1, exampleReading(), [finding('doze', 'problem')]);
    const after = snapshot(2, exampleReading(), [finding('doze', 'ok')]);
    const comparison = compare(before, after);
    expect(comparison.samePhone).toBe(true);
    expect([comparison.before.id, comparison.after.id]).toEqual([1, 2]);
    expect(Object.keys(comparison.before)).not.toContain('capture');
    expect(comparisonSchema.parse(JSON.parse(JSON.stringify(comparison)))).toEqual(comparison);
    expect(compare(before, { ...after, phone: unreadPhone('OTHER', 'android', 'ready') }).samePhone).toBe(false);
  });

  test('leaves its snapshots as they were', () => {
    const [before, after] = [snapshot(1, exampleReading()), snapshot(2, exampleReading())];
    const copies = structuredClone([before, after]);
    compare(before, after);
    expect([before, after]).toEqual(copies);
  });
});
