import { expect } from 'vitest';
import { readReportCode, reportHash } from '../../../../../electron/app/reports/report-code.ts';
import { reportSchema } from '../../../../../electron/app/reports/report.ts';
import type { ReportKindId } from '../../../../../electron/app/reports/formats.ts';
import type { Application } from '../../../../../electron/app/application.ts';
import { inLanguage } from '../../../../../electron/app/program/language.ts';
import { test } from '../application-test.ts';
import { fixAll, testPhoto, undo } from '../fixed-phone.ts';

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
  const { changes } = app.compareSnapshots(first, last);
  const told = [...changes.gone, ...changes.lost, ...changes.still, ...changes.fresh];
  const rows = /What has changed\n\n([\s\S]*?)\n\n/.exec(text)?.[1]?.split('\n').slice(2);
  expect(rows).toHaveLength(told.length);
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
    hash: reportHash(reportSchema.parse(JSON.parse(json))),
  });
  expect(html).toContain(`…${phoneId.slice(-4)}`);
  expect(html).toContain('The customer and the last four characters of the serial number stand here as they are');
  expect(html).not.toContain('serial-1');
  expect(await paper(app, 'certificate', [last], 'md')).toContain('replaced by stand-ins or left out');
  expect(html).toContain('Holds of what it held as new');
  expect(readReportCode('https://example.com')).toBeNull();
});

/** A phone that is read once, under a ticket, and corrected; nothing reads it as a whole again. */
async function corrected(app: Application, phoneId: string): Promise<string> {
  await app.tickets.create({
    customer: { name: 'Erika Mustermann', contact: '' },
    fault: '',
    fields: [],
    consent: null,
    phones: [{ phoneId, imei: '', description: '' }],
  });
  await fixAll(app, phoneId);
  return app.snapshots(phoneId).at(-1)?.id ?? '';
}

const codeOf = (html: string) => readReportCode(/alt="(phone-health-report:[^"]*)"/.exec(html)?.[1] ?? '');

