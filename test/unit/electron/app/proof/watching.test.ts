import { describe, expect } from 'vitest';
import type { Application } from '../../../../../electron/app/application.ts';
import type { CheckIn } from '../../../../../electron/app/attendance/attendance.ts';
import type { TestPhotoReport } from '../../../../../electron/app/proof/test-photo-report.ts';
import type { Capture } from '../../../../../native/capture.ts';
import type { CaptureOptions, PhoneList } from '../../../../../native/source.ts';
import { test as application } from '../application-test.ts';
import { StandingSource } from '../standing-source.ts';

const photos = 'com.google.android.apps.photos';
const dayMs = 86_400_000;

/** A phone whose cable the test holds. */
class CableSource extends StandingSource {
  /** The phone does not let itself be read just now. */
  isHeld = false;
  private readonly watchers = new Set<(list: PhoneList) => void>();

  override watch(onChange: (list: PhoneList) => void): () => void {
    this.watchers.add(onChange);
    void this.list().then(onChange);
    return () => this.watchers.delete(onChange);
  }

  override async capture(phoneId: string, options: CaptureOptions): Promise<Capture> {
    const capture = await super.capture(phoneId, options);
    const brokenOff = { reason: 'timeout', detail: 'The phone is locked.' } as const;
    return this.isHeld ? { ...capture, answers: [], brokenOff } : capture;
  }

  async plug(isPlugged: boolean): Promise<void> {
    this.unplugged = !isPlugged;
    const list = await this.list();
    for (const watcher of this.watchers) watcher(list);
  }
}

