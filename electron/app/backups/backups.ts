import { existsSync, readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { keptSince, storeContents, type KeptSince, type StoreContents } from '../../../db/backup-contents.ts';
import { fileName } from '../../../db/file-name.ts';
import { backupsFolder, listBackups } from '../../../db/kept-backups.ts';
import { beginAnew, restoreStore, type Restored } from '../../../db/restore.ts';
import type { Phones } from '../phones/phones.ts';
import type { Clock } from '../program/clock.ts';
import { ApplicationError } from '../program/problem.ts';
import type { StoreOnDemand } from '../program/store-on-demand.ts';

/** A file that can be put in the place of the store. */
export interface BackupItem {
  /** Its name in its folder; what is asked for when it is restored. */
  name: string;
  file: string;
  /** `set-aside`: what was in the place of the store before another was put there. */
  kind: 'backup' | 'set-aside';
  /** When it was made, by the clock of that moment. */
  at: string;
  bytes: number;
  /** null: it cannot be read. */
  holds: StoreContents | null;
  /** What is kept now and is not in it; null where either cannot be read. */
  since: KeptSince | null;
}

export interface BackupsView {
  /** The one that was made last first; what was set aside after the backups. */
  items: readonly BackupItem[];
  folder: string;
}

export interface BackupsOptions {
  folder: string;
  kept: StoreOnDemand;
  phones: Pick<Phones, 'requireAllFree'>;
  clock: Clock;
  /** Another file is the store from now on. */
  onReplaced: () => void;
}

const asideName = /^phone-health-.*\.sqlite$/;

/** The backups of the store, from a list, with what they hold. */
export class Backups {
  readonly #options: BackupsOptions;

  constructor(options: BackupsOptions) {
    this.#options = options;
  }

  list(): BackupsView {
    const { folder } = this.#options;
    const present = join(folder, fileName);
    const item = (kind: BackupItem['kind'], file: string, at: string, bytes: number): BackupItem => ({
      name: `${kind}/${file.slice(file.lastIndexOf('phone-health-'))}`,
      file,
      kind,
      at,
      bytes,
      holds: storeContents(file),
      since: keptSince(present, file),
    });
    const backups = listBackups(folder).map(({ file, at, bytes }) => item('backup', file, at, bytes));
    const aside = join(folder, 'set-aside');
    const setAside = (existsSync(aside) ? readdirSync(aside) : [])
      .filter((name) => asideName.test(name) && statSync(join(aside, name)).isFile())
      .map((name) => {
        const { size, ctime } = statSync(join(aside, name));
        return item('set-aside', join(aside, name), ctime.toISOString(), size);
      })
      .toSorted((a, b) => (a.at < b.at ? 1 : -1));
    return { items: [...backups, ...setAside], folder: backupsFolder(folder) };
  }

  /** Makes one of this moment. Throws `no-room`, or a `StoreError`. */
  async make(): Promise<string> {
    const file = await this.#options.kept.open().backUpNow();
    if (file !== null) return file;
    throw new ApplicationError('no-room', 'No backup was made: the disk has too little room.', [
      'Make room, or name a file on another disk: phone-health backup -o FILE',
    ]);
  }

  /** Makes one where a person says. Throws a `StoreError`. */
  async makeAt(file: string): Promise<string> {
    const store = this.#options.kept.open();
    const copy = store.rememberCopy({ file: resolve(file), kind: 'backup', uids: null });
    try {
      await store.backUp(file);
    } catch (error) {
      store.forgetCopy(copy);
      throw error;
    }
    return file;
  }

  /**
   * Puts one from the list in the place of the store, which is set aside. Throws `unknown-backup`, `phone-busy` where something is done
   * with a phone, or a `StoreError`; nothing is changed then.
   */
  async restore(name: string): Promise<Restored> {
    const found = this.list().items.find((one) => one.name === name);
    if (found === undefined) {
      throw new ApplicationError('unknown-backup', 'This backup is not there any more.', ['Choose another one.']);
    }
    return this.restoreFile(found.file);
  }

  /** The same with any file; null: the backup that was made last and is whole. */
  async restoreFile(file: string | null): Promise<Restored> {
    return this.#replace((folder, at) => restoreStore(folder, file, at));
  }

  /** Sets the store aside and begins with an empty one. Throws as {@link restore}. */
  async beginAnew(): Promise<Restored> {
    return this.#replace((folder, at) => ({ from: null, setAside: beginAnew(folder, at), leftOut: 0 }));
  }

  async #replace(replace: (folder: string, at: string) => Restored): Promise<Restored> {
    const { folder, kept, phones, clock, onReplaced } = this.#options;
    phones.requireAllFree();
    await kept.close();
    const restored = replace(folder, clock.now().toISOString());
    onReplaced();
    return restored;
  }
}
