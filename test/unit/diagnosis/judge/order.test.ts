import { expect, test } from 'vitest';
import { backupApps } from '../../../../diagnosis/judge/judge.ts';
import { loadCatalog } from '../../../../diagnosis/load/catalog.ts';
import { judgeCapture } from '../../../../electron/app/scan/scan.ts';
import { unreadPhone } from '../../../../native/phone.ts';
import { createSample } from '../../../../native/samples/android/profiles.ts';
import { HOUR_MS } from '../../../../native/samples/android/time-text.ts';
import { captureOfSample } from '../../native/android/read/sample-capture.ts';
import { readSample } from './matrix-scenarios.ts';

const catalog = loadCatalog();

test('what only gives the phone time comes after every correction that changes something', () => {
  const phone = createSample('pixel-14');
  // Battery saver went off so long ago that it is worth knowing, as the doze is.
  phone.state.batterySaver.lastOffAgoMs = 13 * HOUR_MS;
  const capture = captureOfSample(phone, backupApps(catalog, 'android'));
  const reading = readSample(phone, catalog);
  const { diagnosis } = judgeCapture(unreadPhone(phone.serial, 'android', 'ready'), capture, reading, catalog);
  const corrections = diagnosis.steps.map(({ correction }) => correction);
  expect(corrections).toContain('charge-and-lie-still');
  expect(corrections.at(-1)).toBe('charge-and-lie-still');
  expect(diagnosis.steps.some(({ cause }) => cause === 'battery-saver')).toBe(true);
});
