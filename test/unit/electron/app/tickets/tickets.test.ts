import { describe, expect } from 'vitest';
import type { NewTicketRequest } from '../../../../../electron/app/tickets/tickets.ts';
import { atWork } from '../../../../../electron/app/program/at-work.ts';
import { test } from '../application-test.ts';

const told = (changes: Partial<NewTicketRequest> = {}): NewTicketRequest => ({
  customer: { name: 'Ada', contact: '' },
  fault: 'No photo leaves.',
  fields: [],
  phones: [],
  consent: null,
  ...changes,
});
const imei = '356938035643809';
const plugged = (phoneId: string | null, digits = '') => ({ phoneId, imei: digits, description: '' });

describe('tickets of the application', () => {
  test('a scan, a correction and a scan afterwards are drop-off, action and pick-up of the open ticket', async ({
    app,
    phoneId,
  }) => {
    app.settings.change({ stationPrefix: 'A' });
    const made = await atWork('Kim', () => app.tickets.create(told({ phones: [plugged(phoneId)] })));
    expect(made).toMatchObject({ id: '1', number: 'A-1', technician: 'Kim', phones: [{ phoneId }] });
    const before = await app.scan({ phoneId, save: true });
    const [cause] = before.findings.filter(
      ({ status, corrections }) => status === 'problem' && corrections.some(({ kind }) => kind === 'automatic'),
    );
    await atWork('Kim', () =>
      app.corrections.correct(
        { phoneId, cause: cause?.cause ?? '', app: cause?.app ?? null, correction: null },
        () => undefined,
        () => Promise.resolve(true),
        () => Promise.resolve(true),
      ),
    );
    // Read to prove the correction: how it goes out is known without another scan.
    expect(app.tickets.show('A-1').phones[0]?.pickUp).toMatchObject({ id: '2', label: 'after' });
    const [last] = app.snapshots();
    expect(
      app.compareSnapshots(before.snapshot ?? '', last?.id ?? '').changes.gone.map(({ cause: one }) => one),
    ).toContain(cause?.cause);
    expect(app.report(phoneId)?.snapshot).toBe('2');
    // A window that sees the phone for the first time does not take it for uncorrected.
    for await (const event of app.scanWithProgress({ phoneId, save: true, label: 'before' }, undefined)) {
      if (event.type === 'report')
        expect(app.snapshots()[0]).toMatchObject({ id: event.report.snapshot, label: 'after' });
    }
    expect(app.snapshots()).toHaveLength(3);
    const after = await app.scan({ phoneId, save: true });
    expect(app.tickets.show('A-1')).toMatchObject({
      code: 'TA000001',
      phones: [{ dropOff: { id: before.snapshot }, pickUp: { id: after.snapshot } }],
      actions: [{ cause: cause?.cause, who: 'Kim', result: 'taken' }],
      events: [{ kind: 'opened', who: 'Kim' }, { kind: 'phone-added' }],
    });
    await app.tickets.change('1', null, { status: 'closed' });
    const later = await app.scan({ phoneId, save: true });
    expect(app.tickets.show('1').phones[0]?.pickUp?.id).toBe(after.snapshot);
    expect(later.notKept).toBeNull();
  });

  test('nothing goes under a ticket that is closed, named or not, until it is open again', async ({ app, phoneId }) => {
    app.settings.change({ stationPrefix: 'A' });
    await app.tickets.create(told({ phones: [plugged(phoneId)] }));
    await app.tickets.change('1', null, { status: 'closed' });
    await expect(app.scan({ phoneId, save: true, ticket: 'a-1' })).rejects.toMatchObject({
      code: 'ticket-closed',
      message: 'Ticket A-1 is closed.',
      steps: ['Open it again first: phone-health tickets reopen A-1'],
    });
    expect(app.snapshots()).toEqual([]);
    await app.tickets.change('1', null, { status: 'in-work' });
    const { snapshot } = await app.scan({ phoneId, save: true, ticket: 'a-1' });
    expect(app.tickets.show('1').phones[0]?.dropOff?.id).toBe(snapshot);
  });

  test('a phone that is scanned under a ticket is one of its phones', async ({ app, phoneId }) => {
    await app.tickets.create(told({ phones: [plugged(null, imei)] }));
    await app.scan({ phoneId, save: true, ticket: '1' });
    expect(app.tickets.show('1').phones).toMatchObject([{ phoneId, imei, name: 'Pixel 8' }]);
  });

  test('a code leads to its ticket or phone; one that was misread leads nowhere', async ({ app, phoneId }) => {
    app.settings.change({ stationPrefix: 'A' });
    await app.tickets.create(told({ phones: [plugged(phoneId, imei)] }));
    const ticket = { kind: 'ticket', id: '1', number: 'A-1' };
    for (const code of ['TA000001', 'ta000001', 'A-1', imei, `IMEI ${imei}`]) {
      expect(await app.tickets.find(code)).toEqual(ticket);
    }
    expect(await app.tickets.find('356938035643808')).toMatchObject({ kind: 'misread' });
    expect(await app.tickets.find('490154203237518')).toEqual({ kind: 'imei', imei: '490154203237518' });
    expect(await app.tickets.find(phoneId.toLowerCase())).toEqual({ kind: 'phone', phoneId });
    for (const code of ['TA000002', 'B-1', '<b>x</b>', "' OR 1=1 --"]) {
      expect(await app.tickets.find(code)).toEqual({ kind: 'nothing', text: code });
    }
  });

  test('a label opens its ticket whatever the prefix of the station has become, and no other one', async ({ app }) => {
    const printed: { code: string; number: string; id: string }[] = [];
    for (const stationPrefix of ['', 'A', 'B']) {
      app.settings.change({ stationPrefix });
      const { id } = await app.tickets.create(told());
      printed.push(app.tickets.show(id));
    }
    expect(printed.map(({ code, number }) => [code, number])).toEqual([
      ['T000001', '1'],
      ['TA000002', 'A-2'],
      ['TB000003', 'B-3'],
    ]);
    for (const { code, number, id } of printed) {
      for (const said of [code, number]) {
        expect(await app.tickets.find(said)).toEqual({ kind: 'ticket', id, number });
        expect(app.tickets.idNamed(said)).toBe(Number(id));
      }
    }
    for (const code of ['T000002', 'TA000003', 'A-1', 'TC000001', 'C-1']) {
      expect(await app.tickets.find(code)).toEqual({ kind: 'nothing', text: code });
    }
    expect(app.tickets.list({ open: false, text: '', limit: 9, offset: 0 }).map(({ number }) => number)).toEqual([
      'B-3',
      'A-2',
      '1',
    ]);
  });

  test('those who follow are told the open ones at each change, until they stop', async ({ app }) => {
    const seen: string[][] = [];
    const stop = app.tickets.follow((open) => seen.push(open.map(({ number }) => number)));
    await app.tickets.create(told());
    await app.tickets.create(told());
    await app.tickets.change('1', null, { status: 'closed' });
    app.settings.change({ stationPrefix: 'A' });
    app.settings.change({ shopName: 'Miller' });
    stop();
    await app.tickets.create(told());
    app.settings.change({ stationPrefix: 'B' });
    // The number is the one that it was given.
    expect(seen).toEqual([[], ['1'], ['2', '1'], ['2'], ['2']]);
  });

  test('nothing is kept of a ticket with a wrong IMEI, a phone nobody knows, or a number that is none', async ({
    app,
  }) => {
    const create = (phone: ReturnType<typeof plugged>) => app.tickets.create(told({ phones: [phone] }));
    await expect(create(plugged(null, '123'))).rejects.toMatchObject({ code: 'bad-imei' });
    await expect(create(plugged('GHOST'))).rejects.toMatchObject({ code: 'unknown-phone' });
    expect(app.tickets.list({ open: false, text: '', limit: 10, offset: 0 })).toEqual([]);
    expect(() => app.tickets.idNamed('x')).toThrow(expect.objectContaining({ code: 'bad-argument' }));
    expect(() => app.tickets.show('9')).toThrow(expect.objectContaining({ code: 'unknown-ticket' }));
  });

  test('customers who came before are found by the beginning of any of their names', async ({ app }) => {
    await app.tickets.create(told({ customer: { name: 'Ada Lovelace', contact: '0171' } }));
    expect(app.tickets.customers('love')).toMatchObject([{ name: 'Ada Lovelace', contact: '0171' }]);
    const [known] = app.tickets.customers('017');
    await app.tickets.create(told({ customer: { uid: known?.uid ?? '' } }));
    expect(app.tickets.customers('ada')).toHaveLength(1);
  });
});
