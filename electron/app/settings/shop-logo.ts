import { existsSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder } from '../../../db/make-folder.ts';
import { ApplicationError } from '../program/problem.ts';

/** It stands on a page of one's own printer; and a window sends it in one message. */
export const largestLogo = 128 * 1024;

interface Kind {
  type: 'image/png' | 'image/jpeg';
  file: string;
  /** How every file of this kind begins (PNG specification 5.2; JPEG: SOI and the first marker). */
  begins: readonly number[];
}
const kinds: readonly Kind[] = [
  { type: 'image/png', file: 'shop-logo.png', begins: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] },
  { type: 'image/jpeg', file: 'shop-logo.jpg', begins: [0xff, 0xd8, 0xff] },
];

const kindOf = (bytes: Uint8Array): Kind | undefined =>
  kinds.find(({ begins }) => begins.every((byte, index) => bytes[index] === byte));

/** The shop's picture for what is printed, in a data folder. What it is, its first bytes say, not its name. */
export class ShopLogo {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** As a `data:` address; null where there is none, or none that can be shown. */
  get address(): string | null {
    const path = kinds.map(({ file }) => join(this.#folder, file)).find((file) => existsSync(file));
    const found = path === undefined ? undefined : statSync(path);
    if (path === undefined || found?.isFile() !== true || found.size > largestLogo) return null;
    const bytes = readFileSync(path);
    const kind = kindOf(bytes);
    return kind === undefined ? null : `data:${kind.type};base64,${bytes.toString('base64')}`;
  }

  /** Throws `bad-logo`. */
  keep(bytes: Uint8Array): void {
    const kind = kindOf(bytes);
    if (kind === undefined || bytes.byteLength > largestLogo) {
      throw new ApplicationError(
        'bad-logo',
        kind === undefined ? 'The logo is no PNG and no JPEG picture.' : 'The logo is larger than 128 KiB.',
        ['Save it as PNG or JPEG, 600 pixels wide or less, and choose it again.'],
      );
    }
    makeFolder(this.#folder, 0o700);
    const next = join(this.#folder, `${kind.file}.new`);
    writeFileSync(next, bytes, { mode: 0o600 });
    this.remove();
    renameSync(next, join(this.#folder, kind.file));
  }

  remove(): void {
    for (const { file } of kinds) rmSync(join(this.#folder, file), { force: true });
  }
}
