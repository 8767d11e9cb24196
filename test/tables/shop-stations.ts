/*
 * Prints what becomes of the rows of ten stations that work for a minute over lines that are torn at random bytes, one of them offline for a
 * while, one with a wrong clock, one newer than the server: `npx node test/tables/shop-stations.ts`
 */
import { startPostgres } from '../shop-server/postgres.ts';
import { runStations } from '../shop-server/stations-run.ts';

const postgres = await startPostgres();
try {
  const told = await runStations({ postgres, stations: 10, forMs: 60_000, atLeast: 10, snapshotBytes: 30_000 });
  for (const [what, count] of Object.entries(told)) console.log(`${what.padEnd(12)} ${String(count).padStart(8)}`);
  const isRight = told.lost + told.doubled + told.outOfOrder + told.misread === 0;
  process.exitCode = isRight ? 0 : 1;
} finally {
  postgres.remove();
}
