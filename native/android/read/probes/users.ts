import type { PhoneProbe } from '../../../probe.ts';
import { unavailable } from '../../../unavailable.ts';
import { readLines, wholeNumber } from '../dump.ts';

export interface AndroidUser {
  id: number;
  kind: 'owner' | 'work' | 'secure-folder' | 'clone' | 'guest' | 'other';
  running: boolean;
}

/** AOSP content/pm/UserInfo: FLAG_GUEST and FLAG_MANAGED_PROFILE, 8..14. */
const guestFlag = 0x4;
const managedProfileFlag = 0x20;

/** The ids that makers give to profiles of their own: 150 Samsung's Secure Folder, 95 and 999 second copies of apps. */
const makersIds: Readonly<Record<number, AndroidUser['kind']>> = { 95: 'clone', 150: 'secure-folder', 999: 'clone' };

function kindOf(id: number, flags: number): AndroidUser['kind'] {
  if (id === 0) return 'owner';
  const makers = makersIds[id];
  if (makers !== undefined) return makers;
  if ((flags & managedProfileFlag) !== 0) return 'work';
  return (flags & guestFlag) === 0 ? 'other' : 'guest';
}

/**
 * One `UserInfo{0:Owner:c13} running` (AOSP UserInfo.toString, flags in hexadecimal). The name is free text and may hold any
 * character, so the id is taken from the front and the flags from the end. null: not a user's line.
 */
export function readUserInfo(line: string): { user: AndroidUser; rest: string } | null {
  const start = /^\s*UserInfo\{(\d{1,9}):/.exec(line);
  if (start === null) return null;
  const end = /:([0-9a-fA-F]{1,8})\}([^}]*)$/.exec(line.slice(-400));
  const id = wholeNumber(start[1]);
  if (id === null || end?.[1] === undefined) return null;
  const rest = end[2] ?? '';
  return { user: { id, kind: kindOf(id, Number.parseInt(end[1], 16)), running: /\brunning\b/.test(rest) }, rest };
}

/** Users and profiles. Read from AOSP pm/PackageManagerShellCommand.runListUsers (later UserManagerServiceShellCommand), 8..14. */
export const users: PhoneProbe = {
  id: 'users',
  platform: 'android',
  per: 'phone',
  asked: 'identity',
  gives: { identity: ['users'] },
  command: () => ['pm', 'list', 'users'],
  parse(text) {
    const found: AndroidUser[] = [];
    const unknownLines = readLines(text, (line) => {
      if (line.trim() === 'Users:') return true;
      const info = readUserInfo(line);
      if (info === null) return false;
      if (!found.some((user) => user.id === info.user.id)) found.push(info.user);
      return true;
    });
    return {
      values: {
        identity: { users: found.length > 0 ? found : unavailable('unparsed', 'The answer names no user.') },
      },
      unknownLines,
    };
  },
};
