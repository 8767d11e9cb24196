import { describe, expect, test } from 'vitest';
import { loadCatalog } from '../../../../diagnosis/load/catalog.ts';
import type { Finding, Status } from '../../../../diagnosis/finding.ts';
import { judge, type JudgeOptions } from '../../../../diagnosis/judge/judge.ts';
import type { Reading, ReadingValues } from '../../../../native/reading.ts';
import { unavailable } from '../../../../native/unavailable.ts';
import { buildReading, patched } from './build-reading.ts';
import {
  galleryApp,
  healthyApp,
  healthyPhone,
  healthySamsung,
  healthyXiaomi,
  photosApp,
  stalled,
} from './healthy-phone.ts';

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
const outOfTime = {
  ...crash,
  description:
    'android.app.RemoteServiceException$ForegroundServiceDidNotStopInTimeException: A foreground service of type dataSync did not stop within its timeout',
};
const immich = 'app.alextran.immich';
const refused = (accountType: string, authority: string) => ({
  authority,
  accountType,
  enabled: true,
  syncable: true,
  lastResult: 'authentication-error',
});
const swiped = { ...crash, reason: 10, subreason: 22, description: 'remove task' };
const forced = { ...swiped, subreason: 21, description: 'stop by MemoryClean' };
const long = (exit: typeof crash) => ({ ...exit, at: '2026-10-01 10:00:00' });
const waiting = (...unsatisfied: string[]) => app({ jobs: [{ ...job, unsatisfied }] });
const rare = { bucket: 40, bucketReason: 't' } as const;
const said = (name: string, flags: string[]) => ({
  permissions: { [`android.permission.${name}`]: { granted: false, flags } },
});
const day = 86_400_000;
const deepIdle: ReadingValues = { doze: { history: [{ event: 'deep-idle', agoMs: 3_600_000, reason: '' }] } };
const gone = unavailable('missing', 'No network.');

