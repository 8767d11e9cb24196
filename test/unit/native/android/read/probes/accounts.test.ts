import { describe, expect, test } from 'vitest';
import { accounts } from '../../../../../../native/android/read/probes/accounts.ts';
import { sync } from '../../../../../../native/android/read/probes/sync.ts';
import { parsed, plain, soFar } from '../parse.ts';

const types = (text: string, so = soFar()) => {
  const { values, unknownLines } = parsed(accounts, text, so);
  return [plain(values.accounts)['types'], unknownLines];
};

describe('dumpsys account', () => {
  const two = `User UserInfo{0:Owner:13}:
  Accounts: 3
    Account {name=sam@example.com, type=com.google}
    Account {name=odd, type=com.fake, type=com.microsoft.skydrive}
    Account {name=سام@example.com, type=com.google}

  AccountId, Action_Type, timestamp, UID, TableName, Key
  Accounts History
  4,action_account_add,2018-04-24 20:13:16,10041,accounts,12

  RegisteredServicesCache: 5 services
    ServiceInfo: AuthenticatorDescription {type=com.dropbox.android.account}, ComponentInfo{com.x/y}, uid 10084

User UserInfo{150:Secure Folder:10061030}:
  Accounts: 1
    Account {name=secret, type=com.osp.app.signin}
`;

  test('gives each type once, for the user in the foreground, and no name', () => {
    expect(types(two)).toEqual([['com.google', 'com.microsoft.skydrive'], 0]);
    expect(types(two, soFar({ userId: 150 }))).toEqual([['com.osp.app.signin'], 0]);
    expect(JSON.stringify(parsed(accounts, two))).not.toContain('example.com');
  });

  test('without accounts gives none', () => {
    expect(types('User UserInfo{0:Owner:c13}:\n  Accounts: 0\n  \n')).toEqual([[], 0]);
  });

  test('that ends before all accounts are listed is truncated', () => {
    expect(types(two.slice(0, two.indexOf('    Account {name=odd')))).toEqual(['truncated', 0]);
  });

  test('without the user is unparsed', () => {
    expect(types(two, soFar({ userId: 11 }))).toEqual(['unparsed', 0]);
    expect(types('')).toEqual(['unparsed', 0]);
  });
});

const read = (text: string, so = soFar()): Record<string, unknown> => {
  const { values, unknownLines } = parsed(sync, text, so);
  return { ...plain(values.accounts), unknownLines };
};

describe('dumpsys content', () => {
  /** Android 9: columns as wide as their cells, the last sync going on in the lines of today and yesterday. */
  const android9 = `Data connected: true
Battery saver: false
Background network restriction:  disabled
Auto sync: u0=true u150=false 
Memory low: false
Accounts: 3

Active Syncs: 0

Sync Status
Account sam @ home u0 com.google
=======================================================================
Authority                              Syncable  Enabled  Stats  Loc  Poll  Per  Feed  User  Othr  Tot  Fail  Can  Time   Last Sync             Backoff  
-------------------------------------------------------------------------------------------------------------------------------------------------------
com.google.android.location.reporting  1         true     Total  0    0     631  0     248   4     883  602   34   6m16s  PERIODIC SUCCESS
                                                          Today                        1           1    1          0s     2022-12-02 06:19:04
                                                          Yestr             2          2           4    4          0s     USER FAILURE
                                                                                                                          2023-08-23 07:56:05
                                                                                                                          authentication-error
gmail-ls                               -1        false    Total  0    0     20   0     0     4     24   18    5    33s    OTHER SUCCESS
                                                          Today                                                    0s     2023-07-24 17:37:50
com.android.calendar                   0         true     Total  0    0     0    0     0     0     0    0     0    0s
Account other u150 com.osp.app.signin
=======================================================================
Authority  Syncable  Enabled  Stats  Loc  Poll  Per  Feed  User  Othr  Tot  Fail  Can  Time  Last Sync  Backoff  
----------------------------------------------------------------------------------------------------------------
media      1         true     Total  0    0     0    0     0     0     0    0     0    0s

Recent Sync History
  #1  : 2023-08-23 10:02:32    OTHER    1.4s            sam/com.google u0  gmail-ls
`;

  test('of Android 9 gives the switches and the later of success and failure', () => {
    expect(read(android9)).toEqual({
      autoSync: true,
      syncs: [
        {
          authority: 'com.google.android.location.reporting',
          accountType: 'com.google',
          enabled: true,
          syncable: true,
          lastResult: 'authentication-error',
        },
        { authority: 'gmail-ls', accountType: 'com.google', enabled: false, syncable: false, lastResult: 'SUCCESS' },
        {
          authority: 'com.android.calendar',
          accountType: 'com.google',
          enabled: true,
          syncable: false,
          lastResult: '',
        },
      ],
      unknownLines: 0,
    });
  });

  test('is read for the user in the foreground', () => {
    expect(read(android9, soFar({ userId: 150 }))).toMatchObject({
      autoSync: false,
      syncs: [{ authority: 'media', accountType: 'com.osp.app.signin' }],
    });
    expect(read(android9, soFar({ userId: 10 }))).toMatchObject({ autoSync: 'missing', syncs: [] });
  });

  test('a success after the failure is the last result', () => {
    const recovered = android9.replace('2022-12-02 06:19:04', '2023-09-02 06:19:04');
    expect(read(recovered)['syncs']).toMatchObject([{ lastResult: 'SUCCESS' }, {}, {}]);
  });

  test('of Android 8 spells its header in small letters and has other columns', () => {
    const android8 = `auto sync: u0=false 
memory low: false

Sync Status
Account SIM2 u0 com.android.sim
=======================================================================
Authority             Syncable  Enabled  Delay  Loc  Poll  Per  Serv  User  Tot  Time  Last Sync  Backoff  
----------------------------------------------------------------------------------------------------------
com.android.contacts  1         false           0    0     0    0     0     0    0s                        

Sync Statistics
`;
    expect(read(android8)).toEqual({
      autoSync: false,
      syncs: [
        {
          authority: 'com.android.contacts',
          accountType: 'com.android.sim',
          enabled: false,
          syncable: true,
          lastResult: '',
        },
      ],
      unknownLines: 0,
    });
  });

  test('with blank lines between its rows, or cut before a prompt, has no syncs', () => {
    expect(read(android9.replaceAll('\n', '\n\n'))['syncs']).toBe('truncated');
    expect(read(`${android9.slice(0, android9.indexOf('gmail-ls'))}\nuser@pc:~$\n`)['syncs']).toBe('truncated');
  });

  test('that was cut before the tables has no syncs', () => {
    expect(read('Auto sync: u0=true \n')).toEqual({ autoSync: true, syncs: 'missing', unknownLines: 0 });
  });
});
