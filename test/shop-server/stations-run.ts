import { randomBytes, randomInt } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { z } from 'zod';
import type { NewSnapshot } from '../../db/records/snapshots.ts';
import { knownSchema } from '../../db/shop/hello.ts';
import { initChain, serverMigrations } from '../../db/shop/init.ts';
import { ShopServerError } from '../../db/shop/shop-error.ts';
import { exampleSnapshot, exampleTicket, handedIn, pixel } from '../unit/db/examples.ts';
import { conversing, makeChain, openStation, type Chain, type Station } from './chain.ts';
import { openLine, type Line } from './line.ts';
import type { PostgresServer } from './postgres.ts';

/** What a run of many stations came to. */
export interface StationsTold {
  stations: number;
  rows: number;
  snapshots: number;
  /** Connections that were torn at a random byte. */
  torn: number;
  /** Rounds that ended with a torn or silent line. */
  cutOff: number;
  /** Made on a station, and not at the server. */
  lost: number;
  /** More than once at the server, or at another station. */
  doubled: number;
  /** Stations whose rows stand in another order at the server than they were made in. */
  outOfOrder: number;
  /** Rows of the same shop that a station should have read and has not, or the other way round. */
  misread: number;
}

interface Member {
  number: number;
  shop: string;
  station: Station;
  line: Line;
  /** Uids in the order in which their rows were made. */
  made: string[];
  snapshots: number;
  cutOff: number;
}

const wrongClock = (): Date => new Date(Date.now() - 27 * 365 * 86_400_000);
const newest = serverMigrations().length;
const newerSchema = { least: newest + 1, newest: newest + 1 };
const nextMigration = {
  number: newest + 1,
  name: 'next.sql',
  sql: 'ALTER TABLE shop.entry ADD COLUMN colour text',
};

/** The second is offline in the middle of the run, the third has a wrong clock, the fourth is newer than the server until its end. */
const special = { offline: 1, wrongClock: 2, newer: 3 } as const;

/** The so manieth scan of a station, which holds so many bytes that cannot be packed. */
export function fullSnapshot(station: string | number, number: number, bytes: number): NewSnapshot {
  const phone = { ...pixel, id: `PHONE-${station}-${number % 50}` };
  const { capture, ...rest } = exampleSnapshot({ phone });
  const [answer] = capture.answers;
  if (answer === undefined) throw new Error('The example has an answer.');
  return {
    ...rest,
    capture: { ...capture, phoneId: phone.id, answers: [{ ...answer, output: randomBytes(bytes) }] },
  };
}

/** A piece of a day: a ticket, a scan under it, what happens to both. */
function work(member: Member, snapshotBytes: number): void {
  const { store } = member.station;
  const ticket = store.createTicket(
    exampleTicket({ customer: { name: `Customer ${member.made.length}`, contact: '' }, phones: [handedIn(pixel)] }),
  );
  const snapshot = store.saveSnapshot({
    ...fullSnapshot(member.number, member.snapshots, snapshotBytes),
    ticket: ticket.id,
  });
  member.snapshots += 1;
  store.changeSnapshot(snapshot, { note: `note ${member.made.length}` }, { who: 'Kim' });
  for (const status of ['in-work', 'ready'] as const) {
    store.changeTicket(ticket.id, { status }, { seen: null, who: 'Kim' });
  }
  remember(member);
}

function remember({ station, made }: Member): void {
  const known = new Set(made.slice(-10_000));
  for (const { uid } of station.store.shop.next(100_000)) if (!known.has(uid)) made.push(uid);
}

/** Whatever the line does is allowed; whatever else fails is not. */
async function round(member: Member): Promise<boolean> {
  const known = member.number === special.newer ? newerSchema : knownSchema;
  try {
    await member.station.sync({ port: member.line.port, known, answerMs: 3000 });
    return true;
  } catch (error) {
    const isLine = error instanceof ShopServerError && error.isPassing;
    const isOld =
      error instanceof ShopServerError && error.code === 'shop-not-ready' && member.number === special.newer;
    if (!isLine && !isOld) throw error;
    member.cutOff += 1;
    return false;
  }
}

