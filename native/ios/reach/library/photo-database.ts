import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { LibraryFailure } from './failure.ts';
import type { IphoneFiles } from './files.ts';
import type { OnBytes } from './messages.ts';
import { requireTables } from './plain-tables.ts';

/**
 * Counts in a copy of Photos.sqlite what iCloud Photos has not taken yet. The columns differ by iOS version, so they are
 * looked up first: ZGENERICASSET in iOS 11 to 13, ZASSET since 14, ZBUNDLESCOPE since 15 (before, ZSAVEDASSETTYPE tells what
 * is only shared). Meaning of the values: the queries of iLEAPP for iOS 14 to 26.
 */
export interface PhotoCounts {
  /** The statement that was asked, so that evidence can show it. */
  asked: string;
  total: number;
  synced: number;
  waiting: number;
  /** Neither waiting nor synced: 4 was seen for "could not be synced". */
  other: number;
  /** Of the waiting ones, those that were tried before; null where this version does not say. */
  failing: number | null;
  waitingBytes: number | null;
  /** Given up (4) or failed (2), as an asset or in the master behind it; null where this version does not say. */
  refused: { photos: number; videos: number; lastAttempt: string | null } | null;
  /** Jobs of iOS itself that upload for an app and have not ended, by bundle id; null where there is no such table. */
  systemUploads: Record<string, number> | null;
}

const assetTables = ['ZASSET', 'ZGENERICASSET'] as const;
const attributesTable = 'ZADDITIONALASSETATTRIBUTES';
const masterTable = 'ZCLOUDMASTER';

const columnsOf = (database: DatabaseSync, table: string): Set<string> =>
  new Set(
    database
      .prepare('SELECT name FROM pragma_table_info(?)')
      .all(table)
      .map((row) => String(row['name'])),
  );

/** What iCloud gave up: 4 after some eleven attempts, 2 a push that failed. Of the master, or in the attributes, it may be so while the asset only waits. */
function refusedColumns(columns: ReadonlySet<string>, attributes: ReadonlySet<string>, hasMaster: boolean): string[] {
  const states = [
    'a.ZCLOUDLOCALSTATE',
    ...(attributes.has('ZCLOUDLOCALSTATE') ? ['d.ZCLOUDLOCALSTATE'] : []),
    ...(hasMaster ? ['m.ZCLOUDLOCALSTATE'] : []),
  ];
  const isRefused = `(${states.map((state) => `COALESCE(${state}, 0) IN (2, 4)`).join(' OR ')})`;
  const when = attributes.has('ZLASTUPLOADATTEMPTDATE')
    ? `CASE WHEN ${isRefused} THEN d.ZLASTUPLOADATTEMPTDATE END`
    : 'NULL';
  const video = columns.has('ZKIND') ? 'a.ZKIND = 1' : 'FALSE';
  return [
    `TOTAL(${isRefused} AND NOT (${video})) AS refusedPhotos`,
    `TOTAL(${isRefused} AND ${video}) AS refusedVideos`,
    `MAX(${when}) AS refusedAt`,
  ];
}

/** The statement for the columns that are there; null for a database of no known version. */
function statementFor(database: DatabaseSync): string | null {
  requireTables(database, [...assetTables, attributesTable, masterTable]);
  const table = assetTables.find((name) => columnsOf(database, name).has('ZCLOUDLOCALSTATE'));
  if (table === undefined) return null;
  const columns = columnsOf(database, table);
  const attributes = columns.has('ZADDITIONALATTRIBUTES') ? columnsOf(database, attributesTable) : new Set<string>();
  const hasMaster = columns.has('ZMASTER') && columnsOf(database, masterTable).has('ZCLOUDLOCALSTATE');
  const conditions = [
    columns.has('ZBUNDLESCOPE')
      ? 'a.ZBUNDLESCOPE = 0'
      : columns.has('ZSAVEDASSETTYPE')
        ? 'a.ZSAVEDASSETTYPE NOT IN (4, 8, 12)'
        : 'TRUE',
    columns.has('ZTRASHEDSTATE') ? 'a.ZTRASHEDSTATE = 0' : 'TRUE',
  ];
  const ofWaiting = (column: string, sum: string): string =>
    attributes.has(column) ? `TOTAL(CASE WHEN a.ZCLOUDLOCALSTATE = 0 THEN ${sum} END)` : 'NULL';
  return [
    'SELECT COUNT(*) AS total, TOTAL(a.ZCLOUDLOCALSTATE = 1) AS synced, TOTAL(a.ZCLOUDLOCALSTATE = 0) AS waiting,',
    'TOTAL(a.ZCLOUDLOCALSTATE NOT IN (0, 1)) AS other,',
    `${ofWaiting('ZUPLOADATTEMPTS', 'd.ZUPLOADATTEMPTS > 0')} AS failing,`,
    `${ofWaiting('ZORIGINALFILESIZE', 'd.ZORIGINALFILESIZE')} AS waitingBytes,`,
    refusedColumns(columns, attributes, hasMaster).join(', '),
    `FROM ${table} a`,
    attributes.size > 0 ? `LEFT JOIN ${attributesTable} d ON d.Z_PK = a.ZADDITIONALATTRIBUTES` : '',
    hasMaster ? `LEFT JOIN ${masterTable} m ON m.Z_PK = a.ZMASTER` : '',
    `WHERE ${conditions.join(' AND ')}`,
  ].join(' ');
}

