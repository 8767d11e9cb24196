import type { SampleBuild, SampleState } from '../state.ts';
import { HOUR_MS, MINUTE_MS } from '../time-text.ts';
import { GOOGLE_PHOTOS, ONEDRIVE, ownersCopy } from './healthy.ts';

export const PIXEL_14: SampleBuild = {
  sdk: 34,
  release: '14',
  skin: 'pixel',
  manufacturer: 'Google',
  brand: 'google',
  model: 'Pixel 8',
  device: 'shiba',
  product: 'shiba',
  id: 'AP2A.261005.004',
  incremental: '12404444',
  securityPatch: '2026-10-05',
  properties: { 'ro.product.marketname': 'Pixel 8' },
};

/** Battery saver, Data Saver on a metered Wi-Fi, a restricted Google Photos, and a OneDrive with selected photos only. */
export function saversOn(state: SampleState): void {
  state.doze.userExempt = state.doze.userExempt.filter((name) => name !== GOOGLE_PHOTOS);
  const photos = ownersCopy(state, GOOGLE_PHOTOS);
  photos.appOps['RUN_ANY_IN_BACKGROUND'] = { mode: 'ignore', usedAgoMs: 151 * MINUTE_MS };
  photos.standby = { bucket: 40, reason: 't', usedAgoMs: 200 * HOUR_MS, lastJobAgoMs: 31 * HOUR_MS };
  photos.traffic = [];
  const oneDrive = ownersCopy(state, ONEDRIVE);
  oneDrive.networkPolicy = 1;
  for (const [name, permission] of Object.entries(oneDrive.permissions)) {
    if (/READ_MEDIA_(IMAGES|VIDEO)$/.test(name)) permission.granted = false;
    if (name.endsWith('VISUAL_USER_SELECTED')) permission.granted = true;
  }
  state.dataSaver = true;
  if (state.network.wifi) state.network.wifi.meteredOverride = 'true';
  // The cable switched the saver off; the sticky flag and the machine's last reason tell that it was on.
  state.settings.global['low_power_sticky'] = '1';
  state.batterySaver = {
    machineState: 5,
    lastChangedReason: 7,
    lastChangedText: 'Plugged in',
    active: false,
    timesEnabled: 3,
    lastOnAgoMs: 26 * HOUR_MS,
    lastOffAgoMs: 14 * MINUTE_MS,
  };
}
