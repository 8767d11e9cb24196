import type { PhoneProbe } from '../../../probe.ts';
import { unavailable } from '../../../unavailable.ts';
import { readLines, wholeNumber } from '../dump.ts';

/**
 * The user in the foreground: one number. Read from AOSP am/ActivityManagerShellCommand.runGetCurrentUser, 8..14: the id, or
 * nothing but an empty line where the service cannot tell.
 */
export const currentUser: PhoneProbe = {
  id: 'current-user',
  platform: 'android',
  per: 'phone',
  asked: 'identity',
  gives: { identity: ['userId'] },
  command: () => ['am', 'get-current-user'],
  parse(text) {
    let userId: number | null = null;
    const unknownLines = readLines(text, (line) => {
      const number = wholeNumber(line);
      if (number === null || number < 0 || userId !== null) return false;
      userId = number;
      return true;
    });
    return {
      values: { identity: { userId: userId ?? unavailable('unparsed', 'The answer is not a number.') } },
      unknownLines,
    };
  },
};
