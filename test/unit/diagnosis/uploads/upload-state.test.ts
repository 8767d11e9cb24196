import { describe, expect, test } from 'vitest';
import { outcomeOf } from '../../../../diagnosis/judge/verdict.ts';
import { judge } from '../../../../diagnosis/judge/judge.ts';
import { loadCatalog } from '../../../../diagnosis/load/catalog.ts';
import { uploadOf, type UploadFacts } from '../../../../diagnosis/uploads/upload-state.ts';
import type { SentBucket } from '../../../../native/vocabulary.ts';
import type { ReadingValues } from '../../../../native/reading.ts';
import { unavailable } from '../../../../native/unavailable.ts';
import { buildReading, patched } from '../judge/build-reading.ts';
import { healthyPhone, photosApp, stalledPhone } from '../judge/healthy-phone.ts';

const catalog = loadCatalog();
const hourMs = 3_600_000;
/** So many hours before the reading. */
const ago = (hours: number): string => new Date(Date.UTC(2026, 10, 22, 12) - hours * hourMs).toISOString();
const photo = (hours: number, bytes = 3_000_000) => ({ added: ago(hours), taken: ago(hours), bytes });
const slot = (hours: number, sentBytes: number, background = true) => ({
  network: 'wifi' as const,
  start: ago(hours),
  spanMs: 2 * hourMs,
  sentBytes,
  receivedBytes: 0,
  background,
});

const none = unavailable('missing', 'There is none.');

interface Told {
  photos: ReturnType<typeof photo>[];
  sent: SentBucket[];
  since?: string;
  until?: string;
}
const reading = ({ photos, sent, since = ago(168), until = ago(0) }: Told, more: ReadingValues = {}) =>
  buildReading(
    patched(
      patched(healthyPhone, {
        system: { clockSkewMs: 0 },
        photos: { newestPhotos: photos, newestVideos: [], count: photos.length, newest: none, newestVideo: none },
        apps: { [photosApp]: { sentBuckets: sent, sentSince: since, sentUntil: until } },
      }),
      more,
    ),
  );
const nothingKnown: UploadFacts = { previous: null, testPhotos: [], correctedAt: null, returnedAt: null };
const stateOf = (told: Told, facts: Partial<UploadFacts> = {}, more: ReadingValues = {}) =>
  uploadOf(reading(told, more), photosApp, { ...nothingKnown, ...facts }, false);

