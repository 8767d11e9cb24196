import { existsSync } from 'node:fs';
import { chmod, mkdtemp, readdir, readFile, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readIos } from '../../../../native/ios/read/read.ts';
import { writeBinaryPlist } from '../../../../native/ios/read/plist.ts';
import { backupFolders, newestBackupOf } from '../../../../native/offline/iphone-backup-folders.ts';
import { captureIphoneBackup, isIphoneBackup } from '../../../../native/offline/iphone-backup.ts';
import type { Reading } from '../../../../native/reading.ts';
import { keyedArchive, writeBackup, type BackupEntry } from './sample-backup.ts';

const photos = 'com.apple.mobileslideshow';
const google = 'com.google.photos';
const dropbox = 'com.getdropbox.Dropbox';
const apps = [photos, google, dropbox];

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'iphone-backup-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

const read = async (from = folder): Promise<Reading> => readIos(await captureIphoneBackup(from, { apps }));

const inCameraRoll = (path: string, content: BackupEntry['content']): BackupEntry => ({
  domain: 'CameraRollDomain',
  path: `Media/PhotoData/${path}`,
  content,
});
const inHome = (path: string, content: BackupEntry['content']): BackupEntry => ({
  domain: 'HomeDomain',
  path,
  content,
});

const nothing = new Uint8Array();

function fillAccounts(database: DatabaseSync): void {
  database.exec(`
    CREATE TABLE ZACCOUNTTYPE (Z_PK INTEGER PRIMARY KEY, ZIDENTIFIER TEXT);
    CREATE TABLE ZACCOUNT (Z_PK INTEGER PRIMARY KEY, ZACCOUNTTYPE INTEGER, ZLASTCREDENTIALRENEWALREJECTIONDATE TIMESTAMP);
    CREATE TABLE ZDATACLASS (Z_PK INTEGER PRIMARY KEY, ZNAME BLOB);
    CREATE TABLE Z_2ENABLEDDATACLASSES (Z_2ENABLEDACCOUNTS INTEGER, Z_7ENABLEDDATACLASSES INTEGER);
    CREATE TABLE ZACCOUNTPROPERTY (Z_PK INTEGER PRIMARY KEY, ZOWNER INTEGER, ZKEY TEXT, ZVALUE BLOB);
    INSERT INTO ZACCOUNTTYPE VALUES (1, 'com.apple.account.AppleAccount'), (2, 'com.apple.account.Google');
    INSERT INTO ZACCOUNT VALUES (1, 2, NULL), (2, 1, 700000000);
    INSERT INTO Z_2ENABLEDDATACLASSES VALUES (2, 1), (2, 2);`);
  const service = database.prepare('INSERT INTO ZDATACLASS VALUES (?, ?)');
  service.run(1, keyedArchive('com.apple.Dataclass.Mail'));
  service.run(2, keyedArchive('com.apple.Dataclass.CloudPhotos'));
  database.prepare(`INSERT INTO ZACCOUNTPROPERTY VALUES (1, 2, 'lastKnownQuota', ?)`).run(keyedArchive(5_368_709_120));
  database.prepare(`INSERT INTO ZACCOUNTPROPERTY VALUES (2, 2, 'needsToVerifyTerms', ?)`).run(keyedArchive(true));
}

function fillPermissions(database: DatabaseSync): void {
  database.exec(`
    CREATE TABLE access (service TEXT, client TEXT, client_type INTEGER, auth_value INTEGER, last_modified INTEGER);
    INSERT INTO access VALUES ('kTCCServicePhotosAdd', '${google}', 0, 2, 1), ('kTCCServicePhotos', '${google}', 0, 3, 1);`);
}

/** A library of iOS 15 with two photos, one of which waits. */
const fillLibrary = (database: DatabaseSync): void =>
  database.exec(
    'CREATE TABLE ZASSET (Z_PK INTEGER PRIMARY KEY, ZCLOUDLOCALSTATE INTEGER, ZBUNDLESCOPE INTEGER); INSERT INTO ZASSET VALUES (1, 0, 0), (2, 1, 0)',
  );

