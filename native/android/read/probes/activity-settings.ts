import type { PhoneProbe } from '../../../probe.ts';
import { unavailable } from '../../../unavailable.ts';
import { readLines, wholeNumber } from '../dump.ts';

/**
 * The developer option "Background process limit" as the activity manager holds it; the option itself keeps no setting. Read
 * from AOSP am/ActivityManagerConstants.dump, 8..14: `mOverrideMaxCachedProcesses` is printed only where the option is set,
 * right before `CUR_MAX_CACHED_PROCESSES`. Real answers of Android 8.1, 9 and 13 (whose option stood at 0).
 */
export const activitySettings: PhoneProbe = {
  id: 'activity-settings',
  platform: 'android',
  per: 'phone',
  asked: 'scan',
  gives: { system: ['processLimit'] },
  command: () => ['dumpsys', 'activity', 'settings'],
  parse(text) {
    let limit: number | null = null;
    let standard: number | null = null;
    const unknownLines = readLines(text, (line) => {
      const [, key, value] = /^\s+(mOverrideMaxCachedProcesses|CUR_MAX_CACHED_PROCESSES)=(.*)$/.exec(line) ?? [];
      if (key === 'mOverrideMaxCachedProcesses') limit ??= wholeNumber(value);
      else if (key !== undefined) standard ??= wholeNumber(value);
      return key !== undefined || /^\s+\w+=/.test(line) || line.startsWith('ACTIVITY MANAGER SETTINGS');
    });
    const known = limit ?? (standard === null ? null : -1);
    return {
      values: {
        system: { processLimit: known ?? unavailable('unparsed', 'The answer holds no limit of cached processes.') },
      },
      unknownLines,
    };
  },
};
