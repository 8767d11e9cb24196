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
