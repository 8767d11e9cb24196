import { array, assert as checkAll, boolean, constant, constantFrom, integer, nat, property, record } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { judgeUpload, type UploadCase } from '../../../../diagnosis/uploads/upload-verdict.ts';
import type { UploadObservation } from '../../../../diagnosis/uploads/upload-observation.ts';
import type { SentInSlot } from '../../../../native/vocabulary.ts';

const start = Date.UTC(2026, 4, 1, 10, 0);
const at = (seconds: number): string => new Date(start + seconds * 1000).toISOString();
const slot = (bytes: number, network: SentInSlot['network'] = 'wifi', from = at(0)): SentInSlot => ({
  network,
  from,
  bytes,
  received: 0,
});
const photoBytes = 3_000_000;

/** A look after so many seconds; the photo is seen after 10. */
const look = (seconds: number, changes: Partial<UploadObservation> = {}): UploadObservation => ({
  at: at(seconds),
  sent: null,
  library: null,
  transports: ['WIFI'],
  waits: [],
  jobs: 2,
  why: null,
  ...changes,
});

const android = (observations: UploadObservation[], changes: Partial<UploadCase> = {}): UploadCase => ({
  platform: 'android',
  app: 'Google Photos',
  on: null,
  photo: { seenAt: at(10), bytes: photoBytes },
  observations,
  ...changes,
});

/** Looks every five seconds from the one before the photo on, each with what the counter of the app has grown to. */
const counted = (totals: readonly number[], network: SentInSlot['network'] = 'wifi'): UploadObservation[] =>
  totals.map((bytes, index) => look(5 + index * 5, { sent: [slot(bytes, network)] }));

const exchanged = (sent: readonly number[], came: readonly number[]): UploadObservation[] =>
  sent.map((bytes, index) => look(5 + index * 5, { sent: [{ ...slot(bytes), received: came[index] ?? 0 }] }));

/** The same by a phone that does not tell what came in. */
const untold = (observations: UploadObservation[]): UploadObservation[] =>
  observations.map(({ sent, ...rest }) => ({
    ...rest,
    sent: sent?.map(({ network, from, bytes }) => ({ network, from, bytes })) ?? null,
  }));

const endOf = (observations: readonly UploadObservation[]): string => observations.at(-1)?.at ?? at(0);
const judged = (observations: UploadObservation[], changes: Partial<UploadCase> = {}, now = endOf(observations)) =>
  judgeUpload(android(observations, changes), now);

