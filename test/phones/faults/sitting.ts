import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadCatalog } from '../../../diagnosis/catalog.ts';
import { openStore, type Store } from '../../../db/store.ts';
import { computerClock } from '../../../electron/app/clock.ts';
import { Corrections } from '../../../electron/app/corrections.ts';
import { Phones } from '../../../electron/app/phones.ts';
import type { ActionSummary } from '../../../electron/app/summaries.ts';
import { Visits } from '../../../electron/app/visit.ts';
import type { SamplePhone } from '../../../native/android/sample/sample-phone.ts';
import { changeable } from './changeable.ts';
import { CutSource } from './cut-source.ts';

const catalog = loadCatalog();

/** The corrections of the application on a store of their own; its catalog is read once, since it is opened thousands of times. */
function openProgram(home: string, source: CutSource): { corrections: Corrections; store: Store } {
  const store = openStore(home);
  source.watchWrites(store);
  const recall = <T>(ask: (from: Store) => T) => ask(store);
  const visits = new Visits({ catalog, store: () => store, recall });
  const phones = new Phones([source]);
  const corrections = new Corrections({ phones, catalog, visits, store: () => store, recall, clock: computerClock });
  return { corrections, store };
}

/** One phone and one data folder, and the program that is opened on them again and again. */
export class Sitting {
  readonly home = mkdtempSync(join(tmpdir(), 'sitting-'));
  readonly source: CutSource;
  private program: ReturnType<typeof openProgram>;

  constructor(phone: SamplePhone) {
    this.source = new CutSource(phone);
    this.program = openProgram(this.home, this.source);
  }

  get phoneId(): string {
    return this.source.phone.serial;
  }

  get corrections(): Corrections {
    return this.program.corrections;
  }

  get store(): Store {
    return this.program.store;
  }

  /** What the phone really is like. */
  state(): unknown {
    return changeable(this.source.phone.state);
  }

  /** What the store says, the oldest first. */
  actions(): ActionSummary[] {
    return this.corrections.list(this.phoneId).toReversed();
  }

  /** The ids of the actions that are to be finished or undone, the oldest first. */
  interrupted(): string[] {
    return this.corrections
      .interrupted(this.phoneId)
      .map(({ id }) => id)
      .toReversed();
  }

  /** The program is started again, and the phone is well now. */
  openAgain(): void {
    this.program.store.close();
    this.source.makeWhole();
    this.program = openProgram(this.home, this.source);
  }

  end(): void {
    this.program.store.close();
    rmSync(this.home, { recursive: true });
  }
}
