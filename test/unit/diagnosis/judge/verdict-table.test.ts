import { beforeAll, describe, expect, test } from 'vitest';
import { loadCatalog } from '../../../../diagnosis/load/catalog.ts';
import { sampleProfiles } from '../../../../native/samples/android/profiles.ts';
import { verdictTable, type TableRow } from './verdict-plants.ts';

const catalog = loadCatalog();

let rows: readonly TableRow[];
beforeAll(() => {
  rows = verdictTable(catalog);
}, 120_000);

const problemsOf = ({ diagnosis }: TableRow) =>
  diagnosis.findings.filter(({ status, pack }) => status === 'problem' && pack === 'backup').map(({ cause }) => cause);

describe.each(sampleProfiles.map(({ id }) => id))('the sample %s as sold', (sample) => {
  const of = (situation: RegExp) => rows.filter((row) => row.sample === sample && situation.test(row.situation));

  test('whose uploads run has no problem and nothing to do, also an hour after a restart', () => {
    const running = of(/^as sold|^restarted/);
    expect(running).toHaveLength(2);
    for (const row of running) {
      expect(problemsOf(row)).toEqual([]);
      expect(row.diagnosis.verdict).toMatch(/^Uploads run: /);
      expect(row.diagnosis.uploads.map(({ state }) => state)).toEqual(['running']);
      expect(row.diagnosis.steps).toEqual([]);
      expect(row.exit).toBe(0);
    }
  });

  test("whose app's own switch is off has no problem but the silence, and is asked about the switch", () => {
    const [row] = of(/own switch/);
    if (row === undefined) throw new Error('There is no such row.');
    expect(problemsOf(row)).toEqual(['upload-stalled']);
    expect(row.diagnosis.verdict).toMatch(/^Nothing on this phone is known to hold .* back, and yet no photo has left/);
    expect(row.diagnosis.steps[0]).toMatchObject({ cause: 'backup-off', correction: 'answer' });
    expect(row.exit).toBe(1);
  });

  test('that is stalled has the planted cause as its verdict and first step', () => {
    const stalled = of(/^stalled: /);
    expect(stalled.length).toBeGreaterThan(5);
    for (const { planted, diagnosis, exit } of stalled) {
      const [first] = diagnosis.findings.filter(
        ({ status, cause }) => status === 'problem' && cause !== 'upload-stalled',
      );
      expect(first?.cause).toBe(planted);
      expect(diagnosis.verdict.startsWith(first?.title ?? '?')).toBe(true);
      expect(diagnosis.steps[0]?.cause).toBe(planted);
      expect(exit).toBe(1);
    }
  });
});
