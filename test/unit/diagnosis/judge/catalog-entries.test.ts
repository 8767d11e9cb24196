import { describe, expect, test } from 'vitest';
import { loadCatalog } from '../../../../diagnosis/load/catalog.ts';
import type { Finding, Status } from '../../../../diagnosis/finding.ts';
import { judge } from '../../../../diagnosis/judge/judge.ts';
import type { Reading, ReadingValues } from '../../../../native/reading.ts';
import { unavailable } from '../../../../native/unavailable.ts';
import { buildReading, patched } from './build-reading.ts';
import { galleryApp, healthyPhone, healthySamsung, healthyXiaomi, photosApp } from './healthy-phone.ts';

const catalog = loadCatalog();

type AppValues = NonNullable<ReadingValues['apps']>[string];
const app = (leaves: AppValues): ReadingValues => ({ apps: { [photosApp]: leaves } });

const job = {
  id: '5550001',
  service: 'com.google.android.apps.photos/androidx.work.impl.background.systemjob.SystemJobService',
  userId: 0,
  required: ['CONNECTIVITY'],
  satisfied: [],
  unsatisfied: ['CONNECTIVITY'],
  needsUnmetered: false,
  failures: 0,
};
const crash = { at: '2026-11-21 10:00:00', reason: 4, subreason: 0, description: 'crash' };
const swiped = { ...crash, reason: 10, subreason: 22, description: 'remove task' };
const gone = unavailable('missing', 'No network.');

interface Trigger {
  status: Status;
  patch: ReadingValues;
  /** What it is changed on; the healthy Pixel where it is left out. */
  on?: ReadingValues;
  /** The app that it is about; Google Photos where it is left out. */
  of?: string;
}

