import { phoneTitle } from '../../../native/phone-title.ts';
import type { SnapshotSummary } from '../../../db/records/snapshots.ts';
import type { Ticket, TicketPhone } from '../../../db/records/tickets.ts';
import type { Store } from '../../../db/store.ts';
import { ApplicationError } from '../program/problem.ts';
import type { TestPhotoReport } from '../proof/test-photo-report.ts';
import { ticketNumber } from '../tickets/ticket-number.ts';
import { reportKinds } from './report-kinds.ts';
import { reportKindSchema, type ReportKindId } from './formats.ts';

/** What somebody wants a report of: a phone as it was read last, one snapshot, or a job at the counter. */
export interface SubjectAsked {
  phoneId?: string | undefined;
  snapshot?: string | undefined;
  ticket?: string | undefined;
  /** Which of the phones of the job, by its uid there; left out: the first one that was read. */
  ticketPhone?: string | undefined;
}

/** What reports can be made of it. */
export interface ReportSubject {
  /** What the phone is called; null where the job has none yet. */
  phoneName: string | null;
  /** The one that a report of one snapshot is made of; null: there is none. */
  snapshot: { id: string; takenAt: string } | null;
  /** What a report of two is made of: how it was brought, how it is handed back. */
  pair: [string, string] | null;
  ticket: { id: string; number: string } | null;
  /** Which phone of the job it is, by its uid there; null: none of them. */
  ticketPhone: string | null;
  /** The phones of the job that can be chosen from: none where it has one, or where a phone or a snapshot was asked for. */
  ticketPhones: { uid: string; name: string }[];
  /** The kinds that can be made, in the order of the table of kinds. */
  kinds: ReportKindId[];
  /** What is wanted most at this moment: the label of a job of which nothing is proven yet, the certificate of what is, else the result. */
  first: ReportKindId | null;
}

export interface SubjectOptions {
  store: Store;
  prefix: string;
  /** Of one phone, the latest first. */
  testPhotos: (phoneId: string) => readonly TestPhotoReport[];
}

/** How a phone was brought and how it stands now: its first and last snapshot under the job, else the last two. */
function pairOf(
  last: SnapshotSummary,
  ofPhone: readonly SnapshotSummary[],
  ticket: Ticket | null,
): SnapshotSummary | null {
  // By their moments: what was taken in from a file later may have been read earlier.
  const before = ofPhone.slice(ofPhone.indexOf(last) + 1);
  const ofTicket = before.filter((one) => ticket !== null && one.ticket === ticket.id);
  return ofTicket.at(-1) ?? before[0] ?? null;
}

/** Whether the latest test photo of this job left the phone, after everything that was read of it or as the last reading still says. */
function isProven(
  phoneId: string,
  { testPhotos }: SubjectOptions,
  last: SnapshotSummary | null,
  ticket: Ticket | null,
): boolean {
  const photo = testPhotos(phoneId)[0];
  if (photo?.verdict !== 'uploaded' || (ticket !== null && photo.startedAt < ticket.createdAt)) return false;
  return last === null || photo.endedAt >= last.takenAt || last.problems === 0;
}

/** The phone of a job that is meant: the one that was named, else the first that was read. */
const handedInOf = ({ phones }: Ticket, uid: string | undefined): TicketPhone | null =>
  phones.find((one) => one.uid === uid) ?? phones.find(({ phone }) => phone !== null) ?? phones[0] ?? null;

/** Throws `unknown-snapshot`, `unknown-ticket`. */
export function reportSubject(asked: SubjectAsked, options: SubjectOptions): ReportSubject {
  const { store, prefix } = options;
  const named = asked.snapshot === undefined ? null : store.loadSnapshot(Number(asked.snapshot));
  if (asked.snapshot !== undefined && named === null) {
    throw new ApplicationError('unknown-snapshot', `There is no snapshot ${asked.snapshot}.`);
  }
  const namedTicket = asked.ticket === undefined ? null : store.loadTicket(Number(asked.ticket));
  if (asked.ticket !== undefined && namedTicket === null) {
    throw new ApplicationError('unknown-ticket', `There is no ticket ${asked.ticket}.`);
  }
  const isOfTicket = named === null && asked.phoneId === undefined;
  const handedIn = isOfTicket && namedTicket !== null ? handedInOf(namedTicket, asked.ticketPhone) : null;
  const phoneId = named?.phone.id ?? asked.phoneId ?? handedIn?.phone ?? null;
  const ofPhone = phoneId === null ? [] : store.listSnapshots({ phone: phoneId });
  const last = ofPhone.find(({ id }) => named === null || id === named.id) ?? null;
  const open = phoneId === null ? null : (store.listTickets({ phone: phoneId, open: true, limit: 1 })[0] ?? null);
  const ofSnapshot = named?.ticket ?? null;
  const ticket = namedTicket ?? (ofSnapshot === null ? open : store.loadTicket(ofSnapshot));
  const first = last === null ? null : pairOf(last, ofPhone, ticket);
  const has = { 0: ticket !== null, 1: last !== null, 2: first !== null };
  const known = new Map(store.listPhones().map((phone) => [phone.id, phoneTitle(phone) ?? phone.id]));
  const phone = handedIn ?? ticket?.phones.find((one) => one.phone === phoneId && phoneId !== null) ?? null;
  const choices = isOfTicket ? (ticket?.phones ?? []) : [];
  const kinds = reportKindSchema.options.filter((kind) => has[reportKinds[kind].snapshots]);
  const wanted: ReportKindId =
    phoneId !== null && isProven(phoneId, options, last, ticket)
      ? 'certificate'
      : ticket === null
        ? 'diagnosis'
        : 'label';
  return {
    phoneName: known.get(phoneId ?? '') ?? (handedIn === null ? null : handedIn.description),
    snapshot: last === null ? null : { id: String(last.id), takenAt: last.takenAt },
    pair: last === null || first === null ? null : [String(first.id), String(last.id)],
    ticket: ticket === null ? null : { id: String(ticket.id), number: ticketNumber(ticket, prefix) },
    ticketPhone: phone?.uid ?? null,
    ticketPhones:
      choices.length < 2
        ? []
        : choices.map((one, index) => ({
            uid: one.uid,
            name: known.get(one.phone ?? '') ?? [one.description, one.imei.slice(-4)].find(Boolean) ?? `${index + 1}`,
          })),
    kinds,
    first: kinds.includes(wanted) ? wanted : (kinds[0] ?? null),
  };
}
