import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { CaseContent, PreviewedUnit } from '../../../db/cases.ts';
import type { CaseRow } from '../../../db/case-rows.ts';
import type { Ticket } from '../../../db/records/tickets.ts';
import type { Store } from '../../../db/store.ts';
import { phoneTitle } from '../../../native/phone-title.ts';
import packageJson from '../../../package.json' with { type: 'json' };
import type { Clock } from '../program/clock.ts';
import { ApplicationError } from '../program/problem.ts';
import { redactCase } from './redact-case.ts';
import { caseApart, type CaseJob } from './case-apart.ts';
import {
  caseBytes,
  packCase,
  readCase,
  readCaseBytes,
  writeCase,
  type CaseDocument,
  type CaseMade,
} from './case-file.ts';

/** What is in a case, and what taking it in would do or has done. */
export interface CasePreview {
  madeAt: string;
  /** The version of the program that made it. */
  program: string;
  redacted: boolean;
  phones: readonly CasePhone[];
  /** In the order in which they are in it. */
  tickets: readonly CaseTicket[];
  snapshots: readonly CaseSnapshot[];
  units: readonly PreviewedUnit[];
}

export interface CasePhone {
  id: string;
  /** What it is called. */
  name: string;
}

type UnitHere = Pick<PreviewedUnit, 'uid' | 'state'>;

/** A ticket of a case. */
export interface CaseTicket extends UnitHere {
  /** Its number where the case was made; null: the case does not say. */
  there: string | null;
  /** Its number here; null where it is not here. */
  here: string | null;
  /** UTC, ISO 8601; null: it says no moment. */
  takenIn: string | null;
  fault: string;
}

/** A snapshot of a case. */
export interface CaseSnapshot extends UnitHere {
  /** Its number here; null where it is not here. */
  here: number | null;
  /** What its phone is called. */
  phone: string;
  /** UTC, ISO 8601; null: it says no moment. */
  takenAt: string | null;
  label: string | null;
  /** Number of its ticket where the case was made; null: it has none, or the case does not say. */
  ticketThere: string | null;
}

export interface CasesOptions {
  /** Opens the store. */
  store: () => Store;
  /** The number of a ticket, as people here say it. */
  numberOf: (ticket: Pick<Ticket, 'id' | 'prefix'>) => string;
  clock: Clock;
  /** Up to so many bytes a case is read in some milliseconds, and where it is asked for; tests have others. */
  largestInPlace?: number;
}