/** A day after another, as the test lets them pass. */
class Days {
  #now = Date.now();
  readonly now = (): Date => new Date(this.#now);
  readonly sleep = (): Promise<void> => Promise.resolve();

  pass(days = 1): void {
    this.#now += days * dayMs;
  }
}

const test = application
  .extend('days', () => new Days())
  .extend('phones', ({ onTestFinished }) => {
    const phones = new CableSource();
    onTestFinished(() => phones.samples.close());
    return phones;
  })
  .override('options', ({ phones, days }) => ({ sources: [phones], clock: days }));

const testPhoto = (phoneId: string, now: Date, verdict: TestPhotoReport['verdict']): TestPhotoReport => ({
  testPhoto: '1',
  phone: phoneId,
  app: photos,
  appName: 'Google Photos',
  on: null,
  photo: { seenAt: now.toISOString(), bytes: 3_000_000 },
  minutes: 2,
  startedAt: now.toISOString(),
  endedAt: now.toISOString(),
  verdict,
  sentence: 'It is told in a sentence.',
  brokenOff: null,
  waitsFor: [],
  sentBytes: null,
  photosSent: null,
  observations: [],
});

/** The next look at a phone; `meanwhile` brings it about. */
async function nextCheckIn(app: Application, meanwhile: () => Promise<void>): Promise<CheckIn> {
  const { promise, resolve } = Promise.withResolvers<CheckIn>();
  const stop = app.attendance.attend(resolve);
  await meanwhile();
  const checkIn = await promise;
  stop();
  return checkIn;
}

async function correct(app: Application, phoneId: string): Promise<void> {
  await app.corrections.correct(
    { phoneId, cause: 'battery-optimized', app: photos, correction: null },
    () => undefined,
    () => Promise.resolve(true),
  );
}

describe('an app that is watched', () => {
  test('gets a point from every scan, and is not watched twice', async ({ app, phoneId }) => {
    await app.scan({ phoneId, save: false });
    app.watching.start({ phoneId, app: photos });
    app.watching.start({ phoneId, app: photos });
    await app.scan({ phoneId, save: false });
    const plans = app.watching.list(phoneId);
    expect(plans).toHaveLength(1);
    expect(plans[0]?.points.map(({ occasion, judgement }) => [occasion, judgement.outcome])).toEqual([
      ['scan', 'unknown'],
      ['scan', 'unknown'],
    ]);
    expect(plans[0]?.points[0]?.judgement.sentence).toBe('No new photo since the last look: take one.');
  });

  test('is resolved by a photo that arrives on each of three days, and relapses when one does not', async ({
    app,
    phoneId,
    days,
  }) => {
    await app.scan({ phoneId, save: false });
    app.watching.start({ phoneId, app: photos });
    for (const verdict of ['uploaded', 'uploaded', 'uploaded', 'nothing-sent'] as const) {
      app.watching.seeTestPhoto(testPhoto(phoneId, days.now(), verdict));
      days.pass();
    }
    days.pass(-1);
    expect(app.watching.list(phoneId)[0]).toMatchObject({ state: 'relapsed', goodRow: 0 });
  });

  test('is remembered once a day, until the phone was looked at', async ({ app, phoneId, days }) => {
    await app.scan({ phoneId, save: false });
    app.watching.start({ phoneId, app: photos });
    expect(app.watching.reminders()).toEqual([]);
    days.pass();
    const [due] = app.watching.reminders();
    expect(due).toMatchObject({ phoneId, title: 'Plug Pixel 8 in: Google Photos is watched' });
    await app.scan({ phoneId, save: false });
    expect(app.watching.reminders()).toEqual([]);
    days.pass();
    app.watching.end(app.watching.list(phoneId)[0]?.id ?? '');
    expect(app.watching.reminders()).toEqual([]);
  });

  test('needs a scan, and an app that the phone tells of', async ({ app, phoneId }) => {
    expect(() => app.watching.start({ phoneId, app: photos })).toThrow('This phone was not scanned');
    const { phoneId: iphone } = await app.addSample('healthy');
    await app.scan({ phoneId: iphone, save: false });
    expect(() => app.watching.start({ phoneId: iphone, app: 'com.google.photos' })).toThrow('of no other app');
  });
});

describe('a phone that is plugged in', () => {
  test('is looked at by itself where it was corrected, and tells what came back', async ({
    app,
    phones,
    phoneId,
    days,
  }) => {
    await correct(app, phoneId);
    const right = await nextCheckIn(app, () => Promise.resolve());
    expect(right).toMatchObject({ phoneId, drift: [], points: [], interrupted: [] });

    await phones.samples.run(phoneId, ['cmd', 'deviceidle', 'whitelist', `-${photos}`]);
    await phones.plug(false);
    days.pass();
    const wrong = await nextCheckIn(app, () => phones.plug(true));
    expect(wrong.drift).toMatchObject([{ cause: 'battery-optimized', state: 'reverted' }]);
    // Nothing was put right by itself.
    expect(app.corrections.list()).toHaveLength(1);
  });

  test('adds a point to its plan', async ({ app, phoneId }) => {
    await app.scan({ phoneId, save: false });
    app.watching.start({ phoneId, app: photos });
    const { points } = await nextCheckIn(app, () => Promise.resolve());
    expect(points).toMatchObject([{ occasion: 'plugged-in', judgement: { outcome: 'unknown' } }]);
    expect(app.watching.list(phoneId)[0]?.points).toHaveLength(2);
  });

  test('that is busy is looked at as soon as it is free, and every window is told, those that open later too', async ({
    app,
    phones,
    phoneId,
  }) => {
    await correct(app, phoneId);
    phones.isHeld = true;
    const seen: CheckIn[] = [];
    const stopFirst = app.attendance.attend((checkIn) => seen.push(checkIn));
    const second = nextCheckIn(app, () => {
      phones.isHeld = false;
      return Promise.resolve();
    });
    await second;
    expect(seen).toHaveLength(1);
    expect(await nextCheckIn(app, () => Promise.resolve())).toEqual(seen[0]);
    stopFirst();
  });

  test('is one visit where its cable is loose, and none where nothing is waited for', async ({
    app,
    phones,
    phoneId,
  }) => {
    const seen: CheckIn[] = [];
    const stop = app.attendance.attend((checkIn) => seen.push(checkIn));
    await phones.plug(true);
    await correct(app, phoneId);
    await phones.plug(false);
    await phones.plug(true);
    await app.scan({ phoneId, save: false });
    stop();
    expect(seen).toEqual([]);
  });
});
