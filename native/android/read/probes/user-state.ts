import type { PhoneProbe } from '../../../probe.ts';
import { unavailable, type Unavailable } from '../../../unavailable.ts';
import { readLines } from '../dump.ts';
import { unlockedIn } from '../user-state.ts';

/**
 * The state of the user in the foreground: `RUNNING_UNLOCKED`, `RUNNING_LOCKED`, … or `User is not started: 10`. Read from AOSP
 * am/ActivityManagerShellCommand.runGetStartedUserState, 8..14 (until 8 getStartedUserState).
 */
export const userState: PhoneProbe = {
  id: 'user-state',
  platform: 'android',
  per: 'phone',
  asked: 'scan',
  gives: { identity: ['unlocked'] },
  command: ({ userId }) => ['am', 'get-started-user-state', String(userId)],
  parse(text) {
    let unlocked: boolean | Unavailable | null = null;
    const unknownLines = readLines(text, (line) => {
      const state = /^(?:\[UserState: .*\bstate=)?([A-Z_]{4,20})\b/.exec(line.trim())?.[1];
      if (state === undefined || unlocked !== null) return false;
      unlocked = unlockedIn(state);
      return true;
    });
    return {
      values: { identity: { unlocked: unlocked ?? unavailable('unparsed', 'The answer is no state of a user.') } },
      unknownLines,
    };
  },
};
