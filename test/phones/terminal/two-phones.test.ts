import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { createSample } from '../../../native/samples/android/profiles.ts';
import { startAdbServer, type TestAdbServer } from '../android/adb-server.ts';
import { startSimulatedPhone } from '../android/simulated-adbd.ts';
import { runCli } from './run-cli.ts';

const photos = 'com.google.android.apps.photos';

let server: TestAdbServer;
beforeAll(async () => {
  server = await startAdbServer();
});
afterAll(() => server.stop());

test('two phones with one serial are two phones: each is called by its own id, and the bare serial asks which', async () => {
  const first = await startSimulatedPhone({ phone: createSample('pixel-14') });
  const home = await mkdtemp(join(tmpdir(), 'phone-health-'));
  const serial = first.address;
  const env = {
    ANDROID_ADB_SERVER_PORT: String(server.port),
    ADB_SERVER_SOCKET: '',
    USBMUXD_SOCKET_ADDRESS: `UNIX:${join(home, 'no-usbmuxd')}`,
    PHONE_HEALTH_HOME: home,
  };
  const cli = (...args: string[]) => runCli(args, env);
  await server.connect(first);
  const fixed = await cli('fix', serial, 'battery-optimized', '--app', photos, '--yes', '--json');
  expect(JSON.parse(fixed.stdout)).toMatchObject({ action: '1', result: 'taken' });

  await first.pullCable();
  const second = await startSimulatedPhone({ phone: createSample('samsung-16'), port: first.port });
  onTestFinished(async () => {
    await server.disconnect(second);
    await second.stop();
    await first.stop();
    await rm(home, { recursive: true, force: true });
  });
  await server.connectAgain(second);

  // The former values of the first are none of the second's.
  const undo = await cli('undo', '1');
  expect(undo).toMatchObject({ code: 3, stdout: '' });
  expect(undo.stderr).toContain('Another phone');

  // A serial that only one is known by is still a name for the one that is plugged in.
  const scanned = await cli('scan', serial, '--save', '--json');
  expect(JSON.parse(scanned.stdout)).toMatchObject({ phone: { id: `${serial}~2`, manufacturer: 'samsung' } });
  expect(JSON.parse((await cli('phones', '--json')).stdout)).toMatchObject([{ id: `${serial}~2` }]);

  const asked = await cli('actions', serial, '--json');
  expect(asked).toMatchObject({ code: 2, stdout: '' });
  expect(asked.stderr).toContain(`${serial}~1  Pixel 8`);
  expect(asked.stderr).toContain(`${serial}~2  Galaxy S25+`);
  expect((await cli('scan', serial)).code).toBe(2);
  expect(JSON.parse((await cli('actions', `${serial}~1`, '--json')).stdout)).toMatchObject([
    { id: '1', phone: `${serial}~1` },
  ]);
  expect(JSON.parse((await cli('actions', `${serial}~2`, '--json')).stdout)).toEqual([]);
  expect((await cli('fix', `${serial}~1`, 'battery-optimized', '--app', photos, '--yes')).code).toBe(3);
  expect((await cli('fix', `${serial}~2`, 'battery-optimized', '--app', 'com.example.nothing', '--yes')).code).toBe(2);
}, 240_000);

test('what an owner chose since is written over on the command line only with --overwrite', async () => {
  const phone = await startSimulatedPhone({ phone: createSample('pixel-14') });
  const home = await mkdtemp(join(tmpdir(), 'phone-health-'));
  onTestFinished(async () => {
    await server.disconnect(phone);
    await phone.stop();
    await rm(home, { recursive: true, force: true });
  });
  await server.connect(phone);
  const env = { ANDROID_ADB_SERVER_PORT: String(server.port), ADB_SERVER_SOCKET: '', PHONE_HEALTH_HOME: home };
  const cli = (...args: string[]) => runCli(args, env);
  const set = (mode: string) => phone.model.run(['cmd', 'appops', 'set', photos, 'RUN_ANY_IN_BACKGROUND', mode]);
  set('ignore');
  expect((await cli('fix', phone.address, 'background-restricted', '--app', photos, '--yes')).code).toBe(0);
  set('deny');
  phone.model.state.build.incremental = '99999999';
  const unasked = await cli('undo', '1', '--overwrite');
  expect(unasked).toMatchObject({ code: 2, stdout: '' });
  expect(unasked.stderr).toContain('--same-phone');
  const refused = await cli('undo', '1', '--same-phone');
  expect(refused).toMatchObject({ code: 2, stdout: '' });
  expect(refused.stderr).toContain('--overwrite');
  const mode = () => phone.model.run(['cmd', 'appops', 'get', photos, 'RUN_ANY_IN_BACKGROUND']).stdout;
  expect(mode()).toContain('deny');
  expect((await cli('undo', '1', '--same-phone', '--overwrite')).code).toBe(0);
  expect(mode()).toContain('ignore');
}, 240_000);
