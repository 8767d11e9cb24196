import { beforeAll, describe, expect, test } from 'vitest';
import type { Diagnosis } from '../../../../diagnosis/diagnosis.ts';
import { backupApps, judge, type JudgeOptions } from '../../../../diagnosis/judge/judge.ts';
import { sayAgain } from '../../../../diagnosis/judge/say-again.ts';
import { loadCatalog } from '../../../../diagnosis/load/catalog.ts';
import type { Reading } from '../../../../native/reading.ts';
import { createSample, nothingLeft, sampleProfiles } from '../../../../native/samples/android/profiles.ts';
import { sampleIphones } from '../../../../native/samples/ios/sample-iphones.ts';
import { readSample, scenarios } from './matrix-scenarios.ts';
import { readIphone } from './read-iphone.ts';

const catalog = loadCatalog();

interface Judged {
  name: string;
  reading: Reading;
  options: JudgeOptions;
  diagnosis: Diagnosis;
}

/** Every sample with its trouble, as sold, and with nothing leaving; every scenario; every sample iPhone. */
async function readings(): Promise<{ name: string; reading: Reading }[]> {
  const android = sampleProfiles.flatMap(({ id }) => {
    const silent = createSample(id, { healthy: true });
    nothingLeft(silent.state);
    return [
      { name: id, reading: readSample(createSample(id), catalog) },
      { name: `${id} as sold`, reading: readSample(createSample(id, { healthy: true }), catalog) },
      { name: `${id}, nothing left`, reading: readSample(silent, catalog) },
    ];
  });
  const now = new Date();
  return [
    ...android,
    ...(await Promise.all(scenarios.map(async (one) => ({ name: one.name, reading: await one.read(catalog) })))),
    ...(await Promise.all(
      sampleIphones.map(async ({ id, create }) => ({
        name: `iPhone ${id}`,
        reading: await readIphone(create(now), backupApps(catalog, 'ios'), now),
      })),
    )),
  ];
}

const agoMs = (reading: Reading, ms: number): string => new Date(Date.parse(reading.takenAt) - ms).toISOString();

/** What may be known beside the reading. */
const situations: Readonly<Record<string, (reading: Reading) => JudgeOptions>> = {
  'nothing else known': () => ({}),
  'just corrected': (reading) => ({
    previous: reading,
    corrected: catalog.causes.map(({ id }) => ({ app: null, cause: id, at: agoMs(reading, 60_000) })),
  }),
  'answered with yes': (reading) => ({
    answers: catalog.causes.flatMap(({ id }) =>
      [null, ...Object.keys(reading.apps)].map((app) => ({
        cause: id,
        app,
        answer: 'yes' as const,
        at: reading.takenAt,
      })),
    ),
  }),
  'every app chosen, photos at risk': (reading) => ({
    chosen: Object.keys(reading.apps),
    photosAtRisk: 'No safe copy of the photos was made yet.',
  }),
};

const judged: Judged[] = [];
beforeAll(async () => {
  const ways = Object.entries(situations);
  // Each in one of the situations by turns.
  for (const [index, { name, reading }] of (await readings()).entries()) {
    const [situation, optionsOf] = ways[index % ways.length] ?? ['', () => ({})];
    const options = optionsOf(reading);
    judged.push({ name: `${name}, ${situation}`, reading, options, diagnosis: judge(reading, catalog, options) });
  }
}, 120_000);

describe('a diagnosis that is said again', () => {
  test('in the language it was said in, is the same to the letter', () => {
    expect(judged.length).toBeGreaterThan(200);
    for (const { name, reading, diagnosis } of judged) {
      expect(sayAgain(diagnosis, reading, catalog), name).toEqual(diagnosis);
    }
  });
});
