import { describe, expect, test } from 'vitest';
import { currentUser } from '../../../../../../native/android/read/probes/current-user.ts';
import { userService } from '../../../../../../native/android/read/probes/user-service.ts';
import { userState } from '../../../../../../native/android/read/probes/user-state.ts';
import { users } from '../../../../../../native/android/read/probes/users.ts';
import type { Reading } from '../../../../../../native/reading.ts';
import { parsed, plain, soFar, why } from '../parse.ts';

/** A phone of which the maker, and whether user 0 is headless, were read before. */
function phone(userId: number, known: { skin?: 'samsung' | 'xiaomi' | 'pixel'; headless?: boolean } = {}): Reading {
  const so = soFar({ userId });
  const { skin, headless } = known;
  const identity = {
    ...so.identity,
    ...(skin === undefined ? {} : { skin: { value: skin, source: 'getprop' } }),
    ...(headless === undefined ? {} : { headless: { value: headless, source: 'getprop' } }),
  };
  return { ...so, identity };
}

/** What the user in the foreground is for, by `pm list users`. */
const inFront = (lines: readonly string[], so: Reading): unknown =>
  why(parsed(users, ['Users:', ...lines.map((line) => `\t${line}`), ''].join('\n'), so).values.identity?.userKind);

describe('the user in the foreground', () => {
  test('is a number', () => {
    expect(parsed(currentUser, '10\n').values.identity?.userId).toBe(10);
  });
  test('is not guessed', () => {
    const { values, unknownLines } = parsed(currentUser, 'Error: none\n');
    expect([why(values.identity?.userId), unknownLines]).toEqual(['unparsed', 1]);
    expect(why(parsed(currentUser, '').values.identity?.userId)).toBe('unparsed');
  });
});

describe('users and profiles', () => {
  test('of a Samsung with a work profile and a Secure Folder (Android 14, flags in hexadecimal)', () => {
    const { values, unknownLines } = parsed(
      users,
      'Users:\n\tUserInfo{0:Anna:4c13} running\n\tUserInfo{10:Work profile:1030} running\n\tUserInfo{150:Secure Folder:61001030}\n\tUserInfo{95:DUAL_APP:20001030}\n\tUserInfo{11:Guest:404}\n\tUserInfo{12:Ben:400}\n',
    );
    expect(values.identity?.users).toEqual([
      { id: 0, kind: 'owner', running: true },
      { id: 10, kind: 'work', running: true },
      { id: 150, kind: 'secure-folder', running: false },
      { id: 95, kind: 'clone', running: false },
      { id: 11, kind: 'guest', running: false },
      { id: 12, kind: 'second', running: false },
    ]);
    expect(unknownLines).toBe(0);
  });

  test('keep apart whatever a person calls herself', () => {
    const { values } = parsed(users, 'Users:\n\tUserInfo{0:a}:13} running:13}\n\tUserInfo{10:x: running} y:30}\n');
    expect(values.identity?.users).toEqual([
      { id: 0, kind: 'owner', running: false },
      { id: 10, kind: 'work', running: false },
    ]);
  });

  test('are told apart by whom the phone is in front for', () => {
    const owner = 'UserInfo{0:Anna:4c13} running';
    const second = 'UserInfo{12:Ben:410} running';
    expect(inFront([owner, second], phone(0))).toBe('owner');
    expect(inFront([owner, second], phone(12))).toBe('second');
    expect(inFront(['UserInfo{0:Anna:13} running', 'UserInfo{10:Ben:10} running'], phone(10))).toBe('second');
    expect(inFront([owner, 'UserInfo{11:Guest:514} running'], phone(11))).toBe('guest');
    expect(inFront([owner, 'UserInfo{10:Demo:710} running'], phone(10))).toBe('demo');
    expect(inFront([owner, 'UserInfo{10:Child:418} running'], phone(10))).toBe('second');
    expect(inFront([owner], phone(12))).toBe('missing');
  });

  test("know a maker's maintenance mode by its maker's mark, whatever its language", () => {
    const owner = 'UserInfo{0:Anna:4c13} running';
    expect(inFront([owner, 'UserInfo{77:Wartungsmodus:80410} running'], phone(77, { skin: 'samsung' }))).toBe(
      'maintenance',
    );
    expect(inFront([owner, 'UserInfo{77:유지 보수 모드:410} running'], phone(77, { skin: 'samsung' }))).toBe(
      'maintenance',
    );
    expect(inFront([owner, 'UserInfo{110:维修模式:8000410} running'], phone(110, { skin: 'xiaomi' }))).toBe(
      'maintenance',
    );
    expect(inFront([owner, 'UserInfo{78:Repair mode:410} running'], phone(78, { skin: 'pixel' }))).toBe('maintenance');
    // Of an unknown maker, both the id and the flag; the 68th person of a shared phone is a person.
    expect(inFront([owner, 'UserInfo{77:x:80410} running'], phone(77))).toBe('maintenance');
    expect(inFront([owner, 'UserInfo{77:Ben:410} running'], phone(77, { skin: 'pixel' }))).toBe('second');
  });

  test('have another owner where user 0 is headless: the main user, else the first person', () => {
    const system = 'UserInfo{0:System:813} running';
    const known = { headless: true };
    const people = ['UserInfo{10:Anna:4413} running', 'UserInfo{11:Ben:410} running'];
    expect(inFront([system, ...people], phone(10, known))).toBe('owner');
    expect(inFront([system, ...people], phone(11, known))).toBe('second');
    expect(inFront([system, 'UserInfo{10:Anna:413}', 'UserInfo{11:Ben:410}'], phone(10, known))).toBe('owner');
    expect(inFront([system, ...people], phone(0, known))).toBe('system');
  });

  test('need no user in the foreground to be told where only one can be', () => {
    const only = 'Users:\n\tUserInfo{0:Anna:4c13} running\n\tUserInfo{10:Work:1030}\n';
    expect(parsed(users, only).values.identity?.userKind).toBe('owner');
    expect(why(parsed(users, `${only}\tUserInfo{11:Ben:410}\n`).values.identity?.userKind)).toBe('missing');
  });

  test('are unknown where none is named', () => {
    expect(why(parsed(users, 'Users:\n').values.identity?.userKind)).toBe('unparsed');
    expect(why(parsed(users, 'Users:\n').values.identity?.users)).toBe('unparsed');
  });
});

