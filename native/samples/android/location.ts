import { answerLines, SILENT, unknownCommand, type SampleAnswer } from './answer.ts';
import type { SampleState } from './state.ts';

/** `dumpsys location`: the switch is a line of its own from Android 10 on, in a block of its own from 11 on. */
export function dumpLocation(state: SampleState): SampleAnswer {
  const { sdk } = state.build;
  const on = isLocationOn(state);
  if (sdk <= 28) return answerLines(['Current Location Manager state:', '  Location Listeners:']);
  if (sdk === 29) {
    return answerLines([
      'Current Location Manager state:',
      `  Location mode: ${on}`,
      '  Battery Saver Location Mode: NO_CHANGE',
    ]);
  }
  return answerLines([
    'Location Manager State:',
    '  User Info:',
    `    current users: u[${state.currentUser}]`,
    '  Location Settings:',
    `    Location Setting: ${on}`,
    '    Location Allow/Deny Packages:',
    '  Location Providers:',
  ]);
}

/** `cmd location is-location-enabled|set-location-enabled` (AOSP LocationShellCommand, Android 11 and later). */
export function cmdLocation(state: SampleState, args: readonly string[]): SampleAnswer {
  const [verb, value] = args;
  if (state.build.sdk < 30) return unknownCommand(verb);
  if (verb === 'is-location-enabled') return answerLines([String(isLocationOn(state))]);
  if (verb === 'set-location-enabled') {
    state.settings.secure['location_mode'] = value === 'true' ? '3' : '0';
    return SILENT;
  }
  return unknownCommand(verb);
}

function isLocationOn(state: SampleState): boolean {
  return (state.settings.secure['location_mode'] ?? '0') !== '0';
}
