import type { PhoneProbe } from '../../../probe.ts';
import { settingsParser, globalGives } from '../settings-list.ts';
import { globalValues } from '../settings.ts';

/** The settings of the whole phone. Read from AOSP providers/settings/SettingsService.java, 8..14, and a real Xiaomi's list of Android 14. */
export const settingsGlobal: PhoneProbe = {
  id: 'settings-global',
  platform: 'android',
  per: 'phone',
  asked: 'scan',
  gives: globalGives,
  command: () => ['settings', 'list', 'global'],
  parse: settingsParser(globalGives, 'global', globalValues),
};
