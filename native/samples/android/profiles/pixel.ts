import type { SampleBuild, SampleState } from '../state.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../time-text.ts';
import { GOOGLE_PHOTOS, ONEDRIVE, ownersCopy } from './healthy.ts';

const PIXEL: Pick<SampleBuild, 'skin' | 'manufacturer' | 'brand'> = {
  skin: 'pixel',
  manufacturer: 'Google',
  brand: 'google',
};

export const PIXEL_14: SampleBuild = {
  ...PIXEL,
  sdk: 34,
  release: '14',
  model: 'Pixel 8',
  device: 'shiba',
  product: 'shiba',
  id: 'AP2A.261005.004',
  incremental: '12404444',
  securityPatch: '2026-10-05',
  properties: {},
};

export const PIXEL_15: SampleBuild = {
  ...PIXEL,
  sdk: 35,
  release: '15',
  model: 'Pixel 8a',
  device: 'akita',
  product: 'akita',
  id: 'BP1A.261005.007',
  incremental: '12873541',
  securityPatch: '2026-10-05',
  properties: {},
};

export const PIXEL_16: SampleBuild = {
  ...PIXEL,
  sdk: 36,
  release: '16',
  model: 'Pixel 10',
  device: 'frankel',
  product: 'frankel',
  id: 'BP4A.261105.002',
  incremental: '14207890',
  securityPatch: '2026-11-05',
  properties: {},
};

/** Battery saver, nights in deep doze, Data Saver on a metered Wi-Fi, a restricted Google Photos, and a OneDrive with selected photos only. */
export function saversOn(state: SampleState): void {
  const photos = ownersCopy(state, GOOGLE_PHOTOS);
  photos.appOps['RUN_ANY_IN_BACKGROUND'] = { mode: 'ignore', usedAgoMs: 151 * MINUTE_MS };
  photos.standby = { bucket: 40, reason: 't', usedAgoMs: 200 * HOUR_MS, lastJobAgoMs: 31 * HOUR_MS };
  const oneDrive = ownersCopy(state, ONEDRIVE);
  oneDrive.networkPolicy = 1;
  selectedPhotosOnly(state, ONEDRIVE);
  state.doze.history.push({ kind: 'deep-idle', agoMs: 5 * HOUR_MS, reason: null });
  state.dataSaver = true;
  if (state.network.wifi) state.network.wifi.meteredOverride = 'true';
  batterySaverBeforeCable(state);
}

/** The saver was on; the cable switched it off, and the sticky flag and the machine's last reason tell so. */
function batterySaverBeforeCable(state: SampleState): void {
  state.settings.global['low_power_sticky'] = '1';
  state.batterySaver = {
    machineState: 5,
    lastChangedReason: 7,
    lastChangedText: 'Plugged in',
    active: false,
    adaptive: false,
    timesEnabled: 3,
    lastOnAgoMs: 26 * HOUR_MS,
    lastOffAgoMs: 14 * MINUTE_MS,
  };
}

/** "Select photos" instead of "Allow all" (Android 14 and later). */
function selectedPhotosOnly(state: SampleState, packageName: string): void {
  for (const [name, permission] of Object.entries(ownersCopy(state, packageName).permissions)) {
    if (/READ_MEDIA_(IMAGES|VIDEO)$/.test(name)) permission.granted = false;
    if (name.endsWith('VISUAL_USER_SELECTED')) permission.granted = true;
  }
}

/** The saver's trigger level keeps "battery low" latched, and a VPN carries the backup app. */
export function highTriggerLevel(state: SampleState): void {
  state.settings.global['low_power_trigger_level'] = '50';
  state.settingWriters['global/low_power_trigger_level'] = 'com.android.settings';
  state.battery.level = 52;
  state.battery.low = true;
  state.network.vpn = { sessionId: 'Example VPN', ownerUid: 10_295, uidRanges: '0-10294, 10296-99999' };
  for (const job of state.jobs) {
    if (job.package === GOOGLE_PHOTOS) Object.assign(job, { failures: 3, lastFailedAgoMs: 9 * HOUR_MS });
  }
}

/** An almost full phone, months without a restart, whose backup app keeps crashing. */
export function fullAndCrashing(state: SampleState): void {
  state.storage.dataFreeKib = 380_000;
  state.clock.uptimeMs = 47 * DAY_MS;
  const photos = ownersCopy(state, GOOGLE_PHOTOS);
  photos.size.cacheBytes = 4_812_335_104;
  photos.exits = [0, 1, 2].map((index) => ({
    agoMs: (3 + index * 5) * HOUR_MS,
    reason: 4,
    subReason: 0,
    importance: 300,
    description: 'crash',
  }));
  state.battery.chargeHeld = true;
  for (const job of state.jobs) {
    if (job.package === GOOGLE_PHOTOS && job.network !== null)
      Object.assign(job, { charging: true, storageNotLow: true });
  }
}

/** Backup is off inside the app, which no phone tells. */
export function backupOff(state: SampleState): void {
  for (const backup of state.backups) backup.bytesPerSecond = 0;
}
