import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sampleScreens } from './sample-screens.ts';
import { expect, onTestFinished, test } from 'vitest';
import { backupApps } from '../../../../diagnosis/judge/judge.ts';
import type { Answer } from '../../../../diagnosis/finding.ts';
import { loadCatalog } from '../../../../diagnosis/load/catalog.ts';
import { Application } from '../../../../electron/app/application.ts';
import { judgeCapture, scanReport } from '../../../../electron/app/scan/scan.ts';
import type { ScanReport } from '../../../../electron/app/scan/scan-report.ts';
import { reportText } from '../../../../electron/terminal/report-text.ts';
import { unreadPhone } from '../../../../native/phone.ts';
import { createSample, nothingLeft } from '../../../../native/samples/android/profiles.ts';
import { promptPace } from '../../../prompt-pace.ts';
import { readSample } from '../../diagnosis/judge/matrix-scenarios.ts';
import { captureOfSample } from '../../native/android/read/sample-capture.ts';

const catalog = loadCatalog();
const photos = 'com.google.android.apps.photos';

async function scanned() {
  const home = mkdtempSync(join(tmpdir(), 'phone-health-unit-'));
  const app = new Application({ env: { PHONE_HEALTH_HOME: home }, sources: [], samplePace: promptPace });
  onTestFinished(async () => {
    await app.close();
    rmSync(home, { recursive: true });
  });
  const { phoneId } = await app.addSample('pixel-14');
  return { app, phoneId, report: await app.scan({ phoneId, save: false }) };
}

const linesWith = (lines: readonly string[], word: string): string[] =>
  lines.filter((line) => line.includes(word)).map((line) => line.trim());

/** A sample whose photos do not leave although nothing on it holds them back: its owner is asked. */
function asked(answers: readonly Answer[] = []): ScanReport {
  const phone = createSample('pixel-14', { healthy: true });
  nothingLeft(phone.state);
  const capture = captureOfSample(phone, backupApps(catalog, 'android'));
  const reading = readSample(phone, catalog);
  const scan = judgeCapture(unreadPhone(phone.serial, 'android', 'ready'), capture, reading, catalog, { answers });
  return scanReport(scan, catalog, null);
}

test('what only the owner can say is asked, with where to look, and shown with the answer once there is one', () => {
  const question = 'Is the backup of Google Photos switched on?';
  const lines = reportText(asked(), { all: true });
  expect(linesWith(lines, question)).toEqual([`Ask: ${question}`]);
  expect(lines[lines.indexOf(`    Ask: ${question}`) + 1]).toMatch(/^ {4}1\. Open Google Photos > your picture/);

  const answer: Answer = { cause: 'backup-off', app: photos, answer: 'no', at: '2026-11-27T12:00:00.000Z' };
  expect(linesWith(reportText(asked([answer]), { all: true }), 'Answered:')).toEqual([
    `Asked: ${question} Answered: It's off.`,
  ]);
});

test('a report is one screen: the app, the verdict, what holds it back with its evidence, and the steps', async () => {
  const { report } = await scanned();
  const lines = reportText(report, { all: false });
  // How much was checked grows with the catalog.
  expect(lines.at(-1)).toMatch(/^With --all: 3 worth a look, \d+ to look up by hand, \d+ checks passed\.$/);
  expect(lines.slice(0, -1)).toEqual([
    `Pixel 8, Android 14 (${report.phone.id})`,
    'Google Photos (taken to be the app in use): no photo has left for 12 hours.',
    'Google Photos may not run in the background, so it uploads only while it is open; 2 more things need',
    'attention.',
    '',
    'PROBLEM  Google Photos may not run in the background',
    '    The phone holds the work of the app back, because it may not run in the background: yes (dumpsys',
    '      jobscheduler com.google.android.apps.photos)',
    '    Restriction level: background restricted (am get-bg-restriction-level --user 0',
    '      com.google.android.apps.photos)',
    'PROBLEM  Data Saver stops Google Photos in the background',
    '    Data Saver is on: yes (dumpsys netpolicy)',
    '    The default network counts as metered: yes (dumpsys connectivity)',
    'PROBLEM  Battery saver was on without the cable',
    '    Battery saver was on until power was plugged in, in the last twelve hours: yes (dumpsys power)',
    '    Battery saver was switched on by hand and stays on after a restart: yes (settings list global)',
    '',
    'Steps:',
    '  1. Allow Google Photos to run in the background',
    `     phone-health fix ${report.phone.id} background-restricted --app ${photos}`,
    '  2. Let Google Photos past Data Saver',
    `     phone-health fix ${report.phone.id} data-saver --app ${photos}`,
    '  3. Keep battery saver off without the cable',
    `     phone-health fix ${report.phone.id} battery-saver`,
    '  4. Count Google Photos among the apps in use',
    '     Because: The phone counts Google Photos among the apps that are seldom opened',
    `     phone-health fix ${report.phone.id} standby-bucket --app ${photos}`,
    '  5. Give Google Photos time to upload',
    '     Because: The phone dozed, and Google Photos sent nothing',
    '',
    'Not chosen: OneDrive (6 things would matter for it).',
  ]);
});

test('a phone that is not plugged in is given no commands', async () => {
  const { report } = await scanned();
  const lines = reportText(report, { all: false, live: false });
  expect(linesWith(lines, 'phone-health')).toEqual([]);
  const plugIn = 'A scan of the phone itself, plugged in, names the commands.';
  expect(linesWith(lines, 'A scan of the phone')).toEqual([plugIn]);
  expect(linesWith(reportText(report, { all: false }), 'A scan of the phone')).toEqual([]);
  expect(linesWith(reportText(asked(), { all: false, live: false }), 'Take a photo')).toEqual([
    '4. Take a photo now, and see whether it leaves the phone.',
  ]);
});

test('a question is a step, the first one with where to look', () => {
  const lines = reportText(asked(), { all: false });
  const first = lines.indexOf('  1. Answer: Is the backup of Google Photos switched on?');
  expect(first).toBeGreaterThan(0);
  expect(lines[first + 1]).toMatch(/^ {5}- Open Google Photos > your picture/);
});

test('an iPhone says how many photos wait, where uploads run too', async () => {
  const screens = (await sampleScreens(catalog)).filter(({ sample }) => sample.startsWith('iphone'));
  const waiting = new Map(
    screens.map(
      ({ sample, report }) => [sample, linesWith(reportText(report, { all: false }), 'for iCloud.')] as const,
    ),
  );
  const running = screens.filter(({ report }) => report.uploads.every(({ state }) => state === 'running'));
  expect(running.map(({ sample }) => waiting.get(sample))).toContainEqual([
    expect.stringMatching(/^\d+ photos? waits? for iCloud\.$/),
  ]);
  expect(waiting.get('iphone: locked')).toEqual([]);
});

test('a symptom names what it comes from', async () => {
  const { report } = await scanned();
  expect(linesWith(reportText(report, { all: true }), 'Because of:')).toEqual([
    'Because of: Google Photos may not run in the background; Data Saver stops Google Photos in the background; Battery saver was on without the cable',
    'Because of: Google Photos may not run in the background; Data Saver stops Google Photos in the background; Battery saver was on without the cable',
    'Because of: Battery saver was on without the cable; Data Saver stops OneDrive in the background; OneDrive may not use mobile data in the background',
  ]);
});