/** `dumpsys user` of Android 13 with a work profile. */
const android13 = (managed: boolean, owner: boolean) => `Current user: 0

Users:
  UserInfo{0:null:c13} serialNo=0 isPrimary=true
    Type: android.os.usertype.full.SYSTEM
    State: RUNNING_UNLOCKED
    Has profile owner: ${owner}
  UserInfo{10:Work:1030} serialNo=10
    State: -1
    Has profile owner: true

Device properties:
  Device owner id:-10000
  Device managed: ${managed}
`;

/** `dumpsys user` of Android 15, locked since its restart, with a profile of a type. */
const profile = (type: string) =>
  parsed(
    userService,
    `Current user: 0\nUsers:\n  UserInfo{0:null:4c13} serialNo=0\n    Type: android.os.usertype.full.SYSTEM\n    State: RUNNING_LOCKED\n  UserInfo{11:x:1090} serialNo=11\n    Type: android.os.usertype.profile.${type}\n    State: -1\n\n  Device managed: false\n`,
  ).values.identity;

const unlocked = (text: string): unknown => why(parsed(userState, text).values.identity?.unlocked);

describe('the user service, as a bug report has it', () => {
  test('tells users, who is in front and has unlocked the phone (Android 13)', () => {
    const { values } = parsed(userService, android13(false, false));
    expect(values.identity).toEqual({
      userId: 0,
      users: [
        { id: 0, kind: 'owner', running: true },
        { id: 10, kind: 'work', running: false },
      ],
      userKind: 'owner',
      unlocked: true,
    });
  });

  test("does not tell whether a phone with a work profile is the company's", () => {
    expect(why(parsed(userService, android13(false, false)).values.system?.managed)).toBe('missing');
    const alone = android13(false, false).replaceAll('Has profile owner: true', 'Has profile owner: false');
    expect(parsed(userService, alone).values.system?.managed).toBe(false);
  });

  test('tells a private space from a second copy of apps (Android 15)', () => {
    expect(profile('PRIVATE')?.users).toContainEqual({ id: 11, kind: 'private', running: false });
    expect(profile('CLONE')?.users).toContainEqual({ id: 11, kind: 'clone', running: false });
    expect(profile('COMMUNAL')?.users).toContainEqual({ id: 11, kind: 'other', running: false });
    expect(profile('PRIVATE')).toMatchObject({ userKind: 'owner', unlocked: false });
  });

  test('tells a managed phone, and a managed owner', () => {
    expect(parsed(userService, android13(true, false)).values.system?.managed).toBe(true);
    expect(parsed(userService, android13(false, true)).values.system?.managed).toBe(true);
  });

  test('does not tell who is in front before Android 12', () => {
    const { values } = parsed(
      userService,
      'Users:\n  UserInfo{0:null:13} serialNo=0\n    State: RUNNING_UNLOCKED\n    Has profile owner: false\n  Device managed: false\n',
    );
    expect(plain(values.identity)).toEqual({
      userId: 'missing',
      users: [{ id: 0, kind: 'owner', running: true }],
      userKind: 'owner',
      unlocked: true,
    });
  });
});