const jobTable = 'ZASSETRESOURCEUPLOADJOB';
const configurationTable = 'ZASSETRESOURCEUPLOADJOBCONFIGURATION';
/** Far more than a phone has apps. */
const mostApps = 200;

/**
 * Since iOS 26.1 PhotoKit uploads for apps that registered for it. The tables and these columns were seen in a description of a backup of
 * iOS 27, the rows on no phone: a job counts until it is gone, and how it points at its configuration is looked up.
 */
function systemUploadsIn(database: DatabaseSync): Record<string, number> | null {
  requireTables(database, [jobTable, configurationTable]);
  const pointer = [...columnsOf(database, jobTable)].find((name) => /^Z[A-Z]*CONFIGURATION$/.test(name));
  if (pointer === undefined || !columnsOf(database, configurationTable).has('ZBUNDLEIDENTIFIER')) return null;
  const rows = database
    .prepare(
      `SELECT c.ZBUNDLEIDENTIFIER AS app, COUNT(*) AS jobs FROM ${jobTable} j JOIN ${configurationTable} c ON c.Z_PK = j.${pointer}
       WHERE length(c.ZBUNDLEIDENTIFIER) BETWEEN 1 AND 200 GROUP BY c.ZBUNDLEIDENTIFIER LIMIT ${mostApps}`,
    )
    .all();
  return Object.fromEntries(rows.map((row) => [String(row['app']), Number(row['jobs'])]));
}

const secondsFrom1970To2001 = 978_307_200;

function refusedIn(row: Record<string, unknown>): PhotoCounts['refused'] {
  const at = row['refusedAt'];
  const isMoment = typeof at === 'number' && Math.abs(at) < 1e11;
  return {
    photos: Number(row['refusedPhotos']),
    videos: Number(row['refusedVideos']),
    lastAttempt: isMoment ? new Date((at + secondsFrom1970To2001) * 1000).toISOString() : null,
  };
}

const numberOrNull = (value: unknown): number | null => (typeof value === 'number' ? value : null);

/** Counts in an opened Photos.sqlite. Fails as `missing` on a database whose columns are unknown, `truncated` on a damaged one. */
export function countPhotos(database: DatabaseSync): PhotoCounts {
  try {
    const asked = statementFor(database);
    if (asked === null)
      throw new LibraryFailure('missing', 'The photo database of this iOS version has other columns.');
    const row = database.prepare(asked).get() ?? {};
    return {
      asked,
      total: Number(row['total']),
      synced: Number(row['synced']),
      waiting: Number(row['waiting']),
      other: Number(row['other']),
      failing: numberOrNull(row['failing']),
      waitingBytes: numberOrNull(row['waitingBytes']),
      refused: refusedIn(row),
      systemUploads: systemUploadsIn(database),
    };
  } catch (error) {
    if (error instanceof LibraryFailure) throw error;
    throw new LibraryFailure('truncated', `The photo database could not be read: ${String(error)}`);
  }
}

const databasePath = '/PhotoData/Photos.sqlite';

/**
 * Copies Photos.sqlite and its write-ahead log to `folder` and counts there, telling how much of the file has come; the phone's own file is never opened as a
 * database. The log is copied last: a checkpoint in between would at worst leave a log that SQLite recognises as old.
 */
export async function countWaitingPhotos(files: IphoneFiles, folder: string, onBytes: OnBytes): Promise<PhotoCounts> {
  const target = join(folder, 'Photos.sqlite');
  const total = (await files.info(databasePath)).bytes ?? 0;
  let come = 0;
  try {
    await files.copy(databasePath, target, (bytes) => {
      come += bytes;
      onBytes(come, Math.max(come, total));
    });
    await copyIfThere(files, `${databasePath}-wal`, `${target}-wal`);
    return countPhotosIn(target);
  } finally {
    for (const name of [target, `${target}-wal`, `${target}-shm`]) await rm(name, { force: true });
  }
}

async function copyIfThere(files: IphoneFiles, path: string, target: string): Promise<void> {
  try {
    await files.copy(path, target);
  } catch (error) {
    if (!(error instanceof LibraryFailure && error.ended === 'missing')) throw error;
  }
}

function countPhotosIn(path: string): PhotoCounts {
  const database = new DatabaseSync(path);
  try {
    return countPhotos(database);
  } finally {
    database.close();
  }
}
