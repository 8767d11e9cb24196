import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import { commandText } from '../../native/command.ts';
import { systemTrouble } from '../../native/offline/file-trouble.ts';
import { readBounded } from '../../native/offline/read-bounded.ts';
import type { Application } from '../app/application.ts';
import { ApplicationError } from '../app/program/problem.ts';
import type { ElsewhereItem } from '../app/shop/elsewhere-items.ts';
import type { ShopState, ShopView } from '../app/shop/shop.ts';
import { exitCode, type ExitCode } from './exit-code.ts';
import { reportText } from './report-text.ts';
import { orDash, plain, print, printJson, table, tell } from './output.ts';
import { terminal } from './terminal.ts';
import { momentWords } from './value-words.ts';

interface Json {
  json?: boolean;
}

export interface ConnectionOptions extends Json {
  /** A file that holds the connection string. */
  from?: string;
}

export interface ShopInitOptions extends ConnectionOptions {
  shop?: string;
  station?: string;
  look?: boolean;
}

/**
 * A connection string holds a password: other programs of this computer see what stands in a command line, so it is read from a file, from
 * standard input, or typed unseen.
 */
async function connectionString({ from }: ConnectionOptions): Promise<string> {
  const told =
    from !== undefined ? readText(from) : terminal().stdin.isTTY ? await typedUnseen() : await text(terminal().stdin);
  const [line = ''] = told.trim().split('\n');
  if (line !== '') return line;
  throw new ApplicationError('bad-argument', 'There is no connection string.', [
    'Give it on standard input, or name a file that holds it with --from.',
  ]);
}

/** It holds one line. */
const largestConnectionFile = 64 * 1024;

function readText(file: string): string {
  try {
    return readBounded(file, largestConnectionFile).toString('utf8');
  } catch (error) {
    throw systemTrouble(error, file);
  }
}

async function typedUnseen(): Promise<string> {
  terminal().stderr.write('Connection string (it is not shown): ');
  const unseen = new Writable({ write: (_chunk, _encoding, done) => done() });
  const asking = createInterface({ input: terminal().stdin, output: unseen, terminal: true });
  try {
    return await asking.question('');
  } finally {
    asking.close();
    terminal().stderr.write('\n');
  }
}

/** Sets a database up, and makes a station in it where one is named. */
export async function shopInit(app: Application, options: ShopInitOptions, signal: AbortSignal): Promise<ExitCode> {
  const { shop, station, look } = options;
  if ((shop === undefined) !== (station === undefined)) {
    throw new ApplicationError('bad-argument', 'Name a shop and a station, or neither.');
  }
  // What is there is read, all of it, by some of them.
  const onStep = (migration: string): void => {
    if (options.json !== true) tell(`Bringing the database up to date: ${migration}`);
  };
  const done = await app.shop.init(await connectionString(options), { shop, station, looks: look }, signal, onStep);
  if (options.json) {
    printJson(done);
    return exitCode.ok;
  }
  tell(
    done.applied.length === 0
      ? `The database is up to date (version ${done.version}).`
      : `The database is set up (version ${done.version}).`,
  );
  if (done.connection !== null) {
    tell('This is what the station connects with. It is shown this once; made again, the former one stops working.');
    print(plain(done.connection));
  }
  return exitCode.ok;
}

export async function shopConnect(
  app: Application,
  options: ConnectionOptions,
  signal: AbortSignal,
): Promise<ExitCode> {
  const view = await app.shop.connect(await connectionString(options), signal);
  if (app.settings.values.stationPrefix === '') {
    tell(
      'Give each station a prefix of its own in the settings: without one, two stations give the same ticket numbers.',
    );
  }
  return told(view, options);
}

const stateWords: Record<ShopState, string> = {
  off: 'This station belongs to no chain.',
  never: 'Nothing was sent yet.',
  whole: 'Everything is sent and read.',
  waiting: 'Something waits to be sent.',
  offline: 'The server does not answer. What waits goes on waiting.',
  trouble: 'The server cannot be used.',
};

function told(view: ShopView, options: Json): ExitCode {
  const { state, link, address, counts, refused, unreadable, trouble } = view;
  if (options.json) printJson(view);
  else {
    if (link !== null) {
      print(
        plain(`${link.stationName} of ${link.shopName}${address === null ? '' : `, ${address}`}`),
        link.looks ? 'The shops of this chain may look into each other.' : 'Each shop of this chain sees its own.',
      );
    }
    print(
      trouble === null ? stateWords[state] : plain(trouble),
      `${counts.waiting} to be sent, ${counts.erasures} to be erased, ${counts.refused} refused` +
        (link === null || link.syncedAt === null ? '' : `; last done ${momentWords(link.syncedAt)}`),
      ...(unreadable === 0 ? [] : [`${unreadable} rows of other stations cannot be read, and are left out`]),
      ...refused.map(({ kind, trouble: why }) => plain(`refused: ${kind}: ${why ?? ''}`)),
    );
  }
  return state === 'trouble' ? exitCode.problems : exitCode.ok;
}

