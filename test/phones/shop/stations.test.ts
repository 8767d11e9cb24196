import { afterAll, beforeAll, expect, test } from 'vitest';
import { startPostgres, type PostgresServer } from '../../shop-server/postgres.ts';
import { runStations } from '../../shop-server/stations-run.ts';

let postgres: PostgresServer;

beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.remove());

// A minute of it: `npx node test/tables/shop-stations.ts`.
test('ten stations, lines torn at any byte, one offline and back, one with a wrong clock, one newer than the server: nothing lost, nothing doubled, in order', async () => {
  const told = await runStations({ postgres, stations: 10, forMs: 0, atLeast: 3, snapshotBytes: 2000 });
  expect(told).toMatchObject({ stations: 10, snapshots: 30, lost: 0, doubled: 0, outOfOrder: 0, misread: 0 });
  expect(told.torn).toBeGreaterThan(5);
  // The newer one alone was told to wait three times.
  expect(told.cutOff).toBeGreaterThan(5);
});
