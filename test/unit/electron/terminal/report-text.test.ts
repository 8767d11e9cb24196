import { expect, onTestFinished, test } from 'vitest';
import { Application } from '../../../../electron/app/application.ts';
import { reportText } from '../../../../electron/terminal/report-text.ts';

const photos = 'com.google.android.apps.photos';

async function scanned() {
  const app = new Application({ env: { PHONE_HEALTH_HOME: '/nonexistent' }, sources: [] });
  onTestFinished(() => app.close());
  const { phoneId } = await app.addSample('pixel-14');
  return { app, phoneId, report: await app.scan({ phoneId, save: false }) };
}

const linesWith = (lines: readonly string[], word: string): string[] =>
  lines.filter((line) => line.includes(word)).map((line) => line.trim());

test('what only the owner can say is asked, with where to look, and shown with the answer once there is one', async () => {
  const { app, phoneId, report } = await scanned();
  const question = 'Is the backup of Google Photos switched on, for the account that should hold the photos?';
  const lines = reportText(report);
  expect(linesWith(lines, question)).toEqual([`Ask: ${question}`]);
  expect(lines[lines.indexOf(`    Ask: ${question}`) + 1]).toMatch(/^ {4}1\. Open Google Photos > your picture/);

  const answered = reportText(app.answer(phoneId, { cause: 'backup-off', app: photos, answer: 'no' }));
  expect(linesWith(answered, 'Answered:')).toEqual([`Asked: ${question} Answered: no.`]);
});

test('a symptom names what it comes from', async () => {
  const { report } = await scanned();
  const because = linesWith(reportText(report), 'Because of:');
  expect(because.map((line) => line.split('; ').length)).toEqual([5, 3, 5]);
  expect(because[0]).toMatch(/^Because of: Google Photos /);
});
