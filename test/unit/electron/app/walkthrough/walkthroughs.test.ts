import { describe, expect } from 'vitest';
import type { Application } from '../../../../../electron/app/application.ts';
import type {
  StepWatchEvent,
  UndoAllEvent,
  WalkthroughFinishEvent,
} from '../../../../../electron/app/walkthrough/walkthroughs.ts';
import type { WalkthroughView } from '../../../../../electron/app/walkthrough/walkthrough-view.ts';
import { groupsOf } from '../../../../../diagnosis/judge/groups.ts';
import { provenBy } from '../../../../../diagnosis/judge/judge.ts';
import { test as application } from '../application-test.ts';
import type { StandingSource } from '../standing-source.ts';

const photos = 'com.google.android.apps.photos';

// No time passes between two looks.
const test = application.override('options', ({ phones }) => ({
  sources: [phones],
  clock: { now: () => new Date(), sleep: () => Promise.resolve() },
}));

/** On a sample phone, the program that it is plugged into, and its walk-through. */
async function begun(
  { phones, app }: { phones: StandingSource; app: Application },
  sample = 'pixel-14',
): Promise<{ phoneId: string; view: WalkthroughView }> {
  const phoneId = await phones.samples.add(sample);
  await app.scan({ phoneId, save: true, label: 'before' });
  return { phoneId, view: app.walkthroughs.start(phoneId) };
}

const states = (view: WalkthroughView): Record<string, string> =>
  Object.fromEntries(view.steps.map(({ cause, app, state }) => [`${cause} ${app ?? ''}`.trim(), state]));
const stateIn = (view: WalkthroughView, cause: string, of: string | null = null) =>
  view.steps.find((step) => step.cause === cause && step.app === of)?.state;

const thingsOf = ({ steps }: WalkthroughView): boolean[][] =>
  steps.map(({ things }) => things.map(({ settled }) => settled));

async function all<T>(events: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const event of events) list.push(event);
  return list;
}

async function correct(app: Application, view: WalkthroughView, cause: string, of: string | null): Promise<void> {
  const { phoneId, id: walkthrough } = view;
  const request = { phoneId, cause, app: of, correction: null, walkthrough };
  const corrected = await app.corrections.correct(
    request,
    () => undefined,
    () => Promise.resolve(true),
  );
  expect(corrected?.outcome.result).toBe('taken');
}

