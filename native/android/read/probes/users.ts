import type { PhoneProbe } from '../../../probe.ts';
import { isKnown } from '../../../reading.ts';
import { Unavailable, unavailable } from '../../../unavailable.ts';
import { readLines, wholeNumber } from '../dump.ts';
import { userInFront, usersOf, type PrintedUser } from '../user-kind.ts';

/**
 * One `UserInfo{0:Owner:c13} running` (AOSP UserInfo.toString, flags in hexadecimal). The name is free text and may hold any
 * character, so the id is taken from the front and the flags from the end. null: not a user's line.
 */
export function readUserInfo(line: string): { user: PrintedUser; rest: string } | null {
  const start = /^\s*UserInfo\{(\d{1,9}):/.exec(line);
  if (start === null) return null;
  const end = /:([0-9a-fA-F]{1,8})\}([^}]*)$/.exec(line.slice(-400));
  const id = wholeNumber(start[1]);
  if (id === null || end?.[1] === undefined) return null;
  const rest = end[2] ?? '';
  const name = line.slice(start[0].length, line.length - end[0].length);
  const flags = Number.parseInt(end[1], 16);
  return { user: { id, name, flags, type: null, running: /\brunning\b/.test(rest) }, rest };
}

function notWhole(printed: readonly PrintedUser[], isList: boolean): Unavailable | null {
  if (printed.length === 0) return unavailable('unparsed', 'The answer names no user.');
  if (!isList) return unavailable('unparsed', 'A line in the list of users is no user.');
  return printed.some(({ id }) => id === 0) ? null : unavailable('truncated', 'The list of users is not whole.');
}

/**
 * Users and profiles. Read from AOSP pm/PackageManagerShellCommand.runListUsers (later UserManagerServiceShellCommand), 8..14. Below its heading
 * stands nothing but users, and every phone has user 0: another line may stand for users that are no longer there.
 */
export const users: PhoneProbe = {
  id: 'users',
  platform: 'android',
  per: 'phone',
  asked: 'identity',
  gives: { identity: ['users', 'userKind'] },
  command: () => ['pm', 'list', 'users'],
  parse(text, so) {
    const printed: PrintedUser[] = [];
    let headed = false;
    let onlyUsers = true;
    const unknownLines = readLines(text, (line) => {
      if (line.trim() === 'Users:') {
        headed = true;
        return true;
      }
      const info = readUserInfo(line);
      if (info === null) {
        onlyUsers &&= !headed;
        return false;
      }
      if (!printed.some((user) => user.id === info.user.id)) printed.push(info.user);
      return true;
    });
    const none = notWhole(printed, headed && onlyUsers);
    const found = usersOf(printed, so);
    const front = none ?? userInFront(found, isKnown(so.identity.userId) ? so.identity.userId.value : null);
    return {
      values: { identity: { users: none ?? found, userKind: front instanceof Unavailable ? front : front.kind } },
      unknownLines,
    };
  },
};