describe('uploads run', () => {
  test('where a photo that was there for two hours was followed by a megabyte in the background', () => {
    expect(stateOf({ photos: [photo(1), photo(5)], sent: [slot(4, 1_200_000)] })).toMatchObject({
      state: 'running',
      proof: { by: 'bytes', sentBytes: 1_200_000, sinceMs: 5 * hourMs },
    });
  });

  test('where less was sent than a megabyte, and as much as the photo has: apps compress', () => {
    expect(stateOf({ photos: [photo(5, 400_000)], sent: [slot(4, 420_000)] }).state).toBe('running');
    expect(stateOf({ photos: [photo(5, 3_000_000)], sent: [slot(4, 420_000)] }).state).toBe('unknown');
  });

  test('counted from the slot that holds the photo, and not from the one before', () => {
    expect(stateOf({ photos: [photo(5)], sent: [slot(6, 1_200_000)] }).state).toBe('running');
    expect(stateOf({ photos: [photo(5)], sent: [slot(8, 1_200_000)] }).state).not.toBe('running');
  });

  test('not by what an older photo of the same slot may have sent', () => {
    // The slot begins 72 hours ago; after it nothing was sent for three days.
    const [older, newer, slots] = [photo(71.9, 5_200_000), photo(70.1), [slot(72, 5_200_000)]];
    expect(stateOf({ photos: [newer, older], sent: slots }).state).not.toBe('running');
    expect(stateOf({ photos: [newer, older], sent: [slot(72, 8_300_000)] }).state).toBe('running');
    expect(stateOf({ photos: [newer, older], sent: [...slots, slot(70, 1_200_000)] }).state).toBe('running');
  });

  test('not on a phone that was not unlocked since its restart: what left before shows at most that nothing waits', () => {
    const locked = { identity: { unlocked: false } };
    const sent = [slot(4, 1_200_000)];
    expect(stateOf({ photos: [photo(5)], sent }, {}, locked)).toMatchObject({
      state: 'nothing-new',
      proof: { by: 'bytes', sentBytes: 1_200_000, sinceMs: 5 * hourMs },
    });
    expect(stateOf({ photos: [photo(1), photo(5)], sent }, {}, locked).state).toBe('unknown');
  });

  test('by no acknowledgements of a large download, which are no silence either', () => {
    // 60 MB came in, and 2.4 MB went out to say so.
    const download = [{ ...slot(4, 2_400_000), receivedBytes: 60_000_000 }];
    expect(stateOf({ photos: [photo(20)], sent: download }).state).toBe('unknown');
    const both = [{ ...slot(4, 8_400_000), receivedBytes: 60_000_000 }];
    expect(stateOf({ photos: [photo(20)], sent: both })).toMatchObject({
      state: 'running',
      proof: { by: 'bytes', sentBytes: 4_650_000 },
    });
  });

  test('by nothing of which it is not known how much came in, as in readings kept from before that was read', () => {
    const { receivedBytes: _, ...untold } = slot(4, 8_400_000);
    expect(stateOf({ photos: [photo(20)], sent: [untold] }).state).toBe('unknown');
    expect(stateOf({ photos: [photo(20)], sent: [untold, slot(2, 1_200_000)] })).toMatchObject({
      state: 'running',
      proof: { by: 'bytes', sentBytes: 1_200_000 },
    });
  });

  test('by no talk with the server, however many days of it: it never adds up to a photo', () => {
    const talk = Array.from({ length: 60 }, (_, index) => slot(2 + index * 2, 60_000));
    expect(stateOf({ photos: [photo(130)], sent: talk }).state).toBe('stalled');
  });

  test('where a test photo left, until newer photos wait', () => {
    const testPhotos = [{ app: photosApp, at: ago(20), outcome: 'uploaded' as const }];
    expect(stateOf({ photos: [photo(20)], sent: [] }, { testPhotos })).toMatchObject({
      state: 'running',
      proof: { by: 'test-photo', agoMs: 20 * hourMs },
    });
    expect(stateOf({ photos: [photo(13), photo(20)], sent: [] }, { testPhotos }).state).toBe('stalled');
    // Half an hour ago it left, three days after the only older photo: its bytes are no proof that that one left.
    const justNow = [{ app: photosApp, at: ago(0.5), outcome: 'uploaded' as const }];
    const seen = stateOf({ photos: [photo(0.5), photo(72)], sent: [slot(2, 3_300_000)] }, { testPhotos: justNow });
    expect(seen).toMatchObject({ state: 'running', proof: { by: 'test-photo', agoMs: hourMs / 2 } });
    const after = stateOf({ photos: [photo(3), photo(9)], sent: [slot(4, 3_300_000)] }, { testPhotos });
    expect(after.proof).toMatchObject({ by: 'bytes', sinceMs: 3 * hourMs });
    const locked = { identity: { unlocked: false } };
    expect(stateOf({ photos: [photo(20)], sent: [] }, { testPhotos }, locked).state).toBe('nothing-new');
    const others = [{ app: 'com.microsoft.skydrive', at: ago(20), outcome: 'uploaded' as const }];
    expect(stateOf({ photos: [photo(20)], sent: [] }, { testPhotos: others }).state).toBe('stalled');
  });

  test('by no test photo that is older than what was put back since, or than one that stayed', () => {
    const left = { app: photosApp, at: ago(20), outcome: 'uploaded' as const };
    const stayed = { app: photosApp, at: ago(1), outcome: 'nothing-sent' as const };
    const told = { photos: [photo(20)], sent: [] };
    expect(stateOf(told, { testPhotos: [left], returnedAt: ago(19) }).state).toBe('stalled');
    expect(stateOf(told, { testPhotos: [left], returnedAt: ago(21) }).state).toBe('running');
    expect(stateOf(told, { testPhotos: [left, stayed] }).state).toBe('stalled');
    const again = { ...left, at: ago(0.5) };
    expect(stateOf(told, { testPhotos: [left, stayed, again] }).state).toBe('running');
    expect(stateOf(told, { testPhotos: [left, again], returnedAt: ago(19) }).state).toBe('running');
    // What left since an older photo is the test photo itself; what left since a newer one is proof by itself.
    const justNow = [{ ...left, at: ago(0.5) }];
    const own = { photos: [photo(0.5), photo(72)], sent: [slot(2, 3_300_000)] };
    expect(stateOf(own, { testPhotos: justNow, returnedAt: ago(0.25) }).state).toBe('unknown');
    const since = { photos: [photo(5), photo(20)], sent: [slot(4, 2_000_000)] };
    expect(stateOf(since, { testPhotos: [left], returnedAt: ago(1) })).toMatchObject({
      state: 'running',
      proof: { by: 'bytes' },
    });
  });
});

