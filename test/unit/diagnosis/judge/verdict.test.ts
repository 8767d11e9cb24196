import { describe, expect, test, vi } from 'vitest';
import type { Diagnosis } from '../../../../diagnosis/diagnosis.ts';
import type { Finding, Question } from '../../../../diagnosis/finding.ts';
import { loadCatalog } from '../../../../diagnosis/load/catalog.ts';
import { judge, type JudgeOptions } from '../../../../diagnosis/judge/judge.ts';
import { appsOvertaken } from '../../../../diagnosis/judge/overtaken-proof.ts';
import { shortAnswer } from '../../../../diagnosis/judge/short-answer.ts';
import { outcomeOf, verdict as verdictOf } from '../../../../diagnosis/judge/verdict.ts';
import type { Upload } from '../../../../diagnosis/uploads/upload-state.ts';
import type { ReadingValues } from '../../../../native/reading.ts';
import { unavailable } from '../../../../native/unavailable.ts';
import { buildReading, patched } from './build-reading.ts';
import { galleryApp, healthyApp, healthyPhone, healthySamsung, photosApp, stalledPhone } from './healthy-phone.ts';

const catalog = loadCatalog();
const verdict = (patch: ReadingValues, on = stalledPhone) => judge(buildReading(patched(on, patch)), catalog).verdict;

