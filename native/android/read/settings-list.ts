import type { Answer } from '../../capture.ts';
import type { PhoneProbe } from '../../probe.ts';
import type { Gives, ReadingValues } from '../../reading.ts';
import { unavailable } from '../../unavailable.ts';
import type { ProvesAbsent, Settings, SettingsValues } from './settings.ts';

/**
 * `key=value`, one per line, sorted by key. A value may hold line breaks, so a line that is no pair belongs to the value before
 * it; and a line inside a value may look like a pair, so a key that comes twice with two values is believed neither time.
 * Read from AOSP providers/settings/SettingsService.java (8..14) and real lists of Android 14.
 */
export function readSettingsList(text: string): { settings: Map<string, string>; pairs: number; unknownLines: number } {
  const settings = new Map<string, string>();
  const contradicted = new Set<string>();
  let unknownLines = 0;
  let pairs = 0;
  for (const line of text.split('\n')) {
    const equals = line.indexOf('=');
    const key = line.slice(0, equals);
    if (equals > 0 && equals <= 200 && /^[^\s=]+$/.test(key)) {
      const value = line.slice(equals + 1);
      if (settings.has(key) && settings.get(key) !== value) contradicted.add(key);
      settings.set(key, value);
      pairs += 1;
    } else if (line.trim() !== '' && pairs === 0) {
      unknownLines += 1;
    }
  }
  for (const key of contradicted) settings.set(key, 'two different values');
  for (const [key, value] of settings) if (value === 'null') settings.delete(key);
  return { settings, pairs, unknownLines };
}

/** Every leaf in `gives`, unavailable because the list holds no settings at all: a phone always has some. */
function nothingRead(gives: Gives): ReadingValues {
  const why = unavailable('unparsed', 'The answer holds no settings.');
  return Object.fromEntries(
    Object.entries(gives).map(([section, leaves]) => [section, Object.fromEntries(leaves.map((leaf) => [leaf, why]))]),
  );
}

export type Namespace = 'global' | 'secure' | 'system';

/**
 * Settings that every phone has from its first start, in the order of the list (AOSP DatabaseHelper.loadGlobalSettings, loadSecureSettings,
 * loadSystemSettings and loadVolumeLevels, 8 and later; `android_id` of SettingsProvider; lists of real phones of Android 12 and 14).
 */
const onEveryPhone: Readonly<Record<Namespace, readonly string[]>> = {
  global: [
    'airplane_mode_on',
    'auto_time',
    'bluetooth_on',
    'data_roaming',
    'device_provisioned',
    'mode_ringer',
    'stay_on_while_plugged_in',
    'wifi_on',
    'wifi_sleep_policy',
  ],
  secure: ['accessibility_display_magnification_enabled', 'android_id', 'user_setup_complete'],
  system: ['accelerometer_rotation', 'dim_screen', 'screen_brightness', 'volume_music'],
};

/** A saved text may have lost lines (`| grep`, `head`): it is whole where nothing is missing that every phone has. */
export const isWhole = (settings: Settings, namespace: Namespace, { exitCode }: Answer): boolean =>
  exitCode === 0 || onEveryPhone[namespace].every((key) => settings.has(key));

/** Of a saved list, which is sorted, also only between the first and the last of those that it is told by. */
function absentFrom(settings: Settings, namespace: Namespace, answer: Answer): ProvesAbsent {
  const whole = isWhole(settings, namespace, answer);
  const [first = ''] = onEveryPhone[namespace];
  const last = onEveryPhone[namespace].at(-1) ?? '';
  return (key) => whole && (answer.exitCode === 0 || (first < key && key < last));
}

export function settingsParser(
  gives: Gives,
  namespace: Namespace,
  meaning: (settings: Settings, absent: ProvesAbsent) => SettingsValues,
): PhoneProbe['parse'] {
  return (text, _so, answer) => {
    const { settings, pairs, unknownLines } = readSettingsList(text);
    return {
      values: pairs === 0 ? nothingRead(gives) : meaning(settings, absentFrom(settings, namespace, answer)),
      unknownLines,
    };
  };
}

export const globalGives = {
  identity: ['name', 'repairMode'],
  power: ['saverOn', 'saverSticky', 'triggerLevel', 'schedule', 'extremeMode'],
  network: ['airplaneMode', 'captivePortalDetection', 'privateDnsMode', 'privateDnsHost', 'wifiSleepPolicy'],
  system: ['autoTime', 'appStandby', 'adaptiveBattery', 'processLimit'],
} as const satisfies Gives;

export const secureGives = {
  power: ['extremeMode'],
  network: ['alwaysOnVpn', 'alwaysOnVpnLockdown'],
  system: ['locationOn'],
} as const satisfies Gives;

export const systemGives = { power: ['extremeMode'] } as const satisfies Gives;
