import { readdirSync, readFileSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished } from 'vitest';
import type { Application } from '../../../../../electron/app/application.ts';
import type { NextAction } from '../../../../../electron/app/handover/messages.ts';
import { computerClock } from '../../../../../electron/app/program/clock.ts';
import { inLanguage } from '../../../../../electron/app/program/language.ts';
import { HookServer } from '../../../../ticket-systems/hook-server.ts';
import { test } from '../application-test.ts';

const secret = 's3cret-of-the-shop';
const never = new AbortController().signal;

/** A hook of the running test's own, which the application hands over to. */
async function handedOver(app: Application): Promise<HookServer> {
  const hook = new HookServer(secret, { clock: computerClock, perMinute: null, nextWay: () => null });
  const address = await hook.server.listen();
  onTestFinished(() => hook.server.close());
  app.handover.change({ system: 'hook', address: address.href });
  app.handover.keepSecret(secret);
  app.settings.change({ stationPrefix: 'A' });
  return hook;
}

/** Has the application ask for what is next, as it does by itself while a window is open. */
async function lookForNext(app: Application): Promise<readonly NextAction[]> {
  const { promise, resolve } = Promise.withResolvers<readonly NextAction[]>();
  const unfollow = app.handover.follow(({ next }) => {
    if (next.length > 0) resolve(next);
  });
  app.handover.start();
  const next = await promise;
  unfollow();
  await app.handover.stop();
  return next;
}

const ada = {
  customer: { name: 'Ada Lovelace', contact: 'ada@example.org' },
  fault: 'No photo leaves.',
  fields: [],
  consent: null,
};
const withPhone = (phoneId: string) => ({ ...ada, phones: [{ phoneId, imei: '', description: '' }] });

