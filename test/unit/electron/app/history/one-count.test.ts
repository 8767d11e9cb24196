import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { groupsOf } from '../../../../../diagnosis/judge/groups.ts';
import { heldBack } from '../../../../../diagnosis/judge/verdict.ts';
import { type Catalog, loadCatalog } from '../../../../../diagnosis/load/catalog.ts';
import type { Walkthrough } from '../../../../../db/records/walkthroughs.ts';
import { Application } from '../../../../../electron/app/application.ts';
import type { ScanReport } from '../../../../../electron/app/scan/scan-report.ts';
import { walkthroughView } from '../../../../../electron/app/walkthrough/walkthrough-view.ts';
import { reportText } from '../../../../../electron/terminal/report-text.ts';
import { offersOf } from '../../../../../renderer/corrections/offer-list.tsx';
import { unreadIn } from '../../../../../renderer/result/everything-else.tsx';
import { groupFindings } from '../../../../../renderer/result/report-groups.ts';
import { cardState } from '../../../../../renderer/bench/card-state.ts';
import { thingsIn } from '../../../../../renderer/walkthrough/step-list.tsx';
import { promptPace } from '../../../../prompt-pace.ts';
import { StandingSource } from '../standing-source.ts';
import { sampleScreens } from '../../terminal/sample-screens.ts';

const photos = 'com.google.android.apps.photos';
const oneDrive = 'com.microsoft.skydrive';

/** What the walk-through that begins with a report counts. */
function countedIn(report: ScanReport, catalog: Catalog): number {
  const walkthrough: Walkthrough = {
    id: 1,
    phone: report.phone.id,
    ticket: null,
    before: 1,
    who: 'Ana',
    startedAt: report.reading.takenAt,
    events: [],
  };
  const dated = { takenAt: report.reading.takenAt, diagnosis: report };
  const { steps } = walkthroughView(walkthrough, dated, dated, [], catalog);
  const things = thingsIn(steps);
  expect(things.filter(({ settled }) => settled)).toEqual([]);
  // Where nothing is known to hold photos back, it counts what is worth a look.
  return steps.some((step) => step.things.length > 0) ? things.length : 0;
}

/** What the card of the phone says at the bench. */
function countedOnCard(report: ScanReport): number {
  const state = cardState({
    slot: { leftAt: null, phone: { ...report.phone, state: 'ready', remedy: null, sample: true, port: null } },
    work: { activity: null, asked: null, batch: null, report, problem: null },
    photo: { running: false, progress: null, report: null },
    isCutOff: false,
  });
  return state.kind === 'problems' ? state.count : 0;
}

/** What each place says of how many things hold photos back. */
function countsOf(report: ScanReport, catalog: Catalog): Record<string, number> {
  const { answer, verdict } = report;
  const held = heldBack(report);
  const lines = reportText(report, { all: false });
  const hidden = Number(/^and (\d+) more: /m.exec(lines.join('\n'))?.[1] ?? 0);
  const more = Number(/; (\d+) more thing/.exec(verdict)?.[1] ?? 0);
  const isNamed = held.some(({ title }) => verdict.startsWith(title) || verdict.includes(`, but ${title}`));
  return {
    // Where an app's photos stand still and nobody knows why, the verdict is about that and counts nothing.
    verdict: isNamed ? 1 + more : held.length,
    sentence: Number(/(\d+) things? holds? photos back/.exec(answer.sentence)?.[1] ?? 0),
    button: answer.byComputer + answer.byPerson,
    list: groupFindings(report, { asking: true }).held.length,
    answer: answer.heldBack,
    walkthrough: countedIn(report, catalog),
    card: countedOnCard(report),
    papers: groupsOf(report).held.length,
    terminal: lines.filter((line) => line.startsWith('PROBLEM')).length + hidden,
  };
}

test.each([
  ['one chosen app', []],
  ['Google Photos and OneDrive chosen', [photos, oneDrive]],
  ['iCloud and Google Photos chosen', ['com.apple.mobileslideshow', 'com.google.photos']],
])('with %s every sample says one number everywhere', async (_name, chosen) => {
  const catalog = loadCatalog();
  const screens = await sampleScreens(catalog, { chosen });
  let several = 0;
  for (const { sample, report } of screens) {
    const all = heldBack(report).length;
    if (report.chosen.length > 1 && all > 1) several += 1;
    const counts = countsOf(report, catalog);
    expect({ sample, ...counts }).toEqual({
      sample,
      ...Object.fromEntries(Object.keys(counts).map((name) => [name, all])),
    });
    expect([sample, report.fixes.length]).toEqual([sample, report.answer.byComputer]);
    expect([sample, offersOf(report).length]).toEqual([sample, report.answer.byComputer]);
  }
  expect(several > 0).toBe(chosen.length > 1);
});

