import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadCatalog } from '../../../diagnosis/load/catalog.ts';
import { fileName } from '../../../db/file-name.ts';
import { openStore, type Store } from '../../../db/store.ts';
import { computerClock, type Clock } from '../../../electron/app/program/clock.ts';
import { UnderWay } from '../../../electron/app/program/under-way.ts';
import type { Corrected } from '../../../electron/app/corrections/carry-out.ts';
import { Corrections } from '../../../electron/app/corrections/corrections.ts';
import { Phones } from '../../../electron/app/phones/phones.ts';
import type { ActionSummary } from '../../../electron/app/actions/action-summary.ts';
import { Visits } from '../../../electron/app/scan/visit.ts';
import type { PhoneSource } from '../../../native/source.ts';

const catalog = loadCatalog();

/** A store in which nothing is kept yet, made once: a sitting begins thousands of times, and making it is most of its beginning. */
const newStore = storeBytes();

function storeBytes(): Buffer {
  const home = mkdtempSync(join(tmpdir(), 'new-store-'));
  const store = openStore(home);
  store.close();
  const bytes = readFileSync(store.file);
  rmSync(home, { recursive: true });
  return bytes;
}

function newHome(): string {
  const home = mkdtempSync(join(tmpdir(), 'sitting-'));
  writeFileSync(join(home, fileName), newStore, { mode: 0o600 });
  return home;
}

/** A data folder that no program has open, once more. */
export function copyOfHome(home: string): string {
  const copy = mkdtempSync(join(tmpdir(), 'sitting-'));
  cpSync(home, copy, { recursive: true });
  return copy;
}

/** The phone that somebody sits at, and how it is reached. */
export interface Place {
  source: PhoneSource;
  phoneId: string;
  /** Default: the computer's. */
  clock?: Clock;
  /** Is given every store that is opened. */
  onStore?: (store: Store) => void;
}

const silent = () => undefined;
const yes = () => Promise.resolve(true);

/**
 * One phone and one data folder, and the corrections of the application, which are opened on them again and again; the catalog is
 * read once, since that happens thousands of times.
 */
export class Sitting {
  /** The data folder. */
  readonly home: string;
  readonly place: Place;
  store: Store;
  corrections: Corrections;

  /** In a new data folder, or in that of another program. */
  constructor(place: Place, home = newHome()) {
    this.home = home;
    this.place = place;
    this.store = openStore(this.home);
    this.corrections = this.open();
  }

  /** What the store says, the oldest first. */
  actions(): ActionSummary[] {
    return this.corrections.list(this.place.phoneId).toReversed();
  }

  /** The ids of the actions that are to be finished or undone, the oldest first. */
  interrupted(): string[] {
    return this.corrections
      .interrupted(this.place.phoneId)
      .map(({ id }) => id)
      .toReversed();
  }

  correct(cause: string, app: string | null): Promise<Corrected | null> {
    return this.corrections.correct({ phoneId: this.place.phoneId, cause, app, correction: null }, silent, yes);
  }

  undo(action: string): Promise<Corrected> {
    return this.corrections.undo(action, silent);
  }

  finish(action: string): Promise<Corrected> {
    return this.corrections.finish(action, silent);
  }

  /** The program is started again. */
  openAgain(): void {
    this.store.close();
    this.store = openStore(this.home);
    this.corrections = this.open();
  }

  end(): void {
    this.store.close();
    rmSync(this.home, { recursive: true });
  }

  private open(): Corrections {
    const { store } = this;
    const { source, onStore, clock = computerClock } = this.place;
    onStore?.(store);
    const recall = <T>(ask: (from: Store) => T) => ask(store);
    const visits = new Visits({ catalog, store: () => store, recall, clock, mayKeep: () => true });
    const phones = new Phones([source]);
    return new Corrections({
      phones,
      catalog,
      visits,
      store: () => store,
      recall,
      clock,
      underWay: new UnderWay(),
      ticketsOf: () => [],
      keepAfter: () => undefined,
    });
  }
}
