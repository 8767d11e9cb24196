import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { groupsOf } from '../../../../diagnosis/judge/groups.ts';
import { loadCatalog } from '../../../../diagnosis/load/catalog.ts';
import { Application } from '../../../../electron/app/application.ts';
import type { ScanReport } from '../../../../electron/app/scan/scan-report.ts';
import { questionsOf } from '../../../../renderer/result/questions.ts';
import { findingKey } from '../../../../renderer/program/phone-work.ts';
import { standingWords } from '../../../../renderer/parts/words.ts';
import { changeCounts, changesSince } from '../../../../renderer/result/changes-since.ts';
import { effectWords, groupFindings, symptomsUnder } from '../../../../renderer/result/report-groups.ts';
import { sampleScreens } from '../../electron/terminal/sample-screens.ts';
import { promptPace } from '../../../prompt-pace.ts';

const photos = 'com.google.android.apps.photos';

async function reports(profile: string, work: (app: Application, phoneId: string) => Promise<void>): Promise<void> {
  const home = mkdtempSync(join(tmpdir(), 'phone-health-unit-'));
  const app = new Application({ env: { PHONE_HEALTH_HOME: home }, sources: [], samplePace: promptPace });
  try {
    const { phoneId } = await app.addSample(profile);
    await work(app, phoneId);
  } finally {
    await app.close();
    rmSync(home, { recursive: true });
  }
}

const causes = (findings: readonly { cause: string }[]): string[] => [...new Set(findings.map(({ cause }) => cause))];
const scan = (app: Application, phoneId: string): Promise<ScanReport> => app.scan({ phoneId, save: false });

const backupOn = 'Is the backup of Google Photos switched on?';
const isBackup = ({ text }: { text: string }): boolean => text === backupOn;
/** Of the question about the backup: for how many apps it is open, and for how many it is answered. */
function backup(report: Pick<ScanReport, 'findings'>): { open: number[]; answered: number[] } {
  const { open, answered } = questionsOf(report);
  const countsOf = (questions: typeof open): number[] =>
    questions.filter(isBackup).map(({ findings }) => findings.length);
  return { open: countsOf(open), answered: countsOf(answered) };
}

const sizes = (groups: Record<string, readonly unknown[]>, names: readonly string[]): Record<string, number> =>
  Object.fromEntries(names.map((name) => [name, groups[name]?.length ?? -1]));

test('the window counts of every sample what the terminal counts', async () => {
  const names = ['held', 'worthALook', 'couldMatter', 'symptoms', 'settling', 'byHand', 'passed', 'notApplicable'];
  const screens = await sampleScreens(loadCatalog());
  expect(screens.length).toBeGreaterThan(20);
  for (const { sample, report } of screens) {
    const window = groupFindings(report, { asking: true });
    const terminal = groupsOf(report);
    expect([sample, sizes({ ...window, others: [] }, names)]).toEqual([sample, sizes({ ...terminal }, names)]);
    expect([...window.others.values()].flat()).toHaveLength(terminal.others.length);
  }
});

test('symptoms stand apart from the causes they come from', () =>
  reports('pixel-15', async (app, phoneId) => {
    const { held, symptoms } = groupFindings(await scan(app, phoneId), { asking: true });
    expect(causes(held)).toEqual(['battery-saver-threshold']);
    expect(causes(symptoms)).toEqual(['jobs-blocked', 'upload-stalled']);
    const [root] = held;
    const under = symptomsUnder(held, symptoms);
    expect(causes(under.get(root === undefined ? '' : findingKey(root)) ?? [])).toEqual(causes(symptoms));
  }));

test('what holds photos back is listed as it is counted; what else is wrong is worth a look', () =>
  reports('huawei-9', async (app, phoneId) => {
    const report = await scan(app, phoneId);
    const { held, worthALook } = groupFindings(report, { asking: true });
    expect(causes(held)).toHaveLength(report.answer.heldBack);
    expect(causes(worthALook)).toEqual(['os-outdated', 'standby-bucket']);
  }));

test('what only the app knows is looked up by hand where a proven cause makes every question needless', () =>
  reports('pixel-15', async (app, phoneId) => {
    const report = await scan(app, phoneId);
    const inApp = [
      'backup-off',
      'cloud-storage-full',
      'backup-account',
      'folders-not-chosen',
      'in-app-pause',
      'rule-charging',
      'rule-battery',
    ];
    expect(questionsOf(report).open).toEqual([]);
    expect(causes(groupFindings(report, { asking: true }).byHand)).toEqual(inApp);
    expect(causes(groupFindings(report, { asking: false }).byHand)).toEqual(inApp);
  }));

