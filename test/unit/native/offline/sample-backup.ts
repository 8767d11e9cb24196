import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import {
  PlistUid,
  writeBinaryPlist,
  writeXmlPlist,
  type PlistDict,
  type PlistValue,
} from '../../../../native/ios/read/plist.ts';

/** A file of a backup: where it was on the phone, and its bytes, or what fills its database. */
export interface BackupEntry {
  domain: string;
  path: string;
  content: Uint8Array | ((database: DatabaseSync) => void);
}

export interface BackupOptions {
  info?: PlistDict;
  status?: PlistDict | null;
  manifest?: PlistDict | null;
  entries?: readonly BackupEntry[];
}

const modified = Date.parse('2026-04-30T06:00:00.000Z') / 1000;

/** A keyed archive with one value, as iOS keeps file records and account properties. */
export const keyedArchive = (root: PlistValue): Uint8Array =>
  writeBinaryPlist({
    $archiver: 'NSKeyedArchiver',
    $version: 100_000,
    $top: { root: new PlistUid(1) },
    $objects: ['$null', root],
  });

const fileRecord = (bytes: number): Uint8Array => keyedArchive({ LastModified: modified, Size: bytes, Flags: 0 });

/** Writes a finished, plain backup of an iPhone with iOS 16.7 in the layout of idevicebackup2, in so far as it is read. */
export async function writeBackup(folder: string, options: BackupOptions = {}): Promise<void> {
  await mkdir(folder, { recursive: true });
  const info = {
    'Build Version': '20H343',
    'Device Name': 'Sample iPhone',
    'Installed Applications': ['com.google.photos'],
    'Last Backup Date': new Date('2026-05-01T06:00:00.000Z'),
    'Product Type': 'iPhone13,2',
    'Product Version': '16.7.8',
    'Target Identifier': '00008101-0012ABCD00000001',
    ...options.info,
  };
  const { status = { SnapshotState: 'finished' }, manifest = { IsEncrypted: false } } = options;
  await writeFile(join(folder, 'Info.plist'), writeXmlPlist(info));
  if (status !== null) await writeFile(join(folder, 'Status.plist'), writeBinaryPlist(status));
  if (manifest !== null) await writeFile(join(folder, 'Manifest.plist'), writeBinaryPlist(manifest));
  const index = new DatabaseSync(join(folder, 'Manifest.db'));
  index.exec('CREATE TABLE Files (fileID TEXT PRIMARY KEY, domain TEXT, relativePath TEXT, flags INTEGER, file BLOB)');
  for (const entry of options.entries ?? []) await addEntry(folder, index, entry);
  index.close();
}

async function addEntry(folder: string, index: DatabaseSync, { domain, path, content }: BackupEntry): Promise<void> {
  const fileId = createHash('sha1').update(`${domain}-${path}`).digest('hex');
  const copy = join(folder, fileId.slice(0, 2), fileId);
  await mkdir(join(folder, fileId.slice(0, 2)), { recursive: true });
  if (content instanceof Uint8Array) await writeFile(copy, content);
  else {
    const database = new DatabaseSync(copy);
    database.exec('PRAGMA journal_mode = WAL');
    content(database);
    database.close();
  }
  const bytes = content instanceof Uint8Array ? content.length : 0;
  index.prepare('INSERT INTO Files VALUES (?, ?, ?, 1, ?)').run(fileId, domain, path, fileRecord(bytes));
}