interface Trigger {
  status: Status;
  patch: ReadingValues;
  /** What it is changed on; the healthy Pixel where it is left out. */
  on?: ReadingValues;
  /** The app that it is about; Google Photos where it is left out. */
  of?: string;
  options?: JudgeOptions;
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
    // The network at this computer is not the one where photos get stuck: the jobs say whether they wait for one.
    {
      status: 'problem',
      patch: {
        network: { connected: false, transports: [], validated: false, metered: gone },
        ...waiting('CONNECTIVITY'),
      },
    },
    { status: 'problem', patch: { network: { validated: false }, ...waiting('CONNECTIVITY') } },
    { status: 'possible', patch: { network: { connected: false, transports: [], validated: false, metered: gone } } },
    { status: 'possible', patch: { network: { validated: false } } },
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
    // It bites on metered networks only: the one in use, or the one that the jobs met. What refuses every network bites everywhere.
    { status: 'possible', patch: app({ netPolicy: 1, netPolicyName: 'REJECT_METERED_BACKGROUND' }) },
    {
      status: 'problem',
      patch: {
        network: { metered: true },
        ...app({ netPolicy: 1, netPolicyName: 'REJECT_METERED_BACKGROUND' }),
      },
    },
    {
      status: 'problem',
      patch: app({
        netPolicy: 5,
        netPolicyName: 'REJECT_METERED_BACKGROUND|ALLOW',
        jobs: [{ ...job, needsUnmetered: true }],
      }),
    },
    { status: 'problem', patch: app({ netPolicy: 524_288, netPolicyName: 'REJECT_ALL_MIGRATED' }) },
    { status: 'ok', patch: app({ netPolicy: 4, netPolicyName: 'ALLOW_METERED_BACKGROUND|NONE' }) },
  ],
  vpn: [
    // Most VPNs let photos through; one that cuts the app off has its own entry.
    { status: 'possible', patch: app({ inVpn: true }) },
    { status: 'ok', patch: {} },
    // It is off, or it was lost on the way.
    { status: 'unknown', patch: { network: { alwaysOnVpn: 'com.example.vpn' } } },
  ],
  'vpn-lockdown': [
    { status: 'problem', patch: { network: { validated: false }, ...app({ inVpn: true }) } },
    { status: 'problem', patch: { network: { alwaysOnVpnLockdown: true, alwaysOnVpn: 'com.example.vpn' } } },
    { status: 'ok', patch: app({ inVpn: true }) },
  ],
  'backup-account': [{ status: 'manual', patch: {} }],
  'folders-not-chosen': [{ status: 'manual', patch: {} }],
  'rule-charging': [{ status: 'manual', patch: {} }],
  'rule-battery': [{ status: 'manual', patch: {} }],
  'weak-signal': [
    { status: 'problem', patch: { network: { rssi: -84 } } },
    { status: 'possible', patch: { network: { rssi: -82 } } },
    { status: 'possible', patch: { network: { linkSpeed: 2 } } },
    { status: 'not-applicable', patch: { network: { transports: ['CELLULAR'] } } },
  ],
  // There may be a backup app that the catalog does not know.
  'app-network-blocked': [
    { status: 'problem', patch: { network: { appFirewall: true }, ...app({ networkDenied: true }) } },
    { status: 'ok', patch: { network: { appFirewall: true } } },
    { status: 'ok', patch: app({ networkDenied: true }) },
    { status: 'unknown', patch: { network: { appFirewall: true }, ...app({ networkDenied: gone }) } },
    { status: 'unknown', patch: { network: { appFirewall: gone }, ...app({ networkDenied: gone }) } },
    { status: 'not-applicable', patch: { identity: { sdk: 33 }, network: { appFirewall: gone } } },
    { status: 'not-applicable', patch: { identity: { sdk: 32 }, network: { appFirewall: gone } } },
  ],
  'internet-permission': [
    { status: 'problem', patch: app({ internet: false }) },
    { status: 'unknown', patch: app({ internet: gone }) },
  ],
  'local-network-permission': [
    {
      status: 'problem',
      of: immich,
      patch: { identity: { sdk: 37 }, apps: { [immich]: { ...healthyApp, localNetwork: false, sentBytes24h: 0 } } },
    },
    {
      status: 'possible',
      of: immich,
      patch: { identity: { sdk: 37 }, apps: { [immich]: { ...healthyApp, localNetwork: false } } },
    },
    {
      status: 'unknown',
      of: immich,
      patch: { identity: { sdk: 37 }, apps: { [immich]: { ...healthyApp, localNetwork: gone } } },
    },
    { status: 'not-applicable', patch: { identity: { sdk: 37 }, ...app({ localNetwork: false }) } },
    { status: 'not-applicable', of: immich, patch: { apps: { [immich]: { ...healthyApp, localNetwork: gone } } } },
  ],
  'play-services-off': [
    { status: 'problem', patch: { system: { playServices: 'off' } } },
    { status: 'problem', patch: { system: { playServices: 'absent' } } },
    { status: 'unknown', patch: { system: { playServices: gone } } },
    { status: 'not-applicable', on: healthySamsung, of: galleryApp, patch: { system: { playServices: 'off' } } },
  ],
  'sign-in-expired': [
    {
      status: 'problem',
      on: healthySamsung,
      of: galleryApp,
      patch: { accounts: { syncs: [refused('com.osp.app.signin', 'media')] } },
    },
    { status: 'possible', patch: { accounts: { syncs: [refused('com.google', 'com.android.contacts')] } } },
    { status: 'ok', patch: { accounts: { syncs: [refused('com.microsoft.skydrive', 'onedrive')] } } },
    { status: 'unknown', patch: { accounts: { syncs: gone } } },
  ],
  'mobile-data-limit': [
    {
      status: 'problem',
      patch: {
        network: { mobileDataLimitReached: true, connected: false, transports: [], validated: false, metered: gone },
      },
    },
    { status: 'possible', patch: { network: { mobileDataLimitReached: true } } },
    { status: 'ok', patch: { network: { mobileDataLimit: 2_000_000_000 } } },
    { status: 'unknown', patch: { network: { mobileDataLimitReached: gone } } },
  ],
  'job-quota-used-up': [
    { status: 'problem', patch: waiting('WITHIN_QUOTA') },
    // On the cable jobs run without it: the time that is left tells of the hours before.
    { status: 'possible', patch: app({ quotaLeftMs: 0 }) },
    { status: 'possible', patch: app({ jobs: [{ ...job, required: [], unsatisfied: ['WITHIN_QUOTA'] }] }) },
    { status: 'ok', patch: app({ quotaLeftMs: 1 }) },
    { status: 'ok', patch: app({ jobs: [], quotaLeftMs: gone }) },
    { status: 'unknown', patch: app({ jobs: [job], quotaLeftMs: gone }) },
    { status: 'not-applicable', patch: { identity: { sdk: 28 }, ...waiting('WITHIN_QUOTA') } },
    // The bucket's own entry tells it.
    { status: 'not-applicable', patch: app({ ...rare, jobs: [{ ...job, unsatisfied: ['WITHIN_QUOTA'] }] }) },
  ],
  'media-index-behind': [
    { status: 'problem', patch: { photos: { newestFile: '2026-11-22T10:30:00.000Z' } } },
    // What was taken within the last hour may still be on its way.
    { status: 'ok', patch: { photos: { newestFile: '2026-11-22T11:30:00.000Z' } } },
    { status: 'ok', patch: { photos: { newestFile: '2026-11-20T08:00:01.000Z' } } },
    {
      status: 'problem',
      patch: { photos: { newestFile: '2026-11-22T10:30:00.000Z', count: 0, newestChange: gone, newest: gone } },
    },
    { status: 'unknown', patch: { photos: { newestFile: '2026-11-22T10:30:00.000Z', newestVideoChange: gone } } },
    { status: 'unknown', patch: { photos: { filesLately: gone, newestFile: gone } } },
    { status: 'not-applicable', patch: { photos: { filesLately: 0, newestFile: gone } } },
  ],
  'file-too-large': [
    {
      status: 'problem',
      patch: {
        photos: {
          newestVideos: [
            { added: '2026-11-20T08:00:00.000Z', taken: '2026-11-20T08:00:00.000Z', bytes: 10_737_418_241 },
          ],
        },
      },
    },
    {
      status: 'problem',
      patch: {
        photos: {
          newestPhotos: [{ added: '2026-11-20T08:00:00.000Z', taken: '2026-11-20T08:00:00.000Z', bytes: 209_715_201 }],
        },
      },
    },
    {
      status: 'ok',
      patch: {
        photos: {
          newestPhotos: [{ added: '2026-11-20T08:00:00.000Z', taken: '2026-11-20T08:00:00.000Z', bytes: 209_715_200 }],
        },
      },
    },
    { status: 'unknown', patch: { photos: { newestVideos: gone } } },
    {
      status: 'not-applicable',
      of: immich,
      patch: { apps: { [immich]: healthyApp }, photos: { newestVideos: gone } },
    },
  ],
  'app-archived': [
    { status: 'problem', patch: { identity: { sdk: 35 }, ...app({ installed: false, archived: true }) } },
    { status: 'ok', patch: { identity: { sdk: 35 } } },
    { status: 'unknown', patch: { identity: { sdk: 35 }, ...app({ archived: gone }) } },
    { status: 'not-applicable', patch: {} },
  ],
  'in-app-pause': [
    { status: 'manual', patch: {} },
    { status: 'problem', patch: app({ notificationTitles: ['Backup paused'] }) },
    { status: 'problem', patch: app({ notificationTitles: ['3 new memories', 'Waiting for Wi-Fi'] }) },
    { status: 'possible', patch: app({ notificationTitles: ['Sicherung pausiert'] }) },
    { status: 'ok', patch: app({ notificationTitles: [] }) },
  ],
  'admin-forbids-data': [
    { status: 'problem', patch: { network: { metered: true }, ...app({ adminForbidsMetered: true }) } },
    { status: 'possible', patch: app({ adminForbidsMetered: true }) },
    { status: 'unknown', patch: app({ adminForbidsMetered: gone }) },
    { status: 'not-applicable', patch: { identity: { sdk: 27 }, ...app({ adminForbidsMetered: gone }) } },
  ],
  'vpn-metered': [
    { status: 'problem', patch: app({ inMeteredVpn: true, jobs: [{ ...job, needsUnmetered: true }] }) },
    { status: 'possible', patch: app({ inMeteredVpn: true }) },
    { status: 'ok', patch: { network: { metered: true }, ...app({ inMeteredVpn: true }) } },
    { status: 'unknown', patch: app({ inMeteredVpn: gone }) },
  ],
  roaming: [
    { status: 'problem', patch: { network: { roaming: true }, ...app({ jobs: [job] }) } },
    { status: 'possible', patch: { network: { roaming: true } } },
    { status: 'unknown', patch: { network: { roaming: gone } } },
  ],
  'wifi-off-while-asleep': [
    { status: 'problem', patch: { identity: { sdk: 28 }, network: { wifiSleepPolicy: 0 } } },
    { status: 'problem', patch: { identity: { sdk: 26 }, network: { wifiSleepPolicy: 1 } } },
    { status: 'ok', patch: { identity: { sdk: 28 } } },
    { status: 'not-applicable', patch: { identity: { sdk: 29 }, network: { wifiSleepPolicy: 0 } } },
  ],
  'background-time-used-up': [
    { status: 'problem', patch: { identity: { sdk: 35 }, ...app({ exits: [outOfTime] }) } },
    {
      status: 'ok',
      patch: { identity: { sdk: 35 }, ...app({ exits: [{ ...outOfTime, at: '2026-10-01 10:00:00' }] }) },
    },
    { status: 'ok', patch: { identity: { sdk: 35 } } },
    { status: 'not-applicable', patch: app({ exits: [outOfTime] }) },
  ],
  'app-not-installed': [{ status: 'possible', patch: app({ installed: false }) }],
  'app-disabled': [
    { status: 'problem', patch: app({ enabledState: 'disabled-user' }) },
    { status: 'problem', patch: app({ enabledState: 'disabled-until-used' }) },
  ],
  'app-suspended': [{ status: 'problem', patch: app({ suspended: true }) }],
  'app-hibernated': [{ status: 'problem', patch: app({ hibernated: true }) }],
  'app-stopped': [
    { status: 'problem', patch: app({ stopped: true }) },
    { status: 'possible', patch: app({ exits: [forced, forced, forced] }) },
    // A swipe kills on the skins of some makers only, and what is weeks old explains nothing of today.
    { status: 'ok', patch: app({ exits: [swiped, swiped, swiped] }) },
    { status: 'possible', on: healthyXiaomi, patch: app({ exits: [swiped, swiped, swiped] }) },
    { status: 'ok', patch: app({ exits: [long(forced), long(forced), long(forced)] }) },
    { status: 'ok', patch: app({ exits: unavailable('missing', 'Android 10 keeps none.') }) },
  ],
  'managed-restriction': [
    {
      status: 'problem',
      patch: app({ policyFixed: ['android.permission.READ_MEDIA_IMAGES'], mediaAccess: 'none' }),
    },
    { status: 'possible', patch: { system: { managed: true }, ...app({ mediaAccess: 'partial' }) } },
    // Who may see every photo is not held back by whoever manages the phone.
    {
      status: 'ok',
      patch: { system: { managed: true }, ...app({ policyFixed: ['android.permission.READ_MEDIA_IMAGES'] }) },
    },
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
  // Not asked yet, as on a phone as sold, is no answer; and uploads need none.
  'notification-permission': [
    { status: 'possible', patch: app(said('POST_NOTIFICATIONS', ['USER_SET'])) },
    { status: 'ok', patch: app(said('POST_NOTIFICATIONS', [])) },
  ],
  'permission-auto-revoke': [
    // The rule bites after three months without use, whatever the standby group is.
    { status: 'problem', patch: app({ usedByUserAgoMs: 76 * day }) },
    { status: 'possible', patch: app({ usedByUserAgoMs: 46 * day }) },
    { status: 'ok', patch: app({ usedByUserAgoMs: 44 * day, ...rare }) },
    { status: 'ok', patch: app({ usedByUserAgoMs: 80 * day, autoRevoke: 'ignore' }) },
    { status: 'unknown', patch: app({ usedByUserAgoMs: unavailable('missing', 'Android 11 does not tell.') }) },
  ],
  'app-crashing': [
    { status: 'problem', patch: app({ exits: [crash, crash, crash] }) },
    { status: 'possible', patch: app({ exits: [crash] }) },
    { status: 'ok', patch: app({ exits: [long(crash), long(crash), long(crash)] }) },
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
    { status: 'possible', patch: app(said('ACCESS_MEDIA_LOCATION', ['USER_FIXED'])) },
    { status: 'ok', patch: app(said('ACCESS_MEDIA_LOCATION', [])) },
    { status: 'not-applicable', patch: app({ mediaLocation: false, permissions: {} }) },
  ],
  'location-services': [{ status: 'possible', patch: { system: { locationOn: false } } }],
  'location-always': [{ status: 'possible', patch: app({ locationAlways: true }) }],
  'cache-suspect': [{ status: 'possible', patch: app({ cacheBytes: 3_000_000_000 }) }],
  'background-restricted': [
    { status: 'problem', patch: app({ runAnyInBackground: 'ignore' }) },
    { status: 'problem', patch: app({ runAnyInBackground: 'allow', runAnyInBackgroundUid: 'deny' }) },
    // It holds back only apps for Android 7 and older, and no job.
    { status: 'ok', patch: app({ runInBackground: 'ignore' }) },
    { status: 'problem', patch: app({ jobsRestricted: true }) },
    // What nobody ever opened has lost nothing; what Samsung has put to sleep is woken in another way.
    { status: 'not-applicable', patch: app({ runAnyInBackground: 'ignore', bucket: 50 }) },
    { status: 'not-applicable', on: healthySamsung, patch: app({ runAnyInBackground: 'ignore', bucket: 45 }) },
    { status: 'ok', patch: app({ runAnyInBackground: 'ignore', runAnyInBackgroundUid: 'allow' }) },
    {
      status: 'not-applicable',
      patch: { identity: { sdk: 26 }, ...app({ runAnyInBackground: unavailable('missing', 'Not on Android 8.') }) },
    },
  ],
  'standby-bucket': [
    { status: 'possible', patch: app(rare) },
    { status: 'problem', patch: app({ ...rare, jobs: [{ ...job, unsatisfied: ['WITHIN_QUOTA'] }] }) },
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
    { status: 'possible', patch: patched(stalled, deepIdle) },
    // Photos leave all the same.
    { status: 'ok', patch: deepIdle },
  ],
  'background-process-limit': [
    { status: 'possible', patch: { system: { processLimit: 0 } } },
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
    { status: 'problem', patch: { power: { saverBeforePower: true, saverSticky: true } } },
    { status: 'ok', patch: { power: { saverBeforePower: true, saverSticky: false } } },
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
  // Every app is optimised on every phone as sold: it matters only where doze is seen to hold the app.
  'battery-optimized': [
    { status: 'ok', patch: {} },
    { status: 'ok', patch: stalled },
    { status: 'possible', patch: patched(stalled, deepIdle) },
    {
      status: 'possible',
      patch: patched(stalled, app({ jobs: [{ ...job, unsatisfied: ['DEVICE_NOT_DOZING'] }] })),
    },
    { status: 'ok', patch: patched(patched(stalled, deepIdle), app({ exempt: true })) },
  ],
  'low-battery': [
    // The level at this computer says nothing about the night: the jobs say whether they wait for the battery.
    { status: 'problem', patch: { battery: { level: 9 }, ...waiting('BATTERY_NOT_LOW') } },
    { status: 'possible', patch: { battery: { level: 9 } } },
    { status: 'possible', patch: { battery: { level: 18 } } },
    { status: 'possible', patch: { battery: { updatesStopped: true } } },
  ],
  'charge-limit': [
    {
      status: 'problem',
      patch: {
        battery: { chargeLimit: 80 },
        ...app({ jobs: [{ ...job, required: ['CHARGING', 'CONNECTIVITY'], unsatisfied: ['CHARGING'] }] }),
      },
    },
    {
      status: 'possible',
      patch: {
        battery: { chargeLimit: 80, level: 40 },
        ...app({ jobs: [{ ...job, required: ['CHARGING', 'CONNECTIVITY'] }] }),
      },
    },
    // A job without a network uploads nothing, and since Android 15 a level that is held back counts as charging.
    {
      status: 'ok',
      patch: {
        battery: { chargeLimit: 80 },
        ...app({ jobs: [{ ...job, required: ['CHARGING'], unsatisfied: ['CHARGING'] }] }),
      },
    },
    {
      status: 'ok',
      patch: {
        identity: { sdk: 35 },
        battery: { chargeLimit: 80 },
        ...app({ jobs: [{ ...job, required: ['CHARGING', 'CONNECTIVITY'], unsatisfied: [] }] }),
      },
    },
    {
      status: 'unknown',
      patch: { battery: { chargeLimit: gone }, ...app({ jobs: [{ ...job, required: ['CHARGING', 'CONNECTIVITY'] }] }) },
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
    // The media index ignores the file there since Android 11.
    { status: 'problem', patch: { identity: { sdk: 29 }, photos: { hiddenFolders: ['/sdcard/DCIM/Camera'] } } },
    { status: 'possible', patch: { photos: { hiddenFolders: ['/sdcard/DCIM/OpenCamera'] } } },
    { status: 'possible', patch: { photos: { outsideCamera: 4000 } } },
  ],
  'clock-wrong': [
    { status: 'problem', patch: { system: { clockSkewMs: -90_000_000 } } },
    { status: 'possible', patch: { system: { clockSkewMs: 1_000_000 } } },
    { status: 'ok', patch: { system: { clockSkewMs: 600_000 } } },
    { status: 'ok', patch: { system: { autoTime: false } } },
  ],
  'os-outdated': [
    { status: 'problem', patch: { identity: { securityPatch: '2024-05-01' } } },
    { status: 'unknown', patch: { identity: { securityPatch: 'soon' } } },
  ],
  'large-queue': [{ status: 'possible', patch: { photos: { count: 12_000 } } }],
  'restart-due': [{ status: 'possible', patch: { system: { bootedAgoMs: 3_000_000_000 } } }],
  'reset-app-preferences': [
    { status: 'possible', patch: app({ mediaAccess: 'none', runAnyInBackground: 'ignore', netPolicy: 1 }) },
    { status: 'ok', patch: app({ mediaAccess: 'none' }) },
  ],
  reinstall: [
    // It costs what the app keeps, so only after a test photo that did not leave.
    { status: 'ok', patch: stalled },
    {
      status: 'possible',
      patch: stalled,
      options: { testPhotos: [{ app: photosApp, at: '2026-11-22T11:00:00.000Z', outcome: 'nothing-sent' }] },
    },
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
    // Then os-outdated says it.
    { status: 'not-applicable', patch: { identity: { securityPatch: '2024-05-01' } } },
    { status: 'possible', patch: { identity: { securityPatch: '2026-04-01' } } },
  ],
  'device-uptime': [{ status: 'possible', patch: { system: { bootedAgoMs: 4_000_000_000 } } }],
  'device-crashes': [
    { status: 'problem', patch: app({ exits: [crash, crash, crash, crash, crash] }) },
    { status: 'possible', patch: app({ exits: [crash, crash, crash] }) },
    { status: 'unknown', patch: app({ exits: gone }) },
  ],
  'upload-stalled': [
    { status: 'problem', patch: stalled },
    { status: 'ok', patch: {} },
    // Half an hour is no time, and a phone that does not tell what it sent tells nothing.
    {
      status: 'unknown',
      patch: {
        photos: { newest: '2026-11-22T11:30:00.000Z', newestVideo: unavailable('missing', 'None.') },
        ...app({ sentBuckets: [] }),
      },
    },
    { status: 'unknown', patch: app({ sentBuckets: unavailable('timeout', 'No answer.') }) },
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
    const patch = app({ updatedAt: '2026-11-20 09:00:00', sentBytes24h: 10, sentBuckets: [] });
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

  test.each(rows)('$cause is $status (reading $number)', ({ cause, status, patch, on, of, options }) => {
    const reading = buildReading(patched(on ?? healthyPhone, patch));
    const finding = findingOf(judge(reading, catalog, options).findings, cause, of ?? photosApp);
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
    expect(manual).toEqual([
      'backup-off',
      'cloud-storage-full',
      'backup-account',
      'folders-not-chosen',
      'in-app-pause',
      'rule-charging',
      'rule-battery',
      'device-storage-wear',
    ]);
    expect(rest).toEqual({
      'not-applicable': [
        'local-network-permission',
        'app-archived',
        'sync-off',
        'maker-sleeping',
        'maker-autostart',
        'wifi-off-while-asleep',
        'background-time-used-up',
        'app-recently-updated',
        'os-update-recent',
      ],
    });
    expect(ok?.length).toBe(Object.keys(triggers).length - 15);
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
    const reading = buildReading(patched(healthyPhone, app({ stopped: true, mediaAccess: 'none' })));
    const shown = JSON.stringify(judge(reading, catalog).findings);
    expect(shown).not.toContain('{app}');
    expect(shown).toContain('Google Photos was stopped and not opened since');
  });
});