export const shopStatus = (app: Application, options: Json): ExitCode => told(app.shop.view(), options);

/** Sends and reads now. */
export async function shopSync(app: Application, options: Json, signal: AbortSignal): Promise<ExitCode> {
  const round = await app.shop.syncNow(signal);
  const { counts } = app.shop.view();
  if (options.json) printJson({ ...round, waiting: counts.waiting, refused: counts.refused });
  else {
    print(`${round.sent} sent, ${round.read} read, ${round.erased} erased, ${counts.refused} refused`);
    if (round.again) tell('The database is another one, or an older state of it: it was offered everything.');
    if (round.isHeld) tell('Something is open at the server: not everything can be read yet.');
    if (round.unreadable > 0) tell(`${round.unreadable} rows of other stations cannot be read, and are left out.`);
  }
  return counts.refused > 0 ? exitCode.problems : exitCode.ok;
}

const whatWords = ({ what }: ElsewhereItem): string[] => {
  switch (what.kind) {
    case 'scan':
      return ['scan', what.phone, what.verdict];
    case 'ticket':
      return [
        'ticket',
        what.number,
        [what.customer, what.contact, what.status].filter((text) => text !== '').join(', '),
      ];
    case 'correction':
      return ['correction', what.cause, what.outcome ?? ''];
    case 'test-photo':
      return ['test photo', what.app, what.outcome];
  }
};

/** What to type to see more of it: a scan can be shown whole. */
const showLines = (item: ElsewhereItem | undefined): string[] =>
  item?.what.kind === 'scan' ? [plain(`  ${commandText(['phone-health', 'shop', 'show', item.uid])}`)] : [];

function printItems(items: readonly ElsewhereItem[]): void {
  const rows = items.map((item) =>
    [item.shop, item.station, momentWords(item.at), ...whatWords(item)].map((cell) => plain(orDash(cell))),
  );
  if (rows.length === 0) return;
  const [head = '', ...lines] = table([['SHOP', 'STATION', 'WHEN', 'WHAT', 'OF', 'SAYS'], ...rows]);
  print(head, ...lines.flatMap((line, index) => [line, ...showLines(items[index])]));
}

/** What the other stations of the chain have that words are found in: those of the own shop at once, the other shops' when the server has answered. */
export async function shopFind(app: Application, text: string, options: Json, signal: AbortSignal): Promise<ExitCode> {
  app.shop.requireChain();
  const own = await app.shop.elsewhere.find(text);
  if (!options.json) printItems(own);
  const { items, others, trouble } = await app.shop.elsewhere.findAtOthers(text, signal);
  if (options.json)
    printJson({ items: [...own, ...items].toSorted((a, b) => (a.at < b.at ? 1 : -1)), others, trouble });
  else {
    printItems(items);
    if (own.length + items.length === 0 && others !== 'offline' && others !== 'trouble') {
      tell('Nobody and nothing is found.');
    }
    if (others === 'offline') tell('The server does not answer: of other shops nothing is shown.');
    if (others === 'trouble') tell(plain(`${trouble ?? ''} Of other shops nothing is shown.`));
  }
  return exitCode.ok;
}

/** A scan of another station, as it was judged there. */
export async function shopShow(
  app: Application,
  uid: string,
  options: Json & { all?: boolean; shop?: string },
  signal: AbortSignal,
): Promise<ExitCode> {
  if (!z.guid().safeParse(uid).success) {
    throw new ApplicationError('bad-argument', `${uid} is no scan of another station.`, [
      'Take what "phone-health shop find" prints.',
    ]);
  }
  const { report, shop, station, label, note } = await app.elsewhereReport(uid, options.shop ?? null, signal);
  if (options.json) printJson({ shop, station, label, note, report });
  else {
    print(plain([station, shop, label ?? '', note].filter((text) => text !== '').join(', ')));
    print(...reportText(report, { all: options.all ?? false, live: false }));
  }
  return exitCode.ok;
}

export async function shopLeave(app: Application, options: Json & { yes?: boolean }): Promise<ExitCode> {
  const { state, counts } = app.shop.view();
  const waiting = counts.waiting + counts.erasures;
  if (state !== 'off' && waiting > 0 && options.yes !== true) {
    throw new ApplicationError('shop-waiting', `${waiting} rows were not sent yet, and would not be any more.`, [
      'Send them first with "phone-health shop sync", or add --yes.',
    ]);
  }
  if (state === 'off') {
    // A connection that was cut off may have left its password.
    await app.shop.leave();
    app.shop.requireChain();
  }
  const view = await app.shop.leave();
  if (options.json) printJson(view);
  else print('This station belongs to no chain any more. What it has sent stays at the server.');
  return exitCode.ok;
}
