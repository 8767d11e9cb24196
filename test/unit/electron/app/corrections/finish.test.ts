import { describe, expect, vi } from 'vitest';
import { openStore } from '../../../../../db/store.ts';
import { lookAt } from '../../../../../electron/app/phones/look.ts';
import type { Application } from '../../../../../electron/app/application.ts';
import type { Finding } from '../../../../../diagnosis/finding.ts';
import type { ActionEvent, ActionPlan } from '../../../../../db/records/actions.ts';
import { exampleSnapshot, temporaryStore } from '../../../db/examples.ts';
import { test } from '../application-test.ts';
import type { StandingSource } from '../standing-source.ts';

const photos = 'com.google.android.apps.photos';

/** A sample phone, and the program that it is plugged into. */
interface Place {
  phones: StandingSource;
  phoneId: string;
  app: Application;
}

const exempt = `cmd deviceidle whitelist +${photos}`;
const former = { 'apps.com·google·android·apps·photos.exempt': false };

/** What a program that was killed left in the store, and what had really run on the phone. */
async function leftBehind(
  { phones, phoneId, app }: Place,
  events: readonly ActionEvent[],
  commands: readonly string[] = [],
): Promise<string> {
  for (const command of commands) await phones.samples.run(phoneId, command.split(' '));
  const { id } = app.store.planAction(await planOf(phones, phoneId));
  for (const event of events) app.store.addActionEvent(id, event);
  return String(id);
}

async function planOf(phones: StandingSource, phoneId: string): Promise<ActionPlan> {
  const phone = (await phones.list()).phones.find(({ id }) => id === phoneId);
  if (phone === undefined) throw new Error('the sample is not there');
  return {
    phone,
    snapshot: null,
    ticket: null,
    walkthrough: null,
    cause: 'battery-optimized',
    app: photos,
    correction: 'exempt-app',
    commands: [exempt],
    inverse: [`cmd deviceidle whitelist -${photos}`],
    before: former,
    identity: (await lookAt({ source: phones.samples, phone }))?.identity ?? null,
    who: 'somebody',
  };
}

const started: ActionEvent = { kind: 'started' };
const ranOnce: ActionEvent = {
  kind: 'ran',
  outputs: [{ command: exempt, output: `Added: ${photos}`, errors: '', exitCode: 0, ended: 'whole' }],
};
const unread: ActionEvent = { kind: 'verified', result: 'unverified', after: {} };
const silent = () => undefined;

