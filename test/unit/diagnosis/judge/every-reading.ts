import { backupApps } from '../../../../diagnosis/judge/judge.ts';
import type { Catalog } from '../../../../diagnosis/load/catalog.ts';
import type { Reading } from '../../../../native/reading.ts';
import { createSample, nothingLeft, sampleProfiles } from '../../../../native/samples/android/profiles.ts';
import { sampleIphones } from '../../../../native/samples/ios/sample-iphones.ts';
import { readSample, scenarios } from './matrix-scenarios.ts';
import { readIphone } from './read-iphone.ts';

export interface NamedReading {
  name: string;
  reading: Reading;
}

async function readAll(catalog: Catalog): Promise<readonly NamedReading[]> {
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

const known = new WeakMap<Catalog, Promise<readonly NamedReading[]>>();

/**
 * Every sample with its trouble, as sold, and with nothing leaving; every other scenario of the matrix; every sample iPhone. Read once
 * for all tests that judge them; nobody changes them.
 */
export function everyReading(catalog: Catalog): Promise<readonly NamedReading[]> {
  const readings = known.get(catalog) ?? readAll(catalog);
  known.set(catalog, readings);
  return readings;
}
