import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadCatalog } from '../../../../diagnosis/load/catalog.ts';
import { expectedOfField, expectedOfScenarios } from '../../../tables/iphone-expected.ts';
import { captureRows, capturesFolder, scenarioRows, type IphoneRow } from '../../../tables/iphone-table.ts';

const catalog = loadCatalog();
const wrong = (rows: readonly IphoneRow[]) =>
  rows.filter(({ right }) => !right).map(({ name, said, expected }) => ({ name, said, expected }));

/** Questions that wait for an answer, and the words in them, with where to look. */
function questionsIn({ diagnosis }: IphoneRow): { count: number; words: number } {
  const open = (diagnosis?.findings ?? []).flatMap(({ question }) =>
    question === null || question.answer !== null ? [] : [question],
  );
  const text = open.map(({ text: asked, where }) => [asked, ...where].join(' ')).join(' ');
  return { count: open.length, words: text.split(/\s+/).filter((word) => word !== '').length };
}

const haveCaptures = existsSync(join(capturesFolder, 'field-ios'));

describe('the table of iPhones', () => {
  test('expects something of every scenario, and every verdict, first step and exit code is as expected', async () => {
    const rows = await scenarioRows(catalog);
    expect(rows.map(({ name }) => name).toSorted()).toEqual(Object.keys(expectedOfScenarios).toSorted());
    expect(wrong(rows)).toEqual([]);
    // Issue 13: none before the verdict of a healthy iPhone, at most three where the verdict needs them.
    const asked = new Map(rows.map((row) => [row.name, questionsIn(row)]));
    for (const [name, { count }] of asked) expect(count, name).toBeLessThanOrEqual(name.startsWith('healthy') ? 0 : 3);
    expect(asked.get('healthy')).toEqual({ count: 0, words: 0 });
    expect(asked.get('icloud-photos-off')?.count).toBe(3);
  });

  // ../shared is not in every clone: without its captures there is nothing to compare.
  test.skipIf(!haveCaptures)(
    'and so is that of every recorded capture (skipped without ../shared/captures)',
    async () => {
      const rows = await captureRows(catalog);
      expect(rows.map(({ name }) => name)).toEqual(expect.arrayContaining(Object.keys(expectedOfField)));
      expect(wrong(rows)).toEqual([]);
    },
  );
});