describe('what a backup tells', () => {
  test('which phone it is of, and when it was made', async () => {
    await writeBackup(folder);
    const capture = await captureIphoneBackup(folder, { apps });
    expect(capture).toMatchObject({
      phoneId: '00008101-0012ABCD00000001',
      startedAt: '2026-05-01T06:00:00.000Z',
      brokenOff: null,
    });
    expect(capture.origin).toMatch(/^backup of 2026-05-01 /);
    const { identity, takenAt } = readIos(capture);
    expect(identity.model).toEqual({ value: 'iPhone 12', source: 'backup-info' });
    expect(takenAt).toBe('2026-05-01T06:00:00.000Z');
  });

  test('iCloud Photos: its markers, its reasons and its pending resets', async () => {
    await writeBackup(folder, {
      entries: [
        inCameraRoll('cpl_enabled_marker', nothing),
        inCameraRoll('CPL/syncstatus.plist', writeBinaryPlist({ iCloudLibraryExists: true, isExceedingQuota: true })),
        inCameraRoll('CPL/resetevents.plist', writeBinaryPlist([{ pending: true }])),
      ],
    });
    const { icloud } = await read();
    expect(icloud.photosEnabled).toEqual({ value: true, source: 'icloud-markers' });
    expect(icloud.enabledAt).toMatchObject({ value: '2026-04-30T06:00:00.000Z' });
    expect(icloud.quotaExceeded).toMatchObject({ value: true });
    expect(icloud.pendingResets).toMatchObject({ value: 1 });
  });

  test('the photo library, counted in place', async () => {
    await writeBackup(folder, {
      entries: [inCameraRoll('cpl_enabled_marker', nothing), inCameraRoll('Photos.sqlite', fillLibrary)],
    });
    expect((await read()).icloud).toMatchObject({ libraryCount: { value: 2 }, backlog: { value: 1 } });
  });

  test('the account: iCloud Photos, the size of the plan, a refused password', async () => {
    await writeBackup(folder, { entries: [inHome('Library/Accounts/Accounts3.sqlite', fillAccounts)] });
    expect((await read()).icloud).toMatchObject({
      accountPresent: { value: true },
      photosEnabled: { value: true, source: 'backup-accounts' },
      planBytes: { value: 5_368_709_120 },
      passwordRefused: { value: true },
      passwordRefusedAt: { value: '2023-03-08T20:26:40.000Z' },
      termsToAccept: { value: true },
    });
  });

  test('photo permission and Background App Refresh per app; an app without a line is unknown, or has it on', async () => {
    const refresh = { KeepAppsUpToDateAppList: { [google]: false } };
    await writeBackup(folder, {
      entries: [
        inHome('Library/TCC/TCC.db', fillPermissions),
        inHome('Library/Preferences/com.apple.mt.plist', writeBinaryPlist(refresh)),
      ],
    });
    const reading = await read();
    expect(reading.apps[google]).toMatchObject({
      installed: { value: true },
      mediaAccess: { value: 'partial' },
      backgroundRefresh: { value: false },
    });
    expect(reading.apps[dropbox]).toMatchObject({ installed: { value: false } });
    expect(reading.apps[photos]).toMatchObject({
      mediaAccess: { unavailable: 'missing' },
      // field.md C, "Background App Refresh in backups": an app absent from com.apple.mt has it on.
      backgroundRefresh: { value: true },
    });
  });

  test('what the configuration forbids, wherever it is nested', async () => {
    const settings = {
      restrictedBool: { allowCloudPhotoLibrary: { value: false }, allowAutomaticAppUpdates: { value: true } },
    };
    const path = 'Library/UserConfigurationProfiles/EffectiveUserSettings.plist';
    await writeBackup(folder, { entries: [inHome(path, writeBinaryPlist(settings))] });
    expect((await read()).system).toMatchObject({
      cloudPhotosForbidden: { value: true },
      backgroundRefresh: { value: true },
      restrictions: { value: ['allowCloudPhotoLibrary'] },
    });
  });

  test('what it does not hold is missing, and a damaged database is truncated', async () => {
    await writeBackup(folder, { entries: [inHome('Library/TCC/TCC.db', Buffer.from('no database'))] });
    const reading = await read();
    expect(reading.power.lowPowerMode).toMatchObject({ unavailable: 'missing' });
    expect(reading.battery.level).toMatchObject({
      unavailable: 'missing',
      detail: expect.stringContaining('backup of 2026-05-01'),
    });
    expect(reading.apps[google]?.mediaAccess).toMatchObject({ unavailable: 'truncated' });
  });

  test('reading changes no file and adds none', async () => {
    await writeBackup(folder, { entries: [inHome('Library/TCC/TCC.db', fillPermissions)] });
    const before = await contents(folder);
    await read();
    expect(await contents(folder)).toEqual(before);
  });

  test('a backup that may not be written is read', async () => {
    await writeBackup(folder, { entries: [inHome('Library/TCC/TCC.db', fillPermissions)] });
    await chmod(folder, 0o500);
    expect((await read()).apps[google]?.mediaAccess).toMatchObject({ value: 'partial' });
    await chmod(folder, 0o700);
  });
});