/** For each cause of Android: readings that show it, each the healthy phone with one thing changed. */
const triggers: Record<string, readonly Trigger[]> = {
  'not-the-owner': [
    { status: 'problem', patch: { identity: { userId: 11, userKind: 'guest' } } },
    { status: 'problem', patch: { identity: { userId: 77, userKind: 'maintenance' } } },
    { status: 'problem', patch: { identity: { repairMode: true } } },
    {
      status: 'problem',
      patch: { identity: { userId: 10, userKind: 'second' }, apps: { [photosApp]: { bucket: 50 } } },
    },
    {
      status: 'problem',
      patch: { identity: { userId: 10, userKind: 'second' }, apps: { [photosApp]: { installed: false } } },
    },
    { status: 'ok', patch: { identity: { userId: 10, userKind: 'second' } } },
    { status: 'unknown', patch: { identity: { userKind: gone } } },
    { status: 'unknown', patch: { identity: { userKind: 'other' } } },
  ],
  'locked-since-restart': [
    { status: 'problem', patch: { identity: { unlocked: false } } },
    { status: 'unknown', patch: { identity: { unlocked: gone } } },
  ],
  'airplane-mode': [
    { status: 'problem', patch: { network: { airplaneMode: true, connected: false, validated: false } } },
    { status: 'possible', patch: { network: { airplaneMode: true } } },
  ],
  'captive-portal': [{ status: 'problem', patch: { network: { captivePortal: true, validated: false } } }],
  'private-dns-broken': [
    { status: 'problem', patch: { network: { privateDnsMode: 'hostname', privateDnsBroken: true, validated: false } } },
    { status: 'possible', patch: { network: { privateDnsMode: 'hostname', validated: false } } },
  ],
  'no-internet': [
    { status: 'problem', patch: { network: { connected: false, transports: [], validated: false, metered: gone } } },
    { status: 'problem', patch: { network: { validated: false } } },
    { status: 'possible', patch: { network: { validated: false, captivePortalDetection: false } } },
    { status: 'unknown', patch: { network: { captivePortalDetection: false } } },
  ],
  'wifi-only-but-no-wifi': [
    { status: 'problem', patch: { network: { metered: true }, ...app({ jobs: [{ ...job, needsUnmetered: true }] }) } },
    { status: 'possible', patch: { network: { metered: gone }, ...app({ jobs: [{ ...job, needsUnmetered: true }] }) } },
  ],
  'data-saver': [
    { status: 'problem', patch: { dataPolicy: { dataSaver: true }, network: { metered: true } } },
    { status: 'possible', patch: { dataPolicy: { dataSaver: true } } },
    { status: 'possible', patch: { dataPolicy: { dataSaver: true }, network: { metered: gone } } },
    {
      status: 'ok',
      patch: { dataPolicy: { dataSaver: true }, network: { metered: true }, ...app({ netPolicy: 4 }) },
    },
  ],
  'background-data-denied': [
    { status: 'problem', patch: app({ netPolicy: 1, netPolicyName: 'REJECT_METERED_BACKGROUND' }) },
    { status: 'problem', patch: app({ netPolicy: 524_288, netPolicyName: 'REJECT_ALL_MIGRATED' }) },
    { status: 'problem', patch: app({ netPolicy: 5, netPolicyName: 'REJECT_METERED_BACKGROUND|ALLOW' }) },
    { status: 'ok', patch: app({ netPolicy: 4, netPolicyName: 'ALLOW_METERED_BACKGROUND|NONE' }) },
  ],
  vpn: [
    { status: 'problem', patch: { network: { validated: false }, ...app({ inVpn: true }) } },
    { status: 'possible', patch: app({ inVpn: true }) },
  ],
  'weak-signal': [
    { status: 'problem', patch: { network: { rssi: -82 } } },
    { status: 'possible', patch: { network: { linkSpeed: 2 } } },
    { status: 'not-applicable', patch: { network: { transports: ['CELLULAR'] } } },
  ],
  'app-not-installed': [{ status: 'problem', patch: app({ installed: false }) }],
  'app-disabled': [
    { status: 'problem', patch: app({ enabledState: 'disabled-user' }) },
    { status: 'problem', patch: app({ enabledState: 'disabled-until-used' }) },
  ],
  'app-suspended': [{ status: 'problem', patch: app({ suspended: true }) }],
  'app-hibernated': [{ status: 'problem', patch: app({ hibernated: true }) }],
  'app-stopped': [
    { status: 'problem', patch: app({ stopped: true }) },
    { status: 'possible', patch: app({ exits: [swiped, swiped, swiped] }) },
    { status: 'ok', patch: app({ exits: unavailable('missing', 'Android 10 keeps none.') }) },
  ],
  'managed-restriction': [
    { status: 'problem', patch: app({ policyFixed: ['android.permission.READ_MEDIA_IMAGES'] }) },
    { status: 'possible', patch: { system: { managed: true } } },
  ],
  'photos-permission': [{ status: 'problem', patch: app({ mediaAccess: 'none' }) }],
  'photos-permission-partial': [{ status: 'problem', patch: app({ mediaAccess: 'partial' }) }],
  'signed-out': [
    { status: 'problem', patch: { accounts: { types: ['com.whatsapp'] } } },
    { status: 'possible', on: healthySamsung, of: galleryApp, patch: { accounts: { types: ['com.google'] } } },
  ],
  'sync-off': [
    { status: 'problem', on: healthySamsung, of: galleryApp, patch: { accounts: { autoSync: false } } },
    {
      status: 'possible',
      on: healthySamsung,
      of: galleryApp,
      patch: {
        accounts: {
          syncs: [
            { authority: 'media', accountType: 'com.osp.app.signin', enabled: false, syncable: true, lastResult: '' },
          ],
        },
      },
    },
  ],
  'backup-off': [{ status: 'manual', patch: {} }],
  'notification-permission': [{ status: 'problem', patch: app({ notifications: false }) }],
  'permission-auto-revoke': [
    { status: 'possible', patch: app({ autoRevoke: 'default' }) },
    { status: 'problem', patch: app({ autoRevoke: 'allow', bucket: 40 }) },
  ],
  'app-crashing': [
    { status: 'problem', patch: app({ exits: [crash, crash, crash] }) },
    { status: 'possible', patch: app({ exits: [crash] }) },
  ],
  'app-outdated': [{ status: 'possible', patch: app({ updatedAt: '2025-03-01 00:00:00' }) }],
  'duplicate-backup-paths': [
    { status: 'possible', on: healthySamsung, patch: app({ sentBytes24h: 9_000_000 }) },
    { status: 'ok', on: healthySamsung, patch: app({ sentBytes24h: 0 }) },
    {
      status: 'unknown',
      on: healthySamsung,
      patch: { apps: { [galleryApp]: { sentBytes24h: unavailable('denied', 'No.') } } },
    },
  ],
  'media-location-permission': [
    { status: 'problem', patch: app({ mediaLocation: false }) },
    { status: 'not-applicable', patch: app({ mediaLocation: false, permissions: {} }) },
  ],
  'location-services': [{ status: 'possible', patch: { system: { locationOn: false } } }],
  'location-always': [{ status: 'possible', patch: app({ locationAlways: true }) }],
  'cache-suspect': [{ status: 'possible', patch: app({ cacheBytes: 3_000_000_000 }) }],
  'background-restricted': [
    { status: 'problem', patch: app({ runAnyInBackground: 'ignore' }) },
    { status: 'problem', patch: app({ runAnyInBackground: 'allow', runAnyInBackgroundUid: 'deny' }) },
    { status: 'problem', patch: app({ runInBackground: 'ignore' }) },
    { status: 'problem', patch: app({ jobsRestricted: true }) },
    { status: 'ok', patch: app({ runAnyInBackground: 'ignore', runAnyInBackgroundUid: 'allow' }) },
    {
      status: 'ok',
      patch: { identity: { sdk: 26 }, ...app({ runAnyInBackground: unavailable('missing', 'Not on Android 8.') }) },
    },
  ],
  'standby-bucket': [
    { status: 'problem', patch: app({ bucket: 40 }) },
    { status: 'problem', patch: app({ bucket: 45 }) },
    { status: 'possible', patch: app({ bucket: 50 }) },
    { status: 'ok', patch: app({ bucket: 30 }) },
    { status: 'ok', patch: app({ bucket: 5 }) },
    { status: 'not-applicable', patch: { identity: { sdk: 27 } } },
  ],
  'maker-sleeping': [
    { status: 'problem', on: healthySamsung, patch: app({ bucket: 45 }) },
    { status: 'problem', on: healthySamsung, patch: app({ enabledState: 'disabled-until-used' }) },
    { status: 'not-applicable', patch: app({ bucket: 45 }) },
  ],
  'maker-autostart': [
    { status: 'problem', on: healthyXiaomi, patch: app({ autostart: 'ignore' }) },
    { status: 'manual', patch: { identity: { skin: 'coloros' } } },
    { status: 'not-applicable', patch: {} },
  ],
  doze: [
    { status: 'problem', patch: { doze: { forced: true } } },
    { status: 'problem', patch: app({ jobs: [{ ...job, unsatisfied: ['DEVICE_NOT_DOZING'] }] }) },
    {
      status: 'possible',
      patch: {
        doze: { history: [{ event: 'deep-idle', agoMs: 3_600_000, reason: '' }] },
        ...app({ exempt: false, sentBytes24h: 0 }),
      },
    },
  ],
  'background-process-limit': [
    { status: 'problem', patch: { system: { processLimit: 0 } } },
    { status: 'possible', patch: { system: { processLimit: 6 } } },
  ],
  'jobs-blocked': [
    { status: 'problem', patch: app({ jobs: [{ ...job, unsatisfied: ['BATTERY_NOT_LOW', 'IDLE'] }] }) },
    { status: 'possible', patch: app({ jobs: [{ ...job, unsatisfied: [], failures: 7 }] }) },
    { status: 'ok', patch: app({ jobs: [{ ...job, unsatisfied: ['IDLE', 'CONTENT_TRIGGER', 'TIMING_DELAY'] }] }) },
  ],
  'extreme-battery-mode': [
    { status: 'problem', on: healthySamsung, patch: { power: { extremeMode: true } } },
    // Of a Pixel no setting tells; its mode suspends apps.
    { status: 'possible', patch: { power: { extremeMode: gone }, ...app({ suspended: true }) } },
    { status: 'ok', patch: { power: { extremeMode: gone } } },
    { status: 'unknown', patch: { power: { extremeMode: gone }, ...app({ suspended: gone }) } },
    { status: 'manual', patch: { identity: { skin: 'vivo' }, power: { extremeMode: gone } } },
    { status: 'not-applicable', patch: { identity: { skin: 'motorola' } } },
  ],
  'battery-saver': [
    { status: 'problem', patch: { power: { saverBeforePower: true } } },
    { status: 'problem', patch: { power: { saverOn: true }, battery: { powered: false } } },
    { status: 'possible', patch: { power: { saverSticky: true } } },
    {
      status: 'unknown',
      patch: { power: { saverBeforePower: unavailable('missing', 'Android 8 keeps no history.') } },
    },
    {
      status: 'ok',
      patch: {
        battery: { powered: false },
        power: { saverBeforePower: unavailable('missing', 'Android 8 keeps no history.') },
      },
    },
  ],
  'battery-saver-threshold': [
    { status: 'problem', patch: { power: { triggerLevel: 35 }, system: { jobsBatteryNotLow: false } } },
    {
      status: 'problem',
      patch: {
        power: { triggerLevel: 75 },
        battery: { level: 60 },
        system: { jobsBatteryNotLow: unavailable('timeout', 'No answer.') },
      },
    },
    { status: 'possible', patch: { power: { triggerLevel: 35 } } },
    { status: 'ok', patch: { system: { jobsBatteryNotLow: false } } },
  ],
  'battery-optimized': [{ status: 'problem', patch: app({ exempt: false }) }],
  'low-battery': [
    { status: 'problem', patch: { battery: { level: 9 } } },
    { status: 'possible', patch: { battery: { level: 18 } } },
    { status: 'possible', patch: { battery: { updatesStopped: true } } },
  ],
  'charge-limit': [
    {
      status: 'problem',
      patch: {
        battery: { chargeLimit: 80 },
        ...app({ jobs: [{ ...job, required: ['CHARGING'], unsatisfied: ['CHARGING'] }] }),
      },
    },
    {
      status: 'possible',
      patch: { battery: { chargeLimit: 80, level: 40 }, ...app({ jobs: [{ ...job, required: ['CHARGING'] }] }) },
    },
  ],
  overheating: [
    { status: 'problem', patch: { battery: { thermalStatus: 3 } } },
    { status: 'problem', patch: { battery: { temperature: 49 } } },
    { status: 'possible', patch: { battery: { temperature: 44 } } },
    { status: 'ok', patch: { battery: { thermalStatus: unavailable('missing', 'Android 9 does not say.') } } },
  ],
  'phone-storage-full': [
    { status: 'problem', patch: { storage: { low: true } } },
    { status: 'problem', patch: { storage: { freeBytes: 200_000_000 } } },
    { status: 'possible', patch: { storage: { freeBytes: 1_000_000_000 } } },
  ],
  'cloud-storage-full': [{ status: 'manual', patch: {} }],
  'camera-folder-not-covered': [
    { status: 'problem', patch: { photos: { hiddenFolders: ['/sdcard/DCIM/Camera'] } } },
    { status: 'possible', patch: { photos: { outsideCamera: 4000 } } },
  ],
  'clock-wrong': [
    { status: 'problem', patch: { system: { clockSkewMs: -86_400_000 } } },
    { status: 'problem', patch: { system: { clockSkewMs: 600_000 } } },
    { status: 'possible', patch: { system: { autoTime: false } } },
  ],
  'os-outdated': [
    { status: 'problem', patch: { identity: { securityPatch: '2024-05-01' } } },
    { status: 'unknown', patch: { identity: { securityPatch: 'soon' } } },
  ],
  'large-queue': [{ status: 'possible', patch: { photos: { count: 12_000 } } }],
  'restart-due': [{ status: 'possible', patch: { system: { bootedAgoMs: 3_000_000_000 } } }],
  'reset-app-preferences': [
    { status: 'possible', patch: app({ mediaAccess: 'none', notifications: false, netPolicy: 1 }) },
    { status: 'ok', patch: app({ mediaAccess: 'none' }) },
  ],
  reinstall: [
    { status: 'possible', patch: app({ exits: [crash, crash, crash] }) },
    { status: 'possible', patch: app({ sentBytes24h: 10 }) },
    { status: 'not-applicable', on: healthySamsung, of: galleryApp, patch: {} },
  ],
  'device-battery-worn': [
    { status: 'problem', patch: { battery: { capacityPercent: 72 } } },
    { status: 'problem', patch: { battery: { health: 'failure' } } },
    { status: 'possible', patch: { battery: { capacityPercent: 83 } } },
    { status: 'unknown', patch: { battery: { capacityPercent: gone } } },
  ],
  'device-battery-cycles': [{ status: 'possible', patch: { battery: { cycles: 1223 } } }],
  'device-heat': [
    { status: 'problem', patch: { battery: { temperature: 51.5 } } },
    { status: 'problem', patch: { battery: { health: 'overheat' } } },
    { status: 'possible', patch: { battery: { temperature: 44.5 } } },
  ],
  'device-storage-room': [
    { status: 'problem', patch: { storage: { freeBytes: 1_000_000_000 } } },
    { status: 'possible', patch: { storage: { freeBytes: 9_000_000_000 } } },
  ],
  'device-storage-wear': [{ status: 'manual', patch: {} }],
  'device-patch-age': [
    { status: 'problem', patch: { identity: { securityPatch: '2024-05-01' } } },
    { status: 'possible', patch: { identity: { securityPatch: '2026-04-01' } } },
  ],
  'device-uptime': [{ status: 'possible', patch: { system: { bootedAgoMs: 4_000_000_000 } } }],
  'device-crashes': [
    { status: 'problem', patch: app({ exits: [crash, crash, crash, crash, crash] }) },
    { status: 'possible', patch: app({ exits: [crash, crash, crash] }) },
    { status: 'unknown', patch: app({ exits: gone }) },
  ],
  'upload-stalled': [
    { status: 'problem', patch: app({ sentBytes24h: 1200 }) },
    { status: 'unknown', patch: { photos: { newest: '2026-11-22T11:30:00.000Z' }, ...app({ sentBytes24h: 1200 }) } },
    { status: 'not-applicable', patch: { photos: { newest: '2026-11-18T08:00:00.000Z' } } },
  ],
};

