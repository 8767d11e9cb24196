import Database from 'better-sqlite3';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { fileName } from '../../../../../db/file-name.ts';
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

const photos = 'com.google.android.apps.photos';
const oneDrive = 'com.microsoft.skydrive';
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

  test('reading: no proof, copy, watch or look begins, and no screen of the phone is opened', async ({
    app,
    phoneId,
    phones,
    home,
  }) => {
    await app.scan({ phoneId, save: true });
    const { id } = app.walkthroughs.start(phoneId);
    await open(app, phoneId, allowing());
    let read = 0;
    const capture = phones.capture.bind(phones);
    phones.capture = (...asked) => {
      read += 1;
      return capture(...asked);
    };
    const proof = { phoneId, app: photos, minutes: 1, openCamera: true, on: null };
    const noReading = { code: 'read-not-allowed' };
    const ended = { signal: AbortSignal.abort() };
    await expect(app.testPhotos.run(proof, ended)).rejects.toMatchObject(noReading);
    const folder = join(home, 'copy');
    await expect(app.safeCopies.run({ phoneId, folder }, ended)).rejects.toMatchObject(noReading);
    expect(() => app.watching.start({ phoneId, app: photos })).toThrow(expect.objectContaining(noReading));
    const step = { cause: 'data-saver', app: photos, correction: 'data-saver-exempt' };
    const looks = async () => {
      for await (const look of app.walkthroughs.watchStep(id, step)) return look;
      return null;
    };
    await expect(looks()).rejects.toMatchObject(noReading);
    const screen = { cause: 'data-saver', app: photos, correction: 'data-saver-exempt' };
    await expect(app.openScreen(phoneId, screen)).rejects.toMatchObject({ code: 'change-not-allowed' });
    expect([read, phones.ran, existsSync(folder)]).toEqual([0, [], false]);
    await app.tickets.change('1', null, { consent: allowing('read') });
    await expect(app.testPhotos.run(proof, ended)).rejects.toMatchObject({ code: 'change-not-allowed' });
    const file = join(home, 'phone.json');
    const noKeeping = { code: 'keep-not-allowed' };
    await expect(app.safeCopies.run({ phoneId, folder }, ended)).rejects.toMatchObject(noKeeping);
    await expect(app.record({ phoneId, file, redact: false, overwrite: false })).rejects.toMatchObject(noKeeping);
    expect([read, phones.ran, existsSync(folder), existsSync(file)]).toEqual([0, [], false, false]);
  });

  test('keeping also which app is chosen: it counts in this sitting, and nothing of the phone is written', async ({
    app,
    phones,
    open: anew,
  }) => {
    const phoneId = await phones.samples.add('xiaomi-14');
    await open(app, phoneId, allowing('read', 'change'));
    await app.scan({ phoneId, save: true });
    expect(app.chooseApps(phoneId, [oneDrive]).chosen).toMatchObject([{ app: oneDrive, by: 'person' }]);
    expect(app.report(phoneId)?.chosen).toMatchObject([{ app: oneDrive }]);
    expect(app.store.chosenApps(phoneId)).toEqual([]);
    expect((await anew().scan({ phoneId, save: false })).chosen).toMatchObject([{ by: 'use' }]);
    expect(app.tickets.show('1').refuses).toEqual(['keep']);
    await app.tickets.change('1', null, { consent: allowing('read', 'change', 'keep') });
    app.chooseApps(phoneId, [oneDrive]);
    expect(app.store.chosenApps(phoneId)).toEqual([oneDrive]);
  });

  test('another ticket that is named, or one that says nothing, lifts no refusal', async ({ app, phoneId }) => {
    await open(app, phoneId, allowing('read'));
    const named = { customer: { name: 'Bob', contact: '' }, fault: '', fields: [], phones: [] };
    await app.tickets.create({ ...named, consent: allowing('read', 'change', 'keep') });
    const report = await app.scan({ phoneId, save: true, ticket: '2' });
    expect(report).toMatchObject({ snapshot: null, notKept: { code: 'keep-not-allowed' } });
    expect(app.tickets.show('2').phones).toEqual([]);
    await open(app, phoneId, null);
    expect(await app.scan({ phoneId, save: true })).toMatchObject({ notKept: { code: 'keep-not-allowed' } });
    const { takenAt: _takenAt, ...fix } = await fixable(app, phoneId);
    await expect(app.corrections.correct({ phoneId, ...fix }, silent, yes, yes)).rejects.toMatchObject({
      code: 'change-not-allowed',
    });
  });

  test('a change that is not allowed any more when the yes is given is not made', async ({ app, phoneId, phones }) => {
    await open(app, phoneId, allowing('read', 'change', 'keep'));
    const { takenAt: _takenAt, ...fix } = await fixable(app, phoneId);
    const corrected = app.corrections.correct({ phoneId, ...fix }, silent, async () => {
      await app.tickets.change('1', null, { consent: allowing('read') });
      return true;
    });
    await expect(corrected).rejects.toMatchObject({ code: 'change-not-allowed' });
    expect([phones.ran, app.corrections.list(phoneId)]).toEqual([[], []]);
  });

  test('a walk-through ends also without a snapshot, and what it put back is kept once', async ({ app, phoneId }) => {
    await open(app, phoneId, allowing('read', 'change', 'keep'));
    await app.scan({ phoneId, save: true, label: 'before' });
    const { id } = app.walkthroughs.start(phoneId, '1');
    for (const cause of ['background-restricted', 'data-saver']) {
      const request = { phoneId, cause, app: photos, correction: null, walkthrough: id };
      await app.corrections.correct(request, silent, yes);
    }
    await app.tickets.change('1', null, { consent: allowing('read', 'change') });
    const told: string[] = [];
    for await (const event of app.walkthroughs.finish(id, undefined)) {
      if (event.type === 'report') told.push(event.report.notKept?.code ?? 'kept');
    }
    expect(told).toEqual(['keep-not-allowed']);
    expect(app.walkthroughs.view(id)).toMatchObject({ over: true, finished: { before: '1', after: null } });
    expect(app.snapshots(phoneId)).toHaveLength(1);
    await app.tickets.change('1', null, { consent: allowing('read', 'change', 'keep') });
    const undone: (string | null)[] = [];
    for await (const event of app.walkthroughs.undoAll(id)) {
      if (event.type === 'undone') undone.push(event.outcome.result);
      if (event.type === 'end') undone.push(event.report?.snapshot ?? null);
    }
    expect(undone).toEqual(['taken', 'taken', '2']);
    expect(app.snapshots(phoneId).map(({ label }) => label)).toEqual([null, 'before']);
  });
});