describe('uploads are stalled', () => {
  test('where a photo waits for twelve hours, the record reaches back before it, and next to nothing left since', () => {
    expect(stateOf({ photos: [photo(3), photo(13)], sent: [slot(6, 20_000)] })).toMatchObject({
      state: 'stalled',
      proof: { by: 'silence', sinceMs: 13 * hourMs },
    });
    expect(stateOf({ photos: [photo(11)], sent: [] }).state).toBe('unknown');
  });

  test('never where the record begins after the photo, ends hours ago, or was not read', () => {
    expect(stateOf({ photos: [photo(13)], sent: [], since: ago(12) }).state).toBe('unknown');
    expect(stateOf({ photos: [photo(13)], sent: [], until: ago(3) }).state).toBe('unknown');
    const unread = { apps: { [photosApp]: { sentBuckets: unavailable('timeout', 'No answer.') } } };
    expect(stateOf({ photos: [photo(13)], sent: [] }, {}, unread).state).toBe('unknown');
    const blind = { photos: { count: unavailable('denied', 'No.') } };
    expect(stateOf({ photos: [], sent: [] }, {}, blind).state).toBe('unknown');
  });

  test('never where the photo left while the app was open: then nothing was left to send in the background', () => {
    expect(stateOf({ photos: [photo(13)], sent: [slot(12, 3_000_000, false)] }).state).toBe('unknown');
  });

  test('by the clock of the phone, like its photos and its counters', () => {
    const late = { system: { clockSkewMs: -24 * hourMs } };
    expect(
      stateOf({ photos: [photo(30)], sent: [slot(29, 2_000_000)], since: ago(190), until: ago(24) }, {}, late),
    ).toMatchObject({
      state: 'running',
      proof: { sinceMs: 6 * hourMs },
    });
  });
});

test('nothing new is waiting where there is no photo, or none since one that is known to have left long ago', () => {
  expect(stateOf({ photos: [], sent: [] }).state).toBe('nothing-new');
  const testPhotos = [{ app: photosApp, at: ago(300), outcome: 'uploaded' as const }];
  expect(stateOf({ photos: [photo(300)], sent: [] }, { testPhotos }).state).toBe('nothing-new');
});

test('after a correction only photos that came later count, and until then it is settling', () => {
  const correctedAt = ago(14);
  expect(stateOf({ photos: [photo(20)], sent: [] }, { correctedAt })).toMatchObject({
    state: 'unknown',
    settling: true,
  });
  expect(stateOf({ photos: [photo(13), photo(20)], sent: [] }, { correctedAt })).toMatchObject({
    state: 'stalled',
    settling: false,
  });
  expect(stateOf({ photos: [photo(5), photo(20)], sent: [slot(4, 2_000_000)] }, { correctedAt })).toMatchObject({
    state: 'running',
    settling: false,
  });
});

