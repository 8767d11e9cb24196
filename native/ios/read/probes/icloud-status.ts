import { allUnavailable } from '../../../assemble.ts';
import { isKnown, type Gives } from '../../../reading.ts';
import { unavailable, Unavailable } from '../../../unavailable.ts';
import type { PlistFields } from '../plist-fields.ts';
import { plistProbe } from '../probe-of.ts';
import {
  flagOf,
  reasonGives,
  reasonValues,
  statusFile,
  syncStatusKeys,
  syncStatusPath,
  type StatusFile,
} from '../sync-status.ts';

const gives = {
  ...reasonGives,
  icloud: [
    ...reasonGives.icloud,
    'attached',
    'lastSync',
    'cloudCount',
    'beingRemoved',
    'removalAt',
    'leavingSharedCount',
    'upgradeSuggested',
  ],
} satisfies Gives;

function cloudCount(fields: PlistFields): number | Unavailable {
  const perType = fields.dictionary('cloudAssetCountPerType');
  if (perType instanceof Unavailable) return perType;
  const counts = Object.keys(perType.dict).map((type) => perType.count(type));
  const unread = counts.find((count) => count instanceof Unavailable);
  if (unread !== undefined) return unread;
  if (counts.length === 0) return unavailable('missing', 'The iPhone does not say how many photos are in iCloud.');
  return counts.filter((count) => typeof count === 'number').reduce((sum, count) => sum + count, 0);
}

/** Present while iCloud Photos is being removed: the moment at which it deletes what is in iCloud. */
const removalKey = 'exitDeleteTime';

function removalOf({ fields, tellsAll }: StatusFile): {
  beingRemoved: boolean | Unavailable;
  removalAt: string | Unavailable;
} {
  if (fields.has(removalKey)) return { beingRemoved: true, removalAt: fields.moment(removalKey) };
  const unclear = unavailable('missing', 'The iPhone does not say whether iCloud Photos is being removed.');
  return {
    beingRemoved: tellsAll ? false : unclear,
    removalAt: tellsAll ? unavailable('missing', 'iCloud Photos is not being removed.') : unclear,
  };
}

/** Photos that still have to leave a shared library; the key is there only while they do. */
function leavingSharedCount({ fields, tellsAll }: StatusFile): number | Unavailable {
  const key = 'remainingCountInSharedLibraryExit';
  return !fields.has(key) && tellsAll ? 0 : fields.count(key);
}

/**
 * The photo engine's own state: every reason to pause. Reasons of a phone whose iCloud Photos is off are left over from when
 * it was on, and say nothing; that photos will be deleted stays true.
 */
export const icloudStatus = plistProbe({
  id: 'icloud-status',
  asked: 'scan',
  gives,
  command: () => ['afc', 'read', syncStatusPath],
  known: syncStatusKeys,
  read(fields, so) {
    const { photosEnabled } = so.icloud;
    const file = statusFile(fields);
    const removal = removalOf(file);
    if (isKnown(photosEnabled) && !photosEnabled.value) {
      const old = allUnavailable(gives, [], unavailable('missing', 'iCloud Photos is off: what it said last is old.'));
      return removal.beingRemoved === true ? { ...old, icloud: { ...old.icloud, ...removal } } : old;
    }
    const values = reasonValues(file);
    return {
      ...values,
      icloud: {
        ...values.icloud,
        ...removal,
        attached: flagOf(file, 'iCloudLibraryExists', false),
        lastSync: fields.moment('lastSyncDate'),
        cloudCount: cloudCount(fields),
        leavingSharedCount: leavingSharedCount(file),
        upgradeSuggested: flagOf(file, 'upgradeSuggestedToAccessAllPhotos', false),
      },
    };
  },
});
