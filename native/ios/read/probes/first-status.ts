import { plistProbe } from '../probe-of.ts';
import { isKnown } from '../../../reading.ts';
import { unavailable } from '../../../unavailable.ts';
import { pausesIn, statusFile, syncStatusPath } from '../sync-status.ts';

/**
 * The state of the photo engine before anything else is asked: the cable charges the phone and its owner unlocks it, which
 * may end the very pause that is looked for. Asked first, or kept from the moment of plugging in.
 */
export const firstStatus = plistProbe({
  id: 'icloud-first-status',
  asked: 'scan',
  gives: { icloud: ['pausedAtPlugIn'] },
  command: () => ['afc', 'read', syncStatusPath],
  read(fields, so) {
    const { photosEnabled } = so.icloud;
    if (isKnown(photosEnabled) && !photosEnabled.value) {
      return { icloud: { pausedAtPlugIn: unavailable('missing', 'iCloud Photos is off: what it said last is old.') } };
    }
    return { icloud: { pausedAtPlugIn: pausesIn(statusFile(fields)) } };
  },
});
