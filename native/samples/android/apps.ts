import type { AppOfUser, SampleApp, SampleState } from './state.ts';

/** A package as one user has it. */
export interface InstalledApp {
  readonly app: SampleApp;
  readonly own: AppOfUser;
  readonly uid: number;
}

const USER_STEP = 100_000;

export function findApp(state: SampleState, packageName: string | undefined): SampleApp | undefined {
  return state.apps.find((app) => app.package === packageName);
}

/** The package as installed for that user; undefined when that user does not have it. */
export function findInstalled(
  state: SampleState,
  packageName: string | undefined,
  userId: number,
): InstalledApp | undefined {
  const app = findApp(state, packageName);
  const own = app?.users.find((user) => user.userId === userId && user.installed);
  return app && own ? { app, own, uid: uidOf(app, userId) } : undefined;
}

/** Every installed copy of every app, users in their order. */
export function allInstalled(state: SampleState): InstalledApp[] {
  return state.users.flatMap((user) => state.apps.flatMap((app) => findInstalled(state, app.package, user.id) ?? []));
}

export function findByUid(state: SampleState, uid: number): InstalledApp | undefined {
  return allInstalled(state).find((installed) => installed.uid === uid);
}

export function uidOf(app: SampleApp, userId: number): number {
  return userId * USER_STEP + app.appId;
}

/** `u0a204` for ordinary apps, the bare number for system uids (AOSP UserHandle.formatUid). */
export function shortUid(uid: number): string {
  const appId = uid % USER_STEP;
  const userId = Math.floor(uid / USER_STEP);
  if (appId >= 10_000) return `u${userId}a${appId - 10_000}`;
  return userId === 0 ? String(uid) : `u${userId}s${appId}`;
}

/** Whether doze and background restrictions leave the package alone: on the owner's or the shipped full list. */
export function isDozeExempt(state: SampleState, packageName: string): boolean {
  return state.doze.userExempt.includes(packageName) || state.doze.systemExempt.includes(packageName);
}
