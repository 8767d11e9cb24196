import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Application } from '../../../../../electron/app/application.ts';
import type { CheckIn } from '../../../../../electron/app/attendance/attendance.ts';
import type { TestPhotoReport } from '../../../../../electron/app/proof/test-photo-report.ts';
import type { Capture } from '../../../../../native/capture.ts';
import type { CaptureOptions, PhoneList } from '../../../../../native/source.ts';
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

let home: string;
let phones: CableSource;
let app: Application;
let phoneId: string;
let now: number;
beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'watching-'));
  phones = new CableSource();
  phoneId = await phones.samples.add('pixel-14');
  now = Date.now();
  const clock = { now: () => new Date(now), sleep: () => Promise.resolve() };
  app = new Application({ env: { PHONE_HEALTH_HOME: home }, sources: [phones], clock });
});
afterEach(async () => {
  await app.close();
  await phones.samples.close();
  rmSync(home, { recursive: true });
});

const testPhoto = (verdict: TestPhotoReport['verdict']): TestPhotoReport => ({
  testPhoto: '1',
  phone: phoneId,
  app: photos,
  appName: 'Google Photos',
  on: null,
  photo: { seenAt: new Date(now).toISOString(), bytes: 3_000_000 },
  minutes: 2,
  startedAt: new Date(now).toISOString(),
  endedAt: new Date(now).toISOString(),
  verdict,
  sentence: 'It is told in a sentence.',
  brokenOff: null,
  waitsFor: [],
  sentBytes: null,
  photosSent: null,
  observations: [],
});

/** The next look at a phone; `meanwhile` brings it about. */
async function nextCheckIn(meanwhile: () => Promise<void>): Promise<CheckIn> {
  const { promise, resolve } = Promise.withResolvers<CheckIn>();
  const stop = app.attendance.attend(resolve);
  await meanwhile();
  const checkIn = await promise;
  stop();
  return checkIn;
}

async function correct(): Promise<void> {
  await app.corrections.correct(
    { phoneId, cause: 'battery-optimized', app: photos, correction: null },
    () => undefined,
    () => Promise.resolve(true),
  );
}

describe('an app that is watched', () => {
  test('gets a point from every scan, and is not watched twice', async () => {
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

  test('is resolved by a photo that arrives on each of three days, and relapses when one does not', async () => {
    await app.scan({ phoneId, save: false });
    app.watching.start({ phoneId, app: photos });
    for (const verdict of ['uploaded', 'uploaded', 'uploaded', 'nothing-sent'] as const) {
      app.watching.seeTestPhoto(testPhoto(verdict));
      now += dayMs;
    }
    now -= dayMs;
    expect(app.watching.list(phoneId)[0]).toMatchObject({ state: 'relapsed', goodRow: 0 });
  });

  test('is remembered once a day, until the phone was looked at', async () => {
    await app.scan({ phoneId, save: false });
    app.watching.start({ phoneId, app: photos });
    expect(app.watching.reminders()).toEqual([]);
    now += dayMs;
    const [due] = app.watching.reminders();
    expect(due).toMatchObject({ phoneId, title: 'Plug Pixel 8 in: Google Photos is watched' });
    await app.scan({ phoneId, save: false });
    expect(app.watching.reminders()).toEqual([]);
    now += dayMs;
    app.watching.end(app.watching.list(phoneId)[0]?.id ?? '');
    expect(app.watching.reminders()).toEqual([]);
  });

  test('needs a scan, and an app that the phone tells of', async () => {
    expect(() => app.watching.start({ phoneId, app: photos })).toThrow('This phone was not scanned');
    const { phoneId: iphone } = await app.addSample('healthy');
    await app.scan({ phoneId: iphone, save: false });
    expect(() => app.watching.start({ phoneId: iphone, app: 'com.google.photos' })).toThrow('of no other app');
  });
});

describe('a phone that is plugged in', () => {
  test('is looked at by itself where it was corrected, and tells what came back', async () => {
    await correct();
    const right = await nextCheckIn(() => Promise.resolve());
    expect(right).toMatchObject({ phoneId, drift: [], points: [], interrupted: [] });

    await phones.samples.run(phoneId, ['cmd', 'deviceidle', 'whitelist', `-${photos}`]);
    await phones.plug(false);
    now += dayMs;
    const wrong = await nextCheckIn(() => phones.plug(true));
    expect(wrong.drift).toMatchObject([{ cause: 'battery-optimized', state: 'reverted' }]);
    // Nothing was put right by itself.
    expect(app.corrections.list()).toHaveLength(1);
  });

  test('adds a point to its plan', async () => {
    await app.scan({ phoneId, save: false });
    app.watching.start({ phoneId, app: photos });
    const { points } = await nextCheckIn(() => Promise.resolve());
    expect(points).toMatchObject([{ occasion: 'plugged-in', judgement: { outcome: 'unknown' } }]);
    expect(app.watching.list(phoneId)[0]?.points).toHaveLength(2);
  });

  test('that is busy is looked at as soon as it is free, and every window is told, those that open later too', async () => {
    await correct();
    phones.isHeld = true;
    const seen: CheckIn[] = [];
    const stopFirst = app.attendance.attend((checkIn) => seen.push(checkIn));
    const second = nextCheckIn(() => {
      phones.isHeld = false;
      return Promise.resolve();
    });
    await second;
    expect(seen).toHaveLength(1);
    expect(await nextCheckIn(() => Promise.resolve())).toEqual(seen[0]);
    stopFirst();
  });

  test('is one visit where its cable is loose, and none where nothing is waited for', async () => {
    const seen: CheckIn[] = [];
    const stop = app.attendance.attend((checkIn) => seen.push(checkIn));
    await phones.plug(true);
    await correct();
    await phones.plug(false);
    await phones.plug(true);
    await app.scan({ phoneId, save: false });
    stop();
    expect(seen).toEqual([]);
  });
});
