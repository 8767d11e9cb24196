import type { PhoneProbe } from '../../../probe.ts';
import { unavailable } from '../../../unavailable.ts';
import { readLines, wholeNumber, yesOrNo } from '../dump.ts';
import { readUserInfo, type AndroidUser } from './users.ts';

/**
 * Users as the service itself tells them, which is how a bug report has them (a phone is asked more directly), and whether an
 * organisation manages the phone: `Device managed: true`, or a profile owner of the user in the foreground. Read from AOSP pm/UserManagerService.dump, 8..13, and bug reports of
 * Android 8.1, 9 and 13; `Current user:` since 12.
 */
export const userService: PhoneProbe = {
  id: 'user-service',
  platform: 'android',
  per: 'phone',
  asked: 'file',
  gives: { identity: ['userId', 'users'], system: ['managed'] },
  command: () => ['dumpsys', 'user'],
  parse(text) {
    const users: AndroidUser[] = [];
    let userId: number | null = null;
    let device: boolean | null = null;
    const owned = new Set<number>();
    const unknownLines = readLines(text, (line) => {
      const info = readUserInfo(line);
      if (info !== null) {
        if (!users.some((user) => user.id === info.user.id)) users.push({ ...info.user, running: false });
        return true;
      }
      const [, key, value = ''] = /^ *(Current user|State|Has profile owner|Device managed): (.*)$/.exec(line) ?? [];
      const last = users.at(-1);
      switch (key) {
        case 'Current user':
          userId ??= wholeNumber(value);
          break;
        case 'State':
          if (last !== undefined) last.running = value.startsWith('RUNNING');
          break;
        case 'Has profile owner':
          if (last !== undefined && yesOrNo(value) === true) owned.add(last.id);
          break;
        case 'Device managed':
          device ??= yesOrNo(value);
          break;
        default:
          return false;
      }
      return true;
    });
    const managed = device === true || owned.has(userId ?? 0) ? true : device;
    return {
      values: {
        identity: {
          userId: userId ?? unavailable('missing', 'This Android does not print the user in the foreground here.'),
          users: users.length > 0 ? users : unavailable('unparsed', 'The answer names no user.'),
        },
        system: { managed: managed ?? unavailable('missing', 'The phone does not say whether it is managed.') },
      },
      unknownLines,
    };
  },
};