describe('the verdict', () => {
  test.each<{ what: string; patch: ReadingValues; sentence: string }>([
    {
      what: 'a phone without a network, which is one cause and its effect',
      patch: { network: { airplaneMode: true, connected: false, validated: false } },
      sentence: 'Airplane mode is on, so nothing is uploaded.',
    },
    {
      what: 'an app that is held back',
      patch: { apps: { [photosApp]: { runAnyInBackground: 'ignore' } } },
      sentence: 'Google Photos may not run in the background, so it uploads only while it is open.',
    },
    {
      what: 'a cause that says itself what it does',
      patch: { power: { saverBeforePower: true, saverSticky: true } },
      sentence: 'Battery saver was on without the cable, so uploads wait for the charger.',
    },
    {
      what: 'a phone whose jobs say that the network and the battery hold them back, and not what they are at this computer',
      patch: { battery: { level: 9 }, network: { connected: false, transports: [], validated: false } },
      sentence:
        'Nothing on this phone is known to hold Google Photos back, and yet no photo has left for 16 hours. Most often the reason is inside the app: the questions find it.',
    },
    {
      what: 'what every phone has as sold',
      patch: {},
      sentence:
        'Nothing on this phone is known to hold Google Photos back, and yet no photo has left for 16 hours. Most often the reason is inside the app: the questions find it.',
    },
  ])('on stalled uploads is $what', ({ patch, sentence }) => {
    expect(verdict(patch)).toBe(sentence);
  });

  test('says that uploads run, how much and when, whatever else is found that could slow them', () => {
    const sentence = 'Uploads run: since the photo taken 4 hours ago, Google Photos has sent 3.4 MB in the background.';
    expect(verdict({}, healthyPhone)).toBe(sentence);
    const patch = { apps: { [photosApp]: { runAnyInBackground: 'ignore', bucket: 45 } } } as const;
    const diagnosis = judge(buildReading(patched(healthyPhone, patch)), catalog);
    expect(diagnosis.verdict).toBe(sentence);
    expect(diagnosis.steps).toEqual([]);
    expect(diagnosis.findings.find(({ cause }) => cause === 'background-restricted')?.status).toBe('problem');
  });

  test('says what is known where the phone does not tell what it sent, and asks for a test photo', () => {
    const silent = { apps: { [photosApp]: { sentBuckets: unavailable('timeout', 'No answer.') } } };
    const diagnosis = judge(buildReading(patched(healthyPhone, silent)), catalog);
    expect(diagnosis.verdict).toBe(
      'Nothing that was read is known to hold Google Photos back; whether photos leave is not known. A test photo shows it.',
    );
    expect(diagnosis.steps[0]).toMatchObject({ cause: 'upload-stalled', correction: 'test-photo' });
    const held = patched(patched(healthyPhone, silent), { apps: { [photosApp]: { stopped: true } } });
    expect(judge(buildReading(held), catalog).verdict).toBe(
      'Google Photos was stopped and not opened since, so nothing is uploaded.',
    );
    const saver = { dataPolicy: { dataSaver: true } };
    expect(verdict({ ...silent, ...saver }, healthyPhone)).toBe(
      'Data Saver is on and Google Photos is not exempt from it, which may hold uploads back.',
    );
  });

  test('counts a cause once, however many apps it has, and is about the chosen app', () => {
    const two = patched(stalledPhone, {
      apps: {
        [photosApp]: { runAnyInBackground: 'ignore', stopped: true },
        'com.microsoft.skydrive': { ...healthyApp, sentBuckets: [], mediaAccess: 'none', hibernated: true },
      },
    });
    expect(judge(buildReading(two), catalog).verdict).toBe(
      'Google Photos was stopped and not opened since, so nothing is uploaded; 1 more thing needs attention.',
    );
    expect(judge(buildReading(two), catalog, { chosen: ['com.microsoft.skydrive'] }).verdict).toBe(
      'OneDrive is hibernated because it was not used, so nothing is uploaded; 1 more thing needs attention.',
    );
  });

  test('is that of the chosen app that stands worst', () => {
    const values = patched(healthySamsung, {
      apps: { [galleryApp]: { sentBuckets: [], stopped: true } },
      photos: stalledPhone.photos ?? {},
    });
    const { verdict: sentence } = judge(buildReading(values), catalog, { chosen: [photosApp, galleryApp] });
    expect(sentence).toBe('Samsung Gallery was stopped and not opened since, so nothing is uploaded.');
  });

  test('on a phone that was not unlocked since its restart is that, also where its photos had left', () => {
    const locked = buildReading(patched(healthyPhone, { identity: { unlocked: false } }));
    const { verdict: said, uploads, steps, findings } = judge(locked, catalog);
    expect(said).toBe('The phone has not been unlocked since it was restarted, so nothing is uploaded.');
    expect(uploads.map(({ state, words }) => [state, words])).toEqual([['nothing-new', 'no new photo is waiting']]);
    expect(steps[0]).toMatchObject({ cause: 'locked-since-restart', correction: 'unlock-once' });
    expect(outcomeOf(findings, uploads, catalog)).toBe('something');
  });

  test('counts a cache that was emptied as known tomorrow, and lists it again where it is still large then', () => {
    const full = buildReading(patched(healthyPhone, { apps: { [photosApp]: { cacheBytes: 3_000_000_000 } } }));
    const cache = (hoursAgo: number) => {
      const at = new Date(Date.parse(full.takenAt) - hoursAgo * 3_600_000).toISOString();
      const { findings } = judge(full, catalog, { corrected: [{ app: photosApp, cause: 'cache-suspect', at }] });
      return findings.find(({ cause, app }) => cause === 'cache-suspect' && app === photosApp);
    };
    expect(cache(1)).toMatchObject({
      status: 'unknown',
      settling: true,
      check: ['Corrected. The phone counts this once a day: known tomorrow.'],
      corrections: [],
    });
    expect(cache(25)).toMatchObject({ status: 'possible', settling: false });
  });

  test('after a correction waits for the next photo, and a test photo that left ends the alarm at once', () => {
    const corrected = [{ app: photosApp, at: '2026-11-22T11:50:00.000Z' }];
    const after = judge(buildReading(stalledPhone), catalog, { corrected });
    expect(after.verdict).toBe(
      'Something was corrected. Whether Google Photos uploads now is known after the next photo.',
    );
    expect(after.findings.find(({ cause }) => cause === 'upload-stalled')).toMatchObject({
      status: 'unknown',
      settling: true,
      title: 'Uploads',
      check: ['Known after the next photo.'],
    });
    expect(after.findings.filter(({ status }) => status === 'problem')).toEqual([]);
    expect(after.steps).toMatchObject([{ correction: 'test-photo' }]);
    const testPhotos = [{ app: photosApp, at: '2026-11-22T11:55:00.000Z', outcome: 'uploaded' as const }];
    expect(judge(buildReading(stalledPhone), catalog, { corrected, testPhotos }).verdict).toBe(
      'Uploads run: a test photo left with Google Photos 5 minutes ago.',
    );
  });

  test('does not call a phone fine that said nothing', () => {
    expect(judge(buildReading({ apps: { [photosApp]: {} } }), catalog).verdict).toBe(
      'Nothing could be judged, because nothing that was read speaks of a backup app or of the settings that matter.',
    );
  });

  test('does not say that nothing could be judged beside a finding that rests on an answer', () => {
    const old = judge(buildReading({ identity: { securityPatch: '2023-04-01' } }), catalog);
    expect(old.findings.find(({ cause }) => cause === 'os-outdated')?.status).toBe('problem');
    expect(old.verdict).toMatch(/^Too little was read to say whether/);
  });
});

