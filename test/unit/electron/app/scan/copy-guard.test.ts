import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Application } from '../../../../../electron/app/application.ts';
import { copyGuard, goOnWithout } from '../../../../../electron/app/scan/copy-guard.ts';
import type { ScanReport } from '../../../../../electron/app/scan/scan-report.ts';
import type { SafeCopy } from '../../../../../db/records/safe-copies.ts';
import { emptyReading, type Reading } from '../../../../../native/reading.ts';
import { promptPace } from '../../../../prompt-pace.ts';

const newest = '2026-05-17T14:03:21.000Z';
const copy: SafeCopy = {
  id: 1,
  uid: 'uid-1',
  phone: 'PIXEL1',
  ticket: null,
  folder: '/home/sam/Phone photos',
  startedAt: '2026-05-18T09:00:00.000Z',
  endedAt: '2026-05-18T10:00:00.000Z',
  whole: true,
  files: 40,
  bytes: 123_456_789,
  photoCount: 40,
  newestPhoto: newest,
};
const declined = { phone: 'PIXEL1', at: '2026-05-18T11:00:00.000Z', who: 'Sam', sentence: goOnWithout };
const noon = '2026-05-18T12:00:00.000Z';

function reading(photos: { newest: string; count: number } | null): Reading {
  const empty = emptyReading('android', noon, []);
  if (photos === null) return empty;
  const source = 'photos';
  return {
    ...empty,
    photos: { newest: { value: photos.newest, source }, count: { value: photos.count, source } },
  };
}
const same = reading({ newest, count: 40 });

test('a copy, or a word, of a moment that is still to come opens nothing: the clock was put back since', () => {
  const later = { ...copy, endedAt: '2031-01-01T10:00:00.000Z' };
  expect(copyGuard([later], { ...declined, at: '2031-01-01T11:00:00.000Z' }, same, noon).state).toBe('needed');
  expect(copyGuard([later, copy], null, same, noon).state).toBe('verified');
});

describe('the steps that may cost photos', () => {
  test.each<[string, readonly SafeCopy[], typeof declined | null, Reading, string, string]>([
    ['are kept back without a copy', [], null, same, noon, 'needed'],
    ['are open after a whole copy', [copy], null, same, noon, 'verified'],
    [
      'are open where the phone gives the second before',
      [copy],
      null,
      reading({ newest: '2026-05-17T14:03:20.000Z', count: 40 }),
      noon,
      'verified',
    ],
    ['are kept back after a copy that is not whole', [{ ...copy, whole: false }], null, same, noon, 'needed'],
    ['are open where an earlier copy was whole', [{ ...copy, whole: false }, copy], null, same, noon, 'verified'],
    ['are kept back a week later', [copy], null, same, '2026-05-25T10:00:00.000Z', 'needed'],
    ['are kept back once there is a newer photo', [copy], null, reading({ newest: noon, count: 41 }), noon, 'needed'],
    ['are kept back where an older photo came to it', [copy], null, reading({ newest, count: 41 }), noon, 'needed'],
    ['are kept back where the phone does not tell', [copy], null, reading(null), noon, 'needed'],
    ['are kept back where it did not tell when copied', [{ ...copy, newestPhoto: null }], null, same, noon, 'needed'],
    ['are open to whoever goes on without', [], declined, same, noon, 'declined'],
    ['are kept back again a day later', [], declined, same, '2026-05-19T11:00:00.000Z', 'needed'],
  ])('%s', (_what, copies, word, now, at, state) => {
    expect(copyGuard(copies, word, now, at).state).toBe(state);
  });
});

const reinstall = (report: ScanReport | null) =>
  report?.findings
    .find(({ cause, app: of }) => cause === 'reinstall' && of === 'com.google.android.apps.photos')
    ?.corrections.map(({ needsCopy, steps, locked }) => ({ needsCopy, steps: steps.length, locked }));

describe('the program', () => {
  let home: string;
  let app: Application;
  let phoneId: string;
  beforeEach(async () => {
    home = mkdtempSync(join(tmpdir(), 'copy-guard-'));
    app = new Application({ env: { PHONE_HEALTH_HOME: join(home, 'data') }, sources: [], samplePace: promptPace });
    ({ phoneId } = await app.addSample('pixel-16'));
    // To install an app anew is offered only after a test photo that did not leave.
    const { phone } = await app.scan({ phoneId, save: false });
    const at = new Date().toISOString();
    app.store.saveTestPhoto({
      phone,
      app: 'com.google.android.apps.photos',
      on: null,
      startedAt: at,
      photoSeenAt: at,
      endedAt: at,
      photoBytes: null,
      verdict: {
        outcome: 'nothing-sent',
        sentence: 'Nothing was sent.',
        waitsFor: [],
        sentBytes: null,
        photosSent: null,
      },
      brokenOff: null,
      observations: [],
    });
  });
  afterEach(async () => {
    await app.close();
    rmSync(home, { recursive: true });
  });

  const kept = [{ needsCopy: true, steps: 0, locked: 'No safe copy of the photos was made yet.' }];
  const open = [{ needsCopy: true, steps: expect.any(Number), locked: null }];

  test('gives no step that may cost photos before there is a copy, in no report and no snapshot', async () => {
    const report = await app.scan({ phoneId, save: true });
    expect(reinstall(report)).toEqual(kept);
    expect(reinstall(app.snapshotReport(report.snapshot ?? ''))).toEqual(kept);
  });

  test('gives them after a copy of a sample, and the report that is shown has them at once', async () => {
    await app.scan({ phoneId, save: true });
    const report = await app.safeCopies.run({ phoneId, folder: join(home, 'copy') });
    expect(report).toMatchObject({ whole: true, missed: [] });
    expect(report.copied.files).toBeGreaterThan(5);
    const after = reinstall(app.report(phoneId));
    expect(after).toEqual(open);
    expect(after?.[0]?.steps).toBeGreaterThan(0);
    expect(app.safeCopies.guard(phoneId).guard).toMatchObject({ state: 'verified', folder: join(home, 'copy') });
  });

  test('keeps them back again after another photo was taken', async () => {
    await app.safeCopies.run({ phoneId, folder: join(home, 'copy') });
    expect(reinstall(await app.scan({ phoneId, save: false }))).toEqual(open);
    await app.takeSamplePhoto(phoneId);
    expect(reinstall(await app.scan({ phoneId, save: false }))?.[0]).toMatchObject({
      steps: 0,
      locked: 'There are other photos on the phone than when the last safe copy was made.',
    });
  });

  test('opens them to exactly these words, and to no others', async () => {
    await app.scan({ phoneId, save: true });
    for (const words of ['yes', goOnWithout.toLowerCase(), `${goOnWithout} `]) {
      expect(() => app.safeCopies.decline(phoneId, words)).toThrow('These are not the words');
    }
    expect(reinstall(app.report(phoneId))).toEqual(kept);
    expect(reinstall(app.safeCopies.decline(phoneId, goOnWithout))).toEqual(open);
    expect(app.store.lastDeclined(phoneId)).toMatchObject({ sentence: goOnWithout });
  });
});
