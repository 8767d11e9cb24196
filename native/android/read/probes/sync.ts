import type { Parsed, PhoneProbe } from '../../../probe.ts';
import type { Reading, ReadingValues } from '../../../reading.ts';
import { type Unavailable, unavailable } from '../../../unavailable.ts';
import { readUser } from '../uid.ts';

type Syncs = Exclude<NonNullable<ReadingValues['accounts']>['syncs'], Unavailable | undefined>;

/** What the phone itself prints after the tables; a blank line or a prompt may have come in between on the way. */
const nextPart =
  /^(?:Recent Sync|Sync Statistics|Detailed Statistics|Detailed Sync History|Per Adapter History|SyncManager Config|Sync adapters for |Observer tree:)/;
const autoSyncLine = /^auto sync: (.*)$/i;
/** The account's name may hold blanks; the user and the type are the last two words. */
const accountLine = /^Account .* u(\d{1,6}) (\S+)$/;

/** Columns are as wide as their widest cell, so they are cut where the titles begin (AOSP SyncManager.PrintTable). */
interface Columns {
  authority: number;
  syncable: number;
  enabled: number;
  afterEnabled: number;
  lastSync: number;
  backoff: number;
}

function columnsOf(line: string): Columns | null {
  const syncable = line.indexOf('Syncable');
  const enabled = line.indexOf('Enabled');
  const lastSync = line.indexOf('Last Sync');
  const backoff = line.indexOf('Backoff');
  if (!line.startsWith('Authority') || syncable < 0 || enabled < 0 || lastSync < 0 || backoff < 0) return null;
  const next = /\S/.exec(line.slice(enabled + 'Enabled'.length))?.index ?? 0;
  return { authority: 0, syncable, enabled, afterEnabled: enabled + 'Enabled'.length + next, lastSync, backoff };
}

interface Row {
  authority: string;
  syncable: string;
  enabled: string;
  lastSync: string;
}

const cut = (line: string, columns: Columns): Row => ({
  authority: line.slice(columns.authority, columns.syncable).trim(),
  syncable: line.slice(columns.syncable, columns.enabled).trim(),
  enabled: line.slice(columns.enabled, columns.afterEnabled).trim(),
  lastSync: line.slice(columns.lastSync, columns.backoff).trim(),
});

/** The cells of the column "Last Sync" of one authority, from top to bottom. */
interface Pending {
  sync: Syncs[number];
  lastSync: string[];
}

const momentCell = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/;

/**
 * `PERIODIC SUCCESS`, its time, then `USER FAILURE`, its time, and what failed: the later of the two is the last result.
 * `SUCCESS`, the words of the failure, or '' where it never synced.
 */
function lastResult(cells: readonly string[]): string {
  const success = cells.findIndex((cell) => cell.endsWith(' SUCCESS'));
  const failure = cells.findIndex((cell) => cell.endsWith(' FAILURE'));
  const timeAfter = (index: number): string => {
    const cell = index < 0 ? undefined : cells[index + 1];
    return cell !== undefined && momentCell.test(cell) ? cell : '';
  };
  if (failure >= 0 && (success < 0 || timeAfter(failure) > timeAfter(success))) {
    const words = cells.slice(failure + 1).find((cell) => !momentCell.test(cell));
    return words ?? 'FAILURE';
  }
  return success >= 0 ? 'SUCCESS' : '';
}

/** Reads the tables under `Sync Status`, one for each account. */
class StatusReader {
  unknownLines = 0;
  private readonly wantedUser: string;
  private readonly rows: Pending[] = [];
  private account: { user: string; type: string } | null = null;
  private columns: Columns | null = null;

  constructor(wantedUser: string) {
    this.wantedUser = wantedUser;
  }

  get syncs(): Syncs {
    return this.rows.map(({ sync, lastSync }) => ({ ...sync, lastResult: lastResult(lastSync) }));
  }

  read(line: string): void {
    const [, user, type] = accountLine.exec(line) ?? [];
    if (user !== undefined && type !== undefined) {
      this.account = { user, type };
      this.columns = null;
      return;
    }
    if (line.startsWith('===') || line.startsWith('---')) return;
    const columns = columnsOf(line);
    if (columns !== null) this.columns = columns;
    else if (this.account === null || this.columns === null) this.unknownLines += 1;
    else if (this.account.user === this.wantedUser) this.readRow(line, this.account.type, this.columns);
  }

  private readRow(line: string, accountType: string, columns: Columns): void {
    const row = cut(line, columns);
    if (row.authority === '') {
      // The lines of today and yesterday go on in the column of the last sync.
      if (row.lastSync !== '') this.rows.at(-1)?.lastSync.push(row.lastSync);
      return;
    }
    if (!/^-?\d$/.test(row.syncable) || !/^(?:true|false)$/.test(row.enabled)) {
      this.unknownLines += 1;
      return;
    }
    // -1: it was never asked whether it can be synced; 0: it cannot.
    const syncable = Number(row.syncable) > 0;
    const sync = { authority: row.authority, accountType, enabled: row.enabled === 'true', syncable, lastResult: '' };
    this.rows.push({ sync, lastSync: row.lastSync === '' ? [] : [row.lastSync] });
  }
}

function parse(text: string, so: Reading): Parsed {
  const userId = String(readUser(so));
  let autoSync: boolean | null = null;
  let status: StatusReader | null = null;
  let reading = false;
  let ended = false;
  for (const line of text.split('\n')) {
    const masters = autoSyncLine.exec(line)?.[1];
    if (masters !== undefined) autoSync ??= masterOf(masters, userId);
    if (line.startsWith('Sync Status')) {
      status ??= new StatusReader(userId);
      reading = true;
    } else if (line.trim() === '') reading = false;
    else if (reading) status?.read(line);
    else if (status !== null && !ended) {
      if (nextPart.test(line)) ended = true;
      else status.unknownLines += 1;
    }
  }
  return {
    values: {
      accounts: {
        autoSync: autoSync ?? unavailable('missing', `The answer does not say whether user ${userId} syncs.`),
        syncs:
          status === null
            ? unavailable('missing', 'The answer holds no table of syncs.')
            : status.unknownLines > 0 || !ended
              ? unavailable('truncated', 'The table of syncs is not whole.')
              : status.syncs,
      },
    },
    unknownLines: status?.unknownLines ?? 0,
  };
}

/** `u0=true u150=false ` */
function masterOf(masters: string, userId: string): boolean | null {
  const own = masters.split(' ').find((word) => word.startsWith(`u${userId}=`));
  return own === undefined ? null : own.endsWith('=true');
}

/**
 * Automatic sync of the user and of each authority: `dumpsys content` (AOSP content/SyncManager.dumpSyncState, 26..34, real
 * dumps of 8.1, 9, 13 and 15). Account names never leave this parser.
 */
export const sync: PhoneProbe = {
  id: 'sync',
  platform: 'android',
  per: 'phone',
  asked: 'scan',
  gives: { accounts: ['autoSync', 'syncs'] },
  command: () => ['dumpsys', 'content'],
  parse,
};
