import { DamagedRecordError } from '../../../db/errors.ts';
import type { Store } from '../../../db/store.ts';
import type { BackupsAfterErasing } from '../../../db/erasing.ts';
import type { CustomerTraces } from '../../../db/erase-customer.ts';
import type { SnapshotChange } from '../../../db/records/snapshot-events.ts';
import type { SnapshotFilter, SnapshotSummary } from '../../../db/records/snapshots.ts';
import type { Ticket } from '../../../db/records/tickets.ts';
import type { RetentionDue, RetentionRules } from '../../../db/retention.ts';
import type { Catalog } from '../../../diagnosis/load/catalog.ts';
import { phoneTitle } from '../../../native/phone-title.ts';
import type { SnapshotListItem } from '../history/snapshot-list.ts';
import { whoIsAtWork } from '../program/at-work.ts';
import { ApplicationError } from '../program/problem.ts';
import { requireSearchable } from '../program/searched-text.ts';
import type { SettingsValues } from '../settings/settings-schema.ts';
import { ticketNumber } from '../tickets/ticket-number.ts';
import { searchTerms } from './search-terms.ts';

/** A snapshot as the search shows it. */
export interface FoundSnapshot extends SnapshotListItem {
  note: string;
  technician: string;
  /** Of the label, the note and the ticket. */
  version: number;
  /** null: it is under none. */
  ticket: { id: string; number: string; customer: string | null } | null;
}

export interface FoundSnapshots {
  /** The latest reading first. */
  items: readonly FoundSnapshot[];
  /** There are more. */
  more: boolean;
}

/** A customer as a list shows them. */
export interface CustomerItem {
  id: string;
  name: string;
  contact: string;
}

/** A phone as a person knows it. */
interface NamedPhone {
  id: string;
  name: string;
}

/** What goes with a customer, for whoever is asked. */
export interface CustomerErasure extends Omit<
  CustomerTraces,
  'customer' | 'tickets' | 'phones' | 'shared' | 'undoable' | 'cutOff'
> {
  customer: CustomerItem;
  /** Numbers, as people say them. */
  tickets: readonly string[];
  phones: readonly NamedPhone[];
  shared: readonly NamedPhone[];
  /** Ids of the corrections. */
  undoable: readonly string[];
  cutOff: readonly string[];
  /** Stores that were set aside, and go too: they may hold the customer. */
  setAside: readonly string[];
}

export interface ArchiveOptions {
  catalog: Catalog;
  store: () => Store;
  settings: { readonly values: SettingsValues };
  /** The ticket that a number or the code of a label means; null: there is none. */
  ticketNamed: (text: string) => Ticket | null;
  /** Lists snapshots in the language of the call. */
  items: (summaries: readonly SnapshotSummary[]) => readonly SnapshotListItem[];
  /** These phones are known no more. */
  onForgotten: (phones: readonly string[]) => void;
  /** Throws `phone-busy` where something is being done with it. */
  requireFree: (phone: string) => void;
}

const named = (list: CustomerTraces['phones']): NamedPhone[] =>
  list.map((phone) => ({ id: phone.id, name: phoneTitle(phone) ?? phone.id }));

/** A word that a hundred customers have says nothing: the newest tickets are looked at. */
const mostTickets = 300;

/** What is kept, looked through and cleared out. */
export class Archive {
  readonly #options: ArchiveOptions;

  constructor(options: ArchiveOptions) {
    this.#options = options;
  }

