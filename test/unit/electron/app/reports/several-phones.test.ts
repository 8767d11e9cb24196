import { describe, expect } from 'vitest';
import type { Application } from '../../../../../electron/app/application.ts';
import { reportSchema } from '../../../../../electron/app/reports/report.ts';
import { report } from '../../../../../electron/terminal/report.ts';
import { ran } from '../../terminal/ran.ts';
import { exampleSnapshot } from '../../../db/examples.ts';
import { test } from '../application-test.ts';

const imeis = ['356938035643809', '490154203237518'] as const;

/** A ticket of two phones that were handed in without their cable, and one that was read. */
async function threePhones(app: Application, phoneId: string): Promise<string> {
  const phones = imeis.map((imei, index) => ({ phoneId: null, imei, description: `Box ${index + 1}` }));
  const { id } = await app.tickets.create({
    customer: { name: 'Ada', contact: '' },
    fault: '',
    fields: [],
    phones: [...phones, { phoneId, imei: '', description: '' }],
    consent: null,
  });
  return id;
}

const never = new AbortController().signal;
const label = { kind: 'label', format: 'html', ticket: '1' } as const;

describe('a report of a ticket with several phones', () => {
  test('is of the one that was chosen', async ({ app, phoneId }) => {
    const ticket = await threePhones(app, phoneId);
    app.store.saveSnapshot(exampleSnapshot({ phone: (await app.phones()).phones[0] ?? exampleSnapshot().phone }));
    const subject = app.reportSubject({ ticket });
    expect(subject.ticketPhones.map(({ name }) => name)).toEqual(['Box 1', 'Box 2', 'Pixel 8']);
    // One that was read has the most to tell.
    expect([subject.ticketPhone, subject.phoneName]).toEqual([subject.ticketPhones[2]?.uid, 'Pixel 8']);
    const second = app.reportSubject({ ticket, ticketPhone: subject.ticketPhones[1]?.uid });
    expect([second.phoneName, second.snapshot, second.kinds]).toEqual(['Box 2', null, ['label']]);
    const made = app.reports.make({
      snapshots: [],
      ticket: Number(ticket),
      ticketPhone: second.ticketPhone ?? '',
      kind: 'label',
      format: 'html',
      unredacted: false,
    });
    expect(made.phone).toEqual({ title: 'Box 2', end: '7518' });
    expect(app.reportSubject({ phoneId }).ticketPhones).toEqual([]);
  });

  test('asks at the command line which one, and takes its serial, its IMEI, its place or its name', async ({
    app,
    phoneId,
  }) => {
    await threePhones(app, phoneId);
    await expect(report(app, [], label, never)).rejects.toMatchObject({
      code: 'which-phone',
      message: 'Ticket 1 is of several phones: say which one.',
      steps: [
        '--phone 1: Box 1, IMEI 356938035643809',
        '--phone 2: Box 2, IMEI 490154203237518',
        expect.stringMatching(/^--phone 3: /),
      ],
    });
    await expect(report(app, [], { ...label, phone: '4711' }, never)).rejects.toMatchObject({ code: 'which-phone' });
    for (const [phone, end] of [
      ['1', '…3809'],
      ['37518', '…7518'],
      ['box 2', '…7518'],
      [phoneId, `…${phoneId.slice(-4)}`],
    ] as const) {
      expect((await ran(() => report(app, [], { ...label, phone }, never))).stdout).toContain(end);
    }
  });

  test('is made of the last scan of that phone under the ticket, where no snapshot is named', async ({
    app,
    phoneId,
  }) => {
    const ticket = Number(await threePhones(app, phoneId));
    const phone = (await app.phones()).phones[0] ?? exampleSnapshot().phone;
    const scanned = (): string => String(app.store.saveSnapshot(exampleSnapshot({ phone, ticket })));
    const certificate = { kind: 'certificate', format: 'json', ticket: '1', phone: '3' } as const;
    const made = async (options: Parameters<typeof report>[2]): Promise<string[]> => {
      const { stdout } = await ran(() => report(app, [], options, never));
      return reportSchema.parse(JSON.parse(stdout)).snapshots.map(({ id }) => id);
    };
    await expect(report(app, [], { ...certificate, phone: '2' }, never)).rejects.toThrow(
      'No scan of this phone is kept under ticket 1.',
    );
    const first = scanned();
    await expect(report(app, [], { ...certificate, kind: 'before-after' }, never)).rejects.toThrow(
      'Only one scan of this phone is kept under ticket 1.',
    );
    const last = scanned();
    expect(await made(certificate)).toEqual([last]);
    expect(await made({ ...certificate, kind: 'diagnosis', phone: 'Pixel 8' })).toEqual([last]);
    expect(await made({ ...certificate, kind: 'before-after' })).toEqual([first, last]);
  });
});