describe('on an Android phone a photo', () => {
  test('of which the app sent every byte since it was taken is uploaded', () => {
    expect(judged(counted([500, 1_000_500, 2_000_500, 3_040_500]))).toEqual({
      outcome: 'uploaded',
      sentence: 'Google Photos sent 3.0 MB since the photo, which has 3.0 MB: backups run.',
      waitsFor: [],
      sentBytes: { wifi: 3_040_000, mobile: 0, vpn: 0, other: 0 },
      photosSent: null,
    });
  });

  test('is uploaded across the end of a slot of the counters, and across looks that told nothing', () => {
    const next = at(3600);
    const observations = [
      look(5, { sent: [slot(100)] }),
      look(10, { sent: [slot(1_500_000)] }),
      look(15, { why: 'No answer.' }),
      look(20, { sent: [slot(1_600_000), slot(1_500_000, 'wifi', next)] }),
    ];
    expect(judged(observations).outcome).toBe('uploaded');
  });

  test('is not uploaded by what may be acknowledgements, where the phone does not tell how much came in', () => {
    const looks = counted([0, 1_600_000, 3_200_000, 4_800_000]);
    expect(judged(looks).outcome).toBe('uploaded');
    expect(judged(untold(looks)).outcome).toBe('unknown');
  });

  test('is not uploaded by the acknowledgements of a large download, nor is it proven that it stayed', () => {
    const received = [0, 40_000_000, 80_000_000, 120_000_000];
    expect(judged(exchanged([0, 1_600_000, 3_200_000, 4_800_000], received))).toMatchObject({
      outcome: 'unknown',
      sentence:
        'Google Photos receives so much that a photo cannot be told from it. Watch another one when that is over.',
    });
    const both = [0, 40_000_000, 80_000_000, 80_000_000];
    expect(judged(exchanged([0, 3_600_000, 7_200_000, 8_300_000], both)).outcome).toBe('uploaded');
  });

  test('of which a part left a moment ago is being sent; when the rest does not follow, nobody can tell', () => {
    const observations = counted([0, 400_000, 900_000]);
    expect(judged(observations)).toMatchObject({
      outcome: 'sending',
      sentence: 'Google Photos is sending: 900 kB of 3.0 MB by now.',
    });
    const stopped = [...observations, look(300, { sent: [slot(900_000)] })];
    expect(judged(stopped)).toMatchObject({
      outcome: 'unknown',
      sentence:
        'Google Photos sent 900 kB of 3.0 MB and then stopped: either it sends photos smaller than they are, or it broke off. Look for the photo in the app.',
    });
  });

  test('is not sent while the job waits, and the verdict says for what', () => {
    const waits = [{ id: 'BATTERY_NOT_LOW', words: 'a fuller battery' }];
    const observations = [0, 5, 300, 610].map((seconds) => look(seconds, { sent: [slot(700)], waits }));
    expect(judged(observations)).toEqual({
      outcome: 'nothing-sent',
      sentence: 'Nothing was sent in 10 minutes, because the job waits for a fuller battery.',
      waitsFor: waits,
      sentBytes: { wifi: 0, mobile: 0, vpn: 0, other: 0 },
      photosSent: null,
    });
  });

  test.each([
    [{ waits: [], jobs: 2 }, 'although nothing holds its jobs back'],
    [{ waits: [], jobs: 0 }, 'Google Photos has no work scheduled'],
    [{ waits: null, jobs: null }, 'What it waits for, the phone did not tell.'],
  ])('that is not sent for no reason that the phone gives is told as such: %o', (changes, words) => {
    const observations = [0, 5, 300].map((seconds) => look(seconds, { sent: [slot(700)], ...changes }));
    expect(judged(observations)).toMatchObject({ outcome: 'nothing-sent', waitsFor: [] });
    expect(judged(observations).sentence).toContain(words);
  });

  test('whose bytes left before it was seen to be there counts them, those before the last look without it not', () => {
    const sent = [slot(9_000_000)];
    expect(judged([look(5, { sent }), look(10, { sent }), look(60, { sent })]).outcome).toBe('nothing-sent');
    expect(judged([look(5, { sent: [slot(0)] }), look(10, { sent }), look(60, { sent })]).outcome).toBe('uploaded');
  });

  test('is unknown where what was sent before it is not known, unless as much left afterwards', () => {
    const late = [look(5), ...[15, 20].map((seconds) => look(seconds, { sent: [slot(100)] }))];
    expect(judged(late)).toMatchObject({
      outcome: 'unknown',
      sentence: 'What Google Photos sent right after the photo is not known, so nothing can be said.',
    });
    const sent = [...late, look(25, { sent: [slot(3_100_000)] })];
    expect(judged(sent).outcome).toBe('uploaded');
  });

  test('is unknown where the phone went silent, with its own words', () => {
    const silent = [
      look(5, { sent: [slot(0)] }),
      look(10, { sent: [slot(0)] }),
      look(300, { why: 'No answer in 15 s.' }),
    ];
    expect(judged(silent)).toMatchObject({
      outcome: 'unknown',
      sentence: 'Nothing was sent at first, but the phone told nothing for the last 4 minutes. No answer in 15 s.',
    });
    expect(judged([look(5, { why: 'Denied.' }), look(20, { why: 'Denied.' })])).toMatchObject({
      outcome: 'unknown',
      sentence: 'Whether anything was sent cannot be told. Denied.',
      sentBytes: null,
    });
    expect(judgeUpload(android([]), at(20)).outcome).toBe('unknown');
  });

  test('that is too small to be told from polling, or of unknown size, is never called uploaded', () => {
    const observations = counted([0, 60_000, 120_000]);
    expect(judged(observations, { photo: { seenAt: at(10), bytes: 50_000 } })).toMatchObject({
      outcome: 'unknown',
      sentence:
        'The photo has only 50 kB: too little to be told from what Google Photos sends anyway. Take another one.',
    });
    const large = counted([0, 4_000_000]);
    expect(judged(large, { photo: { seenAt: at(10), bytes: null } }, at(200)).outcome).toBe('unknown');
  });
});

