import { describe, expect, test } from 'vitest';
import { decodeText, type Answer } from '../../../../../native/capture.ts';
import { scanPhone, type Ask } from '../../../../../native/android/reach/scan.ts';
import type { readCapture } from '../../../../../native/read-capture.ts';
import { askSample } from '../ask-sample.ts';
import { readAndroid } from '../../../../../native/android/read/read.ts';
import { createSample } from '../../../../../native/samples/android/profiles.ts';
import { GOOGLE_PHOTOS, ONEDRIVE, ownersCopy } from '../../../../../native/samples/android/profiles/healthy.ts';
import type { SampleState } from '../../../../../native/samples/android/state.ts';

const apps = [GOOGLE_PHOTOS, ONEDRIVE, 'app.alextran.immich'];

async function scan(change: (state: SampleState) => void, options: { notifications?: readonly string[] } = {}) {
  const phone = createSample('pixel-15', { healthy: true });
  change(phone.state);
  const asked: string[] = [];
  const capture = await scanPhone(
    phone.serial,
    askSample(phone, (command) => asked.push(command)),
    { apps, ...options },
  );
  return { asked, capture, reading: readAndroid(capture) };
}

const archive = (state: SampleState): void =>
  void Object.assign(ownersCopy(state, GOOGLE_PHOTOS), { installed: false, archivedAgoMs: 1000 });
const notify = (state: SampleState): void => {
  ownersCopy(state, GOOGLE_PHOTOS).notifications = ['Backup paused'];
  ownersCopy(state, ONEDRIVE).notifications = ['Of another app'];
};

describe('an app that is not installed', () => {
  test('is asked about no further, save for what the phone still knows of it', async () => {
    const { asked, reading } = await scan(archive);
    expect(asked.filter((command) => command.includes(GOOGLE_PHOTOS))).toEqual([`dumpsys package ${GOOGLE_PHOTOS}`]);
    expect(asked.filter((command) => command.includes('immich'))).toEqual([]);
    expect(reading.apps[GOOGLE_PHOTOS]).toMatchObject({
      installed: { value: false },
      kept: { value: true },
      archived: { value: true },
    });
    expect(reading.apps['app.alextran.immich']).toMatchObject({ installed: { value: false }, kept: { value: false } });
  });
});

const titlesIn = ({ capture }: Awaited<ReturnType<typeof scan>>) =>
  capture.answers.filter(({ probe }) => probe === 'notification-titles');

describe('the notifications of apps', () => {
  test('are not asked for, and miss nobody, before a person has allowed it', async () => {
    const done = await scan(notify);
    expect(done.asked.filter((command) => command.includes('--noredact'))).toEqual([]);
    expect(done.reading.apps[GOOGLE_PHOTOS]).not.toHaveProperty('notificationTitles');
    expect(JSON.stringify(done.capture.answers.map(({ output }) => decodeText(output)))).not.toContain('Backup paused');
  });

  test('are in the capture by the titles of the named app alone, after a yes', async () => {
    const done = await scan(notify, { notifications: [GOOGLE_PHOTOS] });
    expect(titlesIn(done).map(({ app }) => app)).toEqual([GOOGLE_PHOTOS]);
    expect(done.reading.apps[ONEDRIVE]).not.toHaveProperty('notificationTitles');
    expect(done.reading.apps[GOOGLE_PHOTOS]?.notificationTitles).toMatchObject({ value: ['Backup paused'] });
    const of = titlesIn(done).find(({ app }) => app === GOOGLE_PHOTOS);
    expect(decodeText(of?.output ?? new Uint8Array())).toBe(
      `Current Notification Manager state:\nNotificationRecord 0 0 ${GOOGLE_PHOTOS}\ntitle Backup paused\n(end)\n`,
    );
    expect(JSON.stringify(done.capture.answers.map(({ output }) => decodeText(output)))).not.toContain('Tap for more');
  });
});

const scanOf = (asksAhead: boolean) => {
  const phone = createSample('samsung-maintenance');
  return scanPhone(phone.serial, askSample(phone), { apps }, { asksAhead });
};

describe('a phone whose first user is not in front', () => {
  test('is read as the user in front, also where the first one was asked about ahead', async () => {
    const [ahead, waiting] = [await scanOf(true), await scanOf(false)];
    expect(readAndroid(ahead).identity.userId).toMatchObject({ value: 77 });
    expect(ahead.answers.map(({ command }) => command)).toEqual(waiting.answers.map(({ command }) => command));
    expect(ahead.answers.filter(({ command }) => command.includes('--user 0'))).toEqual([]);
    expect(readAndroid(ahead).apps).toEqual(readAndroid(waiting).apps);
  });
});

test('a scan of nothing but what each app is asked about asks it', async () => {
  const phone = createSample('pixel-15');
  const capture = await scanPhone(phone.serial, askSample(phone), { apps, probes: ['appops'] }, { asksAhead: true });
  expect(capture.answers.map(({ probe, app }) => [probe, app])).toEqual(apps.map((app) => ['appops', app]));
});

test('is looked at once for all answers that came meanwhile, and no more when it is cancelled', async () => {
  const phone = createSample('pixel-15');
  const stop = new AbortController();
  const looks: (AbortSignal | undefined)[] = [];
  const lookedAt = Promise.withResolvers<void>();
  const read: typeof readCapture = async (capture, says, options) => {
    looks.push(options?.signal);
    await lookedAt.promise;
    return says(capture);
  };
  const ask: Ask = async (questions, onAnswer, later) => {
    const silent = (answer: Answer): void => onAnswer({ ...answer, output: new Uint8Array(), ended: 'timeout' });
    for (const question of questions) {
      await askSample(phone)([question], silent, later);
      await Promise.resolve();
    }
    expect(questions.length).toBeGreaterThan(20);
    expect(looks).toEqual([stop.signal]);
    stop.abort();
    lookedAt.resolve();
    await later.settled();
    return { answers: [], brokenOff: { reason: 'cancelled', detail: '' } };
  };
  await scanPhone(phone.serial, ask, { apps, signal: stop.signal }, { asksAhead: true, read });
  expect(looks).toHaveLength(1);
});