describe('an action whose program was killed', () => {
  test('before anything ran is given up, and nothing is run', async ({ app, phones, phoneId }) => {
    const action = await leftBehind({ phones, phoneId, app }, []);
    expect(app.corrections.interrupted(phoneId).map(({ id, result }) => ({ id, result }))).toEqual([
      { id: action, result: 'interrupted' },
    ]);
    const { outcome } = await app.corrections.finish(action, silent);
    expect(outcome).toMatchObject({ result: 'not-taken', before: former, after: former });
    expect(phones.ran).toEqual([]);
    expect(app.corrections.interrupted(phoneId)).toEqual([]);
    expect(app.corrections.list()[0]).toMatchObject({ result: 'not-taken', undoable: false });
  });

  test('before its command ran is carried out now', async ({ app, phones, phoneId }) => {
    const action = await leftBehind({ phones, phoneId, app }, [started]);
    const { outcome } = await app.corrections.finish(action, silent);
    expect(outcome).toMatchObject({ result: 'taken', before: former });
    expect(Object.values(outcome.after)).toEqual([true]);
    expect(phones.ran).toEqual([exempt]);
  });

  test('after its command ran is only read, and nothing runs twice', async ({ app, phones, phoneId }) => {
    for (const events of [[started], [started, ranOnce], [started, ranOnce, unread]]) {
      const action = await leftBehind({ phones, phoneId, app }, events, [exempt]);
      const { outcome } = await app.corrections.finish(action, silent);
      expect(outcome).toMatchObject({ result: 'taken', before: former });
    }
    expect(phones.ran).toEqual([]);
    expect(app.corrections.interrupted(phoneId)).toEqual([]);
  });

  test('in the middle of being undone is undone to its end', async ({ app, phones, phoneId }) => {
    const taken: ActionEvent = { kind: 'verified', result: 'taken', after: { exempt: true } };
    const action = await leftBehind(
      { phones, phoneId, app },
      [started, ranOnce, taken, { kind: 'undo-started' }],
      [exempt],
    );
    const { outcome } = await app.corrections.finish(action, silent);
    expect(outcome).toMatchObject({ result: 'taken', after: former });
    expect(phones.ran).toEqual([`cmd deviceidle whitelist -${photos}`]);
    expect(app.corrections.list()[0]).toMatchObject({ result: 'undone', undoable: false });
  });

  test('stays as it is where the phone cannot be read, and can be finished later', async ({ app, phones, phoneId }) => {
    const action = await leftBehind({ phones, phoneId, app }, [started]);
    phones.unplugged = true;
    await expect(app.corrections.finish(action, silent)).rejects.toMatchObject({ code: 'unknown-phone' });
    expect(phones.ran).toEqual([]);
    phones.unplugged = false;
    expect(app.corrections.interrupted(phoneId).map(({ id }) => id)).toEqual([action]);
    expect((await app.corrections.finish(action, silent)).outcome.result).toBe('taken');
  });

  test('can be undone instead', async ({ app, phones, phoneId }) => {
    const action = await leftBehind({ phones, phoneId, app }, [started], [exempt]);
    const { outcome } = await app.corrections.undo(action, silent);
    expect(outcome).toMatchObject({ result: 'taken', after: former });
    expect(app.corrections.interrupted(phoneId)).toEqual([]);
  });

  test('is not undone over a later correction of the same without a question', async ({ app, phones, phoneId }) => {
    const first = await leftBehind({ phones, phoneId, app }, [started]);
    const later = await app.corrections.correct(
      { phoneId, cause: 'battery-optimized', app: photos, correction: 'exempt-app' },
      silent,
      () => Promise.resolve(true),
    );
    expect(later?.outcome).toMatchObject({ result: 'taken', action: '2', before: former });
    await expect(app.corrections.undo(first, silent)).rejects.toMatchObject({
      code: 'overwrite',
      message: expect.stringContaining('Action 2 '),
      steps: [expect.stringMatching(/exempt: false → true$/)],
    });
    expect(phones.ran).toEqual([exempt]);
    // Put back in their order, there is nothing in doubt.
    expect((await app.corrections.undo('2', silent)).outcome).toMatchObject({ result: 'taken', after: former });
    expect((await app.corrections.undo(first, silent)).outcome).toMatchObject({ result: 'taken', after: former });
  });

  test('is undone over a later correction where a person says so', async ({ app, phones, phoneId }) => {
    const first = await leftBehind({ phones, phoneId, app }, [started]);
    await leftBehind({ phones, phoneId, app }, [started, ranOnce], [exempt]);
    const asked: string[] = [];
    const { outcome } = await app.corrections.undo(first, silent, ({ about, title }) => {
      asked.push(`${about}: ${title}`);
      return Promise.resolve(true);
    });
    expect(asked).toEqual([expect.stringMatching(/^overwrite: Action 2 \(.+\) has set the same since\. /)]);
    expect(outcome).toMatchObject({ result: 'taken', after: former });
  });

  test('can be left as it is, and undone later all the same', async ({ app, phones, phoneId }) => {
    const action = await leftBehind({ phones, phoneId, app }, [started], [exempt]);
    expect(app.corrections.leave(action)).toMatchObject({ id: action, result: 'unverified', undoable: true });
    expect(app.corrections.interrupted(phoneId)).toEqual([]);
    expect(() => app.corrections.leave(action)).toThrow(expect.objectContaining({ code: 'nothing-to-finish' }));
    await expect(app.corrections.finish(action, silent)).rejects.toMatchObject({ code: 'nothing-to-finish' });
    expect((await app.corrections.undo(action, silent)).outcome).toMatchObject({ result: 'taken', after: former });
  });

  test('before anything ran is given up by leaving it', async ({ app, phones, phoneId }) => {
    const action = await leftBehind({ phones, phoneId, app }, []);
    expect(app.corrections.leave(action)).toMatchObject({ id: action, result: 'not-taken', undoable: false });
  });

  test('is not taken for interrupted while another program is correcting the phone, and not touched', async ({
    app,
    phones,
    phoneId,
    home,
  }) => {
    const action = await leftBehind({ phones, phoneId, app }, [started]);
    const another = openStore(home);
    const lease = another.takePhone(phoneId);
    expect(app.corrections.interrupted(phoneId)).toEqual([]);
    await expect(app.corrections.finish(action, silent)).rejects.toMatchObject({ code: 'phone-busy' });
    await expect(app.corrections.undo(action, silent)).rejects.toMatchObject({ code: 'phone-busy' });
    lease?.giveBack();
    another.close();
    expect(app.corrections.interrupted(phoneId).map(({ id }) => id)).toEqual([action]);
    expect((await app.corrections.finish(action, silent)).outcome.result).toBe('taken');
  });
});

test('an action that came to its end has nothing to finish', async ({ app, phones, phoneId }) => {
  const action = await leftBehind({ phones, phoneId, app }, [
    started,
    ranOnce,
    { kind: 'verified', result: 'taken', after: { exempt: true } },
  ]);
  await expect(app.corrections.finish(action, silent)).rejects.toMatchObject({ code: 'nothing-to-finish' });
});