describe('the photo engine of an iPhone', () => {
  const icloud = 'com.apple.mobileslideshow';
  const iphone = (
    engine: NonNullable<ReadingValues['icloud']>,
    newest = ago(20),
    previous?: NonNullable<ReadingValues['icloud']>,
    facts: Partial<UploadFacts> = {},
  ) => {
    const before = previous === undefined ? null : { ...buildReading({ icloud: previous }, 'ios'), takenAt: ago(24) };
    return uploadOf(
      buildReading({ icloud: engine, photos: { newest }, apps: { [icloud]: {} } }, 'ios'),
      icloud,
      { ...nothingKnown, previous: before, ...facts },
      true,
    );
  };

  test('runs where fewer photos wait than at the last look, or where it had a session after the newest photo', () => {
    const before = { libraryCount: 4000, backlog: 90, unsyncable: 0 };
    const now = { photosEnabled: true, libraryCount: 4010, backlog: 50, unsyncable: 0 };
    expect(iphone(now, ago(20), before)).toMatchObject({ state: 'running', proof: { by: 'backlog', fell: 40 } });
    expect(iphone({ photosEnabled: true, backlog: 0, lastSync: ago(2) })).toMatchObject({
      state: 'running',
      proof: { by: 'session', agoMs: 2 * hourMs },
    });
  });

  test.each([
    ['its owner deleted them', { libraryCount: 4105, backlog: 5, unsyncable: 0 }],
    ['iCloud gave them up', { libraryCount: 4110, backlog: 5, unsyncable: 5 }],
    ['how many are in iCloud is not told', { backlog: 5 }],
  ])('does not run only because fewer photos wait: %s', (_why, now) => {
    const before = { libraryCount: 4110, backlog: 10, unsyncable: 0 };
    const paused = { photosEnabled: true, lastSync: ago(2), pausedAtPlugIn: ['battery-budget'] };
    expect(iphone({ ...paused, ...now }, ago(20), before)).toMatchObject({
      state: 'unknown',
      proof: { by: 'nothing' },
    });
  });

  test('does not run by a session where the library shows that it sent nothing', () => {
    const before = { libraryCount: 4110, backlog: 500, unsyncable: 0 };
    const session = { photosEnabled: true, lastSync: ago(1), unsyncable: 0 };
    expect(iphone({ ...session, libraryCount: 4120, backlog: 510 }, ago(20), before).state).not.toBe('running');
    expect(iphone({ ...session, libraryCount: 4120, backlog: 508 }, ago(20), before).state).toBe('running');
  });

  test('with photos waiting, does not run by a session from before something was corrected', () => {
    const engine = { photosEnabled: true, lastSync: ago(2), backlog: 1234 };
    expect(iphone(engine, ago(20), undefined, { correctedAt: ago(1) })).toMatchObject({
      state: 'unknown',
      settling: true,
    });
    expect(iphone(engine, ago(20), undefined, { correctedAt: ago(3) }).state).toBe('running');
  });

  test('is stalled where photos wait and no session came since, or where it is off', () => {
    expect(iphone({ photosEnabled: true, backlog: 12, lastSync: ago(72) }).state).toBe('stalled');
    expect(iphone({ photosEnabled: false }).state).toBe('stalled');
    expect(iphone({ photosEnabled: true, backlog: 12, lastSync: ago(72) }, ago(80)).state).toBe('stalled');
  });

  test('is unknown where it says nothing', () => {
    expect(iphone({}).state).toBe('unknown');
    expect(iphone({ photosEnabled: true, backlog: 12 }).state).toBe('unknown');
  });
});

const outcome = (values: ReadingValues, options: Parameters<typeof judge>[2] = {}) => {
  const { findings, uploads } = judge(buildReading(values), catalog, options);
  return outcomeOf(findings, uploads, catalog);
};

describe('the outcome', () => {
  const silent = { apps: { [photosApp]: { sentBuckets: unavailable('timeout', 'No answer.') } } };
  const stopped = { apps: { [photosApp]: { stopped: true } } };

  test.each<{ what: string; values: ReadingValues; is: ReturnType<typeof outcome> }>([
    { what: 'running', values: healthyPhone, is: 'nothing' },
    { what: 'running, whatever else is found', values: patched(healthyPhone, stopped), is: 'nothing' },
    { what: 'stalled without a proven cause', values: stalledPhone, is: 'something' },
    { what: 'unknown with a proven cause', values: patched(patched(healthyPhone, silent), stopped), is: 'something' },
    { what: 'unknown without one', values: patched(healthyPhone, silent), is: 'too-little' },
    { what: 'nothing read at all', values: { apps: { [photosApp]: {} } }, is: 'too-little' },
    { what: 'a text that speaks of no app', values: { identity: { securityPatch: '2023-04-01' } }, is: 'too-little' },
  ])('of $what', ({ values, is }) => {
    expect(outcome(values)).toBe(is);
  });

  test('of unknown is nothing only where every cause that blocks was read and is right', () => {
    const answers = catalog.causes
      .filter(({ question, severity }) => question !== null && severity === 'blocks')
      .map(({ id, per, question }) => ({
        cause: id,
        app: per === 'app' ? photosApp : null,
        answer: question?.yes === 'ok' ? ('yes' as const) : ('no' as const),
        at: ago(0),
      }));
    expect(outcome(patched(healthyPhone, silent), { answers })).toBe('nothing');
  });

  test('of several apps is that of the worst', () => {
    const oneDrive = 'com.microsoft.skydrive';
    const two = patched(healthyPhone, {
      apps: { [oneDrive]: { ...healthyPhone.apps?.[photosApp], sentBuckets: unavailable('timeout', 'No answer.') } },
    });
    expect(outcome(two)).toBe('nothing');
    expect(outcome(two, { chosen: [photosApp, oneDrive] })).toBe('too-little');
  });
});
