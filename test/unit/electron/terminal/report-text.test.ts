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
  const app = new Application({ env: { PHONE_HEALTH_HOME: '/nonexistent' }, sources: [], samplePace: promptPace });
  onTestFinished(() => app.close());
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

test('a report fits one screen: the app, the verdict, what holds it back with its evidence, and the steps', async () => {
  const { report } = await scanned();
  const lines = reportText(report, { all: false });
  expect(lines.length).toBeLessThanOrEqual(24);
  expect(lines.filter((line) => line.includes('PROBLEM')).length).toBeGreaterThan(0);
  expect(linesWith(lines, 'Google Photos: nothing has left lately. Taken to be the app in use: it ')).toHaveLength(1);
  expect(linesWith(lines, `phone-health fix ${report.phone.id} background-restricted --app ${photos}`)).toHaveLength(1);
  expect(linesWith(lines, 'OneDrive: not the chosen app')).toHaveLength(1);
  expect(reportText(report, { all: true }).length).toBeGreaterThan(100);
  expect(linesWith(reportText(asked(), { all: false }), '1. Answer first:')).toEqual([
    '1. Answer first: Is the backup of Google Photos switched on?',
  ]);
});

test('a symptom names what it comes from', async () => {
  const { report } = await scanned();
  const because = linesWith(reportText(report, { all: true }), 'Because of:');
  expect(because.map((line) => line.split('; ').length)).not.toEqual([]);
  expect(because[0]).toMatch(/^Because of: Google Photos /);
});
