import { beforeAll, describe, expect, test } from 'vitest';
import { loadCatalog } from '../../../../diagnosis/load/catalog.ts';
import { backupApps, judge } from '../../../../diagnosis/judge/judge.ts';
import { unavailable } from '../../../../native/unavailable.ts';
import { appLeaves, sectionLeaves } from '../../../../native/vocabulary.ts';
import { buildReading } from './build-reading.ts';
import { scenarios } from './matrix-scenarios.ts';
import { judgeScenarios, matrixOf, type MatrixLine, type Row } from './matrix.ts';

const catalog = loadCatalog();

let rows: readonly Row[];
let matrix: readonly MatrixLine[];
beforeAll(async () => {
  rows = await judgeScenarios(catalog);
  matrix = matrixOf(catalog, rows);
}, 60_000);

describe('every entry of the catalog', () => {
  test.each(catalog.causes.map(({ id }) => id))('%s is shown by a phone, and is no problem of a healthy one', (id) => {
    const line = matrix.find(({ cause }) => cause === id);
    expect([...(line?.problem ?? []), ...(line?.possible ?? [])]).not.toEqual([]);
    expect(line?.healthy.problem).toBeUndefined();
  });

  test('is silent on healthy phones, save for what is merely old or worth knowing', () => {
    const speaking = matrix.filter(({ healthy }) => healthy.possible !== undefined).map(({ cause }) => cause);
    // The iPhones with iOS 12 to 17 have an old system.
    expect(speaking).toEqual(['os-outdated']);
  });
});

describe('a healthy phone', () => {
  test.each(scenarios.filter(({ healthy }) => healthy).map(({ name }) => name))('%s has no problem', (name) => {
    const row = rows.find(({ scenario }) => scenario.name === name);
    expect(row?.findings.filter(({ status }) => status === 'problem').map(({ cause }) => cause)).toEqual([]);
    // An iPhone before iOS 15 tells what waits, and no sessions; without iCloud it tells too little.
    expect(row?.verdict).toMatch(/^(Uploads run: |Nothing new is waiting|Too little was read|Nothing that was read)/);
    if (row?.scenario.platform === 'android') expect(row.verdict).toMatch(/^Uploads run: /);
  });
});

describe('a phone that gave no answer', () => {
  test.each(['android', 'ios'] as const)('on %s has only what is unknown, and what a person answers', (platform) => {
    const why = unavailable('timeout', 'No answer.');
    const nothing = (leaves: object) => Object.fromEntries(Object.keys(leaves).map((name) => [name, why]));
    const sections = Object.fromEntries(Object.entries(sectionLeaves).map(([name, leaves]) => [name, nothing(leaves)]));
    const apps = Object.fromEntries(backupApps(catalog, platform).map((id) => [id, nothing(appLeaves)]));
    const { findings } = judge(buildReading({ ...sections, apps }, platform), catalog);
    const statuses = new Set(findings.map(({ status }) => status));
    statuses.delete('not-applicable');
    expect([...statuses].sort()).toEqual(['manual', 'unknown']);
  });
});