describe('what is refused', () => {
  test.each([
    ['an unfinished one', { status: { SnapshotState: 'uploading' } }, 'backup-unfinished', 'uploading'],
    ['an encrypted one', { manifest: { IsEncrypted: true } }, 'backup-encrypted', 'stay unknown'],
  ] as const)('%s, with the reason', async (_what, options, code, reason) => {
    await writeBackup(folder, options);
    await expect(captureIphoneBackup(folder, { apps })).rejects.toMatchObject({
      code,
      message: expect.stringContaining(reason),
    });
  });

  test('a folder that is no backup', async () => {
    expect(await isIphoneBackup(folder)).toBe(false);
    await expect(captureIphoneBackup(folder, { apps })).rejects.toMatchObject({ code: 'backup-none' });
  });

  test('a copy without Status.plist and Manifest.plist is read', async () => {
    await writeBackup(folder, { status: null, manifest: null });
    expect(await isIphoneBackup(folder)).toBe(true);
    expect((await read()).identity.osVersion).toMatchObject({ value: '16.7.8' });
  });
});

describe('where backups are', () => {
  test('per system', () => {
    expect(backupFolders('darwin', {}, '/Users/ann')).toEqual([
      '/Users/ann/Library/Application Support/MobileSync/Backup',
    ]);
    expect(backupFolders('linux', {}, '/home/ann')).toEqual([]);
    expect(backupFolders('win32', { APPDATA: '/roaming' }, '/ann')).toEqual([
      '/roaming/Apple Computer/MobileSync/Backup',
      '/ann/Apple/MobileSync/Backup',
    ]);
  });

  test('the newest of a phone is found, with its archived ones', async () => {
    const udid = '00008101-0012ABCD00000001';
    await writeBackup(join(folder, udid));
    await writeBackup(join(folder, `${udid}-20260401-101500`));
    await utimes(join(folder, udid, 'Manifest.db'), 2000, 2000);
    await utimes(join(folder, `${udid}-20260401-101500`, 'Manifest.db'), 1000, 1000);
    expect(await newestBackupOf(udid, [folder, join(folder, 'nowhere')])).toBe(join(folder, udid));
    expect(await newestBackupOf('another', [folder])).toBe(null);
  });
});

const realBackup = join('..', 'shared', 'captures', 'ios', 'backup-ios14.3');

describe.skipIf(!existsSync(realBackup))(
  'a real backup of an iPhone 7 with iOS 14.3 (../shared/captures; skipped where absent)',
  () => {
    test('shows that iCloud Photos was on, and since when', async () => {
      const { icloud, takenAt, identity } = await read(realBackup);
      expect(takenAt).toBe('2021-12-03T19:33:13.000Z');
      expect(identity).toMatchObject({
        model: { value: 'iPhone 7' },
        osVersion: { value: '14.3' },
        language: { value: 'en-FR' },
      });
      expect(icloud).toMatchObject({
        photosEnabled: { value: true },
        enabledAt: { value: '2021-01-14T21:20:05.000Z' },
        quotaExceeded: { unavailable: 'missing' },
      });
    });

    test('has no photo permission for any app: not a refusal', async () => {
      const { apps: read14 } = await read(realBackup);
      expect(read14[google]).toMatchObject({ installed: { value: false } });
      expect(read14[photos]?.mediaAccess).toMatchObject({ unavailable: 'missing' });
    });
  },
);

/** Every file below a folder, with its bytes. */
async function contents(of: string): Promise<Record<string, string>> {
  const entries = await readdir(of, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(
    await Promise.all(files.map(async (path) => [path, (await readFile(path)).toString('base64')] as const)),
  );
}
