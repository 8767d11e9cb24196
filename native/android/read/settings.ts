import type { ReadingValues } from '../../reading.ts';
import { Unavailable, unavailable } from '../../unavailable.ts';
import { quoted, wholeNumber, yesOrNo } from './dump.ts';

/** One namespace of Android's settings. A key that is set to null is absent, as it is for Android itself. */
export type Settings = ReadonlyMap<string, string>;

/** Whether the answer proves of a key that is not in it that the phone has no such setting. */
export type ProvesAbsent = (key: string) => boolean;

export type SettingsValues = Pick<ReadingValues, 'identity' | 'power' | 'network' | 'system'>;

const notSet = (key: string): Unavailable => unavailable('missing', `The setting ${key} is not set.`);

const refused = (key: string, text: string): Unavailable => unavailable('unparsed', `${key} is ${quoted(text)}.`);

function flag(settings: Settings, key: string): boolean | Unavailable {
  const text = settings.get(key);
  if (text === undefined) return notSet(key);
  return yesOrNo(text) ?? refused(key, text);
}

const mayBeLost = (key: string): Unavailable =>
  unavailable('truncated', `The list of settings is not whole: ${key} may have been in it.`);

/** For keys whose default Android's own documentation of Settings.Global states. */
function flagOr(
  settings: Settings,
  absent: ProvesAbsent,
  key: string,
  documentedDefault: boolean,
): boolean | Unavailable {
  if (settings.has(key)) return flag(settings, key);
  return absent(key) ? documentedDefault : mayBeLost(key);
}

function number(settings: Settings, key: string): number | Unavailable {
  const text = settings.get(key);
  if (text === undefined) return notSet(key);
  return wholeNumber(text) ?? refused(key, text);
}

function scheduleOf(settings: Settings): 'percentage' | 'dynamic' | Unavailable {
  const text = settings.get('automatic_power_save_mode');
  if (text === undefined) return notSet('automatic_power_save_mode');
  return text === '0' ? 'percentage' : text === '1' ? 'dynamic' : refused('automatic_power_save_mode', text);
}

/** 0 ignores captive portals; 1 asks, 2 avoids. Android's documentation: "The default for this setting is CAPTIVE_PORTAL_MODE_PROMPT". */
function captivePortalDetection(settings: Settings, absent: ProvesAbsent): boolean | Unavailable {
  const text = settings.get('captive_portal_mode') ?? (absent('captive_portal_mode') ? '1' : null);
  if (text === null) return mayBeLost('captive_portal_mode');
  const mode = wholeNumber(text);
  return mode === null || mode < 0 || mode > 2 ? refused('captive_portal_mode', text) : mode !== 0;
}

/** Settings.Global.WIFI_SLEEP_POLICY; every phone writes it when it first starts (AOSP DatabaseHelper.loadGlobalSettings, 8 and 9). */
function wifiSleepPolicy(settings: Settings): number | Unavailable {
  const text = settings.get('wifi_sleep_policy');
  if (text === undefined) return notSet('wifi_sleep_policy');
  const policy = wholeNumber(text);
  return policy === null || policy < 0 || policy > 2 ? refused('wifi_sleep_policy', text) : policy;
}

/** AOSP LockPatternUtils.isRepairModeActive, 14 and later: 0 where it is not set. */
function repairMode(settings: Settings, absent: ProvesAbsent): boolean | Unavailable {
  const text = settings.get('repair_mode_active');
  return text === undefined && !absent('repair_mode_active')
    ? mayBeLost('repair_mode_active')
    : (wholeNumber(text) ?? 0) > 0;
}

/** Without a mode of its own the phone follows the default of its maker, where that is set; the built-in default differs between makers. */
function privateDnsMode(settings: Settings, absent: ProvesAbsent): 'off' | 'opportunistic' | 'hostname' | Unavailable {
  const own = settings.get('private_dns_mode');
  if (own === undefined && !absent('private_dns_mode')) return mayBeLost('private_dns_mode');
  const text = own ?? settings.get('private_dns_default_mode');
  switch (text) {
    case undefined:
      return notSet('private_dns_mode');
    case 'off':
    case 'opportunistic':
    case 'hostname':
      return text;
    default:
      return refused('private_dns_mode', text);
  }
}

function anyOn(settings: Settings, absent: ProvesAbsent, keys: readonly string[]): boolean | null {
  const answers = keys.map((key) => yesOrNo(settings.get(key)));
  if (answers.includes(true)) return true;
  return answers.includes(false) && keys.every((key) => settings.has(key) || absent(key)) ? false : null;
}

const noExtremeKey = unavailable('missing', 'The phone has no known setting for an extreme saving mode here.');