test('an answer is nothing that has changed since the scan before', () =>
  reports('pixel-15', async (app, phoneId) => {
    const before = await scan(app, phoneId);
    const answered = app.answer(phoneId, { cause: 'backup-off', app: photos, answer: 'no' });
    expect(changesSince(before, answered).size).toBe(0);
  }));

const otherApp = (findings: ScanReport['findings']): ScanReport['findings'] =>
  findings.map((finding) => ({ ...finding, app: 'com.example.second' }));

// Of the apps of a report one alone is asked about, so that the second stands here by hand.
test('one question for several apps is one question, answered when each of them is', () =>
  reports('pixel-9', async (app, phoneId) => {
    const before = await scan(app, phoneId);
    const after = app.answer(phoneId, { cause: 'backup-off', app: photos, answer: 'yes' });
    const findingIn = ({ findings }: ScanReport): ScanReport['findings'] =>
      findings.filter((finding) => finding.cause === 'backup-off' && finding.app === photos);
    const asked = findingIn(before);
    const answered = findingIn(after);

    expect(backup(before)).toEqual({ open: [1], answered: [] });
    expect(backup(after)).toEqual({ open: [], answered: [1] });
    expect(backup({ findings: [...asked, ...otherApp(asked)] })).toEqual({ open: [2], answered: [] });
    expect(backup({ findings: [...answered, ...otherApp(asked)] })).toEqual({ open: [2], answered: [] });
    expect(backup({ findings: [...answered, ...otherApp(answered)] })).toEqual({ open: [], answered: [2] });
  }));

const isStalled = ({ cause, app }: { cause: string; app: string | null }): boolean =>
  cause === 'upload-stalled' && app === photos;

test('what waited for bytes is no new problem once they are known not to have come', () =>
  reports('pixel-14', async (app, phoneId) => {
    const after = await scan(app, phoneId);
    expect(after.findings.filter(isStalled).map(({ status }) => status)).toEqual(['problem']);
    const having = (settling: boolean): ScanReport => ({
      ...after,
      findings: after.findings.map((one) => (isStalled(one) ? { ...one, status: 'unknown', settling } : one)),
    });
    expect([...changesSince(having(true), after).values()]).toEqual([]);
    expect([...changesSince(having(false), after).values()]).toEqual(['new']);
  }));

test('what is known after the next photo was read: it stands apart from what a person looks up', () =>
  reports('pixel-14', async (app, phoneId) => {
    const report = await scan(app, phoneId);
    const waiting: ScanReport = {
      ...report,
      findings: report.findings.map((one) => (isStalled(one) ? { ...one, status: 'unknown', settling: true } : one)),
    };
    const { settling, byHand } = groupFindings(waiting, { asking: true });
    expect(causes(settling)).toEqual(['upload-stalled']);
    expect(causes(byHand)).not.toContain('upload-stalled');
    expect(settling.map(standingWords)).toEqual(['Not known yet']);
  }));

test('what stands beside photos that leave is not said to stop the backup', () =>
  reports('pixel-14', async (app, phoneId) => {
    const report = await scan(app, phoneId);
    const blocking = { cause: 'photos-given-up', app: null, severity: 'blocks' } as const;
    const wordsOf = (state: 'running' | 'stalled', held: readonly (typeof blocking)[]): string =>
      effectWords({ uploads: report.uploads.map((one) => ({ ...one, state })), answer: { held } }, blocking);
    expect(wordsOf('running', [blocking])).toBe('Photos left out');
    expect(wordsOf('running', [])).toBe('May stop backup');
    expect(wordsOf('stalled', [blocking])).toBe('Stops backup');
  }));

test('since the scan before, as many are fixed as were counted; what else changed is told apart', () =>
  reports('pixel-14', async (app, phoneId) => {
    const before = await scan(app, phoneId);
    const ended: string[] = [];
    for await (const event of app.corrections.correctAll({ phoneId, fixes: before.fixes })) {
      if (event.type === 'done') ended.push(event.outcome.result);
    }
    expect(ended).toEqual(['taken', 'taken', 'taken']);
    const after = await scan(app, phoneId);
    expect([before.answer.heldBack, after.answer.heldBack]).toEqual([3, 0]);
    const all = [...changesSince(before, after).values()].filter((change) => change === 'fixed');
    expect(all.length).toBeGreaterThan(3);
    expect(changeCounts(before, after)).toMatchObject({ fixed: 3, fresh: 0 });
    expect(changeCounts(before, after).others).toBeGreaterThan(0);
    expect(changeCounts(after, before)).toMatchObject({ fixed: 0, fresh: 3 });
  }));
