import { DamagedDatabaseError, DamagedRowsError, LastKeptMissingError, type StoreError } from '../../../db/errors.ts';
import { isSound, type StoreCheck } from '../../../db/check-store.ts';
import type { Store } from '../../../db/store.ts';
import { problemOf, type Problem } from './problem.ts';

/** How it stands with the store. `unknown`: it was not opened yet, or its check has come to no end. */
export interface StoreHealth {
  state: 'unknown' | 'sound' | 'damaged' | 'unusable';
  /** What a person is told; null where all is well. */
  problem: Problem | null;
  /**
   * When something was kept last, by the clock of that moment, where this computer's clock now says an earlier one; null where it says
   * a later one.
   */
  clockBehind: string | null;
}

/** A clock that is set right goes back by seconds, at the change of a time zone's rule by none: UTC is kept. */
const toleratedMs = 10 * 60_000;

/** The tables that a person knows by their numbers. */
const numbered: Readonly<Record<string, string>> = { snapshot: 'snapshot', action: 'action', ticket: 'ticket' };

function wordsOfRows(rows: StoreCheck['rows']): string[] {
  const known = rows.flatMap(({ table, row }) => (numbered[table] === undefined ? [] : [`${numbered[table]} ${row}`]));
  const others = rows.length - known.length;
  return others === 0 ? known : [...known, others === 1 ? 'one other record' : `${others} other records`];
}

/** What a check has found, as what a person is told; null where all is well. */
export function damageIn(check: StoreCheck, file: string): StoreError | null {
  if (isSound(check)) return null;
  const { structure, rows } = check;
  const cause = new Error([...structure, ...rows.map(({ table, row, kind }) => `${table} ${row}: ${kind}`)].join('\n'));
  return structure.length > 0
    ? new DamagedDatabaseError(file, cause)
    : new DamagedRowsError(file, wordsOfRows(rows), cause);
}

/** The moment of what was kept last, where the clock says an earlier one. */
const behindOf = (lastKept: string | null, now: Date): string | null =>
  lastKept !== null && Date.parse(lastKept) - now.getTime() > toleratedMs ? lastKept : null;

/** Told to whoever follows it, now and at each change. */
export class StoreHealthFollowed {
  #health: StoreHealth = { state: 'unknown', problem: null, clockBehind: null };
  #missing: Problem | null = null;
  /** As it was before it could not be used. */
  #wasWell: Pick<StoreHealth, 'state' | 'problem'> = { state: 'unknown', problem: null };
  #lastLook = 0;
  readonly #listeners = new Set<(health: StoreHealth) => void>();

  get now(): StoreHealth {
    return this.#health;
  }

  follow(listener: (health: StoreHealth) => void): () => void {
    this.#listeners.add(listener);
    listener(this.#health);
    return () => this.#listeners.delete(listener);
  }

  /** It was opened: what was told of its opening before is over. */
  opened({ file, isLastThere, lastKept: ask }: Pick<Store, 'file' | 'isLastThere' | 'lastKept'>, now: Date): void {
    this.#missing = isLastThere ? null : problemOf(new LastKeptMissingError(file));
    const state = this.#missing === null ? 'unknown' : 'damaged';
    this.#lastLook = now.getTime();
    this.#wasWell = { state, problem: this.#missing };
    this.#set({ ...this.#wasWell, clockBehind: behindOf(ask(), now) });
  }

  /** What kept it from being used is over: it is as it was before. */
  wellAgain(): void {
    this.#set({ ...this.#health, ...this.#wasWell });
  }

  /** The clock may have been set since. */
  timeIs(now: Date, lastKept: () => string | null): void {
    const { clockBehind } = this.#health;
    const wasSetBack = now.getTime() < this.#lastLook;
    this.#lastLook = now.getTime();
    if (clockBehind === null && !wasSetBack) return;
    const behind = behindOf(clockBehind ?? lastKept(), now);
    if (behind !== clockBehind) this.#set({ ...this.#health, clockBehind: behind });
  }

  /** It could not be opened, or is not where it was. Another program that is busy with it is no matter of the file. */
  failed(error: StoreError): void {
    if (error.code === 'database-locked') return;
    const isDamaged = error.code === 'damaged-database' || error.code === 'not-a-database';
    this.#set({ ...this.#health, state: isDamaged ? 'damaged' : 'unusable', problem: problemOf(error) });
  }

  /** What the check of all of it has found. */
  checked(check: StoreCheck, file: string): void {
    const damage = damageIn(check, file);
    const problem = damage === null ? this.#missing : problemOf(damage);
    this.#wasWell = { state: problem === null ? 'sound' : 'damaged', problem };
    this.#set({ ...this.#health, ...this.#wasWell });
  }

  #set(health: StoreHealth): void {
    this.#health = health;
    for (const listener of this.#listeners) listener(health);
  }
}
