import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { createSample } from '../../../native/samples/android/profiles.ts';
import { startAdbServer, type TestAdbServer } from '../android/adb-server.ts';
import { startSimulatedPhone, type SimulatedPhone } from '../android/simulated-adbd.ts';

interface Counter {
  /** Plugged in. */
  phone: SimulatedPhone;
  /** Of a command line with this adb server and a data folder of its own. */
  env: NodeJS.ProcessEnv;
}

/** One phone, one adb server and one data folder for all tests of a file; there once they begin. */
export function counterForAll(): () => Counter {
  let server: TestAdbServer;
  let counter: Counter;
  let home: string;
  beforeAll(async () => {
    server = await startAdbServer();
    const phone = await startSimulatedPhone({ phone: createSample('pixel-14') });
    await server.connect(phone);
    home = await mkdtemp(join(tmpdir(), 'phone-health-'));
    counter = {
      phone,
      env: {
        ANDROID_ADB_SERVER_PORT: String(server.port),
        USBMUXD_SOCKET_ADDRESS: 'UNIX:/nonexistent/usbmuxd',
        PHONE_HEALTH_HOME: home,
      },
    };
  });
  afterAll(async () => {
    await counter.phone.stop();
    await server.stop();
    await rm(home, { recursive: true, force: true });
  });
  return () => counter;
}
