import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import type { CaseContent, PreviewedUnit } from '../../../db/cases.ts';
import type { Store } from '../../../db/store.ts';
import { phoneTitle } from '../../../native/phone-title.ts';
import packageJson from '../../../package.json' with { type: 'json' };
import type { Clock } from '../program/clock.ts';
import { ApplicationError } from '../program/problem.ts';
import { redactCase } from './redact-case.ts';
import { packCase, readCase, writeCase, type CaseDocument, type CaseMade, type CaseManifest } from './case-file.ts';

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

/** What is put into a case. */
export interface CaseContents {
  tickets: readonly number[];
  snapshots: readonly number[];
  /** Without what tells whose the phones are. */
  redacted?: boolean | undefined;
}

export interface CaseExport extends CaseContents {
  /** Where to; a file that is there already is never replaced. */
  file: string;
}

/** A case that a window has opened, and that waits for a person's word. */
export interface OpenedCase {
  case: string;
}

/** Where to look at what was taken in. */
export interface TakenCase {
  ticket: string | null;
  phoneId: string | null;
}

/** A file for a window to save. */
export interface CaseDownload {
  name: string;
  bytes: Buffer;
}

/** Cases between computers: tickets and snapshots in one file. */
export class Cases {
  readonly #options: CasesOptions;
  /** The one that was opened last: what a browser sent lies nowhere else. */
  #opened: { id: string; document: CaseDocument } | null = null;

  constructor(options: CasesOptions) {
    this.#options = options;
  }

  /** Throws a `StoreError`: there is no such ticket or snapshot, or the file cannot be written. */
  export({ file, ...contents }: CaseExport): CasePreview {
    const [content, made] = this.#make(contents);
    const copy = this.#remember(resolve(file), content);
    try {
      writeCase(file, content, made);
    } catch (error) {
      this.#options.store().forgetCopy(copy);
      throw error;
    }
    return this.show(file);
  }

  /** The same, for a window to save. */
  download(contents: CaseContents): CaseDownload {
    const { tickets, snapshots } = contents;
    const name =
      tickets[0] === undefined
        ? snapshots.length === 1
          ? `snapshot-${snapshots[0]}`
          : 'phone'
        : `ticket-${tickets[0]}`;
    const file = `${name}.phonecase`;
    const [content, made] = this.#make(contents);
    const bytes = packCase(content, made);
    this.#remember(file, content);
    return { name: file, bytes };
  }

  #remember(file: string, { units }: CaseContent): number {
    return this.#options.store().rememberCopy({ file, kind: 'case', uids: units.map(({ uid }) => uid) });
  }

  #make(contents: CaseContents): [CaseContent, CaseMade] {
    const { redacted = false } = contents;
    const content = this.#options.store().collectCase(contents);
    return [
      redacted ? redactCase(content) : content,
      { madeAt: this.#options.clock.now().toISOString(), program: packageJson.version, redacted },
    ];
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

  /** Holds a file until somebody has decided what becomes of it. Throws as {@link show}. */
  open(file: string): OpenedCase {
    const document = readCase(file);
    this.#options.store().previewCase(document.content);
    const id = randomUUID();
    this.#opened = { id, document };
    return { case: id };
  }

  /** What is in the case that was opened. Throws `case-closed`. */
  opened(id: string): CasePreview {
    const { manifest, content } = this.#held(id);
    return preview(manifest, content.phones, this.#options.store().previewCase(content));
  }

  /** Takes the opened case in. Throws `case-closed`, or as {@link import}. */
  take(id: string): TakenCase {
    const store = this.#options.store();
    const units = store.importCase(this.#held(id).content);
    this.leave(id);
    const idOf = (kind: PreviewedUnit['kind']): number | null => units.find((unit) => unit.kind === kind)?.id ?? null;
    const [ticket, snapshot] = [idOf('ticket'), idOf('snapshot')];
    return {
      ticket: ticket === null ? null : String(ticket),
      phoneId: snapshot === null ? null : (store.loadSnapshot(snapshot)?.phone.id ?? null),
    };
  }

  /** Nothing becomes of it. */
  leave(id: string): void {
    if (this.#opened?.id === id) this.#opened = null;
  }

  #held(id: string): CaseDocument {
    if (this.#opened?.id !== id) {
      throw new ApplicationError('case-closed', 'The case is not open any more.', ['Open its file again.']);
    }
    return this.#opened.document;
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
