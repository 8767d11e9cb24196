import type { SampleBuild, SampleState } from '../state.ts';
import { DAY_MS, HOUR_MS } from '../time-text.ts';
import { GOOGLE_PHOTOS, healthyApp, ONEDRIVE, ownersCopy } from './healthy.ts';

export const COLOROS_15: SampleBuild = {
  sdk: 35,
  release: '15',
  skin: 'coloros',
  manufacturer: 'OnePlus',
  brand: 'OnePlus',
  model: 'CPH2581',
  device: 'OP5929L1',
  product: 'CPH2581EEA',
  id: 'AP3A.240617.008',
  incremental: 'U.R4T3.1c2ab7a',
  securityPatch: '2026-09-05',
  properties: { 'ro.build.version.oplusrom': 'V15.0.0', 'ro.product.marketname': 'OnePlus 12' },
};

export const EMUI_9: SampleBuild = {
  sdk: 28,
  release: '9',
  skin: 'emui',
  manufacturer: 'HUAWEI',
  brand: 'HUAWEI',
  model: 'VOG-L29',
  device: 'HWVOG',
  product: 'VOG-L29EEA',
  id: 'HUAWEIVOG-L29',
  incremental: '9.1.0.387',
  securityPatch: '2026-10-05',
  properties: { 'ro.build.version.emui': 'EmotionUI_9.1.0' },
};

export const MOTOROLA_13: SampleBuild = {
  sdk: 33,
  release: '13',
  skin: 'motorola',
  manufacturer: 'motorola',
  brand: 'motorola',
  model: 'motorola edge 20',
  device: 'berlin',
  product: 'berlin_reteu',
  id: 'T1RGS33.138-21-10',
  incremental: '5c31f-b5d1',
  securityPatch: '2026-10-01',
  properties: {},
};

export const ANDROID_10: SampleBuild = {
  sdk: 29,
  release: '10',
  skin: 'aosp',
  manufacturer: 'HMD Global',
  brand: 'Nokia',
  model: 'Nokia 7.2',
  device: 'DDV_sprout',
  product: 'Daredevil_00EEA',
  id: 'QKQ1.191022.002',
  incremental: '00WW_2_520',
  securityPatch: '2026-10-05',
  properties: {},
};

export const ANDROID_8_1: SampleBuild = {
  sdk: 27,
  release: '8.1.0',
  skin: 'aosp',
  manufacturer: 'BQ',
  brand: 'bq',
  model: 'Aquaris X2',
  device: 'zangya_sprout',
  product: 'zangya',
  id: 'OPM1.171019.026',
  incremental: '1542812345',
  securityPatch: '2026-10-05',
  properties: {},
};

/** ColorOS: its guards kill the app, its permission monitoring withholds the shell's rights. */
export function colorOsKiller(state: SampleState): void {
  state.apps.push(
    healthyApp(state.build.sdk, { package: 'com.coloros.athena', appId: 10_090, system: true, installer: null }),
  );
  const photos = ownersCopy(state, GOOGLE_PHOTOS);
  photos.stopped = true;
  photos.standby = { bucket: 40, reason: 't', usedAgoMs: 6 * DAY_MS, lastJobAgoMs: 6 * DAY_MS };
  photos.exits = [0, 1, 2].map((index) => ({
    agoMs: (2 + index * 9) * HOUR_MS,
    reason: 10,
    subReason: 21,
    importance: 400,
    description: 'stop com.google.android.apps.photos due to from pid 2116',
  }));
  state.events.push({
    agoMs: 2 * HOUR_MS,
    uid: 1000,
    tag: 'am_kill',
    text: '[0,4794,com.google.android.apps.photos,906,stop com.google.android.apps.photos due to from pid 2116]',
  });
  state.shellLacks = ['settings', 'grant'];
}

/** EMUI on any phone: its own guards are installed, and apps come from its own store. */
export function emui(state: SampleState): void {
  for (const app of state.apps) app.installer = 'com.huawei.appmarket';
  for (const [index, name] of ['com.huawei.systemmanager', 'com.huawei.powergenie'].entries()) {
    state.apps.push(
      healthyApp(state.build.sdk, { package: name, appId: 10_020 + index, system: true, installer: null }),
    );
  }
}

/** EMUI: OneDrive may not read photos and is not exempt; App Launch cannot be read at all. */
export function emuiOneDrive(state: SampleState): void {
  const oneDrive = ownersCopy(state, ONEDRIVE);
  for (const [name, permission] of Object.entries(oneDrive.permissions)) {
    if (name.endsWith('EXTERNAL_STORAGE')) permission.granted = false;
  }
  oneDrive.standby = { bucket: 40, reason: 't', usedAgoMs: 9 * DAY_MS, lastJobAgoMs: 9 * DAY_MS };
  state.build.securityPatch = '2020-03-01';
}

/** Only one of Android 13's two media permissions, pause if unused has struck, and the network has a captive portal. */
export function halfPermission(state: SampleState): void {
  const photos = ownersCopy(state, GOOGLE_PHOTOS);
  const video = photos.permissions['android.permission.READ_MEDIA_VIDEO'];
  if (video) Object.assign(video, { granted: false, flags: ['AUTO_REVOKED', ...video.flags] });
  ownersCopy(state, ONEDRIVE).hibernated = true;
  ownersCopy(state, ONEDRIVE).stopped = true;
  state.network.validated = false;
  state.network.captivePortal = true;
}

/** A clock two days late without automatic time, a private DNS name that does not answer, background denied by uid. */
export function wrongClock(state: SampleState): void {
  state.settings.global['auto_time'] = '0';
  state.clock.skewMs = -2 * DAY_MS;
  state.clock.lastNetworkTimeAgoMs = null;
  state.settings.global['private_dns_mode'] = 'hostname';
  state.settings.global['private_dns_specifier'] = 'dns.example.net';
  state.network.validated = false;
  state.network.privateDnsBroken = true;
  state.network.deadPrivateDns = 'dns.example.net';
  state.build.securityPatch = '2021-12-01';
  const photos = ownersCopy(state, GOOGLE_PHOTOS);
  photos.uidAppOps['RUN_ANY_IN_BACKGROUND'] = 'ignore';
}

/** Android 8.1: no buckets yet, the app is idle, background data denied, photos outside the camera folder. */
export function idleOnOreo(state: SampleState): void {
  const photos = ownersCopy(state, GOOGLE_PHOTOS);
  photos.standby = { bucket: 40, reason: 't', usedAgoMs: 12 * DAY_MS, lastJobAgoMs: null };
  photos.networkPolicy = 1;
  photos.appOps['RUN_IN_BACKGROUND'] = { mode: 'ignore', usedAgoMs: 30 * HOUR_MS };
  state.noMediaFolders.push('DCIM/OpenCamera');
  for (const item of state.media.slice(0, 8)) item.relativePath = 'DCIM/OpenCamera/';
  state.sync.master = [{ userId: 0, enabled: false }];
  state.build.securityPatch = '2018-11-05';
}