const earlier: Reading = buildReading(healthyPhone);

/** What has changed since the healthy phone of an earlier snapshot. */
const updates: Record<string, readonly Trigger[]> = {
  'app-recently-updated': [
    { status: 'possible', patch: app({ version: '7.3.0' }) },
    { status: 'unknown', patch: app({ version: unavailable('timeout', 'No answer.') }) },
    { status: 'ok', patch: {} },
  ],
  'os-update-recent': [
    { status: 'possible', patch: { identity: { osVersion: '15' } } },
    { status: 'possible', patch: { identity: { build: 'AP2A' } } },
    { status: 'possible', patch: { identity: { securityPatch: '2026-11-20' } } },
    { status: 'ok', patch: {} },
  ],
};

describe('an update since the earlier snapshot', () => {
  const list = Object.entries(updates).flatMap(([cause, triggered]) => triggered.map((one) => ({ cause, ...one })));

  test.each(list)('$cause is $status', ({ cause, status, patch }) => {
    const reading = buildReading(patched(healthyPhone, patch));
    const finding = findingOf(judge(reading, catalog, { previous: earlier }).findings, cause, photosApp);
    expect(finding.status).toBe(status);
    expect(finding.evidence.some(({ path }) => path.startsWith('previous.'))).toBe(true);
  });

  test('cannot be told without one', () => {
    const { findings } = judge(buildReading(patched(healthyPhone, app({ version: '7.3.0' }))), catalog);
    for (const cause of Object.keys(updates)) {
      expect(findingOf(findings, cause, photosApp).status).toBe('not-applicable');
    }
  });

  test('of an app that has sent nothing since it is suspected all the same', () => {
    const patch = app({ updatedAt: '2026-11-20 09:00:00', sentBytes24h: 10 });
    const { findings } = judge(buildReading(patched(healthyPhone, patch)), catalog);
    const finding = findingOf(findings, 'app-recently-updated', photosApp);
    expect(finding.status).toBe('possible');
    expect(finding.corrections[0]?.steps[0]).toBe(
      'Open Google Photos > your picture at the top right > Photos settings > Backup. The backup is called Backup (formerly Back up & sync, until 2022; Auto Backup, until 2015). Check that it is on.',
    );
  });
});