describe('the state of the user in the foreground', () => {
  test('tells whether it was unlocked since the restart', () => {
    expect(unlocked('RUNNING_UNLOCKED\n')).toBe(true);
    expect(unlocked('RUNNING_UNLOCKING\n')).toBe(true);
    expect(unlocked('RUNNING_LOCKED\n')).toBe(false);
    expect(unlocked('[UserState: id=10, state=RUNNING_LOCKED, lastState=BOOTING, switching=false]\n')).toBe(false);
  });

  test('is unknown while the phone starts, and of a user that does not run', () => {
    expect(unlocked('BOOTING\n')).toBe('missing');
    expect(unlocked('User is not started: 10\n')).toBe('unparsed');
    expect(unlocked('SHUTDOWN\n')).toBe('unparsed');
    expect(unlocked('')).toBe('unparsed');
  });

  test('is asked of that user', () => {
    expect(userState.command({ apps: [], userId: 10 })).toEqual(['am', 'get-started-user-state', '10']);
  });
});

const usersIn = (probe: typeof users, text: string) => plain(parsed(probe, text).values.identity)['users'];

describe('a list of users that is not whole', () => {
  const list = 'Users:\n\tUserInfo{0:Anna:4c13} running\n\tUserInfo{150:Secure Folder:61001030} running\n';
  const service = `Current user: 0
Users:
  UserInfo{0:null:4c13} serialNo=0 isPrimary=true
    State: RUNNING_UNLOCKED
  UserInfo{10:null:1030} serialNo=10 isPrimary=false
    State: RUNNING_UNLOCKED

Device properties:
  Device managed: false
  Started users state: [0=RUNNING_UNLOCKED, 10=RUNNING_UNLOCKED]
  Cached user IDs: [0, 10]
`;
  const second = /  UserInfo\{10.*\n.*\n/;

  test('is known by a line that is no user, and by user 0', () => {
    expect(usersIn(users, list)).toHaveLength(2);
    expect(usersIn(users, list.replace(/\tUserInfo\{150.*/, '...'))).toBe('unparsed');
    expect(usersIn(users, list.replace(/\tUserInfo\{0.*\n/, ''))).toBe('truncated');
    expect(usersIn(users, list.replace('Users:\n', ''))).toBe('unparsed');
    expect(usersIn(users, `WARNING: linker: x\n${list}`)).toHaveLength(2);
  });

  test('is known by the ids of those that were started, or of all', () => {
    expect(usersIn(userService, service)).toHaveLength(2);
    expect(usersIn(userService, service.replace(second, ''))).toBe('truncated');
    expect(usersIn(userService, service.replace(second, '').replace('10=RUNNING_UNLOCKED', ''))).toBe('truncated');
    // Until Android 12.
    expect(
      usersIn(
        userService,
        service.replace(second, '').replace(/Started.*\n.*\n/, 'Started users state: {0=3, 10=1}\n'),
      ),
    ).toBe('truncated');
    expect(usersIn(userService, service.replace(/  UserInfo\{10.*\n/, ''))).toBe('unparsed');
    expect(usersIn(userService, service.replace(second, '...\n').replace(/  Started.*\n.*\n/, ''))).toBe('unparsed');
  });
});
