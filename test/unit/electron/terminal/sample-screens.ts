import { backupApps, type JudgeOptions } from '../../../../diagnosis/judge/judge.ts';
import type { Catalog } from '../../../../diagnosis/load/catalog.ts';
import { judgeCapture, scanReport } from '../../../../electron/app/scan/scan.ts';
import type { ScanReport } from '../../../../electron/app/scan/scan-report.ts';
import { readIos } from '../../../../native/ios/read/read.ts';
import { unreadPhone } from '../../../../native/phone.ts';
import { createSample, sampleProfiles } from '../../../../native/samples/android/profiles.ts';
import type { SamplePhone } from '../../../../native/samples/android/sample-phone.ts';
import { sampleIphones } from '../../../../native/samples/ios/sample-iphones.ts';
import { readSample } from '../../diagnosis/judge/matrix-scenarios.ts';
import { captureOfIphone } from '../../diagnosis/judge/read-iphone.ts';
import { captureOfSample } from '../../native/android/read/sample-capture.ts';

/** A sample phone as a person tries it, scanned. */
export interface SampleScreen {
  sample: string;
  report: ScanReport;
}

/** The report of a sample Android phone as it is now. */
export function reportOfSample(phone: SamplePhone, catalog: Catalog, known: JudgeOptions = {}): ScanReport {
  const capture = captureOfSample(phone, backupApps(catalog, 'android'));
  const reading = readSample(phone, catalog);
  return scanReport(
    judgeCapture(unreadPhone(phone.serial, 'android', 'ready'), capture, reading, catalog, known),
    catalog,
    null,
  );
}

/** Every sample phone, with its trouble. */
export async function sampleScreens(catalog: Catalog, known: JudgeOptions = {}): Promise<SampleScreen[]> {
  const android = sampleProfiles.map(({ id }) => ({
    sample: id,
    report: reportOfSample(createSample(id), catalog, known),
  }));
  const now = new Date();
  const iphones = await Promise.all(
    sampleIphones.map(async ({ id, create }) => {
      const capture = await captureOfIphone(create(now), backupApps(catalog, 'ios'), now);
      const phone = unreadPhone(capture.phoneId ?? id, 'ios', 'ready');
      return {
        sample: `iphone: ${id}`,
        report: scanReport(judgeCapture(phone, capture, readIos(capture), catalog, known), catalog, null),
      };
    }),
  );
  return [...android, ...iphones];
}
