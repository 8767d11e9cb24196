import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readBounded } from '../../../native/offline/read-bounded.ts';
import { makeFolder } from '../../../db/make-folder.ts';
import { keepPrivate } from '../../../db/private-files.ts';
import { ApplicationError } from '../program/problem.ts';

const longest = 4096;
/** As it may be written by hand, with spaces around it. */
const largest = 64 * 1024;
const shortest = 8;

/**
 * The secret of the shop's ticket system, in a file of its own that only its owner may open: in no setting, log, export or backup. It is
 * given to nobody but who signs or sends with it.
 */
export class HandoverSecret {
  readonly #folder: string;
  readonly #file: string;

  constructor(folder: string) {
    this.#folder = folder;
    this.#file = join(folder, 'handover-secret');
  }

  /** null where there is none. */
  read(): string | null {
    try {
      const text = readBounded(this.#file, largest).toString('utf8').trim();
      keepPrivate(this.#file);
      return text === '' ? null : text;
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
      throw error;
    }
  }

  get isThere(): boolean {
    return this.read() !== null;
  }

  /** Throws `bad-secret`. */
  keep(secret: string): void {
    const text = secret.trim();
    if (text.length < shortest || text.length > longest || /[^\x21-\x7e]/.test(text)) {
      throw new ApplicationError('bad-secret', 'A secret has at least 8 letters, digits and signs, and no spaces.', [
        'Copy it from the ticket system again.',
      ]);
    }
    makeFolder(this.#folder, 0o700);
    const next = `${this.#file}.new`;
    rmSync(next, { force: true });
    writeFileSync(next, `${text}\n`, { mode: 0o600, flag: 'wx' });
    renameSync(next, this.#file);
  }

  remove(): void {
    rmSync(this.#file, { force: true });
  }
}
