import { afterAll, describe } from 'vitest';
import type { Application } from '../../electron/app/application.ts';
import { journeys, tellJourneys, type JourneyProgram } from './journeys.ts';
import { test } from './window-test.ts';

const programOf = (app: Application): JourneyProgram => ({
  addSample: (profile) => app.addSample(profile),
  removeSample: async (phoneId) => app.removeSample(phoneId),
  samples: async () => app.samples(),
  phones: async () => (await app.phones()).phones,
  snapshots: async () => app.snapshots(),
  headline: async (snapshot) => app.snapshotReport(snapshot).answer.headline,
  results: async (phoneId) => app.corrections.list(phoneId).map(({ result }) => result),
});

afterAll(tellJourneys);

// The same walks go through the desktop host in test/desktop/journeys.test.ts.
describe('the shortest way', () => {
  for (const { name, timeout, walk } of journeys) {
    test(name, timeout === undefined ? {} : { timeout }, ({ page, app }) => walk({ page, program: programOf(app) }));
  }
});
