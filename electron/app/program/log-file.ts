import { appendFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder } from '../../../db/make-folder.ts';

export const logFolder = (dataFolder: string): string => join(dataFolder, 'logs');

/** Some ten thousand lines: as much as somebody sends who is asked for it. */
const largestBytes = 1024 * 1024;
/** The file that is written, and as many of former days. */
const kept = 3;

const sizeOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0;

/**
 * The log of this and former runs, for whoever looks for a fault of the program. It is given lines that name no phone (`RecentLog`), and
 * never grows beyond four files. A disk that takes nothing more ends the log, and nothing else.
 */
export class LogFile {
  readonly #folder: string;
  readonly #largestBytes: number;
  #bytes: number | null = null;
  #hasEnded = false;

  constructor(dataFolder: string, { largest = largestBytes }: { largest?: number } = {}) {
    this.#folder = logFolder(dataFolder);
    this.#largestBytes = largest;
  }

  /** `0`: the one that is written; the higher, the older. */
  #file(age: number): string {
    return join(this.#folder, age === 0 ? 'phone-health.log' : `phone-health.${age}.log`);
  }

  /** Writes a line, at its moment. Never throws; false: it was not written, and no more is. */
  add(line: string, at: Date): boolean {
    if (this.#hasEnded) return false;
    // One line is one entry, whatever it quotes.
    const written = `${at.toISOString()} ${line.replaceAll(/[\r\n]+/g, ' ')}\n`;
    try {
      if (this.#bytes === null) {
        makeFolder(this.#folder, 0o700);
        this.#bytes = sizeOf(this.#file(0));
      }
      const bytes = Buffer.byteLength(written);
      if (this.#bytes > 0 && this.#bytes + bytes > this.#largestBytes) this.#rotate();
      appendFileSync(this.#file(0), written, { mode: 0o600 });
      this.#bytes += bytes;
      return true;
    } catch (error) {
      if (!(error instanceof Error && 'code' in error)) throw error;
      this.#hasEnded = true;
      return false;
    }
  }

  #rotate(): void {
    rmSync(this.#file(kept), { force: true });
    for (let age = kept - 1; age >= 0; age -= 1) {
      const file = this.#file(age);
      if (sizeOf(file) > 0) renameSync(file, this.#file(age + 1));
    }
    this.#bytes = 0;
  }
}
