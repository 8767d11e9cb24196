import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { safeCopyReportSchema } from '../../../electron/app/safe-copy/safe-copy-report.ts';
import { createSample } from '../../../native/samples/android/profiles.ts';
import { startAdbServer, type TestAdbServer } from '../android/adb-server.ts';
import { hashesBelow, phoneWithoutPhotos, sha256, takePhoto } from '../android/camera-roll.ts';
import { startSimulatedPhone } from '../android/simulated-adbd.ts';
import { runCli, startCli } from './run-cli.ts';

let server: TestAdbServer;

beforeAll(async () => {
  server = await startAdbServer();
});

afterAll(async () => {
  await server.stop();
});

async function bench(sample = phoneWithoutPhotos()) {
  const phone = await startSimulatedPhone({ phone: sample });
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
  const folder = join(home, 'photos');
  const args = ['copy', phone.address, '-o', folder];
  return { phone, folder, args, env, copy: (...more: string[]) => runCli([...args, ...more], env) };
}

describe('phone-health copy', () => {
  test('prints one document, and ends with 0 where every photo is verified', async () => {
    const { phone, folder, copy } = await bench();
    const content = await takePhoto(phone.files, '/sdcard/DCIM/Camera/IMG_1.jpg', 5_000);
    const run = await copy('--json');
    expect(run.code).toBe(0);
    expect(run.stderr).toContain('To be copied: 1 photo or video, 0.0 MB.');
    const report = safeCopyReportSchema.parse(JSON.parse(run.stdout));
    expect(report).toMatchObject({ whole: true, folder, copied: { files: 1, bytes: 5_000 } });
    expect(await hashesBelow(folder)).toEqual({ 'DCIM/Camera/IMG_1.jpg': sha256(content) });
    const again = await copy();
    expect(again.code).toBe(0);
    expect(again.stdout).toContain('Every photo and video of the camera is in the folder, and verified.');
    expect(again.stdout).toContain('there already:  1 files');
  });

  test('ends with 1 and names what could not be copied, harmless on a terminal', async () => {
    const { phone, copy } = await bench();
    const deep = Array.from({ length: 4 }, () => 'd'.repeat(220)).join('/');
    await takePhoto(phone.files, `/sdcard/DCIM/${deep}/\u001b[31m${'x'.repeat(200)}.jpg`, 10);
    await takePhoto(phone.files, '/sdcard/DCIM/Camera/IMG_1.jpg', 10);
    const run = await copy();
    expect(run.code).toBe(1);
    expect(run.stdout).toContain('not copied:     1 files');
    expect(run.stdout).toContain(String.raw`\u001b[31mxxx`);
    expect(run.stdout).not.toContain('\u001b[31m');
  });

  test('says why something was left out, each reason once', async () => {
    const named = createSample('pixel-14');
    const { phone, copy } = await bench(named);
    await takePhoto(phone.files, '/sdcard/DCIM/.thumbnails/1.jpg', 10);
    const { stdout } = await copy();
    const gone = named.state.media.length;
    expect(gone).toBeGreaterThan(1);
    expect(stdout).toContain(
      [
        `left out:       ${gone + 1}`,
        '  1: Small pictures that the phone makes of its photos.',
        `  ${gone}: The media index names it, but it is not there any more.`,
        '',
      ].join('\n'),
    );
    expect(stdout).not.toContain('unfinished');
  });

  test('ends with 4 where the cable is pulled, and says how to go on', async () => {
    const { phone, copy } = await bench();
    await takePhoto(phone.files, '/sdcard/DCIM/Camera/IMG_1.jpg', 500_000);
    phone.faults.cut = { command: 'sync:', afterBytes: 100_000, onCut: () => void phone.pullCable() };
    const run = await copy('--json');
    expect(run.code).toBe(4);
    expect(safeCopyReportSchema.parse(JSON.parse(run.stdout)).brokenOff?.reason).toBe('unplugged');
    expect(run.stderr).toContain('The same command goes on where it stopped.');
  });

  test('killed in the middle, leaves only whole photos, and the next copy goes on', async () => {
    const { phone, folder, args, env, copy } = await bench();
    const hashes: Record<string, string> = {};
    for (let at = 0; at < 40; at += 1) {
      const path = `DCIM/Camera/IMG_${at}.jpg`;
      hashes[path] = sha256(await takePhoto(phone.files, `/sdcard/${path}`, 300_000));
    }
    // Killed in the middle of the third megabyte of a lane, when some photos have their names and some have not.
    const child = startCli(args, env);
    const ended = new Promise((resolve) => void child.once('close', resolve));
    phone.faults.cut = { command: 'sync:', afterBytes: 1_700_000, onCut: () => void child.kill('SIGKILL') };
    await ended;
    phone.faults.cut = null;
    const present = await hashesBelow(join(folder, 'DCIM'));
    for (const [path, hash] of Object.entries(present)) expect(hashes[`DCIM/${path}`]).toBe(hash);
    await phone.pullCable();
    await server.disconnect(phone);
    await phone.plugIn();
    await server.connect(phone);
    const run = await copy('--json');
    expect(run).toMatchObject({ code: 0 });
    const report = safeCopyReportSchema.parse(JSON.parse(run.stdout));
    expect(report).toMatchObject({ whole: true, alreadyThere: { files: Object.keys(present).length } });
    expect(await hashesBelow(folder)).toEqual(hashes);
  });

  test.skipIf(!existsSync('/proc/self'))('refuses a folder where there is no place for any, at once', async () => {
    const { env, args } = await bench();
    for (const folder of ['/proc/nowhere', '/proc/nowhere/deep/photos']) {
      const child = startCli([...args.slice(0, 2), '-o', folder], env);
      onTestFinished(() => void child.kill('SIGKILL'));
      let told = '';
      child.stderr?.on('data', (chunk: Buffer) => (told += chunk.toString()));
      expect(await new Promise((resolve) => child.on('close', resolve))).toBe(3);
      expect(told).toContain(`Nothing can be written to ${folder}: there is no place for folders there.`);
    }
  });

  test('refuses an unknown phone, a folder that is a file, and a missing folder', async () => {
    const { env, args, phone } = await bench();
    await takePhoto(phone.files, '/sdcard/DCIM/Camera/IMG_1.jpg', 10);
    expect(await runCli(['copy', 'nobody', '-o', join(env.PHONE_HEALTH_HOME, 'x')], env)).toMatchObject({ code: 3 });
    expect(await runCli(args.slice(0, 2), env)).toMatchObject({ code: 2 });
    const file = join(phone.files, 'sdcard/DCIM/Camera/IMG_1.jpg');
    const before = await readFile(file);
    const run = await runCli(['copy', phone.address, '-o', file], env);
    expect(run).toMatchObject({ code: 3, stdout: '' });
    expect(run.stderr).toContain('Nothing can be written to');
    expect(await readFile(file)).toEqual(before);
  });
});