/** Samsung's power mode "limit apps and Home screen" (One UI 4 and later; seen in its framework). */
const samsungGlobal = ['sem_power_mode_limited_apps_and_home_screen'];
/** Samsung's maximum power saving and emergency mode before that. */
const samsungSystem = ['ultra_powersaving_mode', 'minimal_battery_use', 'emergency_mode'];
/** Xiaomi's ultra battery saver (MIUI and HyperOS). */
const xiaomiSecure = ['power_supersave_mode_open'];

/**
 * What `global` settings mean. Sources: AOSP provider/Settings.java, 8..14 (keys, types, documented defaults), real phones of
 * Android 8.1, 9, 13 and 14. `app_standby_enabled` and `adaptive_battery_management_enabled` are documented with "Default: 1".
 */
export function globalValues(settings: Settings, absent: ProvesAbsent): SettingsValues {
  const extreme = anyOn(settings, absent, samsungGlobal);
  const name = settings.get('device_name');
  const dnsHost = settings.get('private_dns_specifier');
  return {
    identity: {
      name: name === undefined || name.trim() === '' ? notSet('device_name') : name,
      repairMode: repairMode(settings, absent),
    },
    power: {
      saverOn: flag(settings, 'low_power'),
      saverSticky: flag(settings, 'low_power_sticky'),
      triggerLevel: number(settings, 'low_power_trigger_level'),
      schedule: scheduleOf(settings),
      // Off here proves nothing: an older One UI keeps its mode among the system settings, which are read after these.
      extremeMode: extreme === true ? true : noExtremeKey,
    },
    network: {
      airplaneMode: flag(settings, 'airplane_mode_on'),
      captivePortalDetection: captivePortalDetection(settings, absent),
      privateDnsMode: privateDnsMode(settings, absent),
      wifiSleepPolicy: wifiSleepPolicy(settings),
      privateDnsHost: dnsHost === undefined || dnsHost === '' ? notSet('private_dns_specifier') : dnsHost,
    },
    system: {
      autoTime: flag(settings, 'auto_time'),
      appStandby: flagOr(settings, absent, 'app_standby_enabled', true),
      adaptiveBattery: flagOr(settings, absent, 'adaptive_battery_management_enabled', true),
      processLimit: number(settings, 'background_process_limit'),
    },
  };
}

function locationOn(settings: Settings, absent: ProvesAbsent): boolean | Unavailable {
  const mode = settings.get('location_mode');
  if (mode !== undefined) {
    const value = wholeNumber(mode);
    return value === null || value < 0 ? refused('location_mode', mode) : value !== 0;
  }
  if (settings.has('location_providers_allowed') && !absent('location_mode')) return mayBeLost('location_mode');
  // Until Android 8 the mode is made of the providers that are allowed.
  const providers = settings.get('location_providers_allowed');
  return providers === undefined ? notSet('location_mode') : providers.trim() !== '';
}

/** What `secure` settings mean (of one user). No always-on VPN is no key at all (AOSP Vpn.loadAlwaysOnPackage). */
export function secureValues(settings: Settings, absent: ProvesAbsent): SettingsValues {
  const extreme = anyOn(settings, absent, xiaomiSecure);
  const vpn = settings.get('always_on_vpn_app') ?? (absent('always_on_vpn_app') ? '' : mayBeLost('always_on_vpn_app'));
  return {
    power: { extremeMode: extreme ?? noExtremeKey },
    network: {
      alwaysOnVpn: vpn,
      alwaysOnVpnLockdown:
        vpn === ''
          ? false
          : vpn instanceof Unavailable
            ? vpn
            : flagOr(settings, absent, 'always_on_vpn_lockdown', false),
    },
    system: { locationOn: locationOn(settings, absent) },
  };
}

/** What `system` settings mean (of one user). */
export function systemValues(settings: Settings, absent: ProvesAbsent): SettingsValues {
  return { power: { extremeMode: anyOn(settings, absent, samsungSystem) ?? noExtremeKey } };
}

/** The keys whose writer is worth knowing, by namespace. */
export const settingsThatMatter: Readonly<Record<'global' | 'secure' | 'system', readonly string[]>> = {
  global: [
    'airplane_mode_on',
    'low_power',
    'low_power_sticky',
    'low_power_trigger_level',
    'automatic_power_save_mode',
    'captive_portal_mode',
    'captive_portal_detection_enabled',
    'private_dns_mode',
    'private_dns_specifier',
    'wifi_sleep_policy',
    'auto_time',
    'auto_time_zone',
    'app_standby_enabled',
    'adaptive_battery_management_enabled',
    'forced_app_standby_enabled',
    'app_restriction_enabled',
    'background_process_limit',
    ...samsungGlobal,
  ],
  secure: ['location_mode', 'always_on_vpn_app', 'always_on_vpn_lockdown', ...xiaomiSecure],
  system: ['POWER_SAVE_MODE_OPEN', ...samsungSystem],
};
