import { createHash } from 'node:crypto';
import { expect } from 'vitest';
import { readReportCode } from '../../../../../electron/app/reports/report-code.ts';
import type { ReportKindId } from '../../../../../electron/app/reports/formats.ts';
import type { Application } from '../../../../../electron/app/application.ts';
import { inLanguage } from '../../../../../electron/app/program/language.ts';
import { test } from '../application-test.ts';
import { fixAll, testPhoto } from '../fixed-phone.ts';

const madeAt = '2026-11-28T15:00:00.000Z';

/** A phone that was handed in, corrected and proven; the ids of its snapshots, the first first. */
async function handedIn(app: Application, phoneId: string): Promise<string[]> {
  app.settings.change({ shopName: 'Miller Phones', stationPrefix: 'A' });
  await app.tickets.create({
    customer: { name: 'Erika <b>Mustermann', contact: '030 1234567' },
    fault: 'No photo arrives',
    fields: [],
    consent: null,
    phones: [{ phoneId, imei: '', description: '' }],
  });
  await app.scan({ phoneId, save: true, label: 'before' });
  await fixAll(app, phoneId);
  await testPhoto(app, phoneId, 'uploaded');
  await app.scan({ phoneId, save: true, label: 'after' });
  return app
    .snapshots(phoneId)
    .map(({ id }) => id)
    .toReversed();
}

const paper = (app: Application, kind: ReportKindId, snapshots: readonly string[], format: 'html' | 'json' | 'md') =>
  app.reports.text({ kind, snapshots, format, unredacted: false, madeAt });

test('the papers of a shop: whose they are, what they prove, and how they are checked', async ({ app, phoneId }) => {
  const ids = await handedIn(app, phoneId);
  const [first = '', last = ''] = [ids[0], ids.at(-1)];
  const papers: [ReportKindId, string[]][] = [
    ['certificate', [last]],
    ['before-after', [first, last]],
    ['label', [last]],
  ];
  for (const [kind, snapshots] of papers) {
    const html = await paper(app, kind, snapshots, 'html');
    expect(html).toContain('Erika &lt;b>Mustermann');
    expect(html).not.toMatch(/style="|<script|https?:/);
    // The same snapshot, catalog and clock give the same bytes.
    expect(html).toBe(await paper(app, kind, snapshots, 'html'));
    for (const format of ['json', 'md'] as const) {
      const text = await paper(app, kind, snapshots, format);
      expect(text).not.toContain('Mustermann');
      expect(text).not.toContain('1234567');
    }
  }

  const text = await paper(app, 'before-after', [first, last], 'md');
  expect(text).toMatch(/^# Before and after/);
  expect(text).toMatch(/When it was brought[\s\S]*No photo has left for 12 hours/);
  expect(text).toMatch(/When it is handed back[\s\S]*Photos leave this phone/);
  expect(text).toMatch(/\| Google Photos may not run in the background \| holds photos back \| right \|/);
  expect(text).toMatch(/What was done[\s\S]*Corrected[\s\S]*not allowed → allowed/);
  expect(text).toMatch(/Proof[\s\S]*Google Photos/);
  const german = await inLanguage('de', () => paper(app, 'before-after', [first, last], 'md'));
  expect(german).toMatch(/^# Vorher und nachher/);
  expect(german).not.toMatch(/holds photos back|Proof|brought/);

  const html = await paper(app, 'certificate', [last], 'html');
  const code = readReportCode(/alt="(phone-health-report:[^"]*)"/.exec(html)?.[1] ?? '');
  const json = await paper(app, 'certificate', [last], 'json');
  expect(code).toEqual({
    uid: app.store.loadSnapshot(Number(last))?.uid,
    hash: createHash('sha256').update(json).digest('hex'),
  });
  expect(html).toContain('Holds of what it held as new');
  expect(readReportCode('https://example.com')).toBeNull();
});
