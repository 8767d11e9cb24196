import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { Application } from '../../../electron/app/application.ts';
import { AdbServer } from '../../../native/android/reach/adb-server.ts';
import { AdbSource } from '../../../native/android/reach/adb-source.ts';
import { startAdbServer, type TestAdbServer } from '../android/adb-server.ts';
import { hashesBelow, phoneWithoutPhotos, takePhoto } from '../android/camera-roll.ts';
import { startSimulatedPhone } from '../android/simulated-adbd.ts';

let server: TestAdbServer;
beforeAll(async () => {
  server = await startAdbServer();
});
afterAll(() => server.stop());

/** Lists phones only once a swap is over: whoever asks whether the phone is still there hears of one with its serial. */
class PatientServer extends AdbServer {
  swapping: Promise<void> = Promise.resolve();

  override async ask(request: string, signal: AbortSignal): Promise<string> {
    if (request === 'host:devices-l') await this.swapping;
    return super.ask(request, signal);
  }
}

const photoBytes = 3_000_000;
const photo = '/sdcard/DCIM/Camera/IMG_0.jpg';

async function bench() {
  const first = await startSimulatedPhone({ phone: phoneWithoutPhotos() });
  const root = await mkdtemp(join(tmpdir(), 'phone-health-swap-'));
  await server.connect(first);
  const phones = [first];
  const patient = new PatientServer({ host: '127.0.0.1', port: server.port });
  const app = new Application({ env: { PHONE_HEALTH_HOME: join(root, 'data') }, sources: [new AdbSource(patient)] });
  onTestFinished(async () => {
    await app.close();
    await server.disconnect(first);
    for (const phone of phones) await phone.stop();
    await rm(root, { recursive: true, force: true });
  });
  return {
    first,
    app,
    folder: join(root, 'copy'),
    /** Another phone with the same serial, which was started another time, takes its place once so many bytes of files came over one conversation. */
    swapAfter: (bytes: number): void => {
      const swap = async (): Promise<void> => {
        await first.pullCable();
        const phone = phoneWithoutPhotos();
        phone.state.restarts = 7;
        const second = await startSimulatedPhone({ phone, port: first.port });
        phones.push(second);
        await takePhoto(second.files, photo, photoBytes);
        await server.connectAgain(second);
      };
      const onCut = (): void => {
        patient.swapping = swap();
      };
      first.faults.cut = { command: 'sync:', afterBytes: bytes, onCut };
    },
  };
}

describe('a phone that takes the place of another in the middle of a safe copy', { timeout: 180_000 }, () => {
  test('gives none of its photos: the copy breaks off, and says who is there', async () => {
    const { first, app, folder, swapAfter } = await bench();
    await takePhoto(first.files, photo, photoBytes);
    swapAfter(photoBytes / 2);
    const report = await app.safeCopies.run({ phoneId: first.address, folder });
    expect(report).toMatchObject({ whole: false, copied: { files: 0 }, brokenOff: { reason: 'another-phone' } });
    expect(await hashesBelow(folder)).toEqual({});
  });
});
