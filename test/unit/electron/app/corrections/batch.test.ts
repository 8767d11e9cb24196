import { describe, expect, vi } from 'vitest';
import type { Application } from '../../../../../electron/app/application.ts';
import type { BatchEvent } from '../../../../../electron/app/corrections/batch.ts';
import type { CorrectionNews } from '../../../../../electron/app/corrections/correction-news.ts';
import type { ScanReport } from '../../../../../electron/app/scan/scan-report.ts';
import { test } from '../application-test.ts';

const photos = 'com.google.android.apps.photos';
const background = `appops set --user 0 ${photos} RUN_ANY_IN_BACKGROUND allow`;

type Fixes = ScanReport['fixes'];

/** Scans the sample, and gives the corrections of what holds its photos back. */
async function fixesOf(app: Application, phoneId: string): Promise<Fixes> {
  const { fixes } = await app.scan({ phoneId, save: false });
  return fixes;
}

/** Carries them out; `onEvent` acts while they go on. */
async function carryOut(
  app: Application,
  phoneId: string,
  fixes: Fixes,
  onEvent: (event: BatchEvent) => void = () => undefined,
): Promise<BatchEvent[]> {
  const events: BatchEvent[] = [];
  for await (const event of app.corrections.correctAll({ phoneId, fixes })) {
    events.push(event);
    onEvent(event);
  }
  return events;
}

async function allOf<T>(stream: AsyncIterable<T>): Promise<T[]> {
  const events: T[] = [];
  for await (const event of stream) events.push(event);
  return events;
}

const told = (events: readonly BatchEvent[]) =>
  events.flatMap((event): string[] => {
    switch (event.type) {
      case 'begun':
        return [`begun ${event.index}`];
      case 'done':
        return [`${event.outcome.cause} ${event.outcome.result}`];
      case 'left':
        return [`left ${event.index}: ${event.problem.code}${event.needless ? ', needless' : ''}`];
      case 'question':
        return [`question ${event.index}`];
      case 'end':
        return [`end: ${event.stopped}`];
      case 'step':
        return [];
    }
  });

describe('several corrections agreed to at once', () => {
  test('are carried out in the order of work, each kept with its way back and proven by a reading of its own', async ({
    app,
    phoneId,
  }) => {
    const fixes = await fixesOf(app, phoneId);
    const events = await carryOut(app, phoneId, fixes);
    expect(told(events)).toEqual([
      'begun 0',
      'background-restricted taken',
      'begun 1',
      'data-saver taken',
      'begun 2',
      'battery-saver taken',
      'end: null',
    ]);
    const reports = events.flatMap((event) => (event.type === 'done' ? [event.report?.answer.heldBack] : []));
    expect(reports).toEqual([2, 1, 0]);
    expect(app.corrections.list().map(({ result, undoable }) => ({ result, undoable }))).toEqual(
      Array.from({ length: 3 }, () => ({ result: 'taken', undoable: true })),
    );
    const order = events.flatMap((event) => (event.type === 'step' ? [event.step] : [])).slice(0, 4);
    expect(order).toEqual(['reading-before', 'storing-inverse', 'running', 'reading-after']);
  });

  test('end between two where they are cancelled; the one that runs is proven', async ({ app, phones, phoneId }) => {
    const fixes = await fixesOf(app, phoneId);
    const events = await carryOut(app, phoneId, fixes, (event) => {
      if (event.type === 'step' && event.step === 'running') app.corrections.endBatch(phoneId);
    });
    expect(told(events)).toEqual(['begun 0', 'background-restricted taken', 'end: cancelled']);
    expect(phones.ran).toEqual([background]);
  });

  test('are not begun twice on one phone, and the second window takes nothing from the first', async ({
    app,
    phoneId,
  }) => {
    const fixes = await fixesOf(app, phoneId);
    const second = Promise.withResolvers<unknown>();
    const events = await carryOut(app, phoneId, fixes, (event) => {
      if (event.type !== 'begun' || event.index > 0) return;
      second.resolve(carryOut(app, phoneId, fixes).catch((error: unknown) => error));
      // The first window ends it, once the second was refused.
      void second.promise.then(() => app.corrections.endBatch(phoneId));
    });
    expect(await second.promise).toMatchObject({ code: 'phone-busy' });
    expect(told(events).slice(2)).toEqual(['end: cancelled']);
  });

  test('stop at a pulled cable: nothing of the rest is run, and what ran is told as not known', async ({
    app,
    phones,
    phoneId,
  }) => {
    const fixes = await fixesOf(app, phoneId);
    const events = await carryOut(app, phoneId, fixes, (event) => {
      if (event.type === 'step' && event.step === 'reading-after') phones.unplugged = true;
    });
    expect(told(events)).toEqual(['begun 0', 'background-restricted unverified', 'end: phone']);
    expect(phones.ran).toEqual([background]);
  });

  test('stop where another phone is plugged in under the same serial: it gets nothing', async ({
    app,
    phones,
    phoneId,
  }) => {
    const fixes = await fixesOf(app, phoneId);
    const other = await phones.samples.add('samsung-14');
    const events = await carryOut(app, phoneId, fixes, (event) => {
      if (event.type === 'done') phones.swappedFor = other;
    });
    expect(told(events)).toEqual([
      'begun 0',
      'background-restricted taken',
      'begun 1',
      'left 1: another-phone',
      'end: phone',
    ]);
    expect(phones.ran).toEqual([background]);
  });

  test('ask where another phone of the same kind was read since: a yes was for the one that was shown', async ({
    app,
    phones,
    phoneId,
  }) => {
    const { fixes, reading } = await app.scan({ phoneId, save: false });
    // Nothing but its start tells a twin from the phone; it is scanned as soon as it is plugged in.
    await phones.samples.run(phoneId, ['svc', 'power', 'reboot']);
    await vi.waitFor(async () => expect((await phones.list()).phones[0]?.state).toBe('ready'), { timeout: 30_000 });
    await app.scan({ phoneId, save: false });
    phones.ran.length = 0;
    const shownAt = reading.takenAt;
    const events = await allOf(app.corrections.correctAll({ phoneId, shownAt, fixes }));
    expect(told(events)).toEqual(['begun 0', 'question 0', 'end: question']);
    expect(events.find((event) => event.type === 'question')?.question).toMatchObject({ about: 'same-phone' });
    const [first] = fixes;
    if (first === undefined) throw new Error('something holds the sample back');
    const alone = await allOf(app.corrections.correctWithProgress({ phoneId, shownAt, ...first }));
    expect(alone.map(({ type }) => type)).toEqual(['step', 'question']);
    expect(phones.ran).toEqual([]);
  });

  test('go on from one to the next on the phone that was shown, and refuse what nobody knows to have been shown', async ({
    app,
    phoneId,
  }) => {
    const { fixes, reading } = await app.scan({ phoneId, save: false });
    const shownAt = '2020-01-01T00:00:00.000Z';
    const refused = await allOf(app.corrections.correctAll({ phoneId, shownAt, fixes }));
    expect(told(refused)).toEqual(['begun 0', 'left 0: shown-before', 'end: phone']);
    const { takenAt } = reading;
    const events = await allOf(app.corrections.correctAll({ phoneId, shownAt: takenAt, fixes }));
    expect(told(events).at(-1)).toBe('end: null');
    expect(told(events).filter((line) => line.endsWith('taken'))).toHaveLength(3);
  });

  test('go on past one that is not needed any more', async ({ app, phoneId }) => {
    const [first, , third] = await fixesOf(app, phoneId);
    if (first === undefined || third === undefined) throw new Error('the sample is held back by three things');
    const events = await carryOut(app, phoneId, [first, first, third]);
    expect(told(events)).toEqual([
      'begun 0',
      'background-restricted taken',
      'begun 1',
      'left 1: nothing-to-correct, needless',
      'begun 2',
      'battery-saver taken',
      'end: null',
    ]);
  });
});

