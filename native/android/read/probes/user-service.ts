import type { PhoneProbe } from '../../../probe.ts';
import { isKnown } from '../../../reading.ts';
import { Unavailable, unavailable } from '../../../unavailable.ts';
import { readLines, wholeNumber, yesOrNo } from '../dump.ts';
import { userInFront, usersOf, type PrintedUser } from '../user-kind.ts';
import { unlockedIn } from '../user-state.ts';
import { readUserInfo } from './users.ts';

const field =
  /^ *(Current user|Type|State|Has profile owner|Device managed|Started users state|Cached user IDs): (.*)$/;
/** Within the list each line of a user is indented; what stands at the margin is a heading. */
const atMargin = /^\S(?!.*:(?: .*)?$)/;

/** `{0=3, 10=1}` until 12, `[0=RUNNING_UNLOCKED, …]` since; `[0, 10]` of `Cached user IDs`. */
const idsIn = (list: string): number[] =>
  list
    .replaceAll(/[[\]{}]/g, '')
    .split(',')
    .map((one) => wholeNumber(one.split('=')[0]))
    .filter((id) => id !== null);

/**
 * Users as the service itself tells them: with their types since Android 11, which tell a private space from a second copy of apps, and
 * with their states. Also whether an organisation manages the phone: `Device managed: true`, or a profile owner of the user in the
 * foreground; where another profile has an owner, only `dumpsys device_policy` tells whether the phone is the company's. Read from AOSP
 * pm/UserManagerService.dump, 8..14, and bug reports of Android 8.1, 9 and 13; `Current user:` since 12. Below the list stand the ids of those
 * that were started, and since 11 of all: one that the list lacks was lost from it.
 */
export const userService: PhoneProbe = {
  id: 'user-service',
  platform: 'android',
  per: 'phone',
  asked: 'identity',
  gives: { identity: ['userId', 'users', 'userKind', 'unlocked'], system: ['managed'] },
  command: () => ['dumpsys', 'user'],
  parse(text, so) {
    const printed: PrintedUser[] = [];
    const states = new Map<number, string>();
    let userId: number | null = isKnown(so.identity.userId) ? so.identity.userId.value : null;
    let device: boolean | null = null;
    const owned = new Set<number>();
    const counted = new Set<number>();
    let readable = true;
    const unknownLines = readLines(text, (line) => {
      const info = readUserInfo(line);
      if (info !== null) {
        if (!printed.some((user) => user.id === info.user.id)) printed.push({ ...info.user, running: false });
        return true;
      }
      const [, key, value = ''] = field.exec(line) ?? [];
      const last = printed.at(-1);
      switch (key) {
        case 'Current user':
          userId ??= wholeNumber(value);
          break;
        case 'Type':
          if (last !== undefined) last.type ??= value.trim();
          break;
        case 'State':
          if (last !== undefined) {
            // Each user says it once: the first line of another one was lost.
            readable &&= !states.has(last.id);
            last.running = value.startsWith('RUNNING');
            states.set(last.id, value.trim());
          }
          break;
        case 'Has profile owner':
          if (last !== undefined && yesOrNo(value) === true) owned.add(last.id);
          break;
        case 'Device managed':
          device ??= yesOrNo(value);
          break;
        case 'Started users state':
        case 'Cached user IDs':
          for (const id of idsIn(value)) counted.add(id);
          break;
        default:
          // Whether the phone is managed stands after the last user.
          if (printed.length > 0 && device === null) readable &&= !atMargin.test(line) && !line.includes('UserInfo{');
          return false;
      }
      return true;
    });
    const isListed = (id: number): boolean => printed.some((user) => user.id === id);
    const whole =
      device !== null && isListed(0) && printed.every(({ id }) => states.has(id)) && [...counted].every(isListed);
    const none =
      printed.length === 0
        ? unavailable('unparsed', 'The answer names no user.')
        : !readable
          ? unavailable('unparsed', 'A line in the list of users cannot be read.')
          : whole
            ? null
            : unavailable('truncated', 'The list of users is not whole.');
    const users = usersOf(printed, so);
    const front = none ?? userInFront(users, userId);
    const state = front instanceof Unavailable ? undefined : states.get(front.id);
    const managed = device === true || owned.has(userId ?? 0) ? true : owned.size > 0 ? null : device;
    return {
      values: {
        identity: {
          userId: userId ?? unavailable('missing', 'This Android does not print the user in the foreground here.'),
          users: none ?? users,
          userKind: front instanceof Unavailable ? front : front.kind,
          unlocked:
            state === undefined
              ? unavailable('missing', 'The answer holds no state of the user in the foreground.')
              : unlockedIn(state),
        },
        system: { managed: managed ?? unavailable('missing', 'The phone does not say whether it is managed.') },
      },
      unknownLines,
    };
  },
};
