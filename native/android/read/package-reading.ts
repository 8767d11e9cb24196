import { isKnown, type AppReading, type Reading, type ReadingValues } from '../../reading.ts';
import { Unavailable, unavailable } from '../../unavailable.ts';
import { isGranted, mediaAccess } from './media-access.ts';
import type { PackageBlock, PackageDump, PermissionState, UserBlock } from './package-dump.ts';
import { readUser, sdkOf, uidOf } from './uid.ts';

type AppValues = NonNullable<ReadingValues['apps']>[string];

/** The leaves that a package dump answers for, live and in files. */
export const packageLeaves = [
  'installed',
  'archived',
  'uid',
  'version',
  'versionCode',
  'updatedAt',
  'enabledState',
  'stopped',
  'suspended',
  'suspendedBy',
  'profiles',
  'permissions',
  'mediaAccess',
  'imagesGranted',
  'videosGranted',
  'mediaLocation',
  'internet',
  'localNetwork',
  'notifications',
  'locationAlways',
  'policyFixed',
] as const;

const enabledStates = ['default', 'enabled', 'disabled', 'disabled-user', 'disabled-until-used'] as const;

const number = (text: string | undefined): number | null =>
  text !== undefined && /^-?\d{1,15}$/.test(text) ? Number(text) : null;

const flag = (text: string | undefined): boolean | Unavailable =>
  text === 'true' || text === 'false' ? text === 'true' : unavailable('missing', 'The package dump does not say.');

function enabledState(text: string | undefined): (typeof enabledStates)[number] | Unavailable {
  const state = enabledStates[number(text) ?? -1];
  return state ?? unavailable(text === undefined ? 'missing' : 'unparsed', `Enabled state: ${text ?? 'not said'}.`);
}

interface Permissions {
  runtime: ReadonlyMap<string, PermissionState>;
  install: ReadonlyMap<string, PermissionState>;
}

/** A package with a shared uid has its permissions with the shared user. */
function permissionsOf(dump: PackageDump, block: PackageBlock, user: UserBlock, userId: number): Permissions | null {
  const shared = block.sharedUser === null ? undefined : dump.sharedUsers.get(block.sharedUser);
  const runtime = shared?.users.get(userId)?.permissions ?? user.permissions;
  if (runtime === null) return null;
  return { runtime, install: shared === undefined ? block.install : new Map([...shared.install, ...block.install]) };
}

const mediaPermissions = ['READ_EXTERNAL_STORAGE', 'READ_MEDIA_IMAGES', 'READ_MEDIA_VIDEO'];
const oldMediaPermission = 'android.permission.READ_EXTERNAL_STORAGE';
const newMediaPermissions = ['android.permission.READ_MEDIA_IMAGES', 'android.permission.READ_MEDIA_VIDEO'];
const android10 = 29;
const android13 = 33;
const android17 = 37;

/** Given at installation; some builds let the owner take it back, and list it among the runtime permissions (GrapheneOS). */
function internetOf({ runtime, install }: Permissions, block: PackageBlock): boolean | Unavailable {
  const name = 'android.permission.INTERNET';
  const state = runtime.get(name) ?? install.get(name);
  if (state !== undefined) return isGranted(state);
  return unavailable(
    block.requestedListed ? 'missing' : 'truncated',
    'The package dump does not list the permission INTERNET as given or refused.',
  );
}

