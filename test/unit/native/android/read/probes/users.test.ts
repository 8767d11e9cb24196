import { describe, expect, test } from 'vitest';
import { currentUser } from '../../../../../../native/android/read/probes/current-user.ts';
import { userService } from '../../../../../../native/android/read/probes/user-service.ts';
import { users } from '../../../../../../native/android/read/probes/users.ts';
import { parsed, plain, why } from '../parse.ts';

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
      { id: 12, kind: 'other', running: false },
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

  test('are unknown where none is named', () => {
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

describe('the user service, as a bug report has it', () => {
  test('tells users, who is in front, and that nobody manages the phone beside its work profile (Android 13)', () => {
    const { values } = parsed(userService, android13(false, false));
    expect(values.identity).toEqual({
      userId: 0,
      users: [
        { id: 0, kind: 'owner', running: true },
        { id: 10, kind: 'work', running: false },
      ],
    });
    expect(values.system?.managed).toBe(false);
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
    expect(plain(values.identity)).toEqual({ userId: 'missing', users: [{ id: 0, kind: 'owner', running: true }] });
  });
});