const rows = Object.entries(triggers).flatMap(([cause, list]) =>
  list.map((trigger, index) => ({ cause, number: index + 1, ...trigger })),
);

function findingOf(findings: readonly Finding[], cause: string, app: string): Finding {
  const found = findings.find((one) => one.cause === cause && (one.app === null || one.app === app));
  if (found === undefined) throw new Error(`There is no finding ${cause}.`);
  return found;
}

describe('every cause of Android', () => {
  test('has a reading that shows it', () => {
    const causes = catalog.causes.filter((cause) => cause.platforms.includes('android')).map((cause) => cause.id);
    expect([...Object.keys(triggers), ...Object.keys(updates)].sort()).toEqual(causes.sort());
  });

  test.each(rows)('$cause is $status (reading $number)', ({ cause, status, patch, on, of }) => {
    const reading = buildReading(patched(on ?? healthyPhone, patch));
    const finding = findingOf(judge(reading, catalog).findings, cause, of ?? photosApp);
    expect(finding.status).toBe(status);
    if (status === 'problem' || status === 'possible') {
      expect(finding.evidence.some((evidence) => evidence.unavailable === null)).toBe(true);
      expect(finding.corrections.map((correction) => correction.kind)).toContain('guided');
    }
    if (status === 'unknown' || status === 'manual') {
      expect(finding.check.length).toBeGreaterThan(0);
      expect(finding.title).toMatch(/: check by hand$/);
    }
  });
});

