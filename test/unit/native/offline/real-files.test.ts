import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readFileCapture } from '../../../../native/offline/open-file.ts';
import { isKnown, readingSchema, type Leaf, type Reading } from '../../../../native/reading.ts';
import { PHOTOS, scope } from './folder.ts';

const captures = join(import.meta.dirname, '..', '..', '..', '..', '..', 'shared', 'captures', 'android');
const files = existsSync(captures)
  ? readdirSync(captures, { recursive: true, encoding: 'utf8' }).filter((name) => /\.(?:txt|zip)$/.test(name))
  : [];

async function readingOf(name: string): Promise<Reading> {
  const { capture, read } = await readFileCapture(join(captures, name), scope);
  return read(capture);
}

const valueOf = <T>(leaf: Leaf<T> | undefined): T | string | undefined =>
  isKnown(leaf) ? leaf.value : leaf?.unavailable;

describe.skipIf(files.length === 0)('files of real phones (../shared/captures/android; skipped where absent)', () => {
  test.each(files)('%s is read into a reading of the right shape', async (name) => {
    const reading = await readingOf(name);
    expect(readingSchema.safeParse(reading).error).toBeUndefined();
    expect(Object.keys(reading.answers).length).toBeGreaterThan(0);
  });

  test('the Xiaomi tablet: trigger level above the battery level, jobs waiting, a VPN with its uids', async () => {
    const { power, battery, system, network, apps } = await readingOf('xiaomi-pad6-hyperos2-android14');
    expect([valueOf(power.triggerLevel), valueOf(battery.level), valueOf(system.jobsBatteryNotLow)]).toEqual([
      35,
      22,
      false,
    ]);
    expect([valueOf(power.saverBeforePower), valueOf(power.saverReason)]).toEqual([true, 'Plugged in']);
    const jobs = valueOf(apps[PHOTOS]?.jobs);
    const waiting = Array.isArray(jobs)
      ? jobs.filter(({ unsatisfied }) => unsatisfied.includes('BATTERY_NOT_LOW'))
      : [];
    expect(waiting).toHaveLength(4);
    expect(valueOf(network.vpns)).toEqual([
      {
        name: 'Rethink',
        uidRanges: [
          { from: 0, to: 10_306 },
          { from: 10_308, to: 20_306 },
          { from: 20_308, to: 99_999 },
        ],
      },
    ]);
  });

  test('the Sunmi bug report: detection of captive portals is off; taken in the time zone of the phone', async () => {
    const reading = await readingOf('bugreports/sunmi-T2s-android9.zip');
    expect(valueOf(reading.network.captivePortalDetection)).toBe(false);
    expect(reading.takenAt).toBe('2023-08-23T04:32:10.000Z');
    expect([valueOf(reading.identity.osVersion), valueOf(reading.identity.manufacturer)]).toEqual(['9', 'SUNMI']);
    expect(valueOf(reading.apps[PHOTOS]?.installed)).toBe(false);
  });

  test('the Samsung set: wear 98 %, 249 cycles, protection that charges to the top in time', async () => {
    const { battery } = await readingOf('samsung-android16');
    expect([valueOf(battery.capacityPercent), valueOf(battery.cycles), valueOf(battery.chargeLimit)]).toEqual([
      98, 249, 100,
    ]);
  });

  test('the reports of Android 8.1 and 13: sizes of the data partition, settings, uptime', async () => {
    const old = await readingOf('bugreports/smartron-tphoneE-android8.1.zip');
    expect([valueOf(old.storage.totalBytes), valueOf(old.identity.sdk)]).toEqual([54_432_680 * 1024, 27]);
    const newer = await readingOf('bugreports/axxs-tb8168-android13.zip');
    expect([valueOf(newer.system.bootedAgoMs), valueOf(newer.battery.level)]).toEqual([4_200_000, 58]);
  });
});
