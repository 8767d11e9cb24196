import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { backupApps } from '../../../../diagnosis/judge/judge.ts';
import { loadCatalog } from '../../../../diagnosis/load/catalog.ts';
import { readFileCapture } from '../../../../native/offline/open-file.ts';
import { isKnown, sectionNames, type Leaf, type Reading } from '../../../../native/reading.ts';

/**
 * What real phones' texts give, to the value: folders of ../shared/captures/field, each with what an expert reads in it (meta.json), and of
 * field-small, the smallest texts that once gave a wrong value. Skipped where they are absent.
 */
const captures = join(import.meta.dirname, '..', '..', '..', '..', '..', 'shared', 'captures');
const apps = { android: backupApps(loadCatalog(), 'android'), ios: [] };
const photos = 'com.google.android.apps.photos';
const nextcloud = 'com.nextcloud.client';
const gallery = 'com.miui.gallery';

async function readingOf(folder: string): Promise<Reading> {
  const { capture, read } = await readFileCapture(join(captures, folder), { apps });
  return read(capture);
}

const field = (name: string) => readingOf(join('field', name));
const small = (name: string) => readingOf(join('field-small', name));

type Leaves = Record<string, Leaf<unknown> | undefined>;

/** Known values by `section.leaf`, without those of apps. */
function known(reading: Reading, names: readonly string[] = sectionNames): Record<string, unknown> {
  return Object.fromEntries(
    sectionNames
      .filter((section) => names.includes(section))
      .flatMap((section) =>
        Object.entries(reading[section] as Leaves).flatMap(([name, leaf]) =>
          isKnown(leaf) ? [[`${section}.${name}`, leaf.value]] : [],
        ),
      ),
  );
}

/** The same of one app, or why there is no value. */
const of = (reading: Reading, app: string, ...names: readonly string[]): unknown[] =>
  names.map((name) => {
    const leaf = (reading.apps[app] as Leaves | undefined)?.[name];
    return isKnown(leaf) ? leaf.value : leaf?.unavailable;
  });

/** The apps that are known to be there. */
const installed = ({ apps: all }: Reading): string[] =>
  Object.entries(all).flatMap(([app, leaves]) => (isKnown(leaves.installed) && leaves.installed.value ? [app] : []));

const exempt = [10_110, 10_202, 10_219, 10_226];
const allowed = (uids: readonly number[]) => ({
  'dataPolicy.dataSaver': false,
  'dataPolicy.allowedUids': uids,
  'dataPolicy.policies': Object.fromEntries(uids.map((uid) => [String(uid), 4])),
  'dataPolicy.policyNames': Object.fromEntries(uids.map((uid) => [String(uid), 'ALLOW_METERED_BACKGROUND'])),
});
const saverOff = (triggerLevel: number) => ({
  'power.saverOn': false,
  'power.saverBeforePower': false,
  'power.saverSticky': false,
  'power.saverPending': false,
  'power.saverAdaptive': false,
  'power.triggerLevel': triggerLevel,
  'power.schedule': 'percentage',
});
const activeDoze = {
  'doze.deepEnabled': true,
  'doze.lightEnabled': true,
  'doze.deepState': 'ACTIVE',
  'doze.lightState': 'ACTIVE',
  'doze.forced': false,
};
const goodWifi = {
  'network.connected': true,
  'network.transports': ['WIFI'],
  'network.validated': true,
  'network.captivePortal': false,
  'network.metered': false,
  'network.roaming': false,
  'network.rssi': -53,
  'network.vpns': [],
};