describe('the network that was asked for', () => {
  test('is told apart: bytes over Wi-Fi are none over mobile data', () => {
    const observations = counted([0, 3_100_000]);
    expect(judged(observations, { on: 'wifi' }).outcome).toBe('uploaded');
    expect(judged(observations, { on: 'mobile' })).toMatchObject({
      outcome: 'unknown',
      sentence:
        'The phone was not on mobile data, so that was not tried. Switch Wi-Fi off on the phone and take another photo.',
    });
  });

  test('that the phone was on and sent nothing over is judged', () => {
    const waits = [{ id: 'CONNECTIVITY', words: 'a Wi-Fi that is not metered' }];
    const observations = [5, 10, 130].map((seconds) =>
      look(seconds, { sent: [slot(100, 'mobile')], transports: ['CELLULAR'], waits }),
    );
    expect(judged(observations, { on: 'mobile' })).toMatchObject({
      outcome: 'nothing-sent',
      sentence:
        'Nothing was sent over mobile data in 2 minutes, because the job waits for a Wi-Fi that is not metered.',
    });
  });

  test('cannot be told through a VPN', () => {
    const observations = counted([0, 3_100_000], 'vpn');
    expect(judged(observations, { on: 'wifi' }).sentence).toContain('A VPN carries what Google Photos sends');
    expect(judged(observations).outcome).toBe('uploaded');
  });
});

const twice = (bytes: number) => [slot(bytes, 'vpn'), slot(bytes, 'wifi')];

test('bytes that stand under a VPN and again under the Wi-Fi below it count once', () => {
  const observations = [0, 800_000, 1_600_000].map((bytes, index) => look(5 + index * 5, { sent: twice(bytes) }));
  expect(judged(observations)).toMatchObject({
    outcome: 'sending',
    sentence: expect.stringContaining('1.6 MB of 3.0 MB'),
  });
});

const library = (total: number, waiting: number, other = 0) => ({ total, waiting, other });
const iphone = (
  libraries: readonly (ReturnType<typeof library> | null)[],
  changes: Partial<UploadObservation> = {},
): UploadCase =>
  android(
    libraries.map((one, index) => look(index * 20, { library: one, transports: null, jobs: null, ...changes })),
    { platform: 'ios', app: 'iCloud Photos' },
  );
const judgedIphone = (upload: UploadCase) => judgeUpload(upload, endOf(upload.observations));

describe('on an iPhone a photo', () => {
  test('is uploaded when it is in the library and nothing waits any more', () => {
    expect(judgedIphone(iphone([library(100, 0), library(101, 1), library(101, 0)]))).toMatchObject({
      outcome: 'uploaded',
      photosSent: 1,
    });
  });

  test('is being sent while the backlog falls', () => {
    expect(judgedIphone(iphone([library(5000, 1234), library(5001, 1223), library(5001, 1211)]))).toMatchObject({
      outcome: 'sending',
      sentence: 'iCloud Photos is sending: 23 photos went to iCloud since the photo, 1211 wait.',
      photosSent: 23,
    });
  });

  test('is not sent while the backlog is frozen, with the reasons that the iPhone gives, or that it gives none', () => {
    const frozen = [library(5000, 1234), library(5001, 1235), library(5001, 1235)];
    expect(judgedIphone(iphone(frozen))).toMatchObject({
      outcome: 'nothing-sent',
      sentence: 'Nothing was sent in 30 seconds. The iPhone gives no reason; a restart has helped others.',
      photosSent: 0,
    });
    const waits = [{ id: 'power.lowPowerMode', words: 'the end of Low Power Mode' }];
    expect(judgedIphone(iphone(frozen, { waits }))).toMatchObject({
      sentence: 'Nothing was sent in 30 seconds, because it waits for the end of Low Power Mode.',
      waitsFor: waits,
    });
  });

  test('is not sent where iCloud Photos is off, although nothing is counted then', () => {
    const waits = [{ id: 'icloud.photosEnabled', words: 'iCloud Photos to be switched on' }];
    expect(judgedIphone(iphone([null, null], { waits }))).toMatchObject({ outcome: 'nothing-sent', waitsFor: waits });
  });

  test.each([
    ['waiting photos are deleted', [library(5000, 1234), library(4900, 1134), library(4900, 1134)]],
    ['photos come down from iCloud', [library(5000, 1234), library(5100, 1234), library(5200, 1235)]],
  ])('is not sent when only %s', (_what, libraries) => {
    expect(judgedIphone(iphone(libraries)).outcome).toBe('nothing-sent');
  });

  test('is unknown where nobody can count, or the library does not have it yet', () => {
    expect(judgedIphone(iphone([null, null, null], { why: 'The database is damaged.' })).outcome).toBe('unknown');
    expect(judgedIphone(iphone([library(100, 0), library(100, 0)])).outcome).toBe('unknown');
  });
});