describe('a walk-through', () => {
  test('has the steps of the diagnosis in the order of work, and shows what was right from the beginning', async ({
    app,
    phones,
  }) => {
    const { phoneId, view } = await begun({ phones, app });
    expect(states(view)).toEqual({
      [`background-restricted ${photos}`]: 'open',
      [`data-saver ${photos}`]: 'open',
      'battery-saver': 'open',
      [`standby-bucket ${photos}`]: 'open',
      [`doze ${photos}`]: 'open',
    });
    expect(view.alreadyRight).toContain('Airplane mode is off');
    expect(view).toMatchObject({ undoable: 0, finished: null, over: false });
    expect(app.walkthroughs.start(phoneId).id).toBe(view.id);
    expect(app.snapshots(phoneId)).toHaveLength(1);
  });

  test('counts what holds photos back as the verdict does, also where one step does several things together', async ({
    app,
    phones,
  }) => {
    const { phoneId, view } = await begun({ phones, app }, 'xiaomi-14');
    expect(app.report(phoneId)?.answer.heldBack).toBe(3);
    expect(thingsOf(view)).toEqual([[false, false], [false]]);
    await correct(app, view, 'app-stopped', photos);
    // What the computer has done of it is settled; the rest goes on as a step of its own, which is not new.
    const after = app.walkthroughs.view(view.id);
    expect(thingsOf(after)).toEqual([[true], [false], [false]]);
    expect(after.steps.map(({ cause, added }) => [cause, added])).toEqual([
      ['app-stopped', false],
      ['battery-saver-threshold', false],
      ['maker-autostart', false],
    ]);
    const mark = { kind: 'skipped', step: { cause: 'maker-autostart', app: photos } } as const;
    expect(thingsOf(app.walkthroughs.note(view.id, mark))).toEqual([[true], [false], [true]]);
  });

  test('needs a scan, and saves it where it was not saved', async ({ app, phoneId }) => {
    expect(() => app.walkthroughs.start(phoneId)).toThrow('This phone was not scanned since the program was started.');
    await app.scan({ phoneId, save: false });
    app.walkthroughs.start(phoneId);
    expect(app.snapshots(phoneId).map(({ label }) => label)).toEqual(['before']);
  });

  test('ticks what a correction has proven, keeps what is skipped, and takes it up again', async ({ app, phones }) => {
    const { view } = await begun({ phones, app });
    await correct(app, view, 'background-restricted', photos);
    const step = { cause: 'data-saver', app: photos };
    const skipped = app.walkthroughs.note(view.id, { kind: 'skipped', step });
    expect(stateIn(skipped, 'background-restricted', photos)).toBe('done');
    expect(stateIn(skipped, 'data-saver', photos)).toBe('skipped');
    expect(skipped.undoable).toBe(1);
    const again = app.walkthroughs.note(view.id, { kind: 'taken-up-again', step });
    expect(stateIn(again, 'data-saver', photos)).toBe('open');
  });

  test('survives the end of the program, before anything is read again', async ({ app, phones, open }) => {
    const { phoneId, view } = await begun({ phones, app });
    await correct(app, view, 'background-restricted', photos);
    app.walkthroughs.note(view.id, { kind: 'skipped', step: { cause: 'battery-saver', app: null } });
    await app.close();

    const later = open();
    const resumed = later.walkthroughs.current(phoneId);
    expect(resumed?.id).toBe(view.id);
    expect(resumed?.steps.map(({ state }) => state).toSorted()).toEqual(['done', 'open', 'open', 'open', 'skipped']);
    await later.scan({ phoneId, save: false });
    expect(later.walkthroughs.view(view.id).steps.map(({ state }) => state)).toEqual(
      resumed?.steps.map(({ state }) => state),
    );
  });

  test('ticks a guided step by itself once the phone shows it, without a whole scan', async ({ app, phones }) => {
    const { phoneId, view } = await begun({ phones, app }, 'pixel-15');
    const step = { cause: 'vpn', app: photos, correction: 'vpn-off-for-a-test' };
    const events: StepWatchEvent[] = [];
    for await (const event of app.walkthroughs.watchStep(view.id, step)) {
      events.push(event);
      // The owner acts after the second look.
      if (events.length === 2)
        phones.samples.actAsOwner(phoneId, {
          proves: provenBy(app.catalog, 'vpn', step.correction) ?? [],
          app: photos,
        });
    }
    expect(events.slice(0, 2)).toMatchObject([
      { type: 'looked', seen: false, detail: null },
      { type: 'looked', seen: false, detail: null },
    ]);
    const last = events.at(-1);
    expect(last?.type).toBe('ticked');
    expect(stateIn(app.walkthroughs.view(view.id), 'vpn', photos)).toBe('done');
    expect(app.store.loadWalkthrough(Number(view.id))?.events.map(({ kind }) => kind)).toEqual(['ticked']);
  });

  test('goes on looking while the phone is unplugged, and claims nothing meanwhile', async ({ app, phones }) => {
    const { view } = await begun({ phones, app }, 'pixel-15');
    const step = { cause: 'vpn', app: photos, correction: 'vpn-off-for-a-test' };
    const leave = new AbortController();
    phones.unplugged = true;
    const events: StepWatchEvent[] = [];
    for await (const event of app.walkthroughs.watchStep(view.id, step, leave.signal)) {
      events.push(event);
      if (events.length === 2) phones.unplugged = false;
      if (event.type === 'looked' && event.seen === false) leave.abort();
    }
    expect(events[0]).toMatchObject({ seen: 'unknown', detail: 'The phone is not plugged in.' });
    expect(events.at(-1)).toMatchObject({ seen: false, detail: null });
    expect(events.some(({ type }) => type === 'ticked')).toBe(false);
  });

  test('does not watch what no phone can show', async ({ app, phones }) => {
    const { view } = await begun({ phones, app }, 'pixel-16');
    const step = { cause: 'app-crashing', app: photos, correction: 'update-app' };
    expect(view.steps.find(({ cause }) => cause === step.cause)?.watchable).toBe(false);
    expect(await all(app.walkthroughs.watchStep(view.id, step))).toEqual([]);
    const said = app.walkthroughs.note(view.id, { kind: 'said-done', step: { cause: step.cause, app: photos } });
    expect(stateIn(said, step.cause, photos)).toBe('said-done');
  });

  test('believes a person until a reading shows otherwise', async ({ app, phones }) => {
    const { phoneId, view } = await begun({ phones, app }, 'pixel-15');
    const said = app.walkthroughs.note(view.id, { kind: 'said-done', step: { cause: 'vpn', app: photos } });
    expect(stateIn(said, 'vpn', photos)).toBe('said-done');
    await app.scan({ phoneId, save: false });
    const step = app.walkthroughs.view(view.id).steps.find(({ cause, app: of }) => cause === 'vpn' && of === photos);
    expect(step).toMatchObject({ state: 'open', contradicted: true });
  });

  test('keeps that a screen looks different, with the phone it was seen on', async ({ app, phones }) => {
    const { view } = await begun({ phones, app }, 'pixel-15');
    app.walkthroughs.note(view.id, {
      kind: 'screen-differs',
      step: { cause: 'vpn', app: photos },
      correction: 'vpn-off-for-a-test',
      note: 'It is called "Private network" here.',
    });
    expect(app.walkthroughs.screenReports()).toEqual([
      {
        at: expect.any(String),
        manufacturer: 'Google',
        model: 'Pixel 8a',
        osVersion: '15',
        build: expect.any(String),
        catalog: app.catalog.version,
        cause: 'vpn',
        correction: 'vpn-off-for-a-test',
        steps: expect.any(Array),
        note: 'It is called "Private network" here.',
      },
    ]);
  });

  test('ends with a snapshot after, and what is still open', async ({ app, phones }) => {
    const { phoneId, view } = await begun({ phones, app }, 'pixel-15');
    await correct(app, view, 'battery-saver-threshold', null);
    const events: WalkthroughFinishEvent[] = await all(app.walkthroughs.finish(view.id, undefined));
    const last = events.at(-1);
    if (last?.type !== 'finished') throw new Error('it was not finished');
    const [after, before] = app.snapshots(phoneId);
    expect([before?.label, after?.label]).toEqual(['before', 'after']);
    expect(last.view.finished).toMatchObject({ before: before?.id, after: after?.id });
    expect(last.view.finished?.open).toEqual(['Google Photos goes through a VPN']);
    expect(app.walkthroughs.current(phoneId)).toBeNull();
    expect(() => app.walkthroughs.note(view.id, { kind: 'given-up' })).toThrow('has come to its end');
  });

  test('stays open where the phone was unplugged at its end', async ({ app, phones }) => {
    const { phoneId, view } = await begun({ phones, app }, 'pixel-15');
    phones.unplugged = true;
    await expect(all(app.walkthroughs.finish(view.id, undefined))).rejects.toMatchObject({ code: 'unknown-phone' });
    expect(app.walkthroughs.current(phoneId)?.id).toBe(view.id);
    expect(app.snapshots(phoneId)).toHaveLength(1);
  });

  test('is put back as a whole, the latest first, to the exact former values', async ({ app, phones }) => {
    const { view } = await begun({ phones, app });
    await correct(app, view, 'background-restricted', photos);
    await correct(app, view, 'standby-bucket', photos);
    await correct(app, view, 'data-saver', photos);
    phones.ran.length = 0;
    const events: UndoAllEvent[] = await all(app.walkthroughs.undoAll(view.id));
    const outcomes = events.flatMap((event) => (event.type === 'undone' ? [event.outcome] : []));
    expect(outcomes.map(({ cause, result }) => [cause, result])).toEqual([
      ['data-saver', 'taken'],
      ['standby-bucket', 'taken'],
      ['background-restricted', 'taken'],
    ]);
    expect(phones.ran).toEqual([
      'cmd netpolicy remove restrict-background-whitelist 10204',
      `am set-standby-bucket --user 0 ${photos} rare`,
      `appops set --user 0 ${photos} RUN_ANY_IN_BACKGROUND ignore`,
    ]);
    const end = events.at(-1);
    expect(end).toMatchObject({ type: 'end', stopped: null, view: { undoable: 0 } });
    expect(end?.type === 'end' ? stateIn(end.view, 'data-saver', photos) : null).toBe('open');
  });

  test('whose changes are put back after its end says what is open again', async ({ app, phones }) => {
    const { view } = await begun({ phones, app }, 'pixel-15');
    await correct(app, view, 'battery-saver-threshold', null);
    await all(app.walkthroughs.finish(view.id, undefined));
    const events: UndoAllEvent[] = await all(app.walkthroughs.undoAll(view.id));
    const end = events.at(-1);
    if (end?.type !== 'end') throw new Error('it did not end');
    expect(end.view.putBack).toHaveLength(1);
    expect(end.view.finished?.open).toEqual(['Google Photos goes through a VPN', ...end.view.putBack]);
  });

  test('is given up before another one begins', async ({ app, phones }) => {
    const { phoneId, view } = await begun({ phones, app });
    app.walkthroughs.note(view.id, { kind: 'given-up' });
    expect(app.walkthroughs.start(phoneId).id).not.toBe(view.id);
    expect(app.walkthroughs.list(phoneId).map(({ over }) => over)).toEqual([false, true]);
  });
});

test('what was right from the beginning is counted as the result counts it: not for apps that are not to keep the photos', async ({
  phones,
  app,
}) => {
  const phoneId = await phones.samples.add('pixel-14');
  const groups = groupsOf(await app.scan({ phoneId, save: true }));
  const view = app.walkthroughs.start(phoneId);
  const fine = [...groups.passed, ...groups.health.filter(({ status }) => status === 'ok')];
  expect(view.alreadyRight.toSorted()).toEqual(fine.map(({ title }) => title).toSorted());
});