test('two chosen apps with work of their own each are as many things in History', async () => {
  const home = mkdtempSync(join(tmpdir(), 'phone-health-unit-'));
  const app = new Application({ env: { PHONE_HEALTH_HOME: home }, sources: [], samplePace: promptPace });
  try {
    const { phoneId } = await app.addSample('pixel-14');
    await app.scan({ phoneId, save: true });
    app.chooseApps(phoneId, [photos, oneDrive]);
    const report = app.report(phoneId);
    expect(report?.verdict).toContain('; 5 more things need attention');
    expect(report?.answer).toMatchObject({ heldBack: 6, byComputer: 6 });
    expect(report?.fixes).toHaveLength(6);
    expect(app.snapshots()[0]?.problems).toBe(6);
  } finally {
    await app.close();
    rmSync(home, { recursive: true });
  }
});

test('two causes that one command ends are one thing, told with the first of them', async () => {
  const screens = await sampleScreens(loadCatalog(), { chosen: [oneDrive] });
  const report = screens.find(({ sample }) => sample === 'motorola-13')?.report;
  expect(report?.answer.held).toEqual([
    { cause: 'captive-portal', app: null },
    { cause: 'app-hibernated', app: oneDrive },
  ]);
  expect(report?.findings.find(({ cause, app }) => cause === 'app-stopped' && app === oneDrive)?.becauseOf).toEqual([
    { cause: 'app-hibernated', app: oneDrive },
  ]);
});

test('what could not be read is as many checks in the sentence as in the window', async () => {
  let told = 0;
  for (const { sample, report } of await sampleScreens(loadCatalog(), { chosen: [photos, oneDrive] })) {
    const said = /^(\d+) checks? could not be read/.exec(report.answer.sentence)?.[1];
    if (said === undefined) continue;
    told += 1;
    expect([sample, unreadIn(groupFindings(report, { asking: true }).byHand)]).toEqual([sample, Number(said)]);
  }
  expect(told).toBeGreaterThan(0);
});

test('what the phone has refused is none of what this computer can fix, anywhere, until another visit', async () => {
  const home = mkdtempSync(join(tmpdir(), 'phone-health-unit-'));
  const phones = new StandingSource();
  const open = () => new Application({ env: { PHONE_HEALTH_HOME: home }, sources: [phones], samplePace: promptPace });
  const [first, second] = [open(), open()];
  try {
    const phoneId = await phones.samples.add('xiaomi-14');
    const { fixes, answer } = await first.scan({ phoneId, save: true });
    const results: string[] = [];
    for await (const event of first.corrections.correctAll({ phoneId, fixes })) {
      if (event.type === 'done') results.push(`${event.outcome.cause} ${event.outcome.result}`);
    }
    expect([answer.byComputer, answer.byPerson]).toEqual([2, 1]);
    expect(results).toEqual(['app-stopped taken', 'battery-saver-threshold refused']);
    // The window that is loaded anew asks for the report again; the command line reads the phone itself.
    for (const report of [first.report(phoneId), await second.scan({ phoneId, save: false })]) {
      if (report === null) throw new Error('it was scanned');
      expect(report.answer).toMatchObject({ heldBack: 2, byComputer: 0, byPerson: 2 });
      expect(report.answer.sentence).toContain('2 things hold photos back: you fix 2 on the phone.');
      expect(offersOf(report)).toEqual([]);
      const held = Object.entries(countsOf(report, second.catalog));
      expect(held).toEqual(held.map(([place]) => [place, 2]));
      expect(reportText(report, { all: false }).join('\n')).not.toContain('phone-health fix');
      const { corrections = [] } = report.findings.find(({ cause }) => cause === 'battery-saver-threshold') ?? {};
      expect(corrections.map(({ kind, refused }) => [kind, refused])).toEqual([
        ['guided', false],
        ['automatic', true],
      ]);
    }
    vi.useFakeTimers({ now: Date.now() + 61 * 60_000, toFake: ['Date'] });
    expect((await second.scan({ phoneId, save: false })).answer).toMatchObject({ byComputer: 1, byPerson: 1 });
  } finally {
    vi.useRealTimers();
    await first.close();
    await second.close();
    await phones.samples.close();
    rmSync(home, { recursive: true });
  }
});