/** The ids of the causes by status. */
const byStatus = (values: ReadingValues) => {
  const groups = Map.groupBy(judge(buildReading(values), catalog).findings, (finding) => finding.status);
  return Object.fromEntries([...groups].map(([status, list]) => [status, [...new Set(list.map((one) => one.cause))]]));
};

describe('a healthy phone', () => {
  test('has no finding but ok, save what a person must look up and what it does not have', () => {
    const { ok, manual, ...rest } = byStatus(healthyPhone);
    expect(manual).toEqual(['backup-off', 'cloud-storage-full', 'device-storage-wear']);
    expect(rest).toEqual({
      'not-applicable': ['sync-off', 'maker-sleeping', 'maker-autostart', 'app-recently-updated', 'os-update-recent'],
    });
    expect(ok?.length).toBe(Object.keys(triggers).length - 6);
  });

  test('of Samsung or Xiaomi has none either', () => {
    const samsung = byStatus(healthySamsung);
    expect(samsung['problem']).toBeUndefined();
    expect(samsung['possible']).toEqual(['duplicate-backup-paths']);
    expect(samsung['unknown']).toBeUndefined();
    const xiaomi = byStatus(healthyXiaomi);
    expect(xiaomi['problem']).toBeUndefined();
    expect(xiaomi['possible']).toBeUndefined();
  });
});

describe('the texts', () => {
  const texts = catalog.causes.map((cause) => ({ id: cause.id, per: cause.per, text: cause.text }));

  test.each(texts)('of $id tell a problem from the good case and name the app they are about', ({ per, text }) => {
    expect(text.problem).not.toBe(text.ok);
    expect(text.explanation.match(/[.?!](?= |$)/g)?.length).toBeGreaterThanOrEqual(2);
    if (per === 'app') expect(text.explanation).toContain('{app}');
  });

  test('reach a person with the name of the app in them', () => {
    const reading = buildReading(patched(healthyPhone, app({ exempt: false, mediaAccess: 'none' })));
    const shown = JSON.stringify(judge(reading, catalog).findings);
    expect(shown).not.toContain('{app}');
    expect(shown).toContain('Google Photos is not exempt from battery optimisation');
  });
});
