import { describe, expect, test } from 'vitest';
import { loadCatalog } from '../../../../diagnosis/load/catalog.ts';
import { jobWaits, uploadWaits } from '../../../../diagnosis/uploads/upload-waits.ts';
import { emptyReading, type Reading } from '../../../../native/reading.ts';

const { waits: words } = loadCatalog().sentences;
type Job = Parameters<typeof jobWaits>[0][number];
const implied = ['DEVICE_NOT_DOZING', 'BACKGROUND_NOT_RESTRICTED', 'WITHIN_QUOTA'];
const job = (unsatisfied: string[], changes: Partial<Job> = {}): Job => ({
  id: '1',
  service: 'x/.Job',
  userId: 0,
  required: ['CONNECTIVITY'],
  satisfied: implied,
  unsatisfied,
  needsUnmetered: false,
  failures: 0,
  ...changes,
});
const ids = (jobs: Job[], restricted = false) => jobWaits(jobs, restricted, words).map(({ id }) => id);

describe('the jobs of an app', () => {
  test('wait for nothing as long as one that uses the network is free', () => {
    expect(ids([job(['BATTERY_NOT_LOW']), job([])])).toEqual([]);
    expect(ids([job(['BATTERY_NOT_LOW']), job([], { required: ['CHARGING'] })])).toEqual(['BATTERY_NOT_LOW']);
    expect(ids([])).toEqual([]);
  });

  test('wait for what all of them wait for, else for everything that one of them waits for', () => {
    expect(ids([job(['BATTERY_NOT_LOW', 'IDLE']), job(['BATTERY_NOT_LOW'])])).toEqual(['BATTERY_NOT_LOW']);
    expect(ids([job(['CHARGING']), job(['IDLE'])])).toEqual(['CHARGING', 'IDLE']);
  });

  test('are not held back by a time, a new photo or a better moment', () => {
    expect(ids([job(['TIMING_DELAY', 'CONTENT_TRIGGER', 'FLEXIBILITY'])])).toEqual([]);
  });

  test('wait for a Wi-Fi that is not metered where they asked for one', () => {
    const [wait] = jobWaits([job(['CONNECTIVITY'], { needsUnmetered: true })], false, words);
    expect(wait).toEqual({ id: 'CONNECTIVITY', words: 'a Wi-Fi that is not metered' });
    expect(jobWaits([job(['CONNECTIVITY'])], false, words)).toEqual([
      { id: 'CONNECTIVITY', words: 'a network that it may use' },
    ]);
  });

  test('wait for the phone to let the app work, where it says that it holds the app back, whatever the jobs say', () => {
    expect(ids([job([])], true)).toEqual(['BACKGROUND_NOT_RESTRICTED']);
    expect(ids([job(['DEVICE_NOT_DOZING'])], true)).toEqual(['DEVICE_NOT_DOZING', 'BACKGROUND_NOT_RESTRICTED']);
    expect(ids([job([], { satisfied: ['CONNECTIVITY', 'DEVICE_NOT_DOZING'] })])).toEqual([]);
  });

  test('that were not read are not known', () => {
    expect(uploadWaits(emptyReading('android', '2026-05-01T10:00:00.000Z', ['x']), 'x', words)).toBeNull();
  });
});

const known = <T>(value: T) => ({ value, source: 'icloud-status' });
const iphone = (changes: Partial<Reading>) =>
  uploadWaits(
    { ...emptyReading('ios', '2026-05-01T10:00:00.000Z', []), ...changes },
    'com.apple.mobileslideshow',
    words,
  );

describe('an iPhone', () => {
  test('gives its reasons, and the resets that nobody shows', () => {
    const waits = iphone({
      power: { lowPowerMode: known(true) },
      network: { connected: known(true), airplaneMode: known(false) },
      icloud: { photosEnabled: known(true), pendingResets: known(5), hasBatteryBudget: known(false) },
    });
    expect(waits?.map(({ id }) => id)).toEqual([
      'power.lowPowerMode',
      'icloud.hasBatteryBudget',
      'icloud.pendingResets',
    ]);
  });

  test('that could be read and gives none waits for nothing; one that could not is not known', () => {
    expect(iphone({ icloud: { photosEnabled: known(true), pendingResets: known(0) } })).toEqual([]);
    expect(iphone({})).toBeNull();
  });
});
