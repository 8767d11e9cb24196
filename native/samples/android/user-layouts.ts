import { GOOGLE_PHOTOS, healthyAppOfUser } from './profiles/healthy.ts';
import { createSample } from './profiles.ts';
import type { SamplePhone } from './sample-phone.ts';
import type { SampleState, SampleUser } from './state.ts';

/** Who uses a phone, and who is in front of it. */
export interface UserLayout {
  readonly name: string;
  /** The profile whose healthy phone it is made of. */
  readonly profile: string;
  readonly arrange: (state: SampleState) => void;
}

/** Flags as `UserInfo` prints them, in hexadecimal, and the type that goes with them. */
const user = (id: number, name: string, flags: string, type: string, running = true): SampleUser => ({
  id,
  name,
  flags,
  type,
  running,
  unlocked: running,
});

/** A profile of the owner with an app of its own in use. */
function profile(state: SampleState, added: SampleUser, packageName: string): void {
  state.users.push(added);
  const app = state.apps.find((one) => one.package === packageName);
  app?.users.push({ ...healthyAppOfUser(state.build.sdk, added.id, true), traffic: [] });
}

function workProfile(state: SampleState, organizationOwned: boolean): void {
  profile(state, user(10, 'Work profile', '1030', 'profile.MANAGED'), GOOGLE_PHOTOS);
  state.profileOwners.push({ userId: 10, package: 'com.google.android.apps.work.clouddpc', organizationOwned });
}

/** A user who has what came with the phone and has opened none of it: no account, no photo, no permission asked for. */
function inFrontWithNothing(state: SampleState, added: SampleUser): void {
  state.users.push(added);
  state.currentUser = added.id;
  state.sync.master.push({ userId: added.id, enabled: true });
  state.settingsOfUsers[added.id] = { secure: { location_mode: '3' }, system: {} };
  for (const app of state.apps.filter(({ system }) => system)) app.users.push(neverOpened(state, added.id));
}

const neverOpened = ({ build }: SampleState, userId: number) => ({
  ...healthyAppOfUser(build.sdk, userId, false),
  stopped: true,
  notLaunched: true,
  standby: { bucket: 50, reason: 'd', usedAgoMs: 0, lastJobAgoMs: null },
  traffic: [],
});

/** A user who does with the phone all that its owner does, at the same health. */
function inFrontLikeTheOwner(state: SampleState, added: SampleUser): void {
  state.users.push(added);
  state.currentUser = added.id;
  state.settingsOfUsers[added.id] = {
    secure: structuredClone(state.settings.secure),
    system: structuredClone(state.settings.system),
  };
  const copied = <T extends { userId: number }>(list: readonly T[]): T[] =>
    list.filter(({ userId }) => userId === 0).map((one) => ({ ...structuredClone(one), userId: added.id }));
  state.accounts.push(...copied(state.accounts));
  state.sync.master.push(...copied(state.sync.master));
  state.sync.authorities.push(...copied(state.sync.authorities));
  state.jobs.push(...copied(state.jobs));
  state.backups.push(...copied(state.backups));
  state.media.push(...copied(state.media));
  for (const app of state.apps) app.users.push(...copied(app.users));
}

const isPersons = ({ userId }: { userId: number }): boolean => userId !== 0;

/** User 0 keeps what runs the phone and has nothing of a person. */
function makeHeadless(state: SampleState): void {
  inFrontLikeTheOwner(state, user(10, 'Owner', '4413', 'full.SECONDARY'));
  state.build.properties['ro.fw.mu.headless_system_user'] = 'true';
  state.users = state.users.map((one) =>
    one.id === 0 ? { ...one, name: 'System', flags: '813', type: 'system.HEADLESS' } : one,
  );
  state.accounts = state.accounts.filter(isPersons);
  state.sync.master = state.sync.master.filter(isPersons);
  state.sync.authorities = state.sync.authorities.filter(isPersons);
  state.jobs = state.jobs.filter(isPersons);
  state.backups = state.backups.filter(isPersons);
  state.media = state.media.filter(isPersons);
  for (const app of state.apps) {
    app.users = [...(app.system ? [neverOpened(state, 0)] : []), ...app.users.filter(isPersons)];
  }
}

