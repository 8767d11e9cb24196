import { SamplePhone } from './sample-phone.ts';
import type { SampleBuild, SampleState } from './state.ts';
import { healthyState, NEWS_BYTES } from './profiles/healthy.ts';
import { HOUR_MS } from './time-text.ts';
import {
  ANDROID_10,
  ANDROID_8_1,
  colorOsKiller,
  COLOROS_15,
  emui,
  EMUI_9,
  emuiOneDrive,
  halfPermission,
  idleOnOreo,
  MOTOROLA_13,
  wrongClock,
} from './profiles/other-makers.ts';
import {
  backupOff,
  fullAndCrashing,
  highTriggerLevel,
  PIXEL_14,
  PIXEL_15,
  PIXEL_16,
  saversOn,
} from './profiles/pixel.ts';
import { ONE_UI_6, ONE_UI_8, samsung, sleepingApps, sleepingAppsAndChargeLimit } from './profiles/samsung.ts';
import { lockedSinceRestart, maintenanceMode } from './profiles/users.ts';
import { autostartDenied, hyperOs, HYPEROS_14 } from './profiles/xiaomi.ts';

/** A sample phone that can be tried, or taken apart in a test. */
export interface SampleProfile {
  readonly id: string;
  /** For people, e.g. "Pixel 8, Android 14: battery saver, Data Saver". */
  readonly title: string;
  /** A new phone with this profile's trouble. */
  create(): SamplePhone;
}

interface ProfileSource {
  readonly id: string;
  readonly title: string;
  readonly build: SampleBuild;
  /** What the maker does differently on a healthy phone. */
  readonly skin?: (state: SampleState) => void;
  readonly trouble: (state: SampleState) => void;
}

const SOURCES: readonly ProfileSource[] = [
  { id: 'pixel-14', title: 'Pixel 8, Android 14: battery saver, Data Saver', build: PIXEL_14, trouble: saversOn },
  {
    id: 'pixel-15',
    title: 'Pixel 8a, Android 15: jobs wait for a battery level, and a VPN',
    build: PIXEL_15,
    trouble: highTriggerLevel,
  },
  {
    id: 'pixel-16',
    title: 'Pixel 10, Android 16: storage full, the backup app crashes',
    build: PIXEL_16,
    trouble: fullAndCrashing,
  },
  {
    id: 'pixel-9',
    title: 'Pixel 9, Android 16: nothing wrong, yet nothing leaves',
    build: { ...PIXEL_16, model: 'Pixel 9', device: 'tokay', product: 'tokay' },
    trouble: backupOff,
  },
  {
    id: 'samsung-14',
    title: 'Galaxy S23, One UI 6: sleeping apps',
    build: ONE_UI_6,
    skin: samsung,
    trouble: sleepingApps,
  },
  {
    id: 'samsung-16',
    title: 'Galaxy S25+, One UI 8: sleeping apps and a charge limit',
    build: ONE_UI_8,
    skin: samsung,
    trouble: sleepingAppsAndChargeLimit,
  },
  {
    id: 'samsung-maintenance',
    title: 'Galaxy S25+, One UI 8: in Maintenance mode, as repair shops ask for it',
    build: ONE_UI_8,
    skin: samsung,
    trouble: maintenanceMode,
  },
  {
    id: 'pixel-locked',
    title: 'Pixel 8a, Android 15: not unlocked since it restarted at night',
    build: PIXEL_15,
    trouble: lockedSinceRestart,
  },
  {
    id: 'xiaomi-14',
    title: 'Redmi Note 13 Pro+, HyperOS 2: no autostart',
    build: HYPEROS_14,
    skin: hyperOs,
    trouble: autostartDenied,
  },
  {
    id: 'oneplus-15',
    title: 'OnePlus 12, Android 15: the backup app is stopped again and again',
    build: COLOROS_15,
    trouble: colorOsKiller,
  },
  {
    id: 'huawei-9',
    title: 'Huawei P30 Pro, EMUI 9: OneDrive without permission, no Google apps',
    build: EMUI_9,
    skin: emui,
    trouble: emuiOneDrive,
  },
  {
    id: 'motorola-13',
    title: 'Motorola edge 20, Android 13: photos but no videos, and a sign-in page on the Wi-Fi',
    build: MOTOROLA_13,
    trouble: halfPermission,
  },
  {
    id: 'nokia-10',
    title: 'Nokia 7.2, Android 10: wrong clock and a broken private DNS',
    build: ANDROID_10,
    trouble: wrongClock,
  },
  {
    id: 'bq-8',
    title: 'Aquaris X2, Android 8.1: an idle app and photos in another folder',
    build: ANDROID_8_1,
    trouble: idleOnOreo,
  },
];

/** Every sample phone, each with its trouble. */
export const sampleProfiles: readonly SampleProfile[] = SOURCES.map(({ id, title }) => ({
  id,
  title,
  create: () => createSample(id),
}));

/** For how long a trouble has kept photos from leaving. */
const sinceMs = 52 * HOUR_MS;

/** Since the trouble came, nothing has left by the app that sent the photos before. */
export function nothingLeft(state: SampleState): void {
  for (const app of state.apps) {
    for (const own of app.users)
      own.traffic = own.traffic.filter(({ agoMs, txBytes }) => agoMs > sinceMs || txBytes < NEWS_BYTES);
  }
}

/**
 * A sample phone by its profile's id: with the profile's trouble, or the same phone healthy. The serial is
 * `sample-<id>` unless given. Throws a RangeError for an unknown id.
 */
export function createSample(profileId: string, options: { healthy?: boolean; serial?: string } = {}): SamplePhone {
  const source = SOURCES.find(({ id }) => id === profileId);
  if (!source) throw new RangeError(`There is no sample phone "${profileId}"`);
  const state = healthyState(options.serial ?? `sample-${profileId}`, structuredClone(source.build));
  source.skin?.(state);
  if (options.healthy !== true) {
    source.trouble(state);
    nothingLeft(state);
  }
  return new SamplePhone(state);
}
