import type { PhoneProbe } from '../../../probe.ts';
import { settingsParser, secureGives } from '../settings-list.ts';
import { secureValues } from '../settings.ts';

/** The user's secure settings. Read from AOSP providers/settings/SettingsService.java, 8..14, and a real Xiaomi's list of Android 14. */
export const settingsSecure: PhoneProbe = {
  id: 'settings-secure',
  platform: 'android',
  per: 'phone',
  asked: 'scan',
  gives: secureGives,
  command: ({ userId }) => ['settings', 'list', '--user', String(userId), 'secure'],
  parse: settingsParser(secureGives, 'secure', secureValues),
};
