import { answerLines, failLine, type SampleAnswer } from './answer.ts';
import { parseArguments } from './arguments.ts';
import { refusalFor } from './shell-permissions.ts';
import type { SampleMediaItem, SampleState } from './state.ts';
import { phoneNow } from './time-text.ts';

const VALUED = ['--user', '--uri', '--projection', '--where', '--sort', '--method', '--arg', '--extra'];

const DEFAULT_PROJECTION = ['_id', '_display_name', 'relative_path', '_size', 'date_added'];

/** `content query|call` (AOSP cmds/content Content.java); only MediaStore's images and videos are there to query. */
export function content(state: SampleState, args: readonly string[]): SampleAnswer {
  const parsed = parseArguments(args.slice(1), VALUED);
  const uri = parsed.options.get('--uri') ?? '';
  switch (args[0]) {
    case 'query':
      return query(state, uri, parsed.options);
    case 'call':
      return call(state, uri, parsed.options);
    case undefined:
    default:
      return failLine(`[ERROR] Unsupported operation: ${args[0] ?? 'null'}`, 255);
  }
}

function query(state: SampleState, uri: string, options: ReadonlyMap<string, string>): SampleAnswer {
  const kind = /^content:\/\/media\/external\w*\/(images|video)\/media/.exec(uri)?.[1];
  if (kind === undefined) {
    // Provider errors come as a Java exception on standard error, and the command still ends with 0.
    return {
      stdout: '',
      stderr: uri.startsWith('content://com.samsung.android.sm')
        ? `Error while accessing provider:com.samsung.android.sm\njava.lang.SecurityException: Permission Denial: opening provider requires com.samsung.android.sm.permission.READ\n`
        : `Error while accessing provider:${uri.split('/')[2] ?? ''}\njava.lang.IllegalStateException: Could not find provider: ${uri.split('/')[2] ?? ''}\n`,
      exitCode: 0,
    };
  }
  const projection = options.get('--projection')?.split(':') ?? DEFAULT_PROJECTION;
  const where = options.get('--where') ?? '';
  const userId = Number(options.get('--user') ?? 0);
  const items = state.media
    .filter((item) => item.userId === userId)
    .filter((item) => item.kind === (kind === 'images' ? 'image' : 'video'))
    .filter((item) => isMeant(state, item, where))
    .sort((a, b) => (isAscending(options.get('--sort')) ? b.addedAgoMs - a.addedAgoMs : a.addedAgoMs - b.addedAgoMs));
  const unknown = projection.find((column) => columnText(state, items[0], column) === undefined);
  if (items.length > 0 && unknown !== undefined) {
    return {
      stdout: '',
      stderr: `Error while accessing provider:media\njava.lang.IllegalArgumentException: Invalid column ${unknown}\n`,
      exitCode: 0,
    };
  }
  if (items.length === 0) return answerLines(['No result found.']);
  return answerLines(
    items.map((item, row) => {
      const columns = projection.map((column) => `${column}=${columnText(state, item, column) ?? 'NULL'}`);
      return `Row: ${row} ${columns.join(', ')}`;
    }),
  );
}

/** `--method scan_volume`: the media index looks through the whole storage and takes in what it did not know (Android 11 and later). */
function call(state: SampleState, uri: string, options: ReadonlyMap<string, string>): SampleAnswer {
  const scans = uri.startsWith('content://media') && options.get('--method') === 'scan_volume' && state.build.sdk >= 30;
  if (scans) {
    const refusal = refusalFor(state, 'mediaIndex', 'call');
    if (refusal) return refusal;
    state.media.unshift(...(state.unindexed ?? []));
    state.unindexed = [];
  }
  return answerLines(['Result: Bundle[{}]']);
}

function isAscending(sort: string | undefined): boolean {
  return sort !== undefined && !/\bDESC\b/i.test(sort);
}

/** Understands the conditions that matter here: a folder prefix, and "added since". */
function isMeant(state: SampleState, item: SampleMediaItem, where: string): boolean {
  const folder = /(?:relative_path|_data) LIKE '(?:\/storage\/emulated\/\d+\/)?([^'%]*)%?'/i.exec(where)?.[1];
  if (folder !== undefined && !item.relativePath.startsWith(folder)) return false;
  const since = /date_added\s*>=?\s*'?(\d+)/.exec(where)?.[1];
  return since === undefined || addedSeconds(state, item) >= Number(since);
}

function columnText(state: SampleState, item: SampleMediaItem | undefined, column: string): string | undefined {
  if (!item) return '';
  switch (column) {
    case '_id':
      return String(item.id);
    case '_size':
      return String(item.sizeBytes);
    case 'date_added':
    case 'date_modified':
      return String(addedSeconds(state, item));
    case 'datetaken':
      return String(addedSeconds(state, item) * 1000);
    case '_display_name':
      return item.displayName;
    case '_data':
      return `/storage/emulated/${item.userId}/${item.relativePath}${item.displayName}`;
    case 'mime_type':
      return item.kind === 'image' ? 'image/jpeg' : 'video/mp4';
    case 'bucket_display_name':
      return item.relativePath.split('/').at(-2) ?? '';
    case 'is_pending':
      return '0';
    case 'relative_path':
      // MediaStore has this column since Android 10.
      return state.build.sdk >= 29 ? item.relativePath : undefined;
    default:
      return undefined;
  }
}

function addedSeconds(state: SampleState, item: SampleMediaItem): number {
  return Math.floor((phoneNow(state) - item.addedAgoMs) / 1000);
}
