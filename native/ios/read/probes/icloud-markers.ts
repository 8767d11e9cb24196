import { z } from 'zod';
import { unavailable, type Unavailable } from '../../../unavailable.ts';
import { jsonProbe } from '../probe-of.ts';
import { syncStatusPath } from '../sync-status.ts';

/** What a path is, as `afc stat` tells it. */
export const pathInfoSchema = z.discriminatedUnion('kind', [
  z.object({
    // Captures of earlier versions say "other" of what is neither.
    kind: z.enum(['file', 'folder', 'link', 'special', 'other']),
    bytes: z.number().nullable(),
    modified: z.string(),
  }),
  z.object({ kind: z.enum(['missing', 'denied']) }),
]);
type PathInfo = z.infer<typeof pathInfoSchema>;

const enabledMarker = '/PhotoData/cpl_enabled_marker';
const syncMarker = '/PhotoData/CPL/initialsync_marker';
const database = '/PhotoData/Photos.sqlite';
export const resetEventsPath = '/PhotoData/CPL/resetevents.plist';

/** Everything that {@link icloudMarkers} looks at. */
export const markerPaths = [enabledMarker, syncMarker, database, syncStatusPath, resetEventsPath];

type Paths = Readonly<Record<string, PathInfo>>;

const kindOf = (paths: Paths, path: string): PathInfo['kind'] | undefined => paths[path]?.kind;

const modifiedOf = (paths: Paths, path: string): string | Unavailable => {
  const info = paths[path];
  return info !== undefined && 'modified' in info
    ? info.modified
    : unavailable(info?.kind === 'denied' ? 'denied' : 'missing', `${path} cannot be seen.`);
};

/**
 * On where either marker exists. Off only where a marker is absent although its neighbours can be seen; a folder that shows
 * nothing, or refuses, proves nothing.
 */
function photosEnabled(paths: Paths): boolean | Unavailable {
  const markers = [kindOf(paths, enabledMarker), kindOf(paths, syncMarker)];
  if (markers.includes('file')) return true;
  if (markers.includes('denied'))
    return unavailable('denied', 'The iPhone does not show the markers of iCloud Photos.');
  const neighbours = [kindOf(paths, database), kindOf(paths, syncStatusPath)];
  if (neighbours.includes('file')) return false;
  return unavailable('missing', 'Neither the markers of iCloud Photos nor the files beside them can be seen.');
}

/** The file is made by the first reset, so without it none is pending, provided the folder shows its files. */
function pendingResets(paths: Paths): number | Unavailable {
  const events = kindOf(paths, resetEventsPath);
  if (events === 'denied') return unavailable('denied', 'The iPhone does not show the resets of the photo engine.');
  const none = events === 'missing' && kindOf(paths, syncStatusPath) === 'file';
  return none ? 0 : unavailable('missing', 'Whether resets are pending is in another file.');
}

/**
 * The marker files of iCloud Photos. They decide whether it is on: syncstatus.plist stays behind when it is switched off
 * (file listings of iPhones with iOS 15.3, 16.1 and 16.3; Apple's own test is the marker in CPL).
 */
export const icloudMarkers = jsonProbe({
  id: 'icloud-markers',
  asked: 'scan',
  gives: { icloud: ['photosEnabled', 'enabledAt', 'statusChangedAt', 'pendingResets'] },
  command: () => ['afc', 'stat', ...markerPaths],
  schema: z.record(z.string(), pathInfoSchema),
  read: (paths) => ({
    icloud: {
      photosEnabled: photosEnabled(paths),
      enabledAt: modifiedOf(paths, enabledMarker),
      statusChangedAt: modifiedOf(paths, syncStatusPath),
      pendingResets: pendingResets(paths),
    },
  }),
});
