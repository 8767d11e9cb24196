import type { NewTicket, TicketChange } from '../../../db/records/change-ticket.ts';
import type { Ticket } from '../../../db/records/tickets.ts';
import { StoreError } from '../../../db/store-error.ts';
import type { Store } from '../../../db/store.ts';
import type { Catalog } from '../../../diagnosis/load/catalog.ts';
import { appName } from '../../../diagnosis/judge/verdict.ts';
import { phoneTitle } from '../../../native/phone-title.ts';
import { unreadPhone, type Phone } from '../../../native/phone.ts';
import type { TicketOfWork, UnreadTicket } from '../actions/allowed.ts';
import { actionSummary } from '../actions/action-summary.ts';
import type { SnapshotListItem } from '../history/snapshot-list.ts';
import type { Phones } from '../phones/phones.ts';
import { technicianOfCall, whoIsAtWork } from '../program/at-work.ts';
import { ApplicationError } from '../program/problem.ts';
import type { Recall } from '../program/recall.ts';
import { requireSearchable } from '../program/searched-text.ts';
import { testPhotoReport } from '../proof/test-photo-report.ts';
import type { Settings } from '../settings/settings.ts';
import { imeiIn, isImei } from './imei.ts';
import { isMeant, parseTicketCode, parseTicketNumber, ticketNumber } from './ticket-number.ts';
import { ticketItem, ticketView, type ShownWith, type TicketItem, type TicketView } from './ticket-view.ts';

/** A phone that is handed in: one that is plugged in or known, or one of which only something is said. */
export interface HandedIn {
  phoneId: string | null;
  imei: string;
  description: string;
}

export interface NewTicketRequest extends Omit<NewTicket, 'phones' | 'technician' | 'prefix' | 'who'> {
  /** Left out: whoever is at work at this window. */
  technician?: string | undefined;
  phones: readonly HandedIn[];
}

export interface TicketChangeRequest extends Omit<TicketChange, 'addPhones'> {
  addPhones?: readonly HandedIn[] | undefined;
}

export interface TicketSearch {
  /** Only those that are open. */
  open: boolean;
  /** Empty: all. */
  text: string;
  limit: number;
  offset: number;
}

/** Where what was scanned or typed leads to. */
export type FoundByCode =
  | { kind: 'ticket'; id: string; number: string }
  | { kind: 'phone'; phoneId: string }
  /** A phone that nothing is known of. */
  | { kind: 'imei'; imei: string }
  /** Its check digit says that it was not read rightly. */
  | { kind: 'misread'; text: string }
  | { kind: 'nothing'; text: string };

export interface TicketsOptions {
  phones: Phones;
  catalog: Catalog;
  settings: Settings;
  /** Opens the store. */
  store: () => Store;
  recall: Recall;
  /** Whether there is a store already. */
  isThere: () => boolean;
  /** Kept scans of a ticket, the latest first, in the language of the call. */
  snapshotsOf: (ticket: number) => readonly SnapshotListItem[];
}

/** A window shows so many open tickets beside its phones; a counter with more finds the others by searching. */
const mostOpen = 500;

/** What the store says; where it cannot be read, that. */
function orUnread<One>(ask: () => One[]): (One | UnreadTicket)[] {
  try {
    return ask();
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    return [{ unread: error }];
  }
}

/** The jobs of a repair counter. */
export class Tickets {
  readonly #options: TicketsOptions;
  readonly #listeners = new Set<() => void>();

  constructor(options: TicketsOptions) {
    this.#options = options;
  }

  /** The latest first. Throws a `StoreError` where the store cannot be read: what is not known is not none. */
  list({ open, text, limit, offset }: TicketSearch): TicketItem[] {
    requireSearchable(text);
    const number = text === '' ? null : (this.named(text)?.id ?? null);
    const wanted = { open, text: text.trim(), ...(number === null ? {} : { number }), limit, offset };
    return this.#options.store().listTickets(wanted).map(this.#item(this.#shownWith()));
  }

