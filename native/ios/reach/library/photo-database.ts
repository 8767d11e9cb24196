import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { LibraryFailure } from './failure.ts';
import type { IphoneFiles } from './files.ts';
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
}

const assetTables = ['ZASSET', 'ZGENERICASSET'] as const;
const attributesTable = 'ZADDITIONALASSETATTRIBUTES';

const columnsOf = (database: DatabaseSync, table: string): Set<string> =>
  new Set(
    database
      .prepare('SELECT name FROM pragma_table_info(?)')
      .all(table)
      .map((row) => String(row['name'])),
  );

/** The statement for the columns that are there; null for a database of no known version. */
function statementFor(database: DatabaseSync): string | null {
  requireTables(database, [...assetTables, attributesTable]);
  const table = assetTables.find((name) => columnsOf(database, name).has('ZCLOUDLOCALSTATE'));
  if (table === undefined) return null;
  const columns = columnsOf(database, table);
  const attributes = columns.has('ZADDITIONALATTRIBUTES') ? columnsOf(database, attributesTable) : new Set<string>();
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
    `${ofWaiting('ZORIGINALFILESIZE', 'd.ZORIGINALFILESIZE')} AS waitingBytes`,
    `FROM ${table} a`,
    attributes.size > 0 ? `LEFT JOIN ${attributesTable} d ON d.Z_PK = a.ZADDITIONALATTRIBUTES` : '',
    `WHERE ${conditions.join(' AND ')}`,
  ].join(' ');
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
    };
  } catch (error) {
    if (error instanceof LibraryFailure) throw error;
    throw new LibraryFailure('truncated', `The photo database could not be read: ${String(error)}`);
  }
}

const databasePath = '/PhotoData/Photos.sqlite';

/**
 * Copies Photos.sqlite and its write-ahead log to `folder` and counts there; the phone's own file is never opened as a
 * database. The log is copied last: a checkpoint in between would at worst leave a log that SQLite recognises as old.
 */
export async function countWaitingPhotos(files: IphoneFiles, folder: string): Promise<PhotoCounts> {
  const target = join(folder, 'Photos.sqlite');
  try {
    await files.copy(databasePath, target);
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