  /** Snapshots that have all of these words; without any, all; the latest first. */
  find(text: string, { limit, offset = 0 }: { limit: number; offset?: number | undefined }): FoundSnapshots {
    const { store, catalog, ticketNamed } = this.#options;
    requireSearchable(text);
    const wanted = searchTerms(text, {
      catalog,
      ticketNamed: (part) => ticketNamed(part)?.id ?? null,
      ticketsWith: (word) => (word.length < 2 ? [] : store().ticketsSaying(word, mostTickets)),
    });
    const filter: SnapshotFilter = { ...wanted, limit: limit + 1, offset };
    // Of signs alone there are no words: then nothing has them.
    const isNothing = text.trim() !== '' && wanted.terms.length === 0 && wanted.from === undefined;
    const found = isNothing ? [] : store().listSnapshots(filter);
    return { items: this.#found(found.slice(0, limit)), more: found.length > limit };
  }

  /** A snapshot with what people have written about it. Throws `unknown-snapshot`. */
  show(id: string): FoundSnapshot {
    return this.#one(id);
  }

  /**
   * What people have written about a snapshot; `seen`: the version that they saw. Throws `unknown-snapshot`, `unknown-ticket`, or
   * `snapshot-changed` where somebody else has written since.
   */
  describe(
    id: string,
    seen: number,
    change: Omit<SnapshotChange, 'ticket'> & { ticket?: string | null | undefined },
  ): FoundSnapshot {
    const { ticket, ...rest } = change;
    const of = ticket === undefined || ticket === null ? ticket : this.#ticketNamed(ticket);
    const { store } = this.#options;
    store().changeSnapshot(
      Number(id),
      { ...rest, ...(of === undefined ? {} : { ticket: of }) },
      { who: whoIsAtWork(), seen },
    );
    return this.#one(id);
  }

  /** Customers whose name or contact begins like this; all where nothing is said. */
  customers(text: string, limit: number): CustomerItem[] {
    requireSearchable(text);
    return this.#options
      .store()
      .findCustomers(text.trim(), limit)
      .map(({ id, name, contact }) => ({ id: String(id), name, contact }));
  }

  /** What would go with a customer. Throws `unknown-customer`. */
  erasure(customer: string): CustomerErasure {
    return this.#erasure(this.#traces(customer));
  }

  /**
   * Removes a customer with their tickets and phones, for good, also from the backups. Throws `unknown-customer`, `phone-busy`, and
   * `corrections-open` where a correction was cut off.
   */
  erase(customer: string): CustomerErasure & { backups: BackupsAfterErasing } {
    const { store, onForgotten, requireFree } = this.#options;
    const traces = this.#traces(customer);
    for (const { id } of [...traces.phones, ...traces.shared]) requireFree(id);
    if (traces.cutOff.length > 0) {
      throw new ApplicationError('corrections-open', 'A correction of their phone was cut off. Nothing was erased.', [
        'Finish it, undo it or leave it as it is first: without what is kept about it, nobody could.',
      ]);
    }
    const told = this.#erasure(traces);
    const { backups } = store().eraseCustomer(Number(customer));
    onForgotten(traces.phones.map(({ id }) => id));
    return { ...told, setAside: backups.setAside, backups };
  }

  /** Whether the shop has said when anything goes. */
  get hasRules(): boolean {
    return Object.values(this.#rules).some((days) => days !== null);
  }

  /** What would go now by these rules; the shop's where none are said. */
  retentionDue(rules: RetentionRules = this.#rules): RetentionDue {
    return this.#options.store().retentionDue(rules);
  }

  /** Has it go, but what is about a phone that something is being done with. */
  async applyRetention(rules: RetentionRules = this.#rules, signal?: AbortSignal): Promise<RetentionDue> {
    const { store, onForgotten, requireFree } = this.#options;
    const isBusy = (phone: string): boolean => {
      try {
        requireFree(phone);
        return store().isPhoneTaken(phone);
      } catch (error) {
        if (error instanceof ApplicationError) return true;
        throw error;
      }
    };
    return store().applyRetention(rules, { signal, isBusy, onForgotten });
  }

  /** The same where the shop has it done each day. */
  async clearDaily(log: (line: string) => void, signal: AbortSignal): Promise<void> {
    if (!this.#options.settings.values.clearDaily) return;
    const { captures, snapshots, customers } = await this.applyRetention(this.#rules, signal);
    if (captures + snapshots + customers.length === 0) return;
    log(`cleared out by the rules: ${captures} captures, ${snapshots} snapshots, ${customers.length} customers`);
  }

  get #prefix(): string {
    return this.#options.settings.values.stationPrefix;
  }

  get #rules(): RetentionRules {
    const { keepCaptureDays, keepSnapshotDays, keepCustomerDays } = this.#options.settings.values;
    return { captureDays: keepCaptureDays, snapshotDays: keepSnapshotDays, customerDays: keepCustomerDays };
  }

  #traces(customer: string): CustomerTraces {
    const { store } = this.#options;
    const traces = /^\d{1,15}$/.test(customer) ? store().customerTraces(Number(customer)) : null;
    if (traces !== null) return traces;
    throw new ApplicationError('unknown-customer', `"${customer}" is not the number of a customer.`, [
      'List the customers to see their numbers.',
    ]);
  }

  #erasure({ customer, tickets, phones, shared, undoable, cutOff, ...rest }: CustomerTraces): CustomerErasure {
    return {
      ...rest,
      customer: { id: String(customer.id), name: customer.name, contact: customer.contact },
      tickets: tickets.map((id) => this.#numberOf(id)),
      phones: named(phones),
      shared: named(shared),
      undoable: undoable.map(String),
      cutOff: cutOff.map(String),
      setAside: this.#options.store().listSetAside(),
    };
  }

  /** A ticket that a disk has damaged is erased like any other. */
  #numberOf(id: number): string {
    return ticketNumber({ id, prefix: this.#options.store().ticketPrefix(id) }, this.#prefix);
  }

  #ticketNamed(text: string): number {
    const id = this.#options.ticketNamed(text)?.id;
    if (id !== undefined) return id;
    throw new ApplicationError('unknown-ticket', `There is no ticket ${text}.`);
  }

  #one(id: string): FoundSnapshot {
    const summary = this.#options.store().snapshotSummary(Number(id));
    const [found] = summary === null ? [] : this.#found([summary]);
    if (found === undefined) throw new ApplicationError('unknown-snapshot', `There is no snapshot ${id}.`);
    return found;
  }

  #found(summaries: readonly SnapshotSummary[]): FoundSnapshot[] {
    const { store, items } = this.#options;
    const customers = new Map<number, { name: string | null }>();
    const ticketOf = (id: number): FoundSnapshot['ticket'] => {
      const said = customers.get(id) ?? { name: customerOf(store(), id) };
      customers.set(id, said);
      return { id: String(id), number: this.#numberOf(id), customer: said.name };
    };
    const listed = items(summaries);
    return summaries.flatMap(({ note, technician, version, ticket }, index) => {
      const item = listed[index];
      return item === undefined
        ? []
        : [{ ...item, note, technician, version, ticket: ticket === null ? null : ticketOf(ticket) }];
    });
  }
}

/** null: it has none, or a disk has damaged it: what else is shown of a snapshot stands without it. */
function customerOf(store: Store, ticket: number): string | null {
  try {
    return store.loadTicket(ticket)?.customer?.name ?? null;
  } catch (error) {
    if (!(error instanceof DamagedRecordError)) throw error;
    return null;
  }
}