describe('the hand-over', () => {
  test('is off until somebody switches it on: nothing is kept for it, and nothing sent', async ({ app, phoneId }) => {
    await app.tickets.create(withPhone(phoneId));
    await app.scan({ phoneId, save: true });
    expect(app.handover.view()).toMatchObject({ system: 'off', hasSecret: false, counts: { waiting: 0 } });
    await expect(app.handover.sendNow(never)).rejects.toMatchObject({ code: 'handover-off' });
  });

  test('asks for the number in the ticket system once it is set up, in the words of whoever did that', ({ app }) => {
    const fields = (): string[] => app.settings.values.ticketFields.map(({ name }) => name);
    app.handover.change({ system: 'hook' });
    app.handover.change({ address: 'http://127.0.0.1:4/' });
    expect(fields()).toEqual([]);
    app.handover.keepSecret(secret);
    expect(fields()).toEqual(['Number in the ticket system']);
    app.handover.change({ system: 'off' });
    expect(fields()).toEqual([]);
    app.handover.change({ system: 'hook', address: 'http://127.0.0.1:4/' });
    inLanguage('de', () => app.handover.keepSecret(secret));
    expect(fields()).toEqual(['Nummer im Auftragssystem']);
    app.handover.removeSecret();
    expect(fields()).toEqual([]);
  });

  test('says that what waits cannot be read, rather than that nothing waits', async ({ app, home }) => {
    await handedOver(app);
    await app.tickets.create({ ...ada, phones: [] });
    await app.close();
    truncateSync(join(home, 'phone-health.sqlite'), 5000);
    expect(app.handover.view()).toMatchObject({
      counts: null,
      unreadable: { code: 'damaged-database' },
      waiting: [],
    });
  });

  test('has a label for each phone of a ticket', async ({ app, phoneId }) => {
    const hook = await handedOver(app);
    const other = { phoneId: null, imei: '356938035643809', description: 'Box' };
    await app.tickets.create({ ...withPhone(phoneId), phones: [...withPhone(phoneId).phones, other] });
    await app.handover.sendNow(never);
    expect(hook.kept[0]?.attachments.map(({ name }) => name)).toEqual(['label-1.html', 'label-1-2.html']);
  });

  test('tells what happened under a ticket, without what tells whose the phone is', async ({ app, phoneId }) => {
    const hook = await handedOver(app);
    await app.tickets.create(withPhone(phoneId));
    await app.scan({ phoneId, save: true, label: 'before Ada Lovelace' });
    await app.tickets.change('1', null, { status: 'ready' });
    expect(app.handover.view().counts).toMatchObject({ waiting: 3 });
    expect(await app.handover.sendNow(never)).toEqual({ delivered: 3, delayed: 0, discarded: 0, givenUp: 0 });
    expect(hook.kept.map(({ event }) => event.kind)).toEqual(['opened', 'result', 'status']);
    const result = hook.kept[1];
    expect(result).toMatchObject({
      station: 'A',
      redacted: true,
      ticket: { number: 'A-1', status: 'ready', theirNumber: null },
      event: { phone: { model: 'Pixel 8' }, verdict: expect.stringContaining('Google Photos') as string },
      attachments: [{ name: 'report-1.html', type: 'text/html' }],
    });
    const papers = hook.kept.flatMap(({ attachments }) => attachments);
    expect(papers.map(({ name }) => name)).toEqual(['label-1.html', 'report-1.html']);
    const [labelText = '', reportText = ''] = papers.map(({ base64 }) =>
      Buffer.from(base64, 'base64').toString('utf8'),
    );
    expect(labelText).toContain('A-1');
    expect(labelText).not.toContain(ada.fault);
    const all = JSON.stringify(hook.kept) + labelText + reportText;
    expect(all).not.toMatch(/Lovelace|ada@example\.org/);
    expect(all).not.toContain(phoneId);
    expect(app.handover.view()).toMatchObject({ counts: { waiting: 0, delivered: 3 }, waiting: [], givenUp: [] });
  });

  test('keeps its secret in no setting, log or view', async ({ app, home }) => {
    await handedOver(app);
    await app.handover.test(never);
    expect(readdirSync(home).filter((name) => !/^(?:handover-secret|settings\.json)$/.test(name))).toEqual([]);
    expect(statSync(join(home, 'handover-secret')).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(home, 'settings.json'), 'utf8')).not.toContain(secret);
    expect(JSON.stringify([app.handover.view(), app.recentLog.lines, app.settings.values])).not.toContain(secret);
  });

  test('gives its secret to no other host and no other system', async ({ app }) => {
    await handedOver(app);
    app.handover.change({ address: 'https://example.org/hook' });
    expect(app.handover.view().hasSecret).toBe(false);
    app.handover.keepSecret(secret);
    expect(app.handover.change({ system: 'repairdesk' })).toMatchObject({
      address: 'https://api.repairdesk.co/',
      hasSecret: false,
    });
    expect(() => app.handover.change({ address: 'http://example.org' })).toThrow('can be read on its way');
  });

  test('is told why it does not work, and waits', async ({ app }) => {
    await handedOver(app);
    expect(await app.handover.test(never)).toEqual({ trouble: null });
    app.handover.keepSecret('not-the-secret-of-the-shop');
    await app.tickets.create({ ...ada, phones: [] });
    expect(await app.handover.test(never)).toEqual({ trouble: 'The ticket system does not accept the secret.' });
    expect(await app.handover.sendNow(never)).toMatchObject({ delivered: 0, delayed: 1 });
    expect(app.handover.view().waiting).toMatchObject([
      { ticket: 'A-1', about: 'ticket', trouble: 'The ticket system does not accept the secret.' },
    ]);
    app.handover.keepSecret(secret);
    expect(await app.handover.sendNow(never)).toMatchObject({ delivered: 1 });
  });

  test('shows what is asked for next, and does nothing of it before a key is pressed', async ({ app }) => {
    const hook = await handedOver(app);
    const open: NextAction = {
      id: 'n-1',
      kind: 'open-ticket',
      number: '4711',
      customer: { name: 'Ada', contact: '' },
      fault: 'No photo leaves.',
      device: 'Pixel, broken glass',
      imei: '',
    };
    hook.ask(open, { id: 'n-2', kind: 'scan', place: 3 });
    expect((await lookForNext(app)).map(({ id }) => id)).toEqual(['n-1', 'n-2']);
    expect(app.tickets.list({ open: true, text: '', limit: 5, offset: 0 })).toEqual([]);
    expect(app.handover.takeUp('n-1')).toEqual({ kind: 'ticket', ticket: '1' });
    expect(app.tickets.show('1')).toMatchObject({
      customer: { name: 'Ada' },
      fields: [{ name: 'Number in the ticket system', value: '4711' }],
      phones: [{ description: 'Pixel, broken glass' }],
    });
    expect(() => app.handover.takeUp('n-1')).toThrow('does not ask for this any more');
    expect(() => app.handover.takeUp('n-2')).toThrow('There is no phone at place 3.');
    app.handover.decline('n-2');
    await app.handover.sendNow(never);
    const kept = hook.kept.map(({ event, ticket }) => [event, ticket?.theirNumber ?? null]);
    expect(kept.filter(([, number]) => number === '4711')).toEqual([
      [{ kind: 'opened' }, '4711'],
      [{ kind: 'answer', action: 'n-1', answer: 'taken' }, '4711'],
    ]);
    expect(kept.filter(([, number]) => number === null)).toEqual([
      [{ kind: 'answer', action: 'n-2', answer: 'declined' }, null],
    ]);
  });

  test('believes no answer that is not signed with the secret, and takes none that is not as the schema says', async ({
    app,
  }) => {
    const hook = await handedOver(app);
    hook.signsWith = 'what-somebody-else-knows';
    hook.ask({ id: 'n-1', kind: 'scan', place: 1 });
    expect(await app.handover.test(never)).toEqual({
      trouble: 'What answered did not prove that it knows the secret.',
    });
    await app.tickets.create({ ...ada, phones: [] });
    expect(await app.handover.sendNow(never)).toMatchObject({ delivered: 0, delayed: 1 });
    hook.signsWith = secret;
    hook.next = [{ id: 'n-1', kind: 'wipe', place: 1 }];
    expect(await app.handover.test(never)).toEqual({ trouble: 'The answer is not as the schema says.' });
  });
});