describe.skipIf(!existsSync(join(captures, 'field')))('texts of real phones (../shared/captures/field)', () => {
  test('a Redmi 9 Power: the jobs of its gallery wait for a network that is not metered, with all their time left', async () => {
    const reading = await field('01-xiaomi-redmi9power-miui14-a12');
    expect(known(reading, ['identity', 'network', 'system'])).toMatchObject({
      'identity.model': 'M2010J19SI',
      'identity.skinVersion': 'MIUI 14',
      'identity.securityPatch': '2023-04-01',
      'network.captivePortalDetection': true,
      'network.wifiSleepPolicy': 2,
      'system.jobsBatteryNotLow': true,
      'system.jobsCharging': false,
    });
    const [jobs, quota, uid] = of(reading, gallery, 'jobs', 'quotaLeftMs', 'uid');
    const waiting = (jobs as { unsatisfied: string[]; needsUnmetered: boolean }[]).filter((job) => job.needsUnmetered);
    expect(waiting.length).toBeGreaterThan(0);
    expect(waiting.every(({ unsatisfied }) => unsatisfied.includes('CONNECTIVITY'))).toBe(true);
    expect([quota, uid]).toEqual([600_000, 10_069]);
  });

  test('a car: no backup app, no account, the standard limit of processes', async () => {
    const reading = await field('02-gwm-haval-carunit-a9-whole-dumpsys');
    expect(installed(reading)).toEqual([]);
    expect(of(reading, photos, 'installed')).toEqual([false]);
    expect(known(reading, ['accounts', 'system'])).toEqual({
      'accounts.types': [],
      'system.playServices': 'absent',
      'system.processLimit': -1,
    });
    // Its list of properties lacks what stands before "persist.".
    expect(known(reading, ['identity'])['identity.skin']).toBeUndefined();
  });

  test.each([
    ['03-tablet-kiosk-dumpsys-package-utf16', 'a dump of one kiosk app'],
    ['07-oppo-coloros12-package', 'a dump of one foreign app'],
    ['09-android6-alarm-named-power', 'alarms under the name of a power dump'],
    ['22-device-a9-wifi-disconnected', 'a Wi-Fi that is not connected'],
    ['29-pixel-termux-permission-denial', 'refusals'],
    ['30-no-device-error-saved-as-dump', 'an error of adb'],
    ['31-pda-a11-jobscheduler-cut', 'three of 26 jobs'],
    ['33-mediatek-a10-duraspeed-deviceidle-cut', 'the settings of doze alone'],
  ])('%s, %s, says nothing of a phone or of a backup app', async (name) => {
    const reading = await field(name);
    expect(known(reading)).toEqual({});
    expect(installed(reading)).toEqual([]);
    expect(of(reading, photos, 'installed', 'jobs', 'exempt')).not.toContain(false);
  });

  test.each([
    ['04-oneplus-nordn10-oxygenos11-getprop', ['OnePlus', 'BE2028', '11', 'other', 'OxygenOS 11.0.13', '2023-07-05']],
    ['05-pixel8pro-a16qpr2-getprop', ['Google', 'Pixel 8 Pro', '16', 'pixel', undefined, '2026-03-05']],
    ['10-lg-v60-a11-getprop', ['LGE', 'LM-V600', '11', 'other', undefined, '2021-07-01']],
    ['25-huawei-matepad-emui14-getprop-prompt', [undefined, 'WGR-W09', '12', 'huawei', 'EMUI 14.2.0', undefined]],
  ])('%s: maker, model, version, skin, patch', async (name, expected) => {
    const identity = known(await field(name), ['identity']);
    const leaves = ['manufacturer', 'model', 'osVersion', 'skin', 'skinVersion', 'securityPatch'];
    expect(leaves.map((leaf) => identity[`identity.${leaf}`])).toEqual(expected);
  });

  test('a power dump in UTF-16: the saver is off', async () => {
    expect(known(await field('08-unknown-a16-power-utf16'))).toEqual(saverOff(10));
  });

  test('a log of dumpstate is no dump, and lines that somebody picked out are none', async () => {
    await expect(field('12-samsung-a14-dumpstate-log')).rejects.toMatchObject({ code: 'not-recognised' });
    await expect(field('32-xiaomi-hyperos-rare-bucket-excerpt')).rejects.toMatchObject({ code: 'not-recognised' });
  });

  test('a Pixel 6a: 19 % and charging; which network is the default is not told', async () => {
    const reading = await field('14-pixel6a-a16-battery-thermal-wifi-connectivity');
    expect(known(reading)).toEqual({
      'battery.level': 19,
      'battery.status': 'charging',
      'battery.powered': true,
      'battery.health': 'good',
      'battery.temperature': 35.7,
      'battery.voltage': 3972,
      'battery.updatesStopped': false,
      'battery.thermalStatus': 0,
      'network.rssi': -56,
      'network.linkSpeed': 648,
    });
  });

  test('a Samsung in the transcript of a terminal: 1,030 cycles, wear not measured', async () => {
    const reading = await field('15-samsung-a10-cmdexe-transcript');
    expect(known(reading)).toEqual({
      'battery.level': 84,
      'battery.status': 'charging',
      'battery.powered': true,
      'battery.health': 'good',
      'battery.temperature': 33.6,
      'battery.voltage': 4110,
      'battery.updatesStopped': false,
      'battery.cycles': 1030,
    });
  });

  test('Android 7 and 8: on a metered mobile network, and two uids exempt from Data Saver in a list of their own', async () => {
    expect(known(await field('17-xiaomi-msm-a7-a8-connectivity-netpolicy'))).toEqual({
      ...allowed([10_008, 10_027]),
      'network.mobileDataLimit': -1,
      'network.connected': true,
      'network.transports': ['CELLULAR'],
      'network.validated': true,
      'network.captivePortal': false,
      'network.metered': true,
      // Whoever posted it left out two of the five requests of the network: what else is gone is not known, so VPNs are not.
    });
  });

  test('HyperOS: doze is on and active, and no backup app is exempt', async () => {
    const reading = await field('18-xiaomi-hyperos-telekom-deviceidle');
    expect(known(reading)).toMatchObject(activeDoze);
    expect(of(reading, photos, 'exempt')).toEqual([false]);
    expect(of(reading, gallery, 'exempt')).toEqual([false]);
  });

  test('Wi-Fi of Android 11: checked, not metered, no VPN', async () => {
    expect(known(await field('19-phone-a11-connectivity-wifi'))).toEqual(goodWifi);
  });

  test('Android 17 in the code blocks of a page: four uids exempt from Data Saver, the saver off', async () => {
    expect(known(await field('27-emulator-api37-netpolicy-power-markdown'))).toEqual({
      ...allowed(exempt),
      ...saverOff(0),
      'network.mobileDataLimit': -1,
    });
  });

  test('a Pixel with Advanced Protection: no organisation manages it', async () => {
    expect(known(await field('28-pixel-a16-advanced-protection-device-policy'))).toEqual({ 'system.managed': false });
  });

  test("AndroidQF's folder: its list of seven packages was picked out, and proves of no other app that it is not there", async () => {
    const reading = await field('36-samsung-a10-androidqf-acquisition');
    expect(installed(reading)).toEqual([]);
    expect(of(reading, photos, 'installed', 'uid')).toEqual(['truncated', 'truncated']);
    expect(Object.keys(reading.answers)).toContain('androidqf-packages');
  });

  test.each([
    ['39-oppo-coloros-a16-package', 11_575, '17.0', 'none', true],
    ['40-oppo-coloros11-package-adapted', 10_441, '1.0.0', 'none', false],
  ])('%s: an app that asks for no photos', async (name, uid, version, access, notifications) => {
    const reading = await field(name);
    expect(installed(reading)).toEqual([nextcloud]);
    expect(
      of(reading, nextcloud, 'uid', 'version', 'enabledState', 'stopped', 'profiles', 'mediaAccess', 'notifications'),
    ).toEqual([uid, version, 'default', false, [], access, notifications]);
  });

  test('kills of three makers are no crashes', async () => {
    const [exits] = of(await field('43-samsung-mars-xiaomi-onekeyclean-huawei-iaware-kills'), nextcloud, 'exits');
    const seen = exits as { reason: number; description: string }[];
    expect(seen.length).toBeGreaterThan(2);
    expect(seen.filter(({ reason }) => [4, 5, 6].includes(reason))).toEqual([]);
    expect(seen.some(({ description }) => description.includes('MARs'))).toBe(true);
  });

  test('an owner with an account of Google and one of WhatsApp', async () => {
    expect(known(await field('45-accounts-header-variants'))).toEqual({
      'accounts.types': ['com.google', 'com.whatsapp'],
    });
  });

  test('a bucket in a dump that was wrapped on its way: rare, forced', async () => {
    expect(of(await field('47-instagram-usagestats-wrapped'), nextcloud, 'bucket', 'bucketReason')).toEqual([40, 'f']);
  });

  test('three ends of an app: two force stops, one of them by a cleaner, and one native crash', async () => {
    const [exits] = of(await field('48-emulator-a14-exit-info'), nextcloud, 'exits');
    const seen = exits as { reason: number; subreason: number }[];
    expect(seen.map(({ reason, subreason }) => [reason, subreason])).toEqual([
      [10, 21],
      [10, 21],
      [5, 0],
    ]);
  });
});