const network = constantFrom('wifi', 'mobile', 'vpn', 'other' as const);
const steps = array(
  record({ ms: integer({ min: 1_000, max: 60_000 }), bytes: nat(1_500_000), network, told: boolean() }),
  { minLength: 1, maxLength: 60 },
);

/** Looks whose counters grow as the steps say; one that is not told leaves a hole. */
function grown(list: readonly { ms: number; bytes: number; network: SentInSlot['network']; told?: boolean }[]) {
  const totals = { wifi: 0, mobile: 0, vpn: 0, other: 0 };
  let seconds = 5;
  const slots = () => (['wifi', 'mobile', 'vpn', 'other'] as const).map((name) => slot(totals[name], name));
  return [
    look(seconds, { sent: slots() }),
    ...list.map((step) => {
      seconds += step.ms / 1000;
      totals[step.network] += step.bytes;
      return look(seconds + 5, { sent: step.told === false ? null : slots() });
    }),
  ];
}

describe('whatever is seen', () => {
  test('fewer bytes than the photo has are never an upload', () => {
    checkAll(
      property(
        steps,
        integer({ min: 1, max: 50_000_000 }),
        constantFrom(null, 'wifi', 'mobile' as const),
        (list, extra, on) => {
          const sent = list.reduce((sum, { bytes }) => sum + bytes, 0);
          const observations = grown(list);
          const photo = { seenAt: at(10), bytes: sent + extra };
          expect(judged(observations, { photo, on }).outcome).not.toBe('uploaded');
        },
      ),
    );
  });

  test('polling of a few kilobytes is never an upload and never sending, however long it goes on', () => {
    const polls = array(record({ ms: integer({ min: 1_000, max: 30_000 }), bytes: nat(8 * 1024), network }), {
      minLength: 1,
      maxLength: 400,
    });
    checkAll(
      property(polls, integer({ min: 1, max: 10_000_000 }), (list, bytes) => {
        const { outcome } = judged(grown(list), { photo: { seenAt: at(10), bytes } });
        expect(['nothing-sent', 'unknown']).toContain(outcome);
      }),
    );
  });

  test('what was sent before the photo proves nothing', () => {
    checkAll(
      property(nat(1_000_000_000), network, (before, name) => {
        const observations = [5, 10, 60].map((seconds) => look(seconds, { sent: [slot(before, name)] }));
        expect(judged(observations).outcome).toBe('nothing-sent');
      }),
    );
  });

  test('a phone that tells nothing is unknown, whatever its jobs wait for', () => {
    const waits = constantFrom<UploadObservation['waits'][]>(null, [], [{ id: 'IDLE', words: 'rest' }]);
    checkAll(
      property(array(record({ seconds: nat(1000), waits })), (list) => {
        const observations = list
          .map(({ seconds, waits: held }) => look(seconds, { waits: held }))
          .toSorted((a, b) => a.at.localeCompare(b.at));
        expect(judged(observations, {}, at(1000)).outcome).toBe('unknown');
      }),
    );
  });

  test('an upload of the whole photo at any pace worth the name is seen', () => {
    const chunks = array(
      record({
        ms: constant(5_000),
        bytes: integer({ min: 60_000, max: 900_000 }),
        network: constant('wifi' as const),
      }),
      { minLength: 3, maxLength: 40 },
    );
    checkAll(
      property(chunks, (list) => {
        const bytes = list.reduce((sum, one) => sum + one.bytes, 0);
        expect(judged(grown(list), { photo: { seenAt: at(10), bytes } }).outcome).toBe('uploaded');
      }),
    );
  });
});
