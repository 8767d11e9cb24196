import { describe, expect, test } from 'vitest';
import { heldBack, holdsBack } from '../../../../diagnosis/judge/verdict.ts';
import { loadCatalog } from '../../../../diagnosis/load/catalog.ts';
import { reportText } from '../../../../electron/terminal/report-text.ts';
import { sampleScreens } from './sample-screens.ts';

const catalog = loadCatalog();

describe.each(await sampleScreens(catalog))('a scan of $sample', ({ report }) => {
  const lines = reportText(report, { all: false });

  test('fits one screen', () => {
    expect(lines.length).toBeLessThanOrEqual(40);
    expect(lines.filter((line) => line.length > 100)).toEqual([]);
  });

  test('names each problem with a value that shows it, and shows no path of a value', () => {
    for (const [index, line] of lines.entries()) {
      if (line.startsWith('PROBLEM')) expect(lines[index + 1]).toMatch(/^ {4}\S.*: \S/);
    }
    expect(lines.join('\n')).not.toMatch(/apps\.com·|RUN_ANY_IN_BACKGROUND:/);
  });

  test('has no command without its end, or without a sign that there is more', () => {
    const evidence = lines.join('\n').match(/^ {4}\S.*(?:\n {6}\S.*)?$/gmu) ?? [];
    for (const text of evidence.filter((one) => /: .*\(/su.test(one))) expect(text).toMatch(/[)…]$/u);
  });

  test('says of each correction among the steps what it is for', () => {
    const said = lines.join(' ').replaceAll(/\s+/g, ' ');
    for (const step of report.steps.slice(0, 6)) {
      const finding = report.findings.find(({ cause, app }) => cause === step.cause && app === step.app);
      const isCorrection = finding?.corrections.some(({ id }) => id === step.correction) ?? false;
      // A long title of a problem is cut.
      if (finding !== undefined && isCorrection) expect(said).toContain(finding.title.slice(0, 60));
    }
  });

  test('names the command of each correction that the window offers', () => {
    const isLive = report.phone.state === 'ready';
    const text = reportText(report, { all: false }).join('\n');
    for (const { cause, app } of isLive ? report.fixes : []) {
      const command = ` ${report.phone.id} ${cause}${app === null ? '' : ` --app ${app}`}`;
      expect(text).toContain(command);
    }
  });

  test('names the way on from a step that is kept back', () => {
    const [step] = report.steps;
    const locked = report.findings.some(
      ({ cause, app, corrections }) =>
        cause === step?.cause &&
        app === step.app &&
        corrections.some(({ id, locked: why }) => id === step.correction && why !== null),
    );
    expect(/ copy \S+ -o FOLDER/u.test(lines.join('\n'))).toBe(locked && report.phone.state === 'ready');
  });

  test('names what may hold uploads back where nothing is proven and none is seen to leave', () => {
    const isKnown = heldBack(report).length > 0 || report.uploads.some(({ state }) => state === 'running');
    const may = report.findings.filter(
      ({ status, severity, pack, becauseOf, app, cause }) =>
        status === 'possible' &&
        severity !== 'info' &&
        pack === 'backup' &&
        cause !== holdsBack &&
        becauseOf.length === 0 &&
        (app === null || report.chosen.length === 0 || report.chosen.some((one) => one.app === app)),
    );
    const named = lines.filter((line) => line.startsWith('POSSIBLE'));
    expect(named).toHaveLength(isKnown ? 0 : Math.min(3, may.length));
  });

  test('counts as many problems as the verdict', () => {
    const more = /; (\d+) more thing/.exec(report.verdict)?.[1];
    const isProblem = report.findings.some(
      ({ title, status }) =>
        status === 'problem' && (report.verdict.startsWith(title) || report.verdict.includes(`, but ${title}`)),
    );
    const named = new Set(lines.filter((line) => line.startsWith('PROBLEM')));
    const hidden = Number(/^and (\d+) more: /m.exec(lines.join('\n'))?.[1] ?? 0);
    expect(named.size + hidden).toBe(isProblem ? 1 + Number(more ?? 0) : 0);
    expect(heldBack(report).length).toBe(named.size + hidden);
  });

  test('does not say that nothing is known of what it says is held back', () => {
    if (heldBack(report).length > 0) expect(lines.join(' ')).not.toContain('whether photos leave is not known');
  });

  test('says nothing twice', () => {
    const steps = lines.filter((line) => /^ {2}\d\. /.test(line)).map((line) => line.slice(5));
    expect(new Set(steps).size).toBe(steps.length);
  });
});
