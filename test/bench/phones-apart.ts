import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { AdbServer } from '../../native/android/reach/adb-server.ts';
import { AdbSource } from '../../native/android/reach/adb-source.ts';
import { startAdbServer, type TestAdbServer } from '../phones/android/adb-server.ts';
import type { PhoneFaults } from '../phones/android/faults.ts';

/** Android phones in a process of their own behind a real adb server, and this program's side of it. */
export interface PhonesApart {
  server: TestAdbServer;
  source: AdbSource;
  addresses: readonly string[];
  end(): Promise<void>;
}

export async function phonesApart(count: number, faults: Partial<PhoneFaults>): Promise<PhonesApart> {
  const server = await startAdbServer();
  const phones = fork(join(import.meta.dirname, 'phones-process.ts'), [String(count), JSON.stringify(faults)], {
    execArgv: [],
  });
  const ended = once(phones, 'exit');
  const [addresses] = (await once(phones, 'message')) as [string[]];
  for (const address of addresses) await server.adb('connect', address);
  const source = new AdbSource(new AdbServer({ host: '127.0.0.1', port: server.port }));
  return {
    server,
    source,
    addresses,
    end: async () => {
      await source.close();
      phones.disconnect();
      await ended;
      await server.stop();
    },
  };
}