test('a finding stands after its correction was put back as it stood before, at once', async ({ app, phoneId }) => {
  const standing = (findings: readonly Finding[] | undefined): readonly unknown[] =>
    (findings ?? [])
      .filter(({ app: of, cause }) => of === photos && ['battery-optimized', 'upload-stalled'].includes(cause))
      .map(({ cause, status, settling }) => [cause, status, settling]);
  const before = standing((await app.scan({ phoneId, save: false })).findings);
  expect(before).toContainEqual(['battery-optimized', 'possible', false]);
  const corrected = await app.corrections.correct(
    { phoneId, cause: 'battery-optimized', app: photos, correction: 'exempt-app' },
    silent,
    () => Promise.resolve(true),
  );
  // Whether photos leave now is known after the next one.
  expect(standing(app.report(phoneId)?.findings)).toContainEqual(['upload-stalled', 'unknown', true]);
  await app.corrections.undo(corrected?.outcome.action ?? '', silent);
  expect(standing(app.report(phoneId)?.findings)).toEqual(before);
});

const forged = 'content delete --uri content://media/external/images/media';

const yes = () => Promise.resolve(true);

/** What another computer wrote about the same phone, taken in. */
async function takenIn({ app, phones, phoneId }: Place, events: readonly ActionEvent[]): Promise<string> {
  const there = temporaryStore();
  const plan = await planOf(phones, phoneId);
  const snapshot = there.saveSnapshot(exampleSnapshot({ phone: plan.phone }));
  const { id } = there.planAction({ ...plan, snapshot, commands: [forged], inverse: [forged] });
  for (const event of events) there.addActionEvent(id, event);
  app.store.importCase(there.collectCase({ tickets: [], snapshots: [snapshot] }));
  const [action] = app.store.listActions(phoneId);
  return String(action?.id);
}

describe('an action that came in a case', () => {
  test.for<[what: string, events: ActionEvent[], result: string]>([
    ['before anything ran', [], 'interrupted'],
    ['cut off', [started], 'interrupted'],
    ['with an end nobody could read', [started, ranOnce, unread], 'unverified'],
    ['done', [started, ranOnce, { kind: 'verified', result: 'taken', after: { exempt: true } }], 'taken'],
    ['cut off while it was undone', [started, ranOnce, unread, { kind: 'undo-started' }], 'interrupted'],
  ])(
    '%s is history: it is neither finished nor undone nor left here',
    async ([, events, result], { app, phones, phoneId }) => {
      const action = await takenIn({ app, phones, phoneId }, events);
      const run = vi.spyOn(phones.samples, 'run');
      expect(app.corrections.interrupted(phoneId)).toEqual([]);
      expect(app.store.openActions(phoneId)).toEqual([]);
      expect(app.corrections.list(phoneId)).toMatchObject([{ id: action, result, undoable: false }]);
      const elsewhere = { code: 'done-elsewhere' };
      await expect(app.corrections.finish(action, silent, yes)).rejects.toMatchObject(elsewhere);
      await expect(app.corrections.undo(action, silent, yes)).rejects.toMatchObject(elsewhere);
      await expect(app.corrections.undoOneOfMany(action, silent, yes)).rejects.toMatchObject(elsewhere);
      expect(() => app.corrections.leave(action)).toThrow(expect.objectContaining(elsewhere));
      for (const kind of ['started', 'undo-started'] as const) {
        expect(() => app.store.addActionEvent(Number(action), { kind })).toThrow(/./);
      }
      expect(run).not.toHaveBeenCalled();
    },
  );

  test('keeps nobody from forgetting the phone', async ({ app, phones, phoneId }) => {
    await takenIn({ app, phones, phoneId }, [started]);
    await app.farewells.forget(phoneId);
    expect(app.corrections.list(phoneId)).toEqual([]);
  });
});

test('an action with a command that no correction has runs nothing', async ({ app, phones, phoneId }) => {
  const plan = await planOf(phones, phoneId);
  const run = vi.spyOn(phones.samples, 'run');
  for (const command of [forged, `${exempt} ; reboot`, `${exempt};reboot`, 'cmd deviceidle whitelist +com.other']) {
    const { id } = app.store.planAction({ ...plan, commands: [command], inverse: [command] });
    app.store.addActionEvent(id, started);
    await expect(app.corrections.finish(String(id), silent, yes)).rejects.toMatchObject({ code: 'unknown-command' });
    await expect(app.corrections.undo(String(id), silent, yes)).rejects.toMatchObject({ code: 'unknown-command' });
  }
  expect(run).not.toHaveBeenCalled();
});
