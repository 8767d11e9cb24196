import type { Catalog } from '../../../../diagnosis/load/catalog.ts';
import type { Finding, Status } from '../../../../diagnosis/finding.ts';
import { judge } from '../../../../diagnosis/judge/judge.ts';
import { scenarios, type Scenario } from './matrix-scenarios.ts';

/** What the catalog says about one scenario. */
export interface Row {
  scenario: Scenario;
  findings: readonly Finding[];
  verdict: string;
}

/** Judges every scenario. */
export function judgeScenarios(catalog: Catalog): Promise<Row[]> {
  return Promise.all(
    scenarios.map(async (scenario) => {
      const { earlier, answers = [], testPhotos = [], read } = scenario;
      const previous = earlier === undefined ? null : await earlier(catalog);
      const { findings, verdict } = judge(await read(catalog), catalog, { previous, answers, testPhotos });
      return { scenario, findings, verdict };
    }),
  );
}

const open = new Set<Status>(['problem', 'possible']);

/** For each cause: the scenarios that show it, by status, and what it says about healthy phones. */
export interface MatrixLine {
  cause: string;
  problem: string[];
  possible: string[];
  healthy: Partial<Record<Status, number>>;
}

export function matrixOf(catalog: Catalog, rows: readonly Row[]): MatrixLine[] {
  return catalog.causes.map(({ id }) => {
    const line: MatrixLine = { cause: id, problem: [], possible: [], healthy: {} };
    for (const { scenario, findings } of rows) {
      const statuses = findings.filter(({ cause }) => cause === id).map(({ status }) => status);
      for (const status of new Set(statuses)) {
        if (scenario.healthy) line.healthy[status] = (line.healthy[status] ?? 0) + 1;
        else if (status === 'problem') line.problem.push(scenario.name);
        else if (open.has(status)) line.possible.push(scenario.name);
      }
    }
    return line;
  });
}
