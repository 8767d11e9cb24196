import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { FileTree } from '../../../native/samples/ios/file-tree.ts';
import { majorVersion, type PhotoLibrary, type SampleIphone } from '../../../native/samples/ios/iphone.ts';

const names = ['Photos.sqlite', 'Photos.sqlite-wal', 'Photos.sqlite-shm'] as const;
type DatabaseFiles = Record<(typeof names)[number], Uint8Array>;

/** Building takes tens of milliseconds, and most phones of a test have the same library. */
const built = new Map<string, DatabaseFiles>();

/** Adds Photos.sqlite with its -wal and -shm to the phone's files, filled up to `bytes` where that is more; returns the tree. */
export function addPhotosDatabase(tree: FileTree, iphone: SampleIphone, bytes = 0): FileTree {
  const version = majorVersion(iphone);
  const key = JSON.stringify([version, iphone.photos]);
  const files = built.get(key) ?? buildPhotosDatabase(version, iphone.photos);
  built.set(key, files);
  for (const name of names) {
    const head = files[name];
    // Pages past those that the head of the file counts are not looked at.
    const fillerBytes = name === 'Photos.sqlite' ? Math.max(0, bytes - head.length) : 0;
    tree.addFile(`/PhotoData/${name}`, fillerBytes === 0 ? head : { head, fillerBytes }, iphone.photos.newest);
  }
  return tree;
}

/**
 * A photo library's database with the columns of that iOS version, its newest rows still in the -wal as on a phone in use.
 * Columns: iLEAPP's Photos.sqlite queries for iOS 11 to 26.
 */
export function buildPhotosDatabase(iosVersion: number, library: PhotoLibrary): DatabaseFiles {
  const folder = mkdtempSync(join(tmpdir(), 'photos-sqlite-'));
  const database = new DatabaseSync(join(folder, 'Photos.sqlite'));
  try {
    database.exec('PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0;');
    const schema = schemaOf(iosVersion);
    database.exec(schema.statements);
    const rows = libraryRows(library);
    const olderRows = rows.slice(0, -newestInWal);
    insertAssets(database, schema, olderRows, 1);
    database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    insertAssets(database, schema, rows.slice(-newestInWal), olderRows.length + 1);
    const read = (name: string) => new Uint8Array(readFileSync(join(folder, name)));
    return {
      'Photos.sqlite': read('Photos.sqlite'),
      'Photos.sqlite-wal': read('Photos.sqlite-wal'),
      'Photos.sqlite-shm': read('Photos.sqlite-shm'),
    };
  } finally {
    database.close();
    rmSync(folder, { recursive: true });
  }
}

/** So many of the newest rows are not yet in the main file: a reader that ignores the -wal counts wrong. */
const newestInWal = 25;

interface Schema {
  readonly assetTable: 'ZGENERICASSET' | 'ZASSET';
  readonly hasBundleScope: boolean;
  readonly statements: string;
}

function schemaOf(iosVersion: number): Schema {
  const assetTable = iosVersion < 14 ? 'ZGENERICASSET' : 'ZASSET';
  const hasBundleScope = iosVersion >= 15;
  const assetColumns = [
    'Z_PK INTEGER PRIMARY KEY',
    'Z_ENT INTEGER',
    'Z_OPT INTEGER',
    'ZADDITIONALATTRIBUTES INTEGER',
    'ZMASTER INTEGER',
    ...(hasBundleScope ? ['ZBUNDLESCOPE INTEGER'] : []),
    'ZCLOUDLOCALSTATE INTEGER',
    ...(iosVersion < 26 ? ['ZCLOUDPLACEHOLDERKIND INTEGER'] : []),
    'ZCOMPLETE INTEGER',
    'ZHIDDEN INTEGER',
    'ZKIND INTEGER',
    'ZSAVEDASSETTYPE INTEGER',
    'ZTRASHEDSTATE INTEGER',
    'ZVISIBILITYSTATE INTEGER',
    'ZADDEDDATE TIMESTAMP',
    'ZDATECREATED TIMESTAMP',
    'ZTRASHEDDATE TIMESTAMP',
    'ZDIRECTORY VARCHAR',
    'ZFILENAME VARCHAR',
  ];
  return {
    assetTable,
    hasBundleScope,
    statements: `
      CREATE TABLE ${assetTable} (${assetColumns.join(', ')});
      CREATE TABLE ZADDITIONALASSETATTRIBUTES (Z_PK INTEGER PRIMARY KEY, ZASSET INTEGER, ZUPLOADATTEMPTS INTEGER,
        ZCLOUDRECOVERYSTATE INTEGER, ZCLOUDSTATERECOVERYATTEMPTSCOUNT INTEGER, ZORIGINALFILESIZE INTEGER,
        ZLASTUPLOADATTEMPTDATE TIMESTAMP, ZIMPORTEDBY INTEGER);
      CREATE TABLE ZCLOUDMASTER (Z_PK INTEGER PRIMARY KEY, ZCLOUDLOCALSTATE INTEGER);
      CREATE TABLE ZINTERNALRESOURCE (Z_PK INTEGER PRIMARY KEY, ZASSET INTEGER, ZCLOUDLOCALSTATE INTEGER,
        ZLOCALAVAILABILITY INTEGER${iosVersion < 26 ? ', ZTRANSIENTCLOUDMASTER INTEGER' : ''});
    `,
  };
}

