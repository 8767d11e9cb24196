import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Application } from '../../electron/app/application.ts';
import { phoneSuite } from '../phones/phone-suite.ts';
import { deviceVariable } from './device-variable.ts';

const phoneId = process.env[deviceVariable] ?? '';

/** The phone that is plugged in, in a data folder of its own: nothing is kept of it. */
phoneSuite(`the phone ${phoneId}`, async () => {
  const home = await mkdtemp(join(tmpdir(), 'phone-health-device-'));
  const application = new Application({ env: { ...process.env, PHONE_HEALTH_HOME: home }, leavesAdbServer: true });
  return {
    application,
    phoneId,
    end: async () => {
      await application.close();
      await rm(home, { recursive: true, force: true });
    },
  };
});