test('papers say what is known last, also where no snapshot was made of it', async ({ app, phoneId }) => {
  const id = await corrected(app, phoneId);
  for (const kind of ['certificate', 'diagnosis'] as const) {
    const text = await paper(app, kind, [id], 'md');
    expect(text).toContain('**What held photos back is corrected. No test photo was taken since.**');
    expect(text).toMatch(/## Corrected since\n\n- Google Photos may not run in the background/);
    expect(text).not.toMatch(/can fix|About \d|No photo has left|## What holds photos back/);
  }
  const both = await paper(app, 'before-after', [id, id], 'md');
  expect(both).toMatch(/When it is handed back[\s\S]*What held photos back is corrected/);
  expect(both).not.toMatch(/can fix|About \d/);

  await testPhoto(app, phoneId, 'nothing-sent');
  expect(await paper(app, 'certificate', [id], 'md')).toContain('The test photo taken since has not proven it.');
  await testPhoto(app, phoneId, 'uploaded');
  for (const kind of ['certificate', 'diagnosis'] as const) {
    const text = await paper(app, kind, [id], 'md');
    expect(text).toMatch(/\*\*Photos leave this phone: a test photo was sent, /);
    expect(text).not.toMatch(/can fix|No photo has left/);
  }
  const german = await inLanguage('de', () => paper(app, 'certificate', [id], 'md'));
  expect(german).toMatch(/Fotos verlassen dieses Telefon: ein Testfoto wurde gesendet/);
  expect(german).toContain('## Seither behoben');
});

test('a correction that was put back stands where it stood', async ({ app, phoneId }) => {
  const actions = await fixAll(app, phoneId);
  const id = app.snapshots(phoneId).at(-1)?.id ?? '';
  for (const action of actions.toReversed()) await undo(app, action);
  const text = await paper(app, 'certificate', [id], 'md');
  expect(text).toContain('No photo has left for 12 hours');
  expect(text).not.toContain('Corrected since');

  // Read after the last correction, and all of them were put back later.
  const after = app.snapshots(phoneId).at(-2)?.id ?? '';
  for (const kind of ['certificate', 'diagnosis'] as const) {
    const late = await paper(app, kind, [after], 'md');
    expect(late).toContain('**What was corrected was put back since.**');
    expect(late).not.toContain('Something was corrected');
  }
});

test('a certificate is held against a report as JSON that was saved later, as another kind; work since is seen', async ({
  app,
  phoneId,
}) => {
  const id = await corrected(app, phoneId);
  const made = (kind: ReportKindId, format: 'html' | 'json', second: number) =>
    app.reports.text({ kind, snapshots: [id], format, unredacted: false, madeAt: `2026-11-28T15:00:0${second}.000Z` });
  const code = codeOf(await made('certificate', 'html', 1));
  expect(codeOf(await made('certificate', 'html', 2))).toEqual(code);
  const later = async () => reportHash(reportSchema.parse(JSON.parse(await made('diagnosis', 'json', 3))));
  expect(await later()).toBe(code?.hash);
  await testPhoto(app, phoneId, 'uploaded');
  expect(await later()).not.toBe(code?.hash);
});

test('a report under a ticket says only what was done under it', async ({ app, phoneId }) => {
  const first = await corrected(app, phoneId);
  await testPhoto(app, phoneId, 'uploaded');
  await app.tickets.change('1', null, { status: 'closed' });
  await app.tickets.create({
    customer: { name: 'Anna Schmidt', contact: '' },
    fault: '',
    fields: [],
    consent: null,
    phones: [{ phoneId, imei: '', description: '' }],
  });
  await app.scan({ phoneId, save: true });
  const last = app.snapshots(phoneId)[0]?.id ?? '';
  expect(last).not.toBe(first);
  const request = { kind: 'certificate', format: 'html', unredacted: false, madeAt } as const;
  const anna = app.reports.make({ ...request, snapshots: [last] });
  expect([anna.ticket?.customer, anna.actions, anna.proofs]).toEqual(['Anna Schmidt', [], []]);
  const erika = app.reports.make({ ...request, snapshots: [first] });
  expect(erika.actions.length).toBeGreaterThan(0);
  expect(erika.proofs).toHaveLength(1);
});

test('who works at the shop stands on its own papers as they are called, and nowhere as a stand-in', async ({
  app,
  phoneId,
}) => {
  await app.tickets.create({
    customer: null,
    fault: '',
    fields: [],
    consent: null,
    technician: 'Sam',
    phones: [{ phoneId, imei: '', description: '' }],
  });
  await app.scan({ phoneId, save: true });
  const request = { kind: 'certificate', snapshots: ['1'], unredacted: false, madeAt } as const;
  const [paper, data] = [
    app.reports.make({ ...request, format: 'html' }),
    app.reports.make({ ...request, format: 'json' }),
  ];
  expect([paper.ticket?.technician, data.ticket?.technician]).toEqual(['Sam', null]);
  expect(reportHash(paper)).toBe(reportHash(data));
});

test('what could not be read is counted on papers, without names of this program', async ({ app, phoneId }) => {
  await app.scan({ phoneId, save: true });
  const request = { kind: 'certificate', snapshots: ['1'], format: 'md', unredacted: false, madeAt } as const;
  const report = app.reports.make(request);
  const unread = { probe: 'sleeping-apps', reason: 'unparsed', detail: 'The answer is no list.' } as const;
  const snapshots = report.snapshots.map((one) => ({ ...one, scan: { ...one.scan, incomplete: [unread] } }));
  for (const kind of ['certificate', 'diagnosis'] as const) {
    const text = await app.reports.render({ ...report, kind, snapshots }, request);
    expect(text).toContain('Could not be read: 1');
    expect(text).not.toContain('sleeping-apps');
  }
});

test('a label has no name that the owner may have given the phone', async ({ app, phones }) => {
  const phoneId = await phones.samples.add('samsung-16');
  await phones.samples.run(phoneId, ['settings', 'put', 'global', 'device_name', 'Annas\u{a0}Galaxy S25+']);
  await corrected(app, phoneId);
  const [last = ''] = app.snapshots(phoneId).map(({ id }) => id);
  const html = await paper(app, 'label', [last], 'html');
  expect(html).toContain('SM-S');
  expect(html).not.toContain('Galaxy S');
  expect(html).not.toContain('Annas');
});
