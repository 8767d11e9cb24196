import { type Unavailable, unavailable } from '../../unavailable.ts';
import type { AppOpMode } from '../../vocabulary.ts';
import type { PermissionState } from './package-dump.ts';

export interface MediaPermissions {
  /** API level; null where the capture does not say. */
  sdk: number | null;
  targetSdk: number | null;
  runtime: ReadonlyMap<string, PermissionState>;
  install: ReadonlyMap<string, PermissionState>;
  requested: ReadonlySet<string>;
  /** App-op of "All files access"; null where it is not known. */
  allFiles: AppOpMode | null;
}

const images = 'android.permission.READ_MEDIA_IMAGES';
const video = 'android.permission.READ_MEDIA_VIDEO';
const selected = 'android.permission.READ_MEDIA_VISUAL_USER_SELECTED';
const storage = 'android.permission.READ_EXTERNAL_STORAGE';
const manage = 'android.permission.MANAGE_EXTERNAL_STORAGE';

/** A permission of an app made before Android 6 stays "granted" when its owner takes it away: the flag says so. */
export const isGranted = (state: PermissionState | undefined): boolean =>
  state !== undefined && state.granted && !state.flags.includes('REVOKED_COMPAT');

type Access = 'full' | 'partial' | 'none';

/** Separate permissions for photos and videos: Android 13 and later. */
function separateAccess(runtime: MediaPermissions['runtime']): Access {
  const granted = [images, video].filter((name) => isGranted(runtime.get(name)));
  // Android 14 lets an app that does not know of selected photos believe that it has everything, for one session.
  const once = granted.some((name) => runtime.get(name)?.flags.includes('ONE_TIME') === true);
  if (granted.length === 2 && !once) return 'full';
  return granted.length > 0 || isGranted(runtime.get(selected)) ? 'partial' : 'none';
}

/** "All files access" (Android 11 and later), which stands above the media permissions. */
function allFilesAccess({ requested, install, runtime, allFiles, sdk }: MediaPermissions): boolean | 'unknown' {
  if (sdk !== null && sdk < 30) return false;
  const asked = requested.has(manage) || install.has(manage) || runtime.has(manage);
  if (allFiles === 'allow') return true;
  if (!asked) return false;
  if (allFiles === null) return 'unknown';
  return allFiles === 'default' && isGranted(install.get(manage) ?? runtime.get(manage));
}

function permissionAccess(permissions: MediaPermissions): Access {
  const { sdk, targetSdk, runtime, requested } = permissions;
  const separate = [images, video, selected].some((name) => runtime.has(name));
  if (sdk === null ? separate : sdk >= 33) {
    if (separate) return separateAccess(runtime);
    const asksSeparately = requested.has(images) || requested.has(video);
    // For an app that targets 13 or later, the permission of old gives nothing.
    if (asksSeparately || (targetSdk !== null && targetSdk >= 33)) return 'none';
  }
  return isGranted(runtime.get(storage)) ? 'full' : 'none';
}

/**
 * Access to photos and videos by Android version: one permission until 12, photos and videos apart from 13, a selection
 * from 14, "all files" above them all from 11. Full is looked for first: a selection that was widened leaves its grant behind.
 */
export function mediaAccess(permissions: MediaPermissions): Access | Unavailable {
  const access = permissionAccess(permissions);
  if (access === 'full') return access;
  const all = allFilesAccess(permissions);
  if (all === true) return 'full';
  return all === false
    ? access
    : unavailable('missing', 'The app may have "All files access"; the phone did not say whether it is allowed.');
}