/** Android's repair mode starts from an empty data partition: user 0 has nothing but what came with the phone. */
function repairMode(state: SampleState): void {
  state.settings.global['repair_mode_active'] = '1';
  state.apps = state.apps.filter(({ system }) => system);
  for (const app of state.apps) app.users = [neverOpened(state, 0)];
  state.accounts = [];
  state.sync.authorities = [];
  state.jobs = [];
  state.backups = [];
  state.media = [];
  state.doze.userExempt = [];
}

/** What the owner's copy of the app shows, so that a test sees whose is judged. */
function troubleTheOwner(state: SampleState): void {
  const own = state.apps.find((app) => app.package === GOOGLE_PHOTOS)?.users.find(({ userId }) => userId === 0);
  if (own === undefined) throw new Error(`The sample has no ${GOOGLE_PHOTOS} for user 0`);
  own.stopped = true;
  own.permissions = {};
  own.networkPolicy = 1;
  own.appOps['RUN_ANY_IN_BACKGROUND'] = { mode: 'ignore', usedAgoMs: null };
}

/**
 * Phones as they are sold and used, by their users. In each in which somebody else is in front, the owner's own backup app is in trouble,
 * which must not be seen. Ids, flags and types: AOSP UserInfo and UserManager, 14 and 15; Samsung's and Xiaomi's as `read/user-kind.ts` names them.
 */
export const userLayouts: readonly UserLayout[] = [
  { name: 'owner alone', profile: 'pixel-14', arrange: () => undefined },
  {
    name: 'work profile managed by its employer',
    profile: 'pixel-15',
    arrange: (state) => workProfile(state, false),
  },
  { name: 'company-owned work profile', profile: 'pixel-15', arrange: (state) => workProfile(state, true) },
  // One UI on a healthy sample has it.
  { name: 'Secure Folder', profile: 'samsung-14', arrange: () => undefined },
  {
    name: 'Dual Messenger',
    profile: 'samsung-16',
    arrange: (state) => profile(state, user(95, 'DUAL_APP', '20001030', 'profile.MANAGED'), 'com.whatsapp'),
  },
  {
    name: 'clone',
    profile: 'xiaomi-14',
    arrange: (state) => profile(state, user(999, 'XSpace', '801010', 'profile.CLONE'), 'com.whatsapp'),
  },
  {
    name: 'Private space, locked',
    profile: 'pixel-15',
    arrange: (state) => profile(state, user(11, 'Private space', '1090', 'profile.PRIVATE', false), GOOGLE_PHOTOS),
  },
  {
    name: 'Private space, open',
    profile: 'pixel-15',
    arrange: (state) => profile(state, user(11, 'Private space', '1010', 'profile.PRIVATE'), GOOGLE_PHOTOS),
  },
  {
    name: 'guest',
    profile: 'pixel-14',
    arrange: (state) => {
      inFrontWithNothing(state, user(11, 'Guest', '514', 'full.GUEST'));
      troubleTheOwner(state);
    },
  },
  {
    name: 'second user with the app',
    profile: 'pixel-14',
    arrange: (state) => {
      inFrontLikeTheOwner(state, user(10, 'Ben', '410', 'full.SECONDARY'));
      troubleTheOwner(state);
    },
  },
  {
    name: 'second user without the app',
    profile: 'pixel-14',
    arrange: (state) => {
      inFrontWithNothing(state, user(10, 'Ben', '410', 'full.SECONDARY'));
      troubleTheOwner(state);
    },
  },
  {
    name: 'Samsung maintenance mode',
    profile: 'samsung-16',
    arrange: (state) => {
      inFrontWithNothing(state, user(77, 'Wartungsmodus', '80410', 'full.SECONDARY'));
      troubleTheOwner(state);
    },
  },
  { name: 'Android repair mode', profile: 'pixel-15', arrange: repairMode },
  { name: 'headless system user', profile: 'pixel-16', arrange: makeHeadless },
];

/** A new phone with this layout, in every other respect healthy. */
export function phoneWith({ profile: id, arrange }: UserLayout): SamplePhone {
  const phone = createSample(id, { healthy: true });
  arrange(phone.state);
  return phone;
}
