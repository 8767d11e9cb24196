import { allUnavailable } from '../../../assemble.ts';
import { isKnown, type Gives } from '../../../reading.ts';
import { unavailable, type Unavailable } from '../../../unavailable.ts';
import type { PlistFields } from '../plist-fields.ts';
import { plistProbe } from '../probe-of.ts';
import { reasonGives, reasonValues, syncStatusKeys, syncStatusPath } from '../sync-status.ts';

const gives: Gives = { ...reasonGives, icloud: [...reasonGives.icloud, 'attached', 'lastSync', 'cloudCount'] };

function cloudCount(fields: PlistFields): number | Unavailable {
  const counts = Object.values(fields.inner('cloudAssetCountPerType').dict).filter(
    (count) => typeof count === 'number',
  );
  if (counts.length === 0) return unavailable('missing', 'The iPhone does not say how many photos are in iCloud.');
  return counts.reduce((sum, count) => sum + count, 0);
}

/**
 * The photo engine's own state: every reason to pause. Reasons of a phone whose iCloud Photos is off are left over from when
 * it was on, and say nothing.
 */
export const icloudStatus = plistProbe({
  id: 'icloud-status',
  asked: 'scan',
  gives,
  command: () => ['afc', 'read', syncStatusPath],
  known: syncStatusKeys,
  read(fields, so) {
    const { photosEnabled } = so.icloud;
    if (isKnown(photosEnabled) && !photosEnabled.value) {
      return allUnavailable(gives, [], unavailable('missing', 'iCloud Photos is off: what it said last is old.'));
    }
    const values = reasonValues(fields);
    return {
      ...values,
      icloud: {
        ...values.icloud,
        attached: fields.flag('iCloudLibraryExists', false),
        lastSync: fields.moment('lastSyncDate'),
        cloudCount: cloudCount(fields),
      },
    };
  },
});