function permissionValues(permissions: Permissions, block: PackageBlock, so: Reading, app: AppReading): AppValues {
  const { runtime, install } = permissions;
  const sdk = sdkOf(so);
  const granted = (name: string): boolean => isGranted(runtime.get(`android.permission.${name}`));
  const listed = (name: string): boolean =>
    runtime.has(`android.permission.${name}`) || block.requested.has(`android.permission.${name}`);
  const trimmed = unavailable('truncated', 'The dump does not list what the app asks for.');
  /** A permission that is younger than this phone's Android cannot be missing on it. */
  const since = (first: number, name: string): boolean | Unavailable =>
    sdk !== null && sdk < first
      ? unavailable('missing', `The permission ${name} is not known to be part of this version of Android.`)
      : listed(name) || (sdk !== null && block.requestedListed)
        ? granted(name)
        : block.requestedListed
          ? unavailable('missing', `The permission ${name} is not known to be part of this version of Android.`)
          : trimmed;
  const knowsMedia = block.requestedListed || mediaPermissions.some(listed);
  const alwaysSince10 = since(android10, 'ACCESS_BACKGROUND_LOCATION');
  const beforeAndroid10 = sdk !== null && sdk < android10;
  return {
    permissions: Object.fromEntries(runtime),
    mediaAccess: !knowsMedia
      ? trimmed
      : mediaAccess({
          sdk,
          targetSdk: number(block.fields.get('targetSdk')),
          runtime,
          install,
          requested: block.requested,
          allFiles: isKnown(app.allFiles) ? app.allFiles.value : null,
        }),
    imagesGranted: since(android13, 'READ_MEDIA_IMAGES'),
    videosGranted: since(android13, 'READ_MEDIA_VIDEO'),
    mediaLocation: since(android10, 'ACCESS_MEDIA_LOCATION'),
    internet: internetOf(permissions, block),
    localNetwork: since(android17, 'ACCESS_LOCAL_NETWORK'),
    notifications: since(android13, 'POST_NOTIFICATIONS'),
    locationAlways: beforeAndroid10
      ? granted('ACCESS_FINE_LOCATION') || granted('ACCESS_COARSE_LOCATION')
      : alwaysSince10,
    policyFixed: [...runtime].filter(([, state]) => state.flags.includes('POLICY_FIXED')).map(([name]) => name),
  };
}

const noPermissions = (why: Unavailable): AppValues => ({
  permissions: why,
  mediaAccess: why,
  imagesGranted: why,
  videosGranted: why,
  mediaLocation: why,
  internet: why,
  localNetwork: why,
  notifications: why,
  locationAlways: why,
  policyFixed: why,
});

const allLeaves = (why: Unavailable): AppValues => Object.fromEntries(packageLeaves.map((leaf) => [leaf, why]));

/** The permissions that the block tells, or why it tells none. */
function permissionsSaid(
  dump: PackageDump,
  block: PackageBlock,
  user: UserBlock,
  so: Reading,
): Permissions | Unavailable {
  if (!block.ended) return unavailable('truncated', 'The dump ends within what it says of the app.');
  const shared = block.sharedUser === null ? undefined : dump.sharedUsers.get(block.sharedUser);
  if (!block.listsReadable || shared?.listsReadable === false)
    return unavailable('unparsed', 'A line in the lists of permissions cannot be read.');
  const permissions = permissionsOf(dump, block, user, readUser(so));
  if (permissions === null) return unavailable('truncated', 'The list of runtime permissions is missing.');
  // Android keeps a state only of what the app asks for: another one is that of an app whose header was lost.
  const isForeign =
    !block.saidWhole &&
    shared === undefined &&
    block.requestedListed &&
    [...permissions.runtime.keys()].some((name) => !block.requested.has(name));
  if (isForeign) return unavailable('unparsed', 'The dump mixes the permissions of the app with those of another one.');
  // A permission for photos or videos that was asked for is listed whether given or not: one that is not was lost on the way.
  const sdk = sdkOf(so);
  const expected = sdk === null ? [] : sdk >= android13 ? newMediaPermissions : [oldMediaPermission];
  const lost = expected.some(
    (name) => block.requested.has(name) && !permissions.runtime.has(name) && !permissions.install.has(name),
  );
  if (!block.saidWhole && lost) return unavailable('truncated', 'The list of runtime permissions is not whole.');
  return permissions;
}

