import { whoIsAtWork } from '../program/at-work.ts';
import type { Phone } from '../../../native/phone.ts';
import { checkedInput } from '../../../db/input.ts';
import { snapshotChangeSchema } from '../../../db/records/snapshot-events.ts';
import { StoreError } from '../../../db/errors.ts';
import type { Store } from '../../../db/store.ts';
import { requireAllowed, type TicketsOf } from '../actions/allowed.ts';
import { ApplicationError, problemOf, type Problem } from '../program/problem.ts';
import type { ScanRequest } from '../program/requests.ts';
import type { Scan } from './scan.ts';

/** How a scan is to be kept. */
export type KeepRequest = Pick<ScanRequest, 'save' | 'label' | 'ticket'>;

/** What became of keeping a scan: its snapshot, or why there is none that was asked for. */
export interface Kept {
  snapshot: string | null;
  notKept: Problem | null;
}

/** What a scan has to do with tickets. */
export interface TicketOfScan {
  /** The open ticket that a person means. Throws `bad-argument`, `unknown-ticket`, `ticket-closed`. */
  openNamed: (text: string) => number;
  ofWork: TicketsOf;
  /** A phone was read under a ticket. */
  belongs: (ticket: number, phone: Phone) => void;
}

/** Keeps scans. A store that cannot keep one takes nothing from its result: that is shown, and says that it was not kept. */
export class Keeping {
  readonly #store: () => Store;
  readonly #tickets: () => TicketOfScan;

  constructor(store: () => Store, tickets: () => TicketOfScan) {
    this.#store = store;
    this.#tickets = tickets;
  }

  /** Throws `bad-argument`, `unknown-ticket` and `ticket-closed`, before anything is read, where the store can tell. */
  requireKeepable({ save, label, ticket }: KeepRequest): void {
    if (label !== undefined && label.trim() !== '') checkedInput(snapshotChangeSchema, { label });
    if (!save || ticket === undefined) return;
    try {
      this.#store();
    } catch (error) {
      // It is told with the result, which is worth as much.
      if (!(error instanceof StoreError)) throw error;
      return;
    }
    this.#tickets().openNamed(ticket);
  }

  /** Keeps what was read to its end, where that was asked for. */
  keep(result: Scan, request: KeepRequest): Kept {
    if (!request.save || result.capture.brokenOff !== null) return { snapshot: null, notKept: null };
    try {
      return { snapshot: this.keepNow(result, request), notKept: null };
    } catch (error) {
      return { snapshot: null, notKept: notKeptBy(error) };
    }
  }

  /** Keeps it; returns the id of its snapshot. Throws a `StoreError`, `ticket-closed`, `keep-not-allowed`. */
  keepNow(
    { phone, capture, reading, diagnosis, incomplete }: Scan,
    { label, ticket }: Pick<KeepRequest, 'label' | 'ticket'>,
  ): string {
    const store = this.#store();
    const of = ticket === undefined ? null : this.#tickets().openNamed(ticket);
    // Before it joins another ticket: that lifts no refusal.
    requireAllowed(this.#tickets().ofWork(store.phoneIdOf(phone), ticket), 'keep');
    // First: a snapshot that is kept is never told not to be.
    if (of !== null) this.#tickets().belongs(of, phone);
    const scanned = { phone, capture, reading, diagnosis, incomplete };
    return String(store.saveSnapshot({ ...scanned, label: label ?? null, ticket: of, technician: whoIsAtWork() }));
  }
}

function notKeptBy(error: unknown): Problem {
  // The customer may not have allowed it, or its ticket was erased or closed while the phone was read.
  if (!(error instanceof StoreError) && !(error instanceof ApplicationError)) throw error;
  return problemOf(error);
}
