import type { AppOpMode, SampleBuild, SampleState } from '../state.ts';
import { DAY_MS, HOUR_MS } from '../time-text.ts';
import { GOOGLE_PHOTOS, healthyApp, ONEDRIVE, ownersCopy, uploadJob } from './healthy.ts';

const MIUI_GALLERY = 'com.miui.gallery';
const AUTOSTART = 'MIUIOP(10008)';

export const HYPEROS_14: SampleBuild = {
  sdk: 34,
  release: '14',
  skin: 'hyperos',
  manufacturer: 'Xiaomi',
  brand: 'Redmi',
  model: '23090RA98G',
  device: 'zircon',
  product: 'zircon_global',
  id: 'UP1A.231005.007',
  incremental: 'OS2.0.4.0.UNOMIXM',
  securityPatch: '2026-09-01',
  properties: {
    'ro.mi.os.version.name': 'OS2.0',
    'ro.miui.ui.version.name': 'V816',
    'ro.product.marketname': 'Redmi Note 13 Pro+ 5G',
  },
};

/** HyperOS on a healthy phone: its gallery, autostart allowed, USB debugging (Security settings) switched on. */
export function hyperOs(state: SampleState): void {
  state.apps.push(
    healthyApp(state.build.sdk, {
      package: MIUI_GALLERY,
      appId: 10_145,
      system: true,
      versionName: '4.6.1.11',
      installer: null,
      readsMedia: true,
    }),
    healthyApp(state.build.sdk, { package: 'com.miui.securitycenter', appId: 10_150, system: true, installer: null }),
  );
  state.jobs.push(uploadJob(MIUI_GALLERY, 3408, { network: 'unmetered' }));
  for (const name of [GOOGLE_PHOTOS, ONEDRIVE, MIUI_GALLERY]) setAutostart(state, name, 'allow');
  state.settings.system['POWER_SAVE_MODE_OPEN'] = '0';
  state.settings.system['locked_apps'] = '[{"u":0,"pkgs":[]}]';
}

/** No autostart, a trigger level far too high, and a shell that may change neither settings nor permissions. */
export function autostartDenied(state: SampleState): void {
  setAutostart(state, GOOGLE_PHOTOS, 'ignore');
  setAutostart(state, ONEDRIVE, 'ignore');
  const photos = ownersCopy(state, GOOGLE_PHOTOS);
  photos.stopped = true;
  photos.standby = { bucket: 30, reason: 't', usedAgoMs: 3 * DAY_MS, lastJobAgoMs: 3 * DAY_MS };
  photos.exits = [{ agoMs: 70 * HOUR_MS, reason: 10, subReason: 21, importance: 400, description: 'OneKeyClean' }];
  state.settings.global['low_power_trigger_level'] = '35';
  state.battery.level = 22;
  state.battery.low = true;
  state.shellLacks = ['settings', 'grant', 'revoke'];
}

function setAutostart(state: SampleState, packageName: string, mode: AppOpMode): void {
  ownersCopy(state, packageName).appOps[AUTOSTART] = { mode, usedAgoMs: 8 * HOUR_MS };
}