/** Other users that have the app. One whose line cannot be read may have it. */
function profilesOf(block: PackageBlock, userId: number): number[] | Unavailable {
  if (!block.ended) return unavailable('truncated', 'The dump ends within what it says of the app.');
  const others = [...block.users].filter(([id]) => id !== userId);
  if (!block.users.has(userId) || others.some(([, one]) => flag(one.fields.get('installed')) instanceof Unavailable))
    return unavailable('unparsed', 'The lines of the users cannot all be read.');
  return others.filter(([, one]) => one.fields.get('installed') === 'true').map(([id]) => id);
}

/** Removed by the phone or its owner, with its data and its icon kept (Android 15 and later). */
const archived = ({ fields }: UserBlock): boolean => fields.get('installed') !== 'true' && fields.has('archiveTime');

function blockValues(dump: PackageDump, block: PackageBlock, so: Reading, app: AppReading): AppValues {
  if (block.mixed) return allLeaves(unavailable('unparsed', 'The dump mixes the app with another one.'));
  const userId = readUser(so);
  const user = block.users.get(userId);
  const appId = number(block.fields.get('appId') ?? block.fields.get('userId'));
  const installed = user === undefined ? undefined : flag(user.fields.get('installed'));
  const common: AppValues = {
    installed: installed ?? unavailable('missing', `The dump does not speak of user ${userId}.`),
    archived:
      user === undefined ? unavailable('missing', `The dump does not speak of user ${userId}.`) : archived(user),
    uid: appId === null ? unavailable('missing', 'The dump does not name the uid.') : uidOf(userId, appId),
    version: block.fields.get('versionName') ?? unavailable('missing', 'The dump does not name a version.'),
    versionCode: number(block.fields.get('versionCode')) ?? unavailable('missing', 'The dump names no version code.'),
    updatedAt: block.fields.get('lastUpdateTime') ?? unavailable('missing', 'The dump names no time of update.'),
    profiles: profilesOf(block, userId),
  };
  if (user === undefined || installed !== true) {
    const why =
      installed instanceof Unavailable
        ? installed
        : unavailable('missing', `The app is not installed for user ${userId}.`);
    return { ...common, enabledState: why, stopped: why, suspended: why, suspendedBy: why, ...noPermissions(why) };
  }
  const permissions = permissionsSaid(dump, block, user, so);
  return {
    ...common,
    enabledState: enabledState(user.fields.get('enabled')),
    stopped: flag(user.fields.get('stopped')),
    suspended: flag(user.fields.get('suspended')),
    suspendedBy: user.fields.get('suspendingPackage') ?? unavailable('missing', 'The package dump names nobody.'),
    ...(permissions instanceof Unavailable
      ? noPermissions(permissions)
      : permissionValues(permissions, block, so, app)),
  };
}

/** What a package dump says about one app; an app that is not in it is not installed only where the dump says or shows so. */
export function packageValues(dump: PackageDump, name: string, so: Reading): AppValues {
  const block = dump.packages.get(name);
  if (block !== undefined) return blockValues(dump, block, so, so.apps[name] ?? {});
  const absent = unavailable('missing', 'The app is not installed.');
  if (dump.notFound.has(name)) return { ...allLeaves(absent), installed: false, archived: false };
  if (dump.packagesSection === 'absent') return allLeaves(unavailable('unparsed', 'No packages in the answer.'));
  return dump.packagesSection === 'open'
    ? allLeaves(unavailable('truncated', 'The dump ends inside the list of packages.'))
    : allLeaves(unavailable('missing', 'The dump does not hold this app.'));
}

/**
 * The same for a dump of all packages, where a package that is not listed is not installed. That it is a dump of all is shown
 * by the package `android`, which every phone has: people also save dumps of one app under such names.
 */
export function wholePackageValues(dump: PackageDump, name: string, so: Reading): AppValues {
  const values = packageValues(dump, name, so);
  if (dump.packages.has(name) || dump.packagesSection !== 'closed' || !dump.holdsAndroid) return values;
  return { ...allLeaves(unavailable('missing', 'The app is not installed.')), installed: false, archived: false };
}
