import type { SampleState, SampleUser } from '../state.ts';
import { HOUR_MS } from '../time-text.ts';
import { GOOGLE_PHOTOS, healthyAppOfUser, ownersCopy } from './healthy.ts';

/** Flags as `UserInfo` prints them, in hexadecimal, and the type that goes with them. */
export const user = (id: number, name: string, flags: string, type: string, running = true): SampleUser => ({
  id,
  name,
  flags,
  type,
  running,
  unlocked: running,
});

/** A profile of the owner with an app of its own in use. */
export function profile(state: SampleState, added: SampleUser, packageName: string): void {
  state.users.push(added);
  const app = state.apps.find((one) => one.package === packageName);
  app?.users.push({ ...healthyAppOfUser(state.build.sdk, added.id, { readsMedia: true }), traffic: [] });
}

export function workProfile(state: SampleState, organizationOwned: boolean): void {
  profile(state, user(10, 'Work profile', '1030', 'profile.MANAGED'), GOOGLE_PHOTOS);
  state.profileOwners.push({ userId: 10, package: 'com.google.android.apps.work.clouddpc', organizationOwned });
}

/** A user who has what came with the phone and has opened none of it: no account, no photo, no permission asked for. */
export function inFrontWithNothing(state: SampleState, added: SampleUser): void {
  state.users.push(added);
  state.currentUser = added.id;
  state.sync.master.push({ userId: added.id, enabled: true });
  state.settingsOfUsers[added.id] = { secure: { location_mode: '3' }, system: {} };
  for (const app of state.apps.filter(({ system }) => system)) app.users.push(neverOpened(state, added.id));
}

const neverOpened = ({ build }: SampleState, userId: number) => ({
  ...healthyAppOfUser(build.sdk, userId, {}),
  stopped: true,
  notLaunched: true,
  standby: { bucket: 50, reason: 'd', usedAgoMs: 0, lastJobAgoMs: null },
  traffic: [],
});

/** A user who does with the phone all that its owner does, at the same health. */
export function inFrontLikeTheOwner(state: SampleState, added: SampleUser): void {
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
export function makeHeadless(state: SampleState): void {
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
export function repairMode(state: SampleState): void {
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
export function troubleTheOwner(state: SampleState): void {
  const own = ownersCopy(state, GOOGLE_PHOTOS);
  own.stopped = true;
  own.permissions = {};
  own.networkPolicy = 1;
  own.appOps['RUN_ANY_IN_BACKGROUND'] = { mode: 'ignore', usedAgoMs: null };
}

/** Samsung's Maintenance mode, in the words of a German phone. */
export const maintenanceMode = (state: SampleState): void =>
  inFrontWithNothing(state, user(77, 'Wartungsmodus', '80410', 'full.SECONDARY'));

/** After a restart, before anybody has entered the PIN. */
export function lockedSinceRestart(state: SampleState): void {
  state.clock.uptimeMs = 9 * HOUR_MS;
  for (const one of state.users) one.unlocked = false;
}
