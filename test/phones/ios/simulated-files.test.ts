import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { sampleIphone } from '../../../native/samples/ios/sample-iphones.ts';
import { letTimePass } from '../../../native/samples/ios/owner-actions.ts';
import { readPlist } from '../../../native/ios/read/plist.ts';
import { Libimobiledevice, afcError, isInstalled } from './libimobiledevice.ts';
import { SimulatedIphone } from './simulated-iphone.ts';
import { startSimulatedUsbmuxd, type SimulatedUsbmuxd } from './simulated-usbmuxd.ts';

const suite = isInstalled ? describe : describe.skip;
const title = isInstalled ? '' : ' (skipped: libimobiledevice 1.3.0 is not installed)';
const now = new Date('2026-11-20T10:00:00Z');

let usbmuxd: SimulatedUsbmuxd;
let library: Libimobiledevice | undefined;

beforeEach(async () => {
  usbmuxd = await startSimulatedUsbmuxd();
});

afterEach(async () => {
  await library?.close();
  library = undefined;
  vi.unstubAllEnvs();
  await usbmuxd.stop();
});

async function open(id: string): Promise<{ phone: SimulatedIphone; library: Libimobiledevice }> {
  const phone = new SimulatedIphone(sampleIphone(id).create(now));
  usbmuxd.plug(phone);
  library = await Libimobiledevice.open(usbmuxd.address, phone.udid);
  return { phone, library };
}

suite(`files of the simulated iPhone through the real libimobiledevice${title}`, () => {
  test('folders are listed, with "." and ".."', async () => {
    const { library } = await open('healthy');
    const names = await library.withFiles((files) => files.list('/PhotoData/CPL'));
    expect(names.sort()).toEqual([
      '.',
      '..',
      'DownloadCounts.plist',
      'feedbackmessages.plist',
      'initialsync_marker',
      'lastsyncafterlaunch.plist',
      'metrics.plist',
      'syncstatus.plist',
    ]);
  });

  test('the markers of iCloud Photos carry their times; switched off, they are gone and syncstatus.plist stays', async () => {
    const on = await open('healthy');
    const marker = await on.library.withFiles((files) => files.stat('/PhotoData/cpl_enabled_marker'));
    expect(marker).toMatchObject({ st_size: '0', st_ifmt: 'S_IFREG', st_mtime: '1777888800000000000' });
    await on.library.close();
    const { library } = await open('icloud-photos-off');
    await library.withFiles(async (files) => {
      await expect(files.stat('/PhotoData/cpl_enabled_marker')).rejects.toMatchObject({
        code: afcError.objectNotFound,
      });
      expect(await files.list('/PhotoData/CPL')).toContain('syncstatus.plist');
    });
  });

  test('syncstatus.plist names the reason', async () => {
    const { library } = await open('low-power');
    const bytes = await library.withFiles((files) => files.read('/PhotoData/CPL/syncstatus.plist'));
    expect(readPlist(bytes)).toMatchObject({
      ok: true,
      value: {
        isBlockedByLowPowerModeKey: true,
        iCloudLibraryExists: true,
        lastSyncDate: new Date('2026-11-20T09:40:00Z'),
      },
    });
  });

  test('pending resets are told apart from the finished one', async () => {
    const { library } = await open('pending-resets');
    const bytes = await library.withFiles((files) => files.read('/PhotoData/CPL/resetevents.plist'));
    const result = readPlist(bytes);
    const events = result.ok && Array.isArray(result.value) ? result.value : [];
    expect(events).toHaveLength(6);
    expect(events[0]).not.toHaveProperty('pending');
    expect(events[5]).toMatchObject({ pending: true, date: new Date('2026-11-18T10:00:00Z') });
  });

  test('an offset and pieces of any size give the same bytes', async () => {
    const { library } = await open('healthy');
    await library.withFiles(async (files) => {
      const whole = await files.read('/PhotoData/CPL/syncstatus.plist');
      expect(await files.read('/PhotoData/CPL/syncstatus.plist', { chunkBytes: 7 })).toEqual(whole);
      expect(await files.read('/PhotoData/CPL/syncstatus.plist', { offset: 8 })).toEqual(whole.subarray(8));
    });
  });

  test.each([
    ['backlog-frozen', 'ZASSET WHERE ZBUNDLESCOPE = 0 AND', 4110, 1234],
    ['healthy-ios14', 'ZASSET WHERE ZSAVEDASSETTYPE NOT IN (4, 8, 12) AND', 4110, 0],
    ['healthy-ios12', 'ZGENERICASSET WHERE ZSAVEDASSETTYPE NOT IN (4, 8, 12) AND', 4110, 0],
  ])('Photos.sqlite of %s, with its -wal, counts what waits', async (id, where, total, waiting) => {
    const { library } = await open(id);
    const counts = await countWaiting(library, where);
    expect(counts).toEqual({ total, waiting });
  });

  test('a backlog that falls is smaller when it is counted again', async () => {
    const { library, phone } = await open('backlog-falling');
    const where = 'ZASSET WHERE ZBUNDLESCOPE = 0 AND';
    expect((await countWaiting(library, where)).waiting).toBe(1234);
    letTimePass(phone.model, 15, new Date('2026-11-20T10:15:00Z'));
    expect((await countWaiting(library, where)).waiting).toBe(1054);
  });

  test('the device info tells model and free space', async () => {
    const { library } = await open('healthy-ios16');
    expect(await library.withFiles((files) => files.deviceInfo())).toEqual({
      Model: 'iPhone13,2',
      FSTotalBytes: '117760000000',
      FSFreeBytes: '50636800000',
      FSBlockSize: '4096',
    });
  });

  test('a folder is no file', async () => {
    const { library } = await open('healthy');
    await library.withFiles(async (files) => {
      await expect(files.read('/DCIM')).rejects.toMatchObject({ code: afcError.objectIsDir });
    });
  });

  test('a denied folder denies what is in it, and nothing else', async () => {
    const { library, phone } = await open('healthy');
    phone.faults.afcErrors.set('/PhotoData/CPL', 'PERM_DENIED');
    await library.withFiles(async (files) => {
      await expect(files.list('/PhotoData/CPL')).rejects.toMatchObject({ code: afcError.permDenied });
      await expect(files.read('/PhotoData/CPL/syncstatus.plist')).rejects.toMatchObject({ code: afcError.permDenied });
      expect(await files.list('/PhotoData')).toContain('cpl_enabled_marker');
    });
  });

  test('a cable pulled in the middle of a file breaks the read off', async () => {
    const { library, phone } = await open('healthy');
    phone.faults.unplugAfterFileBytes = 1_000;
    await expect(library.withFiles((files) => files.read('/DCIM/100APPLE/IMG_0002.HEIC'))).rejects.toMatchObject({
      code: afcError.mux,
    });
  });

  test('reading changes nothing; an attempt to remove is refused and recorded', async () => {
    const { library, phone } = await open('healthy');
    await library.withFiles(async (files) => {
      await files.list('/');
      await files.read('/PhotoData/CPL/syncstatus.plist');
      expect(phone.changes).toEqual([]);
      await expect(files.remove('/PhotoData/cpl_enabled_marker')).rejects.toMatchObject({ code: afcError.permDenied });
    });
    expect(phone.changes).toEqual(['remove /PhotoData/cpl_enabled_marker']);
  });
});

