import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readBounded } from '../../../native/offline/read-bounded.ts';
import { makeFolder } from '../../../db/make-folder.ts';
import { keepPrivate } from '../../../db/private-files.ts';

/** The keychain of the system, where the host has one: what it gives back is kept in a file, and says nothing without it. */
export interface Keychain {
  /** null: it cannot be used now. */
  encrypt(text: string): string | null;
  decrypt(kept: string): string | null;
}

const encrypted = 'keychain:';
/** As it may be written by hand, with spaces around it. */
const largest = 64 * 1024;

/** A secret in a file of its own that only its owner may open: in no setting, log, export or backup. */
export class SecretFile {
  readonly #folder: string;
  readonly #file: string;
  readonly #keychain: Keychain | null;

  constructor(folder: string, name: string, keychain: Keychain | null = null) {
    this.#folder = folder;
    this.#file = join(folder, name);
    this.#keychain = keychain;
  }

  /** null where there is none; `locked` where it is in a keychain that this program cannot open. */
  read(): { text: string } | 'locked' | null {
    const kept = this.#kept();
    if (kept === null) return null;
    if (!kept.startsWith(encrypted)) return { text: kept };
    const text = this.#keychain?.decrypt(kept.slice(encrypted.length)) ?? null;
    return text === null ? 'locked' : { text };
  }

  keep(text: string): void {
    const inKeychain = this.#keychain?.encrypt(text) ?? null;
    makeFolder(this.#folder, 0o700);
    const next = `${this.#file}.new`;
    rmSync(next, { force: true });
    writeFileSync(next, `${inKeychain === null ? text : `${encrypted}${inKeychain}`}\n`, { mode: 0o600, flag: 'wx' });
    renameSync(next, this.#file);
  }

  remove(): void {
    rmSync(this.#file, { force: true });
  }

  #kept(): string | null {
    try {
      const text = readBounded(this.#file, largest).toString('utf8').trim();
      keepPrivate(this.#file);
      return text === '' ? null : text;
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
      throw error;
    }
  }
}
