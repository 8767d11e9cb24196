import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Application } from '../../electron/app/application.ts';
import { AdbSource } from '../../native/android/reach/adb-source.ts';
import { createIphoneSource } from '../../native/ios/reach/iphone-source.ts';
import { createSample } from '../../native/samples/android/profiles.ts';
import { sampleIphone } from '../../native/samples/ios/sample-iphones.ts';
import { startAdbServer } from './android/adb-server.ts';
import { startSimulatedPhone } from './android/simulated-adbd.ts';
import { builtLibraryProcess } from './ios/built-library-process.ts';
import { SimulatedIphone } from './ios/simulated-iphone.ts';
import { startSimulatedUsbmuxd } from './ios/simulated-usbmuxd.ts';
import { phoneSuite } from './phone-suite.ts';

/** What `npm run test:device -- SERIAL` tries on a real phone, on simulated ones. */
const newHome = () => mkdtemp(join(tmpdir(), 'phone-health-suite-'));

phoneSuite('an Android phone', async () => {
  const server = await startAdbServer();
  const phone = await startSimulatedPhone({ phone: createSample('pixel-14') });
  await server.connect(phone);
  const home = await newHome();
  const source = AdbSource.fromEnvironment({ ANDROID_ADB_SERVER_PORT: String(server.port) });
  const application = new Application({ env: { PHONE_HEALTH_HOME: home }, sources: [source] });
  return {
    application,
    phoneId: phone.address,
    end: async () => {
      await application.close();
      await server.disconnect(phone);
      await phone.stop();
      await server.stop();
      await rm(home, { recursive: true, force: true });
    },
  };
});

phoneSuite('an iPhone', async () => {
  const usbmuxd = await startSimulatedUsbmuxd();
  const phone = new SimulatedIphone(sampleIphone('low-power').create());
  usbmuxd.plug(phone);
  const home = await newHome();
  const env = { ...process.env, USBMUXD_SOCKET_ADDRESS: usbmuxd.address };
  const source = createIphoneSource({ env, entry: builtLibraryProcess });
  const application = new Application({ env: { PHONE_HEALTH_HOME: home }, sources: [source] });
  return {
    application,
    phoneId: phone.udid,
    end: async () => {
      await application.close();
      await usbmuxd.stop();
      await rm(home, { recursive: true, force: true });
    },
  };
});