test('a phone is worked with from the first correction of a batch to its last reading, also between two', async ({
  app,
  phoneId,
}) => {
  const fixes = await fixesOf(app, phoneId);
  expect(fixes.length).toBeGreaterThan(1);
  const counts: number[] = [];
  const stop = app.underWay.follow(({ correction }) => counts.push(correction));
  await carryOut(app, phoneId, fixes);
  stop();
  expect(counts[0]).toBe(0);
  expect(counts.at(-1)).toBe(0);
  expect(counts.slice(1, -1).every((count) => count === 1)).toBe(true);
  expect(counts.length).toBeGreaterThan(3);
});

/** What a window that is opened now is told, until it is left. */
const follow = (app: Application) => {
  const left = new AbortController();
  const news: CorrectionNews[] = [];
  const all = (async () => {
    for await (const one of app.followCorrections(left.signal)) news.push(one);
  })();
  return {
    news,
    leave: () => {
      left.abort();
      return all;
    },
  };
};

describe('every window', () => {
  test('is told of corrections that another one has begun, and of the reading after each', async ({ app, phoneId }) => {
    const fixes = await fixesOf(app, phoneId);
    let late: ReturnType<typeof follow> | null = null;
    await carryOut(app, phoneId, fixes, (event) => {
      if (event.type === 'begun' && event.index === 1) late ??= follow(app);
    });
    const { news, leave } = late ?? follow(app);
    await vi.waitFor(() => expect(news.at(-1)?.doing).toBeNull());
    await leave();
    const [first] = news;
    expect(first).toMatchObject({ phoneId, doing: { kind: 'batch' }, batch: { state: 'running' } });
    expect(first?.batch?.items.slice(0, 2).map(({ state }) => state)).toEqual(['taken', 'doing']);
    expect(first?.batch?.items[0]?.change).not.toBe('');
    expect(news.at(-1)?.batch?.state).toBe('whole');
    expect(news.at(-1)?.takenAt).toBe(app.report(phoneId)?.reading.takenAt);
    expect(new Set(news.map(({ takenAt }) => takenAt)).size).toBeGreaterThan(1);
  });

  test('that is opened after the one that began them was left is told how far they came, until that was seen', async ({
    app,
    phoneId,
  }) => {
    const fixes = await fixesOf(app, phoneId);
    const page = new AbortController();
    for await (const event of app.corrections.correctAll({ phoneId, fixes }, [], page.signal)) {
      if (event.type === 'begun') break;
    }
    page.abort();
    const { news, leave } = follow(app);
    await vi.waitFor(() => expect(news.at(-1)?.doing).toBeNull());
    await leave();
    expect(news[0]).toMatchObject({ doing: { kind: 'batch' } });
    const after = follow(app);
    await vi.waitFor(() => expect(after.news).toHaveLength(1));
    await after.leave();
    const { batch } = after.news[0] ?? {};
    expect(batch?.state).toBe('cancelled');
    expect(batch?.items.filter(({ state }) => state === 'waiting')).toHaveLength(fixes.length - 1);

    app.corrections.forgetBatch(phoneId);
    const seen = follow(app);
    await vi.waitFor(() => expect(seen.news.map((one) => one.batch)).toEqual([null]));
    await seen.leave();
  });
});