  /** Throws `unknown-ticket`. */
  show(id: string): TicketView {
    const ticket = this.#require(id);
    const { store, catalog, snapshotsOf } = this.#options;
    return ticketView(ticket, this.#shownWith(), {
      snapshots: snapshotsOf(ticket.id),
      actions: store()
        .actionsOfTicket(ticket.id)
        .map((action) => actionSummary(action, catalog)),
      testPhotos: store()
        .testPhotosOfTicket(ticket.id)
        .map((kept) => testPhotoReport(kept, appName(catalog, kept.app))),
      events: store().ticketHistory(ticket.id),
    });
  }

  /** Throws `unknown-phone`, `bad-imei`. */
  async create(request: NewTicketRequest): Promise<TicketItem> {
    const { technician = technicianOfCall(), phones, ...told } = request;
    const handedIn = await this.#handedIn(phones);
    const ticket = this.#options.store().createTicket({
      ...told,
      technician,
      phones: handedIn,
      prefix: this.#prefix,
      who: whoIsAtWork(),
    });
    this.#changed();
    return ticketItem(ticket, this.#shownWith());
  }

  /**
   * Changes a ticket that somebody has seen at a version; null: as it is. Throws `unknown-ticket`, `unknown-phone`, `bad-imei`, and
   * `TicketChangedError` where somebody else has changed the same meanwhile.
   */
  async change(id: string, seen: number | null, change: TicketChangeRequest): Promise<TicketView> {
    const { addPhones, ...rest } = change;
    const ticket = this.#require(id);
    const added = addPhones === undefined ? {} : { addPhones: await this.#handedIn(addPhones) };
    this.#options.store().changeTicket(ticket.id, { ...rest, ...added }, { seen, who: whoIsAtWork() });
    this.#changed();
    return this.show(id);
  }

  /** Customers whose name or contact begins like this. */
  customers(text: string): { uid: string; name: string; contact: string }[] {
    if (text.trim() === '') return [];
    return this.#options
      .recall((store) => store.findCustomers(text.trim(), 8), [])
      .map(({ uid, name, contact }) => ({ uid, name, contact }));
  }

  /** The ticket that a person means by its number. Throws `bad-argument`, `unknown-ticket`. */
  idNamed(text: string): number {
    const ticket = this.named(text);
    if (ticket !== null) return ticket.id;
    if (parseTicketNumber(text) === null && parseTicketCode(text).length === 0) {
      throw new ApplicationError('bad-argument', `"${text}" is not the number of a ticket.`);
    }
    throw new ApplicationError('unknown-ticket', `There is no ticket ${text.trim()}.`);
  }

  /** The same of one that is open: what is done now goes under no other. Throws `ticket-closed` too. */
  openNamed(text: string): number {
    const id = this.idNamed(text);
    const ticket = this.#options.store().loadTicket(id);
    if (ticket === null || ticket.closedAt === null) return id;
    const number = ticketNumber(ticket, this.#prefix);
    throw new ApplicationError('ticket-closed', `Ticket ${number} is closed.`, [
      `Open it again first: phone-health tickets reopen ${number}`,
    ]);
  }

  /** See {@link TicketsOf}. */
  ofWork(phoneId: string, named?: string): (TicketOfWork | UnreadTicket)[] {
    const { isThere, store } = this.#options;
    if (!isThere()) return [];
    // Each for itself: one that is damaged lifts the no of no other.
    const first = named === undefined ? [] : orUnread(() => [this.idNamed(named)]);
    const open = orUnread(() => store().openTicketsOf(phoneId));
    return [...new Set([...first, ...open])].flatMap((one) => {
      if (typeof one !== 'number') return [one];
      return orUnread(() => {
        const ticket = store().loadTicket(one);
        return ticket === null ? [] : [{ number: ticketNumber(ticket, this.#prefix), consent: ticket.consent }];
      });
    });
  }

  /** The phones of a ticket that are on another open one, each with its number. */
  alsoOn(ticket: TicketItem): { phone: TicketItem['phones'][number]; number: string }[] {
    const others = this.list({ open: true, text: '', limit: mostOpen, offset: 0 }).filter(({ id }) => id !== ticket.id);
    return ticket.phones.flatMap((phone) =>
      others
        .filter(({ phones }) =>
          phones.some(
            ({ phoneId, imei }) =>
              (phoneId !== null && phoneId === phone.phoneId) || (imei !== '' && imei === phone.imei),
          ),
        )
        .map(({ number }) => ({ phone, number })),
    );
  }

  /** Who works on a ticket that something was done under, and how people say its number; null: there is none any more. */
  ofAction(id: string): Pick<TicketItem, 'number' | 'technician'> | null {
    const ticket = this.#options.store().loadTicket(Number(id));
    return ticket === null ? null : { number: ticketNumber(ticket, this.#prefix), technician: ticket.technician };
  }

  /** The ticket that a number or the code of a label means; null: there is none. */
  named(text: string): Ticket | null {
    const number = parseTicketNumber(text);
    for (const meant of [...(number === null ? [] : [number]), ...parseTicketCode(text)]) {
      const ticket = this.#options.store().loadTicket(meant.id);
      if (ticket !== null && isMeant(ticket, meant, this.#prefix)) return ticket;
    }
    return null;
  }

  /** Where a code leads that a scanner has read: a ticket's, an IMEI, or a serial. */
  async find(text: string): Promise<FoundByCode> {
    const ticket = this.named(text);
    if (ticket !== null) {
      return { kind: 'ticket', id: String(ticket.id), number: ticketNumber(ticket, this.#prefix) };
    }
    const imei = imeiIn(text);
    if (imei !== null) {
      const tickets = this.#options.store().ticketsOfImei(imei);
      const found = tickets.find(({ closedAt }) => closedAt === null) ?? tickets[0];
      if (found !== undefined) {
        return { kind: 'ticket', id: String(found.id), number: ticketNumber(found, this.#prefix) };
      }
      return isImei(imei) ? { kind: 'imei', imei } : { kind: 'misread', text };
    }
    const phoneId = await this.#phoneIdOf(text.trim());
    return phoneId === null ? { kind: 'nothing', text } : { kind: 'phone', phoneId };
  }

  /** A phone was scanned under a ticket that was named: it is one of the phones of that ticket from now on. */
  belongs(id: number, phone: Phone): void {
    const store = this.#options.store();
    const ticket = store.loadTicket(id);
    const phoneId = store.phoneIdOf(phone);
    if (ticket === null || ticket.phones.some((one) => one.phone === phoneId)) return;
    const [unplugged, ...others] = ticket.phones.filter((one) => one.phone === null);
    // Of several that were never plugged in, nobody knows which one this is.
    if (unplugged !== undefined && others.length === 0) store.identifyPhone(id, unplugged.uid, phone);
    else {
      const added = { phone, imei: '', description: '' };
      store.changeTicket(id, { addPhones: [added] }, { seen: null, who: whoIsAtWork() });
    }
    this.#changed();
  }

  /** A phone of a ticket that was handed in without its cable is the one with this id. Throws `unknown-ticket`, `unknown-phone`. */
  async identify(id: string, uid: string, phoneId: string): Promise<TicketView> {
    const ticket = this.#require(id);
    this.#options.store().identifyPhone(ticket.id, uid, await this.#phone(phoneId));
    this.#changed();
    return this.show(id);
  }

  /** Calls back now and at each change with the open tickets, until the returned function is called. */
  follow(listener: (open: TicketItem[]) => void): () => void {
    const all = { open: true, text: '', limit: mostOpen, offset: 0 };
    // The phones are shown all the same where the store cannot be read; a notice tells of that.
    const tell = () => listener(this.#options.recall(() => this.list(all), []));
    this.#listeners.add(tell);
    let prefix: string | null = null;
    // Tells at once too, as settings do: tickets whose prefix nobody kept have other numbers with another one.
    const unfollow = this.#options.settings.follow(({ settings }) => {
      if (settings.stationPrefix === prefix) return;
      prefix = settings.stationPrefix;
      tell();
    });
    return () => {
      this.#listeners.delete(tell);
      unfollow();
    };
  }

  /** Something else has changed what tickets show: a phone was forgotten, a customer erased, the prefix changed. */
  changedElsewhere(): void {
    this.#changed();
  }

  get #prefix(): string {
    return this.#options.settings.values.stationPrefix;
  }

  #item(shown: ShownWith): (ticket: Ticket) => TicketItem {
    return (ticket) => ticketItem(ticket, shown);
  }

  #shownWith(): ShownWith {
    const known = this.#options.recall((store) => store.listPhones(), []);
    const names = new Map(known.map((phone) => [phone.id, phoneTitle(phone)]));
    return { prefix: this.#prefix, nameOf: (phoneId) => names.get(phoneId) ?? null };
  }

  #require(text: string): Ticket {
    const ticket = this.#options.store().loadTicket(this.idNamed(text));
    if (ticket !== null) return ticket;
    throw new ApplicationError('unknown-ticket', `There is no ticket ${text}.`);
  }

  #changed(): void {
    for (const tell of this.#listeners) tell();
  }

  async #handedIn(phones: readonly HandedIn[]): Promise<NewTicket['phones']> {
    const checked: NewTicket['phones'] = [];
    for (const { phoneId, imei, description } of phones) {
      const digits = imei.trim() === '' ? '' : (imeiIn(imei) ?? imei.trim());
      if (digits !== '' && !isImei(digits)) {
        throw new ApplicationError('bad-imei', `"${imei}" is no IMEI: its check digit does not fit.`, [
          'Dial *#06# on the phone to see it, or scan it again.',
        ]);
      }
      checked.push({ phone: phoneId === null ? null : await this.#phone(phoneId), imei: digits, description });
    }
    return checked;
  }

  /** A phone that is plugged in, or that something is kept of. Throws `unknown-phone`. */
  async #phone(phoneId: string): Promise<Phone> {
    const { phones, recall } = this.#options;
    const { phones: plugged } = await phones.list({ only: phoneId });
    const found =
      plugged.find(({ id }) => id === phoneId) ??
      recall((store) => store.listPhones(), []).find(({ id }) => id === phoneId);
    if (found === undefined) {
      throw new ApplicationError('unknown-phone', `No phone with the id ${phoneId} is plugged in or known.`);
    }
    const { id, platform, state, manufacturer, model, name, osVersion, build, securityPatch } = found;
    return { ...unreadPhone(id, platform, state), manufacturer, model, name, osVersion, build, securityPatch };
  }

  async #phoneIdOf(serial: string): Promise<string | null> {
    const same = ({ id }: { id: string }): boolean => id.toLowerCase() === serial.toLowerCase();
    const known = this.#options.recall((store) => store.listPhones(), []).find(same);
    if (known !== undefined) return known.id;
    const { phones } = await this.#options.phones.list();
    return phones.find(same)?.id ?? null;
  }
}
