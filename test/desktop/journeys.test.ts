import { afterAll, describe } from 'vitest';
import { journeys, tellJourneys, type JourneyProgram } from '../window/journeys.ts';
import { bridgeClient } from './bridge-client.ts';
import { test } from './desktop-test.ts';

async function journeyProgram(page: Parameters<typeof bridgeClient>[0]): Promise<JourneyProgram> {
  const client = await bridgeClient(page);
  /** The samples that are plugged in: the first list that is told may be of before. */
  const added = new Set<string>();
  return {
    async addSample(profile) {
      const sample = await client.addSample.mutate({ profile });
      added.add(sample.phoneId);
      return sample;
    },
    async removeSample(phoneId) {
      await client.removeSample.mutate({ phoneId });
      added.delete(phoneId);
    },
    samples: () => client.samples.query(),
    phones: () =>
      new Promise((resolve, reject) => {
        const watching = client.phones.subscribe(undefined, {
          onData: ({ phones }) => {
            if (added.difference(new Set(phones.map(({ id }) => id))).size > 0) return;
            resolve(phones);
            watching.unsubscribe();
          },
          onError: reject,
        });
      }),
    snapshots: () => client.snapshots.query({}),
    headline: async (id) => (await client.snapshot.query({ id })).answer.headline,
    results: async (phoneId) => (await client.actions.query({ phoneId })).map(({ result }) => result),
  };
}

afterAll(tellJourneys);

/** The walk over every sample takes minutes with phones at their own pace: `npm run test:desktop` has it too. */
const all = process.env['PHONE_HEALTH_EVERY_JOURNEY'] === '1';

describe('the shortest way, in the desktop host', () => {
  for (const { name, timeout, walk } of journeys.filter((journey) => all || journey.timeout === undefined)) {
    test(name, timeout === undefined ? {} : { timeout }, async ({ program: { page } }) =>
      walk({ page, program: await journeyProgram(page) }),
    );
  }
});
