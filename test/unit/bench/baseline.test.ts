import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { baselineOf, baselineSchema, compareWithBaseline, passes, type Baseline } from '../../bench/baseline.ts';
import { summarised, type Aim, type Measured } from '../../bench/bench-row.ts';
import { rows } from '../../bench/rows.ts';

const faster: Aim = { timesAsFast: 10 };
const limited: Aim = { timesTheLimit: 1.3 };

const measured = (id: string, ratio: number, aim: Aim = faster): Measured =>
  summarised({ id, what: '', against: '', unit: 'ms', aim }, [
    'timesAsFast' in aim ? { own: 1, against: ratio } : { own: ratio, against: 1 },
  ]);

const baseline = (rows: Record<string, number>): Baseline => ({
  measured: { on: '2026-11-28', node: 'v24.21.0', cores: 2, load: 1 },
  rows: Object.fromEntries(Object.entries(rows).map(([id, ratio]) => [id, { ratio, tolerance: 0.1, runs: 10 }])),
});

const how = (row: Measured, before: number): string | undefined =>
  compareWithBaseline([row], baseline({ [row.id]: before }), [row.id])[0]?.how;

describe('a row beside the committed baseline', () => {
  test.each([
    [12, 'as before'],
    [11, 'as before'],
    [10.8, 'worse'],
    [13.3, 'better'],
  ])('that was 12 times as fast and is %d times now is %s', (ratio, expected) => {
    expect(how(measured('scan', ratio), 12)).toBe(expected);
  });

  test.each([
    [1, 'as before'],
    [1.09, 'as before'],
    [1.12, 'worse'],
    [0.9, 'better'],
  ])('that took the limit once and takes it %d times now is %s', (ratio, expected) => {
    expect(how(measured('scan', ratio, limited), 1)).toBe(expected);
  });

  test('passes unless it is worse, unknown or missing', () => {
    const compared = compareWithBaseline(
      [measured('same', 5), measured('slow', 1), measured('new', 3)],
      baseline({ same: 5, slow: 5, dropped: 5, left: 5 }),
      ['same', 'slow', 'new', 'left'],
    );
    // `left` was only not measured this time.
    expect(compared.map((row) => [row.id, row.how, passes(row)])).toEqual([
      ['same', 'as before', true],
      ['slow', 'worse', false],
      ['new', 'unknown', false],
      ['dropped', 'missing', false],
    ]);
  });
});

describe('what a row comes to', () => {
  const pairs = [4, 5, 6, 8, 5].map((against) => ({ own: 1, against }));

  test('is the middle of the ratios of its pairs, and whether the aim is met', () => {
    const row = { id: 'scan', what: '', against: '', unit: 'ms' } as const;
    expect(summarised({ ...row, aim: { timesAsFast: 5 } }, pairs)).toMatchObject({
      runs: 5,
      median: { own: 1, against: 5 },
      ratio: 5,
      spread: 0.2,
      met: true,
    });
    expect(summarised({ ...row, aim: { timesAsFast: 5.1 } }, pairs).met).toBe(false);
    expect(summarised({ ...row, aim: { timesTheLimit: 0.2 } }, pairs)).toMatchObject({ ratio: 0.2, met: true });
    expect(summarised({ ...row, aim: { timesTheLimit: 0.19 } }, pairs).met).toBe(false);
  });

  test('is committed with the farthest of its ratios as tolerance', () => {
    expect(baselineOf(pairs, faster)).toEqual({ ratio: 5, tolerance: 0.6, runs: 5 });
    expect(baselineOf([{ own: 1, against: 5 }], faster)).toEqual({ ratio: 5, tolerance: 0.05, runs: 1 });
  });
});

test('every row is explained in docs/performance.md, no id is there twice, and the committed baseline knows no other', () => {
  const root = join(import.meta.dirname, '..', '..', '..');
  const ids = rows.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  const committed = baselineSchema.parse(
    JSON.parse(readFileSync(join(root, 'test', 'bench', 'baseline.json'), 'utf8')),
  );
  expect(Object.keys(committed.rows).filter((id) => !ids.includes(id))).toEqual([]);
  const headings = readFileSync(join(root, 'docs', 'performance.md'), 'utf8').match(/^### .+$/gm) ?? [];
  const explained = headings.flatMap((heading) => [...heading.matchAll(/`([^`]+)`/g)].map(([, id]) => id));
  expect(new Set(explained)).toEqual(new Set(ids));
});
