import { expect, test } from 'vitest';
import { summaryWords } from '../../../../renderer/history/columns-words.ts';
import type { SnapshotColumns } from '../../../../renderer/program/received.ts';

type Outcome = SnapshotColumns['findings'][number]['outcome'];

const compared = (story: SnapshotColumns['story'], problems: number[], outcomes: Outcome[]): SnapshotColumns =>
  ({
    story,
    columns: problems.map((one) => ({ problems: one })),
    findings: outcomes.map((outcome) => ({ outcome, aside: false })),
    values: [],
  }) as unknown as SnapshotColumns;

test('problems are as many as each snapshot counts, and each finding is counted in the group that it stands in', () => {
  expect(summaryWords(compared('time', [3, 0], ['gone', 'gone', 'gone', 'gone', 'still']))).toBe(
    'Problems: 3 before, 0 after. 4 findings gone, 0 new, 1 still there; 0 values changed.',
  );
  expect(summaryWords(compared('sides', [3, 1], ['gone', 'unproven', 'unproven', 'untold', 'new']))).toBe(
    'Problems: 3 in A, 1 in B. 1 finding only in A, 1 only in B, 0 in both, 2 in A and not known of B, 1 in B and not known of A; 0 values not alike.',
  );
  expect(summaryWords(compared('columns', [3, 1, 0], ['differs', 'unproven', 'still']))).toBe(
    'Problems: 3 · 1 · 0. 1 finding not in all, 1 in all, 1 in some and not known of the others; 0 values not alike.',
  );
});
