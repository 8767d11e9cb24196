import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startAdbServer } from '../../phones/android/adb-server.ts';
import { elapsed, type Begun, type BenchRow, type Pair } from '../bench-row.ts';
import { runProgram, type ProgramRun } from '../run-program.ts';

interface Peers {
  phones: () => Promise<ProgramRun>;
  adbDevices: () => Promise<unknown>;
}

async function beginWith(pair: (peers: Peers) => Promise<Pair>): Promise<Begun> {
  const server = await startAdbServer();
  const home = await mkdtemp(join(tmpdir(), 'phone-health-bench-'));
  const env = { ANDROID_ADB_SERVER_PORT: String(server.port), ADB_SERVER_SOCKET: '', PHONE_HEALTH_HOME: home };
  const phones = (): Promise<ProgramRun> => runProgram(['phones', '--json'], env);
  await phones();
  return {
    pair: () => pair({ phones, adbDevices: () => server.adb('devices') }),
    end: async () => {
      await server.stop();
      await rm(home, { recursive: true, force: true });
    },
  };
}

const node = (): Promise<unknown> => promisify(execFile)(process.execPath, ['--eval', '0']);

/**
 * Through the launcher, which looks whether anything has to be built; an adb server runs. A quarter of a second is wanted where Node alone takes
 * 40 ms: on a busy computer both take longer.
 */
export const phonesTime: BenchRow = {
  id: 'phones-time',
  what: '`phone-health phones`, from its start to its end',
  against: '`node --eval 0`',
  unit: 'ms',
  aim: { timesTheLimit: 6.25 },
  runs: 11,
  begin: () => beginWith(async ({ phones }) => ({ own: (await phones()).ms, against: await elapsed(node) })),
};

/** The same against what only asks the adb server. */
export const phonesAgainstAdb: BenchRow = {
  id: 'phones-against-adb',
  what: '`phone-health phones`, from its start to its end',
  against: '`adb devices`',
  unit: 'ms',
  aim: { timesTheLimit: 60 },
  runs: 11,
  begin: () =>
    beginWith(async ({ phones, adbDevices }) => ({ own: (await phones()).ms, against: await elapsed(adbDevices) })),
};

export const phonesMemory: BenchRow = {
  id: 'phones-memory',
  what: '`phone-health phones`: the most memory of a process',
  against: '100 MiB',
  unit: 'MiB',
  aim: { timesTheLimit: 1 },
  runs: 3,
  begin: () => beginWith(async ({ phones }) => ({ own: (await phones()).peakMiB, against: 100 })),
};