test('never says that no check could not be read: what is not known may all be asked', () => {
  const { findings, uploads } = judge(buildReading(patched(healthyPhone, { photos: { count: 1 } })), catalog);
  const right = findings.filter(({ status }) => status === 'ok').slice(0, 1);
  const question: Question = {
    text: 'Is it on?',
    where: [],
    words: { yes: 'Yes', no: 'No', 'not-sure': 'Not sure' },
    answers: ['yes', 'no', 'not-sure'],
    answer: null,
  };
  const asked = findings
    .filter(({ status, pack }) => status !== 'ok' && pack === 'backup')
    .slice(0, 2)
    .map((finding): Finding => ({ ...finding, status: 'unknown', severity: 'info', question }));
  const worst = uploads.map((upload): Upload => ({ ...upload, state: 'unknown', proof: { by: 'nothing' } }))[0] ?? null;
  const standing = { urgent: null, worst, proven: [], beside: null };
  const ways = { asks: true, tellsPhoto: true, engineIsOff: false };
  expect(asked).toHaveLength(2);
  expect(verdictOf([...right, ...asked], standing, [], ways, catalog)).toMatch(
    /^Nothing that was read is known to hold/,
  );
});

const stateOf = ({ uploads }: Diagnosis) => uploads.find(({ app }) => app === photosApp)?.state;
const readAt = (takenAt: string, values: ReadingValues) => ({ ...buildReading(values), takenAt });

describe('a test photo that left', () => {
  const left = { app: photosApp, at: '2026-11-22T11:00:00.000Z', outcome: 'uploaded' as const };
  const restricted = patched(stalledPhone, { apps: { [photosApp]: { runAnyInBackground: 'ignore' } } });
  const toneWith = (options: JudgeOptions, values = restricted): string => {
    const reading = buildReading(values);
    return shortAnswer(judge(reading, catalog, options), catalog).tone;
  };

  test('proves nothing against what was found right before it and blocks now', () => {
    const before = readAt('2026-11-22T10:00:00.000Z', stalledPhone);
    expect(toneWith({ testPhotos: [{ ...left, before }] }, stalledPhone)).toBe('good');
    expect(toneWith({ testPhotos: [{ ...left, before }] })).toBe('bad');
    // It left although the phone was like that, or nobody knows how it was.
    const alike = readAt('2026-11-22T10:00:00.000Z', restricted);
    expect(toneWith({ testPhotos: [{ ...left, before: alike }] })).toBe('good');
    expect(toneWith({ testPhotos: [left] })).toBe('good');
  });

  test('proves nothing against what was corrected before it and is wrong again', () => {
    const cameBack = [{ app: photosApp, cause: 'background-restricted', at: '2026-11-22T10:30:00.000Z' }];
    expect(toneWith({ testPhotos: [left], cameBack })).toBe('bad');
    // Read after the correction, and wrong already when the photo left.
    const before = readAt('2026-11-22T10:45:00.000Z', restricted);
    expect(toneWith({ testPhotos: [{ ...left, before }], cameBack })).toBe('good');
  });

  describe('of one of two apps that share what is to be done', () => {
    const oneDrive = 'com.microsoft.skydrive';
    const own = stalledPhone.apps?.[photosApp];
    const both = patched(stalledPhone, { apps: { [oneDrive]: { ...healthyApp, ...own } } });
    const stopped = patched(both, { apps: { [photosApp]: { stopped: true }, [oneDrive]: { stopped: true } } });
    const testPhotos = [{ ...left, before: readAt('2026-11-22T10:00:00.000Z', both) }];
    const chosen = [photosApp, oneDrive];

    test('proves nothing either, although the other app is the one that the work is told of', () => {
      const reading = buildReading(stopped);
      const told = judge(reading, catalog, { chosen, testPhotos: [left] });
      expect(told.findings.find(({ cause, app }) => cause === 'app-stopped' && app === photosApp)).toMatchObject({
        status: 'problem',
        becauseOf: [{ cause: 'app-stopped', app: oneDrive }],
      });
      expect(stateOf(told)).toBe('running');
      expect(stateOf(judge(reading, catalog, { chosen, testPhotos }))).toBe('stalled');
    });

    test('is held against the reading before it once, however much is wrong now', () => {
      const wrong = patched(stopped, { apps: { [photosApp]: { runAnyInBackground: 'ignore', suspended: true } } });
      const diagnosis = judge(buildReading(wrong), catalog, { chosen, testPhotos: [left] });
      const findingsOf = vi.fn<() => Finding[]>(() => []);
      expect(appsOvertaken(diagnosis, { testPhotos, taken: [], findingsOf })).toEqual([]);
      expect(findingsOf).toHaveBeenCalledTimes(1);
    });
  });
});
