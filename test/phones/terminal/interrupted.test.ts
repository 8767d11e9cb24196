import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { createSample } from '../../../native/samples/android/profiles.ts';
import { startAdbServer, type TestAdbServer } from '../android/adb-server.ts';
import { startSimulatedPhone } from '../android/simulated-adbd.ts';
import { runCli, startCli } from './run-cli.ts';

const oneDrive = 'com.microsoft.skydrive';
const path = (leaf: string) => `apps.com·microsoft·skydrive.${leaf}`;
const former = { [path('mediaAccess')]: 'partial', [path('imagesGranted')]: false, [path('videosGranted')]: false };
const corrected = { [path('mediaAccess')]: 'full', [path('imagesGranted')]: true, [path('videosGranted')]: true };

let server: TestAdbServer;
beforeAll(async () => {
  server = await startAdbServer();
});
afterAll(() => server.stop());

/** Runs the command line and stops reading its messages after the first. */
async function runDeaf(args: readonly string[], env: NodeJS.ProcessEnv): Promise<number | null> {
  const child = startCli(args, env);
  child.stderr?.once('data', () => child.stderr?.destroy());
  child.stdout?.resume();
  const [code] = (await once(child, 'close')) as [number | null];
  return code;
}

async function bench() {
  const phone = await startSimulatedPhone({ phone: createSample('pixel-14') });
  const home = await mkdtemp(join(tmpdir(), 'phone-health-'));
  onTestFinished(async () => {
    await server.disconnect(phone);
    await phone.stop();
    await rm(home, { recursive: true, force: true });
  });
  await server.connect(phone);
  const env = {
    ANDROID_ADB_SERVER_PORT: String(server.port),
    ADB_SERVER_SOCKET: '',
    USBMUXD_SOCKET_ADDRESS: `UNIX:${join(home, 'no-usbmuxd')}`,
    PHONE_HEALTH_HOME: home,
  };
  return { phone, env, cli: (...args: string[]) => runCli(args, env) };
}

test('a correction whose cable is pulled between its commands is told at every plug-in until it is finished', async () => {
  const { phone, cli } = await bench();
  const serial = phone.address;
  phone.faults.before = { command: 'READ_MEDIA_VIDEO', act: () => void phone.pullCable() };
  const cut = await cli('fix', serial, 'photos-permission-partial', '--app', oneDrive, '--yes', '--json');
  expect(cut.code).toBe(4);
  expect(JSON.parse(cut.stdout)).toMatchObject({ action: '1', result: 'unverified', before: former, after: {} });
  expect(cut.stderr).toContain('phone-health finish 1, or put it back: phone-health undo 1');

  await phone.plugIn();
  await server.connectAgain(phone);
  const offer = `${serial}: action 1 was interrupted before it was verified: `;
  expect((await cli('phones', '--json')).stderr).toContain(offer);
  const scan = await cli('scan', serial, '--json');
  expect(scan.stderr).toContain(offer);
  expect(JSON.parse(scan.stdout)).toMatchObject({ phone: { id: serial } });

  const images = `pm grant --user 0 ${oneDrive} android.permission.READ_MEDIA_IMAGES`;
  expect(JSON.parse((await cli('actions', serial, '--json')).stdout)).toMatchObject([
    {
      id: '1',
      phone: serial,
      who: userInfo().username,
      cause: 'photos-permission-partial',
      app: oneDrive,
      commands: [images, images.replace('IMAGES', 'VIDEO')],
      inverse: [images.replace('grant', 'revoke').replace('IMAGES', 'VIDEO'), images.replace('grant', 'revoke')],
      before: former,
      result: 'unverified',
      interrupted: true,
      undoable: true,
    },
  ]);
  const listed = await cli('actions');
  expect(listed.stdout).toContain('Finish it: phone-health finish 1, or put it back: phone-health undo 1');

  const finished = await cli('finish', '1', '--json');
  expect(finished.code).toBe(0);
  expect(JSON.parse(finished.stdout)).toMatchObject({ result: 'taken', before: former, after: corrected });
  expect((await cli('scan', serial, '--json')).stderr).not.toContain('action 1');
  expect(await cli('finish', '1')).toMatchObject({ code: 0, stdout: '' });

  expect((await cli('undo', '1')).code).toBe(0);
  expect(JSON.parse((await cli('actions', '--json')).stdout)).toMatchObject([
    { id: '1', result: 'undone', before: former, after: former, interrupted: false, undoable: false },
  ]);
  expect((await cli('actions', 'another-phone')).stderr).toContain('No correction was carried out yet.');
}, 180_000);

test('a correction whose messages nobody reads any more is brought to its end', async () => {
  const { phone, env, cli } = await bench();
  const fix = ['fix', phone.address, 'photos-permission-partial', '--app', oneDrive, '--yes'];
  expect(await runDeaf(fix, env)).toBe(0);
  expect(JSON.parse((await cli('actions', '--json')).stdout)).toMatchObject([{ result: 'taken', after: corrected }]);
});
