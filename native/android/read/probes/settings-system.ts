import type { PhoneProbe } from '../../../probe.ts';
import { settingsParser, systemGives } from '../settings-list.ts';
import { systemValues } from '../settings.ts';

/** The user's system settings. Read from AOSP providers/settings/SettingsService.java, 8..14, and a real Xiaomi's list of Android 14. */
export const settingsSystem: PhoneProbe = {
  id: 'settings-system',
  platform: 'android',
  per: 'phone',
  asked: 'scan',
  gives: systemGives,
  command: ({ userId }) => ['settings', 'list', '--user', String(userId), 'system'],
  parse: settingsParser(systemGives, 'system', systemValues),
};
