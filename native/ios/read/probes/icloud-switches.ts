import type { PhoneProbe } from '../../../probe.ts';
import { unavailable, type Unavailable } from '../../../unavailable.ts';
import { plistOf } from '../plist-fields.ts';
import { isPlistDict, type PlistValue } from '../plist-value.ts';

export const enableLogPath = '/PhotoData/private/com.apple.accountsd/cloudServiceEnableLog.plist';

interface Switch {
  at: string;
  enabled: boolean;
}

/** One line of the log: none where it is about shared albums; null where it is of another form. */
function switchOf(entry: PlistValue): Switch[] | null {
  if (!isPlistDict(entry)) return null;
  const { timestamp, type = 'CPL', enabled } = entry;
  if (typeof type !== 'string') return null;
  if (type !== 'CPL') return [];
  if (!(timestamp instanceof Date) || typeof enabled !== 'boolean') return null;
  return [{ at: timestamp.toISOString(), enabled }];
}

function historyOf(log: PlistValue | Unavailable): Switch[] | Unavailable {
  if (!Array.isArray(log)) return unavailable('unparsed', 'The log of switches is no list.');
  const lines = log.map(switchOf);
  const read = lines.filter((line) => line !== null);
  if (read.length < lines.length) return unavailable('unparsed', 'A line of the log of switches cannot be read.');
  return read.flat().toSorted((a, b) => a.at.localeCompare(b.at));
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
    return { values: { icloud: { enableHistory: historyOf(plistOf(answer)) } }, unknownLines: 0 };
  },
};