describe.skipIf(!existsSync(join(captures, 'field-small')))(
  'the smallest texts that once gave a wrong value (../shared/captures/field-small)',
  () => {
    test('app-ops that end early prove no default of an app above the last uid', async () => {
      const reading = await small('appops-dump-ends-early');
      expect(installed(reading)).toEqual([photos, nextcloud]);
      expect(of(reading, nextcloud, 'runAnyInBackground')).toEqual(['truncated']);
    });

    test('blanks at the ends of lines change nothing', async () => {
      const reading = await small('blanks-at-line-ends');
      expect(
        of(reading, nextcloud, 'installed', 'uid', 'version', 'updatedAt', 'profiles', 'mediaAccess', 'internet'),
      ).toEqual([true, 10_596, '1.0', '2026-04-25 21:06:56', [95], 'none', true]);
    });

    test('entities of HTML change nothing', async () => {
      expect(known(await small('connectivity-html-escaped'))).toEqual(goodWifi);
    });

    test('colours of a terminal change nothing', async () => {
      const reading = await small('deviceidle-ansi-colours');
      expect(known(reading)).toMatchObject(activeDoze);
      expect(of(reading, nextcloud, 'exempt', 'exemptBy')).toEqual([true, 'user']);
    });

    test('the ends of one app prove nothing of another', async () => {
      const reading = await small('exit-info-of-one-package');
      expect(of(reading, photos, 'installed', 'exits')).toEqual([true, 'missing']);
      const [exits] = of(reading, nextcloud, 'exits');
      expect((exits as { subreason: number }[]).map(({ subreason }) => subreason)).toContain(21);
    });

    test('the jobs of one app prove nothing of another (Android 12)', async () => {
      const reading = await small('jobscheduler-of-one-package-a12');
      expect(of(reading, gallery, 'uid', 'quotaLeftMs')).toEqual([10_069, 600_000]);
      expect(of(reading, photos, 'jobs')).toEqual(['truncated']);
    });

    test('paths of overlays at the margin do not end a package (Android 12)', async () => {
      expect(of(await small('library-overlay-paths-at-column-0-a12'), photos, 'mediaAccess', 'stopped')).toEqual([
        'full',
        false,
      ]);
    });

    test('policies without their indentation are read', async () => {
      const reading = await small('netpolicy-indent-lost');
      expect(of(reading, photos, 'netPolicy', 'netPolicyName')).toEqual([1, 'REJECT_METERED_BACKGROUND']);
      expect(known(reading, ['dataPolicy'])).toEqual({
        'dataPolicy.dataSaver': false,
        'dataPolicy.allowedUids': [],
        'dataPolicy.policies': { '10204': 1 },
        'dataPolicy.policyNames': { '10204': 'REJECT_METERED_BACKGROUND' },
      });
    });

    test('permissions below paths of overlays are those of the user (Android 11)', async () => {
      expect(of(await small('permissions-under-overlay-paths-a11'), photos, 'mediaAccess', 'internet')).toEqual([
        'none',
        true,
      ]);
    });
  },
);
