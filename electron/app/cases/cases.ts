import type { PreviewedUnit } from '../../../db/cases.ts';
import type { Store } from '../../../db/store.ts';
import { phoneTitle } from '../../../native/phone-title.ts';
import packageJson from '../../../package.json' with { type: 'json' };
import type { Clock } from '../program/clock.ts';
import { readCase, writeCase, type CaseManifest } from './case-file.ts';

/** What is in a case, and what taking it in would do or has done. */
export interface CasePreview {
  madeAt: string;
  /** The version of the program that made it. */
  program: string;
  redacted: boolean;
  /** What its phones are called. */
  phones: readonly string[];
  units: readonly PreviewedUnit[];
}

export interface CasesOptions {
  /** Opens the store. */
  store: () => Store;
  clock: Clock;
}

export interface CaseExport {
  tickets: readonly number[];
  snapshots: readonly number[];
  /** Where to; a file that is there already is never replaced. */
  file: string;
}

/** Cases between computers: tickets and snapshots in one file. */
export class Cases {
  readonly #options: CasesOptions;

  constructor(options: CasesOptions) {
    this.#options = options;
  }

  /** Throws a `StoreError`: there is no such ticket or snapshot, or the file cannot be written. */
  export({ tickets, snapshots, file }: CaseExport): CasePreview {
    const content = this.#options.store().collectCase({ tickets, snapshots });
    const made = { madeAt: this.#options.clock.now().toISOString(), program: packageJson.version, redacted: false };
    writeCase(file, content, made);
    return this.show(file);
  }

  /** What is in it, and what of it is new here. Changes nothing. Throws as `readCase`, or `CaseUnfitError`. */
  show(file: string): CasePreview {
    const { manifest, content } = readCase(file);
    return preview(manifest, content.phones, this.#options.store().previewCase(content));
  }

  /** Takes in what is new; what is there stays as it is. Throws as {@link show}. */
  import(file: string): CasePreview {
    const { manifest, content } = readCase(file);
    return preview(manifest, content.phones, this.#options.store().importCase(content));
  }
}

const preview = (
  { madeAt, program, redacted }: CaseManifest,
  phones: readonly { phone: Parameters<typeof phoneTitle>[0] & { id: string } }[],
  units: readonly PreviewedUnit[],
): CasePreview => ({
  madeAt,
  program,
  redacted,
  phones: phones.map(({ phone }) => phoneTitle(phone) ?? phone.id),
  units,
});
