import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { safeCopy } from '../../electron/app/safe-copy/make-safe-copy.ts';
import { createIphoneSource } from '../../native/ios/reach/iphone-source.ts';
import { sampleIphone } from '../../native/samples/ios/sample-iphones.ts';
import { unreadPhone } from '../../native/phone.ts';
import { SimulatedIphone } from '../phones/ios/simulated-iphone.ts';
import { startSimulatedUsbmuxd } from '../phones/ios/simulated-usbmuxd.ts';
import { printTable } from './table.ts';

const photos = 150;

/** A safe copy of an iPhone, which reads every photo twice and writes it once, against reading every photo once. */
export async function runIphoneCopyBench(): Promise<void> {
  const usbmuxd = await startSimulatedUsbmuxd();
  const phone = new SimulatedIphone(sampleIphone('healthy').create());
  Object.assign(phone.model.photos, { images: photos, movies: 0 });
  usbmuxd.plug(phone);
  const source = createIphoneSource({ env: { ...process.env, USBMUXD_SOCKET_ADDRESS: usbmuxd.address } });
  const folder = await mkdtemp(join(tmpdir(), 'phone-health-bench-'));
  try {
    const files = await source.openFiles?.(phone.udid, { signal: new AbortController().signal });
    if (files === undefined) throw new Error('an iPhone gives its files');
    const listing = performance.now();
    const camera = await files.listCamera();
    const reading = performance.now();
    let bytes = 0;
    for (const { path } of camera.files) for await (const piece of files.pull(path)) bytes += piece.length;
    const read = performance.now();
    await files.close();
    const report = await safeCopy(source, unreadPhone(phone.udid, 'ios', 'ready'), join(folder, 'copy'));
    if (!report.whole) throw new Error('the copy is not whole');
    const rate = (ms: number): string => `${(bytes / 1000 / ms).toFixed(0)} MB/s`;
    const readMs = read - reading;
    printTable(
      ['iPhone', 'files', 'listed', 'read once', 'safe copy', 'time against reading once'],
      [
        [
          `${(bytes / 1e6).toFixed(0)} MB over AFC`,
          String(camera.files.length),
          `${((1000 * (reading - listing)) / camera.files.length).toFixed(0)} µs a file`,
          rate(readMs),
          rate(report.durationMs),
          `${(report.durationMs / readMs).toFixed(1)}×`,
        ],
      ],
    );
  } finally {
    await source.close();
    await usbmuxd.stop();
    await rm(folder, { recursive: true, force: true });
  }
}