suite(`services without an interface of their own${title}`, () => {
  test('MCInstall names the profiles of a managed phone and tells that it is supervised', async () => {
    const { library } = await open('managed');
    expect(await library.ask('com.apple.mobile.MCInstall', { RequestType: 'GetProfileList' })).toMatchObject({
      ok: true,
      value: {
        OrderedIdentifiers: ['com.example.mdm.restrictions'],
        ProfileMetadata: { 'com.example.mdm.restrictions': { PayloadDisplayName: 'Device restrictions' } },
      },
    });
    expect(await library.ask('com.apple.mobile.MCInstall', { RequestType: 'GetCloudConfiguration' })).toMatchObject({
      ok: true,
      value: { CloudConfiguration: { IsSupervised: true, IsMDMUnremovable: true } },
    });
  });

  test('installation_proxy looks up single apps with the attributes asked for', async () => {
    const { library } = await open('healthy');
    const ClientOptions = { BundleIDs: ['com.google.photos'], ReturnAttributes: ['CFBundleShortVersionString'] };
    const request = { Command: 'Lookup', ClientOptions };
    expect(await library.ask('com.apple.mobile.installation_proxy', request)).toEqual({
      ok: true,
      value: { LookupResult: { 'com.google.photos': { CFBundleShortVersionString: '7.38.0' } }, Status: 'Complete' },
    });
  });

  test('a slow phone answers all the same', async () => {
    const { library, phone } = await open('healthy');
    phone.faults.answerDelayMs = 40;
    expect(await library.ask('com.apple.mobile.MCInstall', { RequestType: 'GetProfileList' })).toMatchObject({
      ok: true,
    });
  });
});

/** Copies the database with its -wal, as it must be, and counts in the copy. */
async function countWaiting(library: Libimobiledevice, where: string) {
  const folder = await mkdtemp(join(tmpdir(), 'photos-copy-'));
  try {
    await library.withFiles(async (files) => {
      for (const name of ['Photos.sqlite', 'Photos.sqlite-wal']) {
        await writeFile(join(folder, name), await files.read(`/PhotoData/${name}`));
      }
    });
    expect(existsSync(join(folder, 'Photos.sqlite-wal'))).toBe(true);
    const database = new DatabaseSync(join(folder, 'Photos.sqlite'));
    try {
      const sql = `SELECT COUNT(*) AS total, SUM(ZCLOUDLOCALSTATE = 0) AS waiting FROM ${where} ZTRASHEDSTATE = 0`;
      return { ...database.prepare(sql).get() };
    } finally {
      database.close();
    }
  } finally {
    await rm(folder, { recursive: true });
  }
}
