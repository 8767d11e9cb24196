import { ApplicationError } from '../program/problem.ts';
import { SecretFile } from '../program/secret-file.ts';

const longest = 4096;
const shortest = 8;

/** The secret of the shop's ticket system. It is given to nobody but who signs or sends with it. */
export class HandoverSecret {
  readonly #file: SecretFile;

  constructor(folder: string) {
    this.#file = new SecretFile(folder, 'handover-secret');
  }

  /** null where there is none. */
  read(): string | null {
    const kept = this.#file.read();
    return kept === null || kept === 'locked' ? null : kept.text;
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
    this.#file.keep(text);
  }

  remove(): void {
    this.#file.remove();
  }
}
