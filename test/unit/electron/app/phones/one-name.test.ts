import { expect, vi } from 'vitest';
import type { Application } from '../../../../../electron/app/application.ts';
import { reportText } from '../../../../../electron/terminal/report-text.ts';
import { phoneName } from '../../../../../renderer/parts/phone-text.tsx';
import { test } from '../application-test.ts';

/** What the bench, the list of phones and the forms of tickets call it. */
const namesInWindow = async (app: Application): Promise<string[]> => (await app.phones()).phones.map(phoneName);

test('a phone whose properties tell only its number is called by one name everywhere once it was scanned, also later', async ({
  app,
  open,
  phones,
}) => {
  const phoneId = await phones.samples.add('samsung-14');
  // As a real one is listed: a Samsung phone tells its name only when its settings are read.
  const list = phones.samples.list.bind(phones.samples);
  vi.spyOn(phones.samples, 'list').mockImplementation(async () => {
    const listed = await list();
    return { ...listed, phones: listed.phones.map((phone) => ({ ...phone, name: null })) };
  });
  expect(await namesInWindow(app)).toEqual(['Samsung SM-S911B']);
  const ticket = await app.tickets.create({
    customer: { name: 'Ada', contact: '' },
    fault: '',
    fields: [],
    phones: [{ phoneId, imei: '', description: '' }],
    consent: null,
  });
  const report = await app.scan({ phoneId, save: true });
  const label = app.reports.make({
    snapshots: ['1'],
    ticket: Number(ticket.id),
    kind: 'label',
    format: 'html',
    unredacted: false,
  });
  const later = open();
  expect([
    phoneName(report.phone),
    ...(await namesInWindow(later)),
    later.tickets.show(ticket.id)?.phones[0]?.name,
    later.snapshots()[0]?.phoneName,
    later.timeline()[0]?.phoneName,
    reportText(report, { all: false })[0]?.split(',')[0],
    label.phone?.title,
  ]).toEqual(Array.from({ length: 7 }, () => 'Galaxy S23'));
});
