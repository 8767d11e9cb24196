import { isKnown, type Reading } from '../../reading.ts';
import { unavailable, type Unavailable } from '../../unavailable.ts';
import type { UserKind } from '../../vocabulary.ts';

export interface AndroidUser {
  id: number;
  kind: UserKind;
  running: boolean;
}

/** A user as Android prints it. */
export interface PrintedUser {
  id: number;
  /** Free text of a person, or the maker's own word in the phone's language. */
  name: string;
  flags: number;
  /** `android.os.usertype.…`, which only `dumpsys user` prints, and only since Android 11. */
  type: string | null;
  running: boolean;
}

/** AOSP content/pm/UserInfo, 8..16. */
const guest = 0x4;
const managedProfile = 0x20;
const demo = 0x200;
const profile = 0x1000;
const main = 0x4000;
/** Samsung's own in its UserInfo (One UI 6 and 7, published decompilation). */
const samsungSecureFolder = 0x20000;
const samsungDualApp = 0x20000000;

/**
 * The user that a maker's maintenance mode runs as: Samsung's UserInfo.MAINTENANCE_MODE_USER_ID and FLAG_MAINTENANCE_MODE, Xiaomi's
 * UserManagerServiceImpl.checkAndGetNewUserId (published decompilations). Elsewhere such an id may be anybody's.
 */
const maintenanceModes = [
  { skin: 'samsung', id: 77, flag: 0x80000 },
  { skin: 'xiaomi', id: 110, flag: 0x8000000 },
] as const;

/** What the makers call such a user in English. */
const maintenanceName = /^(?:maintenance|repair) mode$/i;

/** The ids that makers give to profiles of their own: 150 Samsung's Secure Folder, 95 and 999 second copies of apps. */
const makersIds: Readonly<Record<number, UserKind>> = { 95: 'clone', 150: 'secure-folder', 999: 'clone' };

/** AOSP os/UserManager USER_TYPE_…, 11..16, without `android.os.usertype.`. */
const types: Readonly<Record<string, UserKind>> = {
  'full.SECONDARY': 'second',
  'full.RESTRICTED': 'second',
  'full.GUEST': 'guest',
  'full.DEMO': 'demo',
  'profile.MANAGED': 'work',
  'profile.CLONE': 'clone',
  'profile.PRIVATE': 'private',
};

function isMaintenance({ id, flags, name }: PrintedUser, skin: string | null): boolean {
  if (id !== 0 && maintenanceName.test(name.trim())) return true;
  return maintenanceModes.some((mode) => {
    const flagged = (flags & mode.flag) !== 0;
    return mode.skin === skin ? flagged || id === mode.id : flagged && id === mode.id;
  });
}

function kindOf(user: PrintedUser, skin: string | null): UserKind {
  const { id, flags } = user;
  if (isMaintenance(user, skin)) return 'maintenance';
  if ((flags & samsungSecureFolder) !== 0) return 'secure-folder';
  const makers = makersIds[id];
  if (makers !== undefined) return makers;
  if ((flags & samsungDualApp) !== 0) return 'clone';
  const typed = types[user.type?.replace(/^android\.os\.usertype\./, '') ?? ''];
  if (typed !== undefined) return typed;
  if ((flags & managedProfile) !== 0) return 'work';
  if ((flags & guest) !== 0) return 'guest';
  if ((flags & demo) !== 0) return 'demo';
  return (flags & profile) !== 0 || user.type?.includes('.profile.') === true ? 'other' : 'second';
}

/** With a headless system user, user 0 is the phone itself, and the owner is the main user, else the first person. */
function ownerOf(printed: readonly PrintedUser[], people: ReadonlyMap<number, UserKind>, headless: boolean): number {
  if (!headless) return 0;
  const seconds = printed.filter(({ id }) => people.get(id) === 'second');
  const flagged = seconds.find(({ flags }) => (flags & main) !== 0);
  return flagged?.id ?? Math.min(...seconds.map(({ id }) => id));
}

/** What each user of a list is for. */
export function usersOf(printed: readonly PrintedUser[], so: Reading): AndroidUser[] {
  const skin = isKnown(so.identity.skin) ? so.identity.skin.value : null;
  const headless =
    (isKnown(so.identity.headless) && so.identity.headless.value) ||
    printed.some(({ type }) => type === 'android.os.usertype.system.HEADLESS');
  const kinds = new Map(printed.map((user) => [user.id, user.id === 0 ? 'system' : kindOf(user, skin)] as const));
  const owner = ownerOf(printed, kinds, headless);
  return printed.map(({ id, running }) => ({ id, kind: id === owner ? 'owner' : (kinds.get(id) ?? 'other'), running }));
}

/** Users that can be in the foreground; the others are profiles beside one of them. */
const inFront: ReadonlySet<UserKind> = new Set(['owner', 'second', 'guest', 'maintenance', 'demo']);

/** The user in the foreground; where only one user can be, it is that one. */
export function userInFront(users: readonly AndroidUser[], userId: number | null): AndroidUser | Unavailable {
  if (userId !== null) {
    const found = users.find(({ id }) => id === userId);
    return found ?? unavailable('missing', `The list does not name user ${userId}.`);
  }
  const [only, another] = users.filter(({ kind }) => inFront.has(kind));
  if (only !== undefined && another === undefined) return only;
  return unavailable(
    'missing',
    'There are several users, and the answer does not say which of them is in the foreground.',
  );
}
