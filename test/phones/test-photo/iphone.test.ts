import { describe, expect, onTestFinished, test } from 'vitest';
import { createIphoneSource } from '../../../native/ios/reach/iphone-source.ts';
import type { SampleIphone } from '../../../native/samples/ios/iphone.ts';
import { letTimePass, setFlag, setWaiting, takePhoto } from '../../../native/samples/ios/owner-actions.ts';
import { sampleIphone } from '../../../native/samples/ios/sample-iphones.ts';
import { SimulatedIphone } from '../ios/simulated-iphone.ts';
import { startSimulatedUsbmuxd } from '../ios/simulated-usbmuxd.ts';
import { missingTools } from '../ios/debian-tools.ts';
import { runWatchUpload, type WatchUploadRun } from './run-watch-upload.ts';
import { StagedClock } from './staged-clock.ts';
import { builtLibraryProcess } from '../ios/built-library-process.ts';

const icloudPhotos = 'com.apple.mobileslideshow';

interface Story {
  phone?: (iphone: SampleIphone) => void;
  app?: string;
  on?: 'wifi' | 'mobile';
  minutes?: number;
  life?: (pull: () => void, sinceStartMs: number) => void;
}

/** A sample iPhone on a usbmuxd of its own; its owner takes a photo in the first 20 seconds, and its engine works as time passes. */
async function watch(
  id: string,
  { phone: change, life, minutes = 2, app = icloudPhotos, ...options }: Story = {},
): Promise<WatchUploadRun> {
  const usbmuxd = await startSimulatedUsbmuxd();
  onTestFinished(() => usbmuxd.stop());
  const phone = new SimulatedIphone(sampleIphone(id).create());
  change?.(phone.model);
  usbmuxd.plug(phone);
  const start = phone.model.photos.newest.getTime() + 3_600_000;
  const clock = new StagedClock(start, (elapsedMs, sinceStartMs) => {
    const now = new Date(start + sinceStartMs);
    if (sinceStartMs === elapsedMs) takePhoto(phone.model, now);
    letTimePass(phone.model, elapsedMs / 60_000, now);
    life?.(() => usbmuxd.unplug(phone.udid), sinceStartMs);
  });
  const source = createIphoneSource({
    entry: builtLibraryProcess,
    env: { ...process.env, USBMUXD_SOCKET_ADDRESS: usbmuxd.address },
  });
  return runWatchUpload({ source, clock }, phone.udid, { app, minutes, ...options });
}

describe.skipIf(missingTools.length > 0)('an iPhone', () => {
  test('whose photo goes to iCloud is proven to back up', async () => {
    const { code, report, told } = await watch('healthy', { phone: (iphone) => setWaiting(iphone, 0, 2) });
    expect(told).toMatch(/^Take a photo with the phone’s camera now\.\nA new photo is there: 2\.\d MB\./);
    expect(report).toMatchObject({
      verdict: 'uploaded',
      photosSent: 1,
      sentBytes: null,
      sentence: 'The photo is in the library and nothing waits for iCloud: backups run.',
    });
    expect(code).toBe(0);
  });

  test('whose backlog falls is sending', async () => {
    const { code, report } = await watch('backlog-falling');
    expect(report.verdict).toBe('sending');
    expect(report.photosSent).toBeGreaterThan(0);
    expect(report.sentence).toMatch(
      /^iCloud Photos is sending: \d+ photos went to iCloud since the photo, \d+ wait\.$/,
    );
    expect(code).toBe(0);
  });

  test('whose backlog is frozen sends nothing, and gives no reason', async () => {
    const { code, report } = await watch('backlog-frozen');
    expect(report).toMatchObject({
      verdict: 'nothing-sent',
      waitsFor: [],
      photosSent: 0,
      minutes: 2,
      sentence: 'Nothing was sent in 2 minutes. The iPhone gives no reason; a restart has helped others.',
    });
    expect(code).toBe(1);
  });

  test('in Low Power Mode sends nothing, and says why', async () => {
    const { report } = await watch('healthy', {
      phone: (iphone) => {
        setFlag(iphone, 'isBlockedByLowPowerModeKey', true, new Date());
        setWaiting(iphone, 3, 0);
      },
    });
    expect(report).toMatchObject({
      verdict: 'nothing-sent',
      waitsFor: [{ id: 'power.lowPowerMode', words: 'the end of Low Power Mode' }],
    });
  });

  test('with iCloud Photos off sends nothing, and that is why', async () => {
    const { code, report } = await watch('icloud-photos-off');
    expect(report).toMatchObject({ verdict: 'nothing-sent', waitsFor: [{ id: 'icloud.photosEnabled' }] });
    expect(code).toBe(1);
  });

  test('whose cable is pulled is not judged, and that is said', async () => {
    const { code, report, told } = await watch('backlog-frozen', {
      life: (pull, sinceStartMs) => {
        if (sinceStartMs === 60_000) pull();
      },
    });
    expect(told).toContain('Plug it in again: the test goes on.');
    expect(report).toMatchObject({ verdict: 'unknown', brokenOff: { reason: 'unplugged' } });
    expect(code).toBe(4);
  });

  test.each([
    [{ app: 'com.google.photos' }, 'of no other app'],
    [{ on: 'mobile' as const }, 'over which network'],
  ])('is not asked what it never tells: %o', async (options, words) => {
    await expect(watch('healthy', options)).rejects.toMatchObject({
      code: 'bad-argument',
      message: expect.stringContaining(words),
    });
  });
});