/** One asset, in the values of the columns that tell whether it still has to be sent. */
interface AssetRow {
  readonly cloudLocalState: 0 | 1 | 4;
  readonly uploadAttempts: number;
  readonly isMovie: boolean;
  readonly bundleScope: 0 | 3;
  readonly savedAssetType: 3 | 12;
  readonly trashed: boolean;
  readonly created: Date;
}

/** The library in the order of its dates: what waits is the newest. */
function libraryRows(library: PhotoLibrary): AssetRow[] {
  const total = library.images + library.movies;
  const sent = total - library.waiting - library.unsyncable;
  const own = { bundleScope: 0, savedAssetType: 3, trashed: false, uploadAttempts: 0, isMovie: false } as const;
  const rows: Array<Omit<AssetRow, 'created'>> = [
    ...repeat(
      library.sharedWithYou,
      () => ({ ...own, bundleScope: 3, savedAssetType: 12, cloudLocalState: 0 }) as const,
    ),
    ...repeat(library.recentlyDeleted, () => ({ ...own, trashed: true, cloudLocalState: 1 }) as const),
    ...repeat(
      total,
      (index) =>
        ({
          ...own,
          isMovie: index < library.movies,
          cloudLocalState: index < sent ? 1 : index < sent + library.unsyncable ? 4 : 0,
          uploadAttempts: index >= total - library.failing ? 6 : 0,
        }) as const,
    ),
  ];
  return rows.map((row, index) => ({
    ...row,
    created: new Date(library.newest.getTime() - (rows.length - 1 - index) * 45 * 60_000),
  }));
}

function repeat<T>(count: number, make: (index: number) => T): T[] {
  return Array.from({ length: count }, (_, index) => make(index));
}

function insertAssets(database: DatabaseSync, schema: Schema, rows: readonly AssetRow[], firstKey: number): void {
  const scope = schema.hasBundleScope ? { column: ', ZBUNDLESCOPE', mark: ', ?' } : { column: '', mark: '' };
  const asset = database.prepare(
    `INSERT INTO ${schema.assetTable} (Z_PK, ZADDITIONALATTRIBUTES, ZMASTER, ZCLOUDLOCALSTATE, ZCOMPLETE, ZHIDDEN, ZKIND,
       ZSAVEDASSETTYPE, ZTRASHEDSTATE, ZVISIBILITYSTATE, ZADDEDDATE, ZDATECREATED, ZDIRECTORY, ZFILENAME${scope.column})
     VALUES (?, ?, ?, ?, 1, 0, ?, ?, ?, 0, ?, ?, 'DCIM/100APPLE', ?${scope.mark})`,
  );
  const attributes = database.prepare(
    `INSERT INTO ZADDITIONALASSETATTRIBUTES (Z_PK, ZASSET, ZUPLOADATTEMPTS, ZORIGINALFILESIZE) VALUES (?, ?, ?, ?)`,
  );
  const master = database.prepare('INSERT INTO ZCLOUDMASTER (Z_PK, ZCLOUDLOCALSTATE) VALUES (?, ?)');
  const resource = database.prepare(
    'INSERT INTO ZINTERNALRESOURCE (Z_PK, ZASSET, ZCLOUDLOCALSTATE, ZLOCALAVAILABILITY) VALUES (?, ?, ?, 1)',
  );
  database.exec('BEGIN');
  for (const [index, row] of rows.entries()) {
    const key = firstKey + index;
    const created = row.created.getTime() / 1000 - 978_307_200;
    const sentState = row.cloudLocalState === 1 ? 3 : 1;
    asset.run(
      key,
      key,
      key,
      row.cloudLocalState,
      row.isMovie ? 1 : 0,
      row.savedAssetType,
      row.trashed ? 1 : 0,
      created,
      created,
      `IMG_${key}.${row.isMovie ? 'MOV' : 'HEIC'}`,
      ...(schema.hasBundleScope ? [row.bundleScope] : []),
    );
    attributes.run(key, key, row.uploadAttempts, row.isMovie ? 38_400_000 : 2_150_000);
    master.run(key, sentState);
    resource.run(key, key, sentState);
  }
  database.exec('COMMIT');
}
