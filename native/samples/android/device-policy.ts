import { answerLines, type SampleAnswer } from './answer.ts';
import type { SampleProfileOwner, SampleState, SampleUser } from './state.ts';

const admin = (name: string): string => `admin=ComponentInfo{${name}/${name}.AdminReceiver}`;

/** Owners.dump, which stands above the admins of each user (OwnersData since Android 12). */
function owners({ deviceOwner, profileOwners, build }: SampleState): string[] {
  return [
    ...(deviceOwner === null
      ? []
      : [
          '  Device Owner: ',
          `    ${admin(deviceOwner)}`,
          '    name=',
          `    package=${deviceOwner}`,
          '    User ID: 0',
          '',
        ]),
    ...profileOwners.flatMap((owner: SampleProfileOwner) => [
      `  Profile Owner (User ${owner.userId}): `,
      `    ${admin(owner.package)}`,
      '    name=',
      `    package=${owner.package}`,
      ...(build.sdk >= 30 ? [`    isOrganizationOwnedDevice=${owner.organizationOwned}`] : []),
      '',
    ]),
  ];
}

/** `dumpsys device_policy`: who administers the phone. */
export function dumpDevicePolicy(state: SampleState): SampleAnswer {
  return answerLines([
    'Current Device Policy Manager state:',
    '  Immutable state:',
    '    mHasFeature=true',
    ...owners(state),
    ...state.users.flatMap(({ id }) => {
      const own =
        state.profileOwners.find(({ userId }) => userId === id)?.package ?? (id === 0 ? state.deviceOwner : null);
      return [
        `  Enabled Device Admins (User ${id}, provisioningState: ${own === null ? 0 : 3}):`,
        ...(own === null ? [] : [`    ${own}/.AdminReceiver:`]),
      ];
    }),
  ]);
}

/** AOSP am/UserState.stateToString, of a user that was started. */
export const userState = ({ unlocked }: SampleUser): string => (unlocked ? 'RUNNING_UNLOCKED' : 'RUNNING_LOCKED');

/** AOSP am/UserState: numbers until Android 12. */
function startedUsers({ users, build }: SampleState): string {
  const started = users.filter(({ running }) => running);
  return build.sdk <= 30
    ? `{${started.map((user) => `${user.id}=${user.unlocked ? 3 : 1}`).join(', ')}}`
    : `[${started.map((user) => `${user.id}=${userState(user)}`).join(', ')}]`;
}

/** `dumpsys user` (AOSP UserManagerService.dump; types are printed from Android 11 on, the current user from 12 on). */
export function dumpUser(state: SampleState): SampleAnswer {
  const { sdk } = state.build;
  return answerLines([
    ...(sdk >= 31 ? [`Current user: ${state.currentUser}`, ''] : []),
    'Users:',
    ...state.users.flatMap((user) => [
      `  UserInfo{${user.id}:${user.name}:${user.flags}} serialNo=${user.id}${sdk >= 30 ? ` isPrimary=${user.id === 0}` : ''}`,
      ...(sdk >= 30 ? [`    Type: android.os.usertype.${user.type}`] : []),
      `    State: ${user.running ? userState(user) : '-1'}`,
      `    Has profile owner: ${state.profileOwners.some(({ userId }) => userId === user.id)}`,
    ]),
    '',
    `  Device managed: ${state.deviceOwner !== null}`,
    `  Started users state: ${startedUsers(state)}`,
    ...(sdk >= 30 ? [`  Cached user IDs: [${state.users.map(({ id }) => id).join(', ')}]`] : []),
  ]);
}
