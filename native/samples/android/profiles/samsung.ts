import type { SampleBuild, SampleState } from '../state.ts';
import { DAY_MS, HOUR_MS } from '../time-text.ts';
import {
  GOOGLE_PHOTOS,
  healthyApp,
  healthyAppOfUser,
  ONEDRIVE,
  ownersCopy,
  SAMSUNG_CLOUD,
  SAMSUNG_GALLERY,
  uploadJob,
} from './healthy.ts';

const SECURE_FOLDER = 150;
const SAMSUNG_ACCOUNT = 'com.osp.app.signin';

export const ONE_UI_6: SampleBuild = {
  sdk: 34,
  release: '14',
  skin: 'samsung',
  manufacturer: 'samsung',
  brand: 'samsung',
  model: 'SM-S911B',
  device: 'dm1q',
  product: 'dm1qxeea',
  id: 'UP1A.231005.007',
  incremental: 'S911BXXSADZJ1',
  securityPatch: '2026-10-01',
  properties: { 'ro.build.version.oneui': '60101', 'ro.csc.sales_code': 'EUX', 'sys.config.mars_version': '8.00' },
};

export const ONE_UI_8: SampleBuild = {
  sdk: 36,
  release: '16',
  skin: 'samsung',
  manufacturer: 'samsung',
  brand: 'samsung',
  model: 'SM-S936B',
  device: 'pa2q',
  product: 'pa2qxeea',
  id: 'BP2A.250605.031',
  incremental: 'S936BXXU7BZK2',
  securityPatch: '2026-11-01',
  properties: { 'ro.build.version.oneui': '80500', 'ro.csc.sales_code': 'EUX', 'sys.config.mars_version': '9.00' },
};

const marketingNames: Readonly<Record<string, string>> = { 'SM-S911B': 'Galaxy S23', 'SM-S936B': 'Galaxy S25+' };

/** One UI on a healthy phone: Gallery and Samsung Cloud, a Secure Folder with a second Google Photos, the battery's record. */
export function samsung(state: SampleState): void {
  const { sdk, model } = state.build;
  // Samsung's properties have its number only; this is what the owner is shown and may change.
  const name = marketingNames[model];
  if (name !== undefined) state.settings.global['device_name'] = name;
  state.users.push({
    id: SECURE_FOLDER,
    name: 'Secure Folder',
    flags: '10061030',
    type: 'profile.MANAGED',
    running: true,
    unlocked: true,
  });
  state.apps.push(
    healthyApp(sdk, {
      package: SAMSUNG_GALLERY,
      appId: 10_112,
      system: true,
      versionName: '15.5.03.5',
      installer: null,
      readsMedia: true,
    }),
    healthyApp(sdk, {
      package: SAMSUNG_CLOUD,
      appId: 10_118,
      system: true,
      versionName: '5.6.00.14',
      installer: null,
      readsMedia: true,
    }),
  );
  const photos = state.apps.find((app) => app.package === GOOGLE_PHOTOS);
  photos?.users.push({ ...healthyAppOfUser(sdk, SECURE_FOLDER, { readsMedia: true }), traffic: [] });
  state.sync.master.push({ userId: SECURE_FOLDER, enabled: true });
  state.accounts.push({
    userId: 0,
    name: 'alex@example.com',
    type: SAMSUNG_ACCOUNT,
    addedAgoMs: 400 * DAY_MS,
    addedByUid: 10_118,
  });
  state.sync.authorities.push({
    userId: 0,
    accountName: 'alex@example.com',
    accountType: SAMSUNG_ACCOUNT,
    authority: 'media',
    syncable: 1,
    enabled: true,
    total: 118,
    failed: 0,
    lastSyncAgoMs: 3 * HOUR_MS,
    lastResult: 'PERIODIC SUCCESS',
  });
  state.jobs.push(
    uploadJob(SAMSUNG_CLOUD, 4103, {
      namespace: null,
      service: `${SAMSUNG_CLOUD}/.bnr.ui.service.AutoBackupTriggerJobService`,
    }),
  );
  state.doze.systemExempt.push(SAMSUNG_CLOUD);
  Object.assign(state.settings.system, { ultra_powersaving_mode: '0', minimal_battery_use: '0', emergency_mode: '0' });
  state.battery.samsung = {
    asoc: 98,
    usage: 24_903,
    firstUseDate: '20251006',
    protectMode: 0,
    protectThreshold: 100,
  };
}

/** OneDrive sleeps (RESTRICTED bucket), Google Photos sleeps deeply and only a person can wake it, Gallery's sync is off. */
export function sleepingApps(state: SampleState): void {
  const oneDrive = ownersCopy(state, ONEDRIVE);
  oneDrive.standby = { bucket: 45, reason: 's-4', usedAgoMs: 5 * DAY_MS, lastJobAgoMs: 4 * DAY_MS };
  // MARs restricts a sleeping app in both ways.
  oneDrive.appOps['RUN_ANY_IN_BACKGROUND'] = { mode: 'ignore', usedAgoMs: null };
  const photos = ownersCopy(state, GOOGLE_PHOTOS);
  photos.enabled = 4;
  photos.lastDisabledCaller = 'com.samsung.android.lool';
  photos.stopped = true;
  photos.standby = { bucket: 45, reason: 's-4', usedAgoMs: 21 * DAY_MS, lastJobAgoMs: 20 * DAY_MS };
  for (const row of state.sync.authorities) {
    if (row.accountType === SAMSUNG_ACCOUNT) row.enabled = false;
  }
}

/** As {@link sleepingApps}, on a phone that also stops charging at 80 %. */
export function sleepingAppsAndChargeLimit(state: SampleState): void {
  sleepingApps(state);
  if (state.battery.samsung) Object.assign(state.battery.samsung, { protectMode: 2, protectThreshold: 80 });
  state.battery.level = 80;
  state.battery.status = 4;
  state.battery.chargeHeld = true;
  for (const job of state.jobs) if (job.package === SAMSUNG_CLOUD) job.charging = true;
}
