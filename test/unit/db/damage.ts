import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { listBackups } from '../../../db/kept-backups.ts';
import { restoreStore } from '../../../db/restore.ts';
import { openStore, type Store } from '../../../db/store.ts';
import { StoreError } from '../../../db/store-error.ts';
import { computerClock } from '../../../electron/app/program/clock.ts';
import { StoreOnDemand } from '../../../electron/app/program/store-on-demand.ts';
import { examplePlan, exampleSnapshot, exampleTicket, handedIn, pixel } from './examples.ts';

/** What a person comes to see of a store, and how it stands with what was kept. */
export interface Seen {
  /** What is told, by its code; null: nothing. */
  told: string | null;
  /** The words of it. */
  words: string;
  /** Parts that can be looked at and are as they were. */
  right: number;
  /** Parts that are refused, each with a plain message. */
  refused: number;
  /** Parts that show something else than was kept, or lack something. */
  wrong: number;
  /** Parts that end in a fault of the program. */
  faults: string[];
  /** Whether the backup gives everything back that was in it, and the damaged file is kept aside. */
  restored: boolean | null;
}

/** A counter's store: phones, tickets, snapshots, corrections; everything kept, and a backup of it. */
export async function makeCounter(folder: string, snapshots = 12): Promise<void> {
  const store = openStore(folder);
  for (let number = 1; number <= snapshots; number += 1) {
    const phone = { ...pixel, id: `PIXEL${(number % 4) + 1}`, name: `Phone ${(number % 4) + 1}` };
    const ticket = store.createTicket(exampleTicket({ phones: [handedIn(phone)], fault: `Fault ${number}` })).id;
    const { capture, ...rest } = exampleSnapshot({ phone, ticket, label: `visit ${number}` });
    const output = Buffer.from(
      Array.from({ length: 1500 }, (_none, line) => `line ${line * number}: value`).join('\n'),
    );
    const answers = capture.answers.map((answer) => ({ ...answer, output }));
    store.saveSnapshot({ ...rest, capture: { ...capture, answers } });
    const action = store.planAction(examplePlan({ phone, ticket }));
    store.addActionEvent(action.id, { kind: 'started' });
    store.addActionEvent(action.id, { kind: 'verified', result: 'taken', after: { runAnyInBackground: 'allow' } });
  }
  await store.backUpNow();
  store.close();
}

type Part = readonly [name: string, read: (store: Store) => unknown];

const parts: readonly Part[] = [
  ['phones', (store) => store.listPhones()],
  ['snapshots', (store) => store.listSnapshots()],
  ['actions', (store) => store.listActions()],
  ['tickets', (store) => store.listTickets({ open: false, text: '', limit: 100, offset: 0 })],
  ...Array.from({ length: 12 }, (_none, index): Part => [
    `snapshot ${index + 1}`,
    (store) => ({ ...store.loadSnapshot(index + 1), judged: store.loadJudged(index + 1) }),
  ]),
  ...Array.from({ length: 12 }, (_none, index): Part => [
    `action ${index + 1}`,
    (store) => store.loadAction(index + 1),
  ]),
  ...Array.from({ length: 12 }, (_none, index): Part => [
    `ticket ${index + 1}`,
    (store) => [store.loadTicket(index + 1), store.ticketHistory(index + 1)],
  ]),
];

const text = (value: unknown): string =>
  JSON.stringify(value, (_key, inner: unknown) =>
    inner instanceof Uint8Array ? Buffer.from(inner).toString('base64') : inner,
  );

/** Everything that a store shows, part by part. */
export function allOf(folder: string): Map<string, string> {
  const store = openStore(folder);
  try {
    return new Map(parts.map(([name, read]) => [name, text(read(store))]));
  } finally {
    store.close();
  }
}

/** A copy of a folder, for one damage. */
export async function withCopy<T>(folder: string, work: (copy: string) => Promise<T>): Promise<T> {
  const copy = mkdtempSync(join(tmpdir(), 'phone-health-damage-'));
  try {
    cpSync(folder, copy, { recursive: true });
    return await work(copy);
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

/** Looks at everything as a window does, and then puts the backup in the place of what is damaged. */
export async function look(folder: string, truth: ReadonlyMap<string, string>, busyTimeoutMs = 100): Promise<Seen> {
  const seen: Seen = { told: null, words: '', right: 0, refused: 0, wrong: 0, faults: [], restored: null };
  const tell = (code: string, words: string): void => {
    seen.told ??= code;
    if (seen.words === '') seen.words = words;
  };
  const kept = new StoreOnDemand({ folder, clock: computerClock, log: () => undefined, check: true, busyTimeoutMs });
  try {
    const store = kept.open();
    for (const [name, read] of parts) {
      try {
        if (text(read(store)) === truth.get(name)) seen.right += 1;
        else seen.wrong += 1;
      } catch (error) {
        if (!(error instanceof StoreError)) throw error;
        seen.refused += 1;
        tell(error.code, error.message);
      }
    }
  } catch (error) {
    if (error instanceof StoreError) tell(error.code, error.message);
    else seen.faults.push(error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
  await kept.close();
  const { problem } = kept.health.now;
  if (problem !== null) tell(problem.code, problem.message);
  if (seen.told !== null && listBackups(folder).length > 0) seen.restored = givesBack(folder, truth);
  return seen;
}

function givesBack(folder: string, truth: ReadonlyMap<string, string>): boolean | null {
  try {
    const { setAside } = restoreStore(folder, null, '2026-11-28T10:00:00.000Z');
    const now = allOf(folder);
    return setAside !== null && [...truth].every(([name, value]) => now.get(name) === value);
  } catch (error) {
    // A disk that may not be written keeps everything as it is.
    if (error instanceof StoreError) return null;
    throw error;
  }
}

/** A place of a file that holds something: much of a small store is room that nothing stands in yet. */
export function filledPlace(file: string, next: () => number): number {
  const bytes = readFileSync(file);
  for (;;) {
    const at = Math.floor(next() * bytes.length);
    if (bytes[at] !== 0) return at;
  }
}

/** Changes one bit of one byte. */
export function flip(file: string, at: number, bit: number): void {
  const bytes = readFileSync(file);
  bytes[at] = (bytes[at] ?? 0) ^ (1 << bit);
  writeFileSync(file, bytes);
}
