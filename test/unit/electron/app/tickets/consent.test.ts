import { describe, expect } from 'vitest';
import type { Application } from '../../../../../electron/app/application.ts';
import type { Question } from '../../../../../electron/app/actions/question.ts';
import type { Consent } from '../../../../../db/records/ticket-events.ts';
import { test } from '../application-test.ts';

const allowing = (...parts: ('read' | 'change' | 'keep')[]): Consent => ({
  read: parts.includes('read'),
  change: parts.includes('change'),
  keep: parts.includes('keep'),
  by: 'Ada',
  how: 'in-person',
});

const open = (app: Application, phoneId: string, consent: Consent | null) =>
  app.tickets.create({
    customer: { name: 'Ada', contact: '' },
    fault: '',
    fields: [],
    phones: [{ phoneId, imei: '', description: '' }],
    consent,
  });

/** The first problem that this computer can correct. */
async function fixable(app: Application, phoneId: string) {
  const { findings, reading } = await app.scan({ phoneId, save: false });
  const found = findings.find(
    ({ status, corrections }) => status === 'problem' && corrections.some(({ kind }) => kind === 'automatic'),
  );
  const correction = found?.corrections.find(({ kind }) => kind === 'automatic')?.id ?? '';
  return { cause: found?.cause ?? '', app: found?.app ?? null, correction, takenAt: reading.takenAt };
}

const yes = () => Promise.resolve(true);
const silent = () => undefined;

describe('what a customer has not allowed', () => {
  test('a change: no yes of whoever corrects stands in for it, and only a new consent on the ticket opens it', async ({
    app,
    phoneId,
  }) => {
    await open(app, phoneId, allowing('read', 'keep'));
    const { takenAt: _takenAt, ...fix } = await fixable(app, phoneId);
    const request = { phoneId, ...fix };
    const title = 'The customer of ticket 1 has not allowed changes on this phone.';
    await expect(app.corrections.correct(request, silent, yes, yes)).rejects.toMatchObject({
      code: 'change-not-allowed',
      message: title,
    });
    await expect(app.corrections.correct(request, silent, yes)).rejects.toMatchObject({ code: 'consent' });
    expect(app.corrections.list(phoneId)).toEqual([]);
    const asked: Question[] = [];
    const corrected = await app.corrections.correct(request, silent, yes, async (question) => {
      asked.push(question);
      await app.tickets.change('1', null, { consent: { ...allowing('read', 'change', 'keep'), how: 'by-phone' } });
      return true;
    });
    expect(asked).toMatchObject([{ about: 'consent', title }]);
    expect(corrected?.outcome.result).toBe('taken');
    expect(app.tickets.show('1')).toMatchObject({
      consent: { change: true, by: 'Ada', how: 'by-phone' },
      events: [{ kind: 'opened' }, { kind: 'phone-added' }, { kind: 'consent-given' }, { kind: 'consent-given' }],
    });
    // What was changed is put back also for a customer who has taken it back.
    await app.tickets.change('1', null, { consent: allowing('read') });
    const undone = await app.corrections.undo(corrected?.outcome.action ?? '', silent, yes);
    expect(undone.outcome.result).toBe('taken');
  });

  test('several changes at once stop for the question before the first', async ({ app, phoneId }) => {
    await open(app, phoneId, allowing('read'));
    const { takenAt: shownAt, ...fix } = await fixable(app, phoneId);
    const seen: string[] = [];
    for await (const event of app.corrections.correctAll({ phoneId, shownAt, fixes: [fix] })) {
      seen.push(event.type === 'question' ? `question about ${event.question.about}` : event.type);
    }
    expect(seen).toEqual(['begun', 'question about consent', 'end']);
  });

  test('reading: nothing is asked of the phone; whoever allows changes allows the reading that proves them', async ({
    app,
    phoneId,
  }) => {
    await open(app, phoneId, allowing());
    const events: string[] = [];
    const scan = app.scan({ phoneId, save: false }, { onEvent: ({ type }) => events.push(type) });
    await expect(scan).rejects.toMatchObject({ code: 'read-not-allowed' });
    expect(events).toEqual([]);
    await expect(
      app.record({ phoneId, file: '/nowhere/phone.json', redact: false, overwrite: false }),
    ).rejects.toMatchObject({ code: 'read-not-allowed' });
    await app.tickets.change('1', null, { consent: allowing('change') });
    expect((await app.scan({ phoneId, save: false })).brokenOff).toBeNull();
  });

  test('keeping: the result is shown, and says that it is not kept; once it is allowed it can be', async ({
    app,
    phoneId,
  }) => {
    await open(app, phoneId, allowing('read', 'change'));
    const report = await app.scan({ phoneId, save: true });
    expect(report).toMatchObject({
      snapshot: null,
      notKept: {
        code: 'keep-not-allowed',
        message: 'The customer of ticket 1 has not allowed that what is read is kept.',
      },
    });
    expect(() => app.keepScan(phoneId)).toThrow(expect.objectContaining({ code: 'keep-not-allowed' }));
    // A correction keeps how the phone is afterwards without being asked: nothing is told of what nobody asked for.
    const { cause, app: ofApp } = await fixable(app, phoneId);
    await app.scan({ phoneId, save: true });
    await app.corrections.correct({ phoneId, cause, app: ofApp, correction: null }, silent, yes, yes);
    expect(app.report(phoneId)).toMatchObject({ snapshot: null, notKept: null });
    expect(app.snapshots()).toEqual([]);
    expect(await app.scan({ phoneId, save: true })).toMatchObject({ notKept: { code: 'keep-not-allowed' } });
    await app.tickets.change('1', null, { consent: allowing('read', 'change', 'keep') });
    expect(app.keepScan(phoneId)).toMatchObject({ snapshot: '1', notKept: null });
  });

  test('of two open tickets of one phone the strictest counts, whichever is the newer or named', async ({
    app,
    phoneId,
  }) => {
    await open(app, phoneId, allowing('read'));
    await open(app, phoneId, allowing('read', 'change', 'keep'));
    const notKept = { code: 'keep-not-allowed', message: expect.stringContaining('ticket 1 ') };
    expect(await app.scan({ phoneId, save: true })).toMatchObject({ notKept });
    expect(await app.scan({ phoneId, save: true, ticket: '2' })).toMatchObject({ notKept });
    await app.tickets.change('1', null, { status: 'closed' });
    expect(await app.scan({ phoneId, save: true })).toMatchObject({ snapshot: '1', notKept: null });
  });

  test('nobody is held up by a ticket that says nothing, or by a closed one', async ({ app, phoneId }) => {
    await open(app, phoneId, null);
    expect((await app.scan({ phoneId, save: true })).snapshot).toBe('1');
    await app.tickets.change('1', null, { consent: allowing(), status: 'closed' });
    expect((await app.scan({ phoneId, save: true })).snapshot).toBe('2');
  });
});
