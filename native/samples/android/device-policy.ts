import { answerLines, type SampleAnswer } from './answer.ts';
import type { SampleState } from './state.ts';

/** `dumpsys device_policy`: who administers the phone. */
export function dumpDevicePolicy(state: SampleState): SampleAnswer {
  if (state.deviceOwner === null) {
    return answerLines([
      'Current Device Policy Manager state:',
      '  Immutable state:',
      '    mHasFeature=true',
      '  Enabled Device Admins (User 0, provisioningState: 0):',
    ]);
  }
  return answerLines([
    'Current Device Policy Manager state:',
    '  Immutable state:',
    '    mHasFeature=true',
    '  Device Owner: ',
    `    admin=ComponentInfo{${state.deviceOwner}/${state.deviceOwner}.AdminReceiver}`,
    '    name=',
    `    package=${state.deviceOwner}`,
    '    User ID: 0',
    '  Enabled Device Admins (User 0, provisioningState: 3):',
    `    ${state.deviceOwner}/.AdminReceiver:`,
  ]);
}

/** `dumpsys user` (AOSP UserManagerService.dump; the current user is printed from Android 12 on). */
export function dumpUser(state: SampleState): SampleAnswer {
  return answerLines([
    ...(state.build.sdk >= 31 ? ['Current user: 0', ''] : []),
    'Users:',
    ...state.users.flatMap((user) => [
      `  UserInfo{${user.id}:${user.name}:${user.flags}} serialNo=${user.id}${state.build.sdk >= 30 ? ` isPrimary=${user.id === 0}` : ''}`,
      `    State: ${user.running ? 'RUNNING_UNLOCKED' : '-1'}`,
      '    Has profile owner: false',
    ]),
    '',
    `  Device managed: ${state.deviceOwner !== null}`,
  ]);
}
