import { unavailable, type Unavailable } from '../../unavailable.ts';

/**
 * Whether a user in this state has been unlocked since the phone started: until then an app finds none of its own files. Read from
 * AOSP am/UserState.stateToString, 8..16.
 */
export function unlockedIn(state: string): boolean | Unavailable {
  switch (state) {
    case 'RUNNING_UNLOCKED':
    case 'RUNNING_UNLOCKING':
      return true;
    case 'RUNNING_LOCKED':
      return false;
    case 'BOOTING':
      return unavailable('missing', 'The phone is still starting.');
    default:
      return unavailable('unparsed', 'The answer is no state of a user that runs.');
  }
}