/** A disk changes what stands in a cell; its seal stays as it was. */
const damage = (home: string, ticket: number): void => {
  const database = new Database(join(home, fileName));
  database.prepare('UPDATE ticket SET consent_json = ? WHERE id = ?').run('{}', ticket);
  database.close();
};

describe('where a ticket cannot be read', () => {
  test('nothing is changed and nothing kept, and that is said; the phone can be scanned all the same', async ({
    app,
    home,
    phoneId,
  }) => {
    const { takenAt: _takenAt, ...fix } = await fixable(app, phoneId);
    await open(app, phoneId, allowing('read'));
    damage(home, 1);
    await expect(app.corrections.correct({ phoneId, ...fix }, silent, yes, yes)).rejects.toMatchObject({
      code: 'damaged-record',
      steps: [expect.stringContaining('nobody knows whether a customer has forbidden this')],
    });
    expect(app.corrections.list(phoneId)).toEqual([]);
    expect(await app.scan({ phoneId, save: false })).toMatchObject({ notKept: null, brokenOff: null });
    expect(await app.scan({ phoneId, save: true })).toMatchObject({
      snapshot: null,
      notKept: { code: 'damaged-record' },
    });
    expect(app.snapshots(phoneId)).toEqual([]);
  });

  test('what other open tickets forbid stays forbidden', async ({ app, home, phoneId }) => {
    await open(app, phoneId, allowing());
    await open(app, phoneId, allowing('read', 'change', 'keep'));
    damage(home, 2);
    const refused = { code: 'read-not-allowed', message: expect.stringContaining('ticket 1') as unknown };
    await expect(app.scan({ phoneId, save: false, ticket: '2' })).rejects.toMatchObject(refused);
    await expect(app.scan({ phoneId, save: false })).rejects.toMatchObject(refused);
  });

  test('its snapshots are listed, by its number', async ({ app, home, phoneId }) => {
    await open(app, phoneId, null);
    await app.scan({ phoneId, save: true });
    expect(app.archive.show('1')).toMatchObject({ ticket: { number: '1', customer: 'Ada' } });
    damage(home, 1);
    expect(app.archive.find('', { limit: 10 }).items).toMatchObject([{ ticket: { number: '1', customer: null } }]);
  });
});

describe('what is not allowed to be kept', () => {
  test('leaves no point of a watch plan and no chosen app, and no watch begins', async ({ app, phoneId }) => {
    await app.scan({ phoneId, save: false });
    app.watching.start({ phoneId, app: photos });
    await open(app, phoneId, allowing('read', 'change'));
    await app.scan({ phoneId, save: false, apps: [photos] });
    expect(app.watching.list(phoneId)).toMatchObject([{ points: [{ occasion: 'scan' }] }]);
    expect(app.store.chosenApps(phoneId)).toEqual([]);
    expect(() => app.watching.start({ phoneId, app: photos })).toThrow(
      expect.objectContaining({ code: 'keep-not-allowed' }),
    );
  });

  test('what is taken back while somebody else has the phone counts', async ({ app, phoneId }) => {
    await open(app, phoneId, allowing('read', 'keep'));
    const first = app.scan({ phoneId, save: false });
    const second = app.scan({ phoneId, save: false });
    const refused = expect(second).rejects.toMatchObject({ code: 'read-not-allowed' });
    await app.tickets.change('1', null, { consent: allowing() });
    await Promise.allSettled([first, refused]);
    await refused;
  });
});
