import { answerLines, SILENT, unknownCommand, type SampleAnswer } from './answer.ts';
import { allInstalled } from './apps.ts';
import { defaultTransport } from './network-state.ts';
import type { SampleState, SyncAuthority } from './state.ts';
import { isStorageLow } from './storage-state.ts';
import { durationHms, wallTime } from './time-text.ts';

const COLUMNS_9 = [
  'Authority',
  'Syncable',
  'Enabled',
  'Stats',
  'Loc',
  'Poll',
  'Per',
  'Feed',
  'User',
  'Othr',
  'Tot',
  'Fail',
  'Can',
  'Time',
  'Last Sync',
  'Backoff',
];
const COLUMNS_8 = [
  'Authority',
  'Syncable',
  'Enabled',
  'Delay',
  'Loc',
  'Poll',
  'Per',
  'Serv',
  'User',
  'Tot',
  'Time',
  'Last Sync',
  'Backoff',
];

/**
 * `dumpsys content` (AOSP SyncManager.dumpSyncState): switches first, then a fixed-width table for each account; the day's statistics and
 * the observers (ContentService.dump) end it.
 */
export function dumpContent(state: SampleState): SampleAnswer {
  const { sdk } = state.build;
  const uptime = state.clock.uptimeMs;
  const accounts = state.accounts.length;
  const master = state.sync.master.map(({ userId, enabled }) => `u${userId}=${enabled} `).join('');
  const connected = defaultTransport(state) !== null;
  const now = `${uptime} (${wallTime(state, 0)})`;
  const head =
    sdk <= 27
      ? [
          `data connected: ${connected}`,
          `auto sync: ${master}`,
          `memory low: ${isStorageLow(state)}`,
          'device idle: false',
          'reported active: false',
          `accounts: ${accounts}`,
          `now: ${now}`,
          `uptime: ${durationHms(uptime)}`,
          'time spent syncing: 0s, sync not in progress',
        ]
      : [
          `Data connected: ${connected}`,
          `Battery saver: ${state.batterySaver.active}`,
          `Background network restriction:  ${backgroundRestriction(state)}`,
          `Auto sync: ${master}`,
          ...(sdk <= 30
            ? [`Memory low: ${isStorageLow(state)}`, 'Device idle: false', 'Reported active: false']
            : [`Storage low: ${isStorageLow(state)}`]),
          'Clock valid: true',
          `Accounts: ${accounts}`,
          `Now: ${now}`,
          `Uptime: ${durationHms(uptime)}`,
          'Time spent syncing: 11s, sync not in progress',
        ];
  return answerLines([
    ...head,
    '',
    'Active Syncs: 0',
    '',
    'Pending Syncs: 0',
    '',
    'Periodic Syncs: 0',
    '',
    'Sync Status',
    ...accountTables(state),
    '',
    'Sync Statistics',
    '  Today:  Success (0) Failure (0)',
    ...(sdk <= 27 ? [] : ['SyncManager Constants:', '  maxSyncRetryTimeInSeconds=3600']),
    '',
    'Observer tree:',
    '',
    ' Total number of nodes: 1',
    ' Total number of observers: 0',
  ]);
}

/** `cmd content`: the only thing it can do is to reset the statistics; the switches are out of the shell's reach. */
export function cmdContent(state: SampleState, args: readonly string[]): SampleAnswer {
  return args[0] === 'reset-today-stats' && state.build.sdk >= 28 ? SILENT : unknownCommand(args[0]);
}

/** Seen from the shell's own uid, as SyncManager asks ConnectivityManager. */
function backgroundRestriction(state: SampleState): string {
  if (!state.dataSaver) return 'disabled';
  return allInstalled(state).some(({ uid, own }) => uid === 2000 && own.networkPolicy === 4)
    ? 'whitelisted'
    : 'enabled';
}

function accountTables(state: SampleState): string[] {
  const keys = [
    ...new Set(state.sync.authorities.map((row) => `${row.accountName} u${row.userId} ${row.accountType}`)),
  ];
  return keys.flatMap((key) => {
    const rows = state.sync.authorities.filter((row) => `${row.accountName} u${row.userId} ${row.accountType}` === key);
    return [`Account ${key}`, '='.repeat(71), ...table(state, rows)];
  });
}

function table(state: SampleState, rows: readonly SyncAuthority[]): string[] {
  const old = state.build.sdk <= 27;
  const columns = old ? COLUMNS_8 : COLUMNS_9;
  const cells = rows.flatMap((row) => (old ? [oreoCells(state, row)] : pieCells(state, row)));
  const widths = columns.map(
    (title, index) => Math.max(title.length, ...cells.map((line) => (line[index] ?? '').length)) + 2,
  );
  const format = (line: readonly string[]): string =>
    widths.map((width, index) => (line[index] ?? '').padEnd(width)).join('');
  return [format(columns), '-'.repeat(widths.reduce((sum, width) => sum + width, 0) - 2), ...cells.map(format)];
}

function oreoCells(state: SampleState, row: SyncAuthority): string[] {
  const last = row.lastSyncAgoMs === null ? '' : `PERIODIC ${wallTime(state, row.lastSyncAgoMs)}`;
  const counts = ['0', '0', String(row.total), '0', '0', String(row.total)];
  return [row.authority, String(row.syncable), String(row.enabled), '', ...counts, '1m40s', last, ''];
}

function pieCells(state: SampleState, row: SyncAuthority): string[][] {
  const counts = ['0', '0', String(row.total), '0', '0', '0', String(row.total), String(row.failed), '0'];
  const today = [...emptyCells('Today'), row.lastSyncAgoMs === null ? '' : wallTime(state, row.lastSyncAgoMs)];
  return [
    [row.authority, String(row.syncable), String(row.enabled), 'Total', ...counts, '1m40s', row.lastResult, ''],
    today,
    [...emptyCells('Yestr'), row.lastFailure ?? ''],
  ];
}

function emptyCells(stats: string): string[] {
  return ['', '', '', stats, '', '', '', '', '', '', '', '', '', '0s'];
}