async function openMember(chain: Chain, port: number, number: number): Promise<Member> {
  const shop = `Shop ${number % 3}`;
  const login = await chain.login(shop, `S${number}`);
  const station = await openStation(login, number === special.wrongClock ? { now: wrongClock } : {});
  const line = await openLine(port, {
    // From within the first words to beyond a whole batch.
    tearsAfter: () => (randomInt(3) === 0 ? null : randomInt(1, [400, 20_000, 400_000][randomInt(3)] ?? 400)),
    isSilent: false,
  });
  return { number, shop, station, line, made: [], snapshots: 0, cutOff: 0 };
}

export interface StationsOptions {
  postgres: PostgresServer;
  stations: number;
  /** How long each works, beside how often at least. */
  forMs: number;
  atLeast: number;
  snapshotBytes: number;
}

const uidRows = z.array(z.object({ uid: z.string() }));

function readBy({ station }: Member): string[] {
  const db = new Database(station.store.file, { readonly: true });
  try {
    return uidRows.parse(db.prepare('SELECT uid FROM elsewhere ORDER BY id').all()).map(({ uid }) => uid);
  } finally {
    db.close();
  }
}

const isSame = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((uid, index) => uid === b[index]);

/** Many stations work and send over lines that break; afterwards everything is compared. */
export async function runStations(options: StationsOptions): Promise<StationsTold> {
  const { postgres, stations, forMs, atLeast, snapshotBytes } = options;
  const chain = await makeChain(postgres, `stations_${randomInt(1_000_000)}`);
  const members: Member[] = [];
  for (let number = 0; number < stations; number += 1) members.push(await openMember(chain, postgres.port, number));
  try {
    const begin = Date.now();
    await Promise.all(
      members.map(async (member) => {
        for (let done = 0; done < atLeast || Date.now() - begin < forMs; done += 1) {
          work(member, snapshotBytes);
          const part = Math.max((Date.now() - begin) / Math.max(forMs, 1), 0);
          const isOffline = member.number === special.offline && (done < atLeast ? done > 0 : part > 0.3 && part < 0.7);
          if (!isOffline) await round(member);
          await pause(randomInt(1, 15));
        }
      }),
    );
    await conversing(chain.admin, (server) =>
      initChain(server, { migrations: [...serverMigrations(), nextMigration] }),
    );
    for (const member of members) {
      while (!(await round(member)) || member.station.store.shop.counts().waiting > 0) await pause(5);
    }
    for (const member of members) while (!(await round(member))) await pause(5);
    return await compare(chain, postgres, members);
  } finally {
    for (const { station, line } of members) {
      await line.close();
      station.close();
    }
  }
}

async function compare(chain: Chain, postgres: PostgresServer, members: readonly Member[]): Promise<StationsTold> {
  const rows = postgres
    .psql(
      chain.admin,
      'SELECT s.name, e.uid FROM shop.entry AS e JOIN shop.station AS s ON s.id = e.station ORDER BY e.epoch, e.x, e.seq',
    )
    .split('\n')
    .map((line) => line.split('|'));
  const byStation = Map.groupBy(rows, ([name]) => name);
  const told: StationsTold = {
    stations: members.length,
    rows: rows.length,
    snapshots: members.reduce((sum, { snapshots }) => sum + snapshots, 0),
    torn: members.reduce((sum, { line }) => sum + line.torn(), 0),
    cutOff: members.reduce((sum, { cutOff }) => sum + cutOff, 0),
    lost: 0,
    doubled: rows.length - new Set(rows.map(([, uid]) => uid)).size,
    outOfOrder: 0,
    misread: 0,
  };
  for (const member of members) {
    const there = (byStation.get(`S${member.number}`) ?? []).map(([, uid]) => uid ?? '');
    const arrived = new Set(there);
    told.lost += member.made.filter((uid) => !arrived.has(uid)).length;
    if (!isSame(there, member.made)) told.outOfOrder += 1;
    const read = readBy(member);
    told.doubled += read.length - new Set(read).size;
    for (const other of members) {
      if (other === member) continue;
      const from = new Set(other.made);
      const ofOther = read.filter((uid) => from.has(uid));
      const wanted = other.shop === member.shop ? other.made : [];
      if (!isSame(ofOther, wanted)) told.misread += Math.max(1, Math.abs(wanted.length - ofOther.length));
    }
  }
  return told;
}