/** A few snapshots. */
const largestInPlace = 16 * 1024;

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
  #opened: { id: string; bytes: Buffer } | null = null;

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
    const store = this.#options.store();
    const content = store.collectCase(contents);
    const tickets = contents.tickets.flatMap((id) => {
      const ticket = store.loadTicket(id);
      return ticket === null ? [] : [{ uid: ticket.uid, number: this.#options.numberOf(ticket) }];
    });
    return [
      redacted ? redactCase(content) : content,
      { madeAt: this.#options.clock.now().toISOString(), program: packageJson.version, redacted, tickets },
    ];
  }

  /** What is in it, and what of it is new here. Changes nothing. Throws as `readCase`, or `CaseUnfitError`. */
  show(file: string): CasePreview {
    const document = readCase(file);
    return this.#preview(document, this.#options.store().previewCase(document.content));
  }

  /** Takes in what is new; what is there stays as it is. Throws as {@link show}. */
  import(file: string): CasePreview {
    const document = readCase(file);
    return this.#preview(document, this.#options.store().importCase(document.content));
  }

  /** Holds a file until somebody has decided what becomes of it. Throws as {@link show}. */
  async open(file: string): Promise<OpenedCase> {
    const bytes = await caseBytes(file);
    await this.#done(bytes, 'show');
    const id = randomUUID();
    this.#opened = { id, bytes };
    return { case: id };
  }

  /** What is in the case that was opened. Throws `case-closed`. */
  async opened(id: string): Promise<CasePreview> {
    return this.#done(this.#held(id), 'show');
  }

  /** Takes the opened case in. Throws `case-closed`, or as {@link import}. */
  async take(id: string): Promise<TakenCase> {
    const { units } = await this.#done(this.#held(id), 'import');
    this.leave(id);
    const store = this.#options.store();
    const idOf = (kind: PreviewedUnit['kind']): number | null => units.find((unit) => unit.kind === kind)?.id ?? null;
    const [ticket, snapshot] = [idOf('ticket'), idOf('snapshot')];
    return {
      ticket: ticket === null ? null : String(ticket),
      phoneId: snapshot === null ? null : (store.snapshotSummary(snapshot)?.phone.id ?? null),
    };
  }

  /** A small case here, a large one in a process of its own: nobody waits for it who asks for anything else. */
  async #done(bytes: Buffer, work: CaseJob['work']): Promise<CasePreview> {
    const store = this.#options.store();
    if (bytes.length <= (this.#options.largestInPlace ?? largestInPlace)) {
      const document = readCaseBytes(bytes, 'The file');
      const { content } = document;
      return this.#preview(document, work === 'show' ? store.previewCase(content) : store.importCase(content));
    }
    const place = await mkdtemp(join(tmpdir(), 'phone-health-case-'));
    try {
      const file = join(place, 'opened.phonecase');
      await writeFile(file, bytes, { mode: 0o600 });
      const told = await caseApart({ folder: dirname(store.file), file, work });
      return {
        ...told,
        tickets: told.tickets.map((ticket) => ({
          ...ticket,
          here: this.#ticketHere(Number(ticket.here ?? Number.NaN)),
        })),
      };
    } finally {
      await rm(place, { recursive: true, force: true });
    }
  }

  #ticketHere(id: number | null): string | null {
    const ticket = id === null || Number.isNaN(id) ? null : this.#options.store().loadTicket(id);
    return ticket === null ? null : this.#options.numberOf(ticket);
  }

  /** Nothing becomes of it. */
  leave(id: string): void {
    if (this.#opened?.id === id) this.#opened = null;
  }

  #held(id: string): Buffer {
    if (this.#opened?.id !== id) {
      throw new ApplicationError('case-closed', 'The case is not open any more.', ['Open its file again.']);
    }
    return this.#opened.bytes;
  }

  #preview({ manifest, content }: CaseDocument, units: readonly PreviewedUnit[]): CasePreview {
    const { madeAt, program, redacted } = manifest;
    const phones = content.phones.map(({ phone }) => ({ id: phone.id, name: phoneTitle(phone) ?? phone.id }));
    const nameOf = new Map(phones.map(({ id, name }) => [id, name]));
    const there = new Map(manifest.tickets.map(({ uid, number }) => [uid, number]));
    const rows = content.units.flatMap((unit, index) => {
      const here = units[index];
      return here === undefined ? [] : [{ unit, here }];
    });
    return {
      madeAt,
      program,
      redacted,
      phones,
      tickets: rows
        .filter(({ unit }) => unit.kind === 'ticket')
        .map(({ unit: { uid, row }, here: { state, id } }) => ({
          uid,
          state,
          there: there.get(uid) ?? null,
          here: this.#ticketHere(id),
          takenIn: momentIn(row, 'created_at'),
          fault: textIn(row, 'fault'),
        })),
      snapshots: rows
        .filter(({ unit }) => unit.kind === 'snapshot')
        .map(({ unit: { uid, row }, here: { state, id } }) => ({
          uid,
          state,
          here: id,
          phone: nameOf.get(textIn(row, 'phone')) ?? textIn(row, 'phone'),
          takenAt: momentIn(row, 'taken_at'),
          label: textIn(row, 'label') || null,
          ticketThere: there.get(textIn(row, 'ticket')) ?? null,
        })),
      units,
    };
  }
}

const textIn = (row: CaseRow, column: string): string => {
  const cell = row[column];
  return typeof cell === 'string' ? cell : '';
};

/** Nothing of a case is believed. */
const momentIn = (row: CaseRow, column: string): string | null =>
  Number.isNaN(Date.parse(textIn(row, column))) ? null : textIn(row, column);
