import type { PhoneProbe } from '../../../probe.ts';
import { unavailable } from '../../../unavailable.ts';
import { plistOf } from '../plist-fields.ts';
import { isPlistDict, type PlistValue } from '../plist-value.ts';

export const enableLogPath = '/PhotoData/private/com.apple.accountsd/cloudServiceEnableLog.plist';

interface Switch {
  at: string;
  enabled: boolean;
}

/** One line of the log; null for one about shared albums, or of another form. */
function switchOf(entry: PlistValue): Switch | null {
  if (!isPlistDict(entry)) return null;
  const { timestamp, type, enabled } = entry;
  const ofPhotos = typeof type !== 'string' || type === 'CPL';
  if (!ofPhotos || !(timestamp instanceof Date) || typeof enabled !== 'boolean') return null;
  return { at: timestamp.toISOString(), enabled };
}

/** When iCloud Photos was switched on and off: an array of {timestamp, type, enabled} (iOS 14 to 18), oldest first. */
export const icloudSwitches: PhoneProbe = {
  id: 'icloud-switches',
  platform: 'ios',
  per: 'phone',
  asked: 'scan',
  gives: { icloud: ['enableHistory'] },
  command: () => ['afc', 'read', enableLogPath],
  parse(_text, _so, answer) {
    const entries = plistOf(answer);
    const enableHistory = Array.isArray(entries)
      ? entries
          .map(switchOf)
          .filter((entry) => entry !== null)
          .toSorted((a, b) => a.at.localeCompare(b.at))
      : unavailable('unparsed', 'The log of switches is no list.');
    return { values: { icloud: { enableHistory } }, unknownLines: 0 };
  },
};
