import { dirname } from 'node:path';
import type { Diagnosis } from '../diagnosis/diagnosis.ts';
import {
  type Action,
  type ActionEvent,
  type ActionPlan,
  actionsOfTicket,
  addActionEvent,
  listActions,
  loadAction,
  openActions,
  planAction,
} from './records/actions.ts';
import {
  type KeptAlternative,
  type NewAlternative,
  alternativesInUse,
  chooseAlternative,
  endAlternative,
} from './records/alternative-paths.ts';
import type { Phone } from '../native/phone.ts';
import { type NewChoice, chooseApps, chosenApps } from './records/chosen-apps.ts';
import { backUp, backUpNow, type BackupProgress } from './backup.ts';
import { collectCase, importCase, previewCase, type CaseContent, type PreviewedUnit } from './cases.ts';
import { openConnection, type SlowQuery, type StoreOptions } from './connection.ts';
import { openOutbox, type Outbox } from './outbox.ts';
import { openShopStore, type ShopStore } from './shop/shop-store.ts';
import { listSetAside } from './set-aside.ts';
import { tendStore, type TendOptions } from './tend-store.ts';
import type { Tended } from './tend-job.ts';
import { isPhoneTaken, takePhone, type PhoneLease } from './phone-lease.ts';
import { customerTraces, eraseCustomer, type CustomerTraces } from './erase-customer.ts';
import { erasing, type BackupsAfterErasing } from './erasing.ts';
import { forgetPhones } from './forget-phone.ts';
import {
  applyRetention,
  retentionDue,
  type RetentionDue,
  type RetentionRules,
  type RetentionWork,
} from './retention.ts';
import { listPhones, phoneIdOf, phonesOfSerial, type KnownPhone } from './records/phones.ts';
import {
  type DeclinedCopy,
  type NewDeclinedCopy,
  type NewSafeCopy,
  type SafeCopy,
  declineCopy,
  lastDeclined,
  listSafeCopies,
  saveSafeCopy,
} from './records/safe-copies.ts';
import {
  type NewSnapshot,
  type Snapshot,
  type SnapshotFilter,
  type SnapshotSummary,
  type SnapshotWithoutCapture,
  lastKept,
  listSnapshots,
  loadJudged,
  loadSnapshot,
  loadWithoutCapture,
  replaceDiagnosis,
  saveSnapshot,
  snapshotSummary,
} from './records/snapshots.ts';
import {
  changeSnapshot,
  snapshotHistory,
  type SnapshotChange,
  type SnapshotVersion,
} from './records/snapshot-events.ts';
import { type SnapshotMeasures, listMeasures } from './records/snapshot-measures.ts';
import {
  type NewTestPhoto,
  type TestPhoto,
  listTestPhotos,
  saveTestPhoto,
  testPhotosOfTicket,
} from './records/test-photos.ts';
import { type CounterVisit, keepCounterVisit, listCounterVisits } from './records/counter-visits.ts';
import { type KeptSlot, keepSlots, listSlots } from './records/slots.ts';
import { forgetCopy, rememberCopy, type KeptCopy } from './records/copies-elsewhere.ts';
import { listErased, type Erased } from './records/erased.ts';
import { findCustomers, type Customer } from './records/customers.ts';
import type { RecordedTicketEvent } from './records/ticket-events.ts';
import {
  changeTicket,
  createTicket,
  identifyPhone,
  type NewTicket,
  type TicketChange,
} from './records/change-ticket.ts';
import {
  listTickets,
  loadTicket,
  openTicketsOf,
  ticketHistory,
  ticketPrefix,
  ticketsOfImei,
  ticketsSaying,
  type Ticket,
  type TicketFilter,
} from './records/tickets.ts';
import {
  type NewWalkthrough,
  type Walkthrough,
  type WalkthroughEvent,
  addWalkthroughEvent,
  listWalkthroughs,
  loadWalkthrough,
  startWalkthrough,
} from './records/walkthroughs.ts';
import {
  type NewWatchPlan,
  type WatchPlan,
  type WatchPoint,
  addWatchPoint,
  endWatchPlan,
  listWatchPlans,
  startWatchPlan,
} from './records/watch-plans.ts';

/**
 * Everything that is kept: phones, snapshots, actions, walk-throughs, tickets. Each call is whole or has changed nothing, and throws a
 * `StoreError` that says what to do. Several programs may have the same store open.
 */
export interface Store {
  /** The database file. */
  readonly file: string;
  /** Every phone that something was saved for, with its newest names; the latest first. */
  listPhones(): KnownPhone[];
  /** The id under which a phone is kept, or would be: several phones may share one serial. */
  phoneIdOf(phone: Phone): string;
  /** Phones that share a serial, in the order in which they became known. */
  phonesOfSerial(serial: string): KnownPhone[];
  /** Throws `StoreMovedError` where the data folder is not any more what it was when the store was opened. */
  requireInPlace(): void;
  /** Another number whenever another program has kept something. */
  changesOfOthers(): number;
  /** Returns the id. Throws `NotFoundError` where the ticket does not exist. */
  saveSnapshot(snapshot: NewSnapshot): number;
  /** Keeps another diagnosis of the reading of a snapshot. Throws `NotFoundError` where it does not exist. */
  replaceDiagnosis(snapshot: number, diagnosis: Diagnosis): void;
  /** Changes what people have written about a snapshot. Throws `NotFoundError` where it or the ticket does not exist. */
  changeSnapshot(id: number, change: SnapshotChange, by: { who: string; seen?: number | null }): void;
  /** What was written about a snapshot since it was saved, in that order. */
  snapshotHistory(id: number): SnapshotVersion[];
  /** The latest reading first. */
  listSnapshots(filter?: SnapshotFilter): SnapshotSummary[];
  /** null where there is none. */
  loadSnapshot(id: number): Snapshot | null;
  /** The same without what the phone answered, word for word: much faster. */
  loadWithoutCapture(id: number): SnapshotWithoutCapture | null;
  /** null where there is none. */
  snapshotSummary(id: number): SnapshotSummary | null;
  /** What is followed from visit to visit, of the snapshots of one phone or of all; in no order. */
  listMeasures(phone?: string): SnapshotMeasures[];
  /** What was judged of a snapshot, in a fraction of the time. Throws `NotFoundError`. */
  loadJudged(id: number): Pick<Snapshot, 'reading' | 'diagnosis'>;
  /** Keeps the commands, the inverse and the former values, before anything runs. */
  planAction(plan: ActionPlan): Action;
  /** All of the events or none. Throws `ActionOutOfOrderError` where one cannot follow the last. */
  addActionEvent(id: number, ...events: readonly ActionEvent[]): Action;
  /** null where there is none. */
  loadAction(id: number): Action | null;
  /** The latest first. */
  listActions(phone?: string): Action[];
  /** Carried out under a ticket, the first first. */
  actionsOfTicket(ticket: number): Action[];
  /** Actions without an end: what a program that was killed left behind, or is still at. */
  openActions(phone?: string): Action[];
  /** Keeps every other program with this data folder from correcting a phone; null where one does already. */
  takePhone(phone: string): PhoneLease | null;
  isPhoneTaken(phone: string): boolean;
  /** Keeps what became of a test photo; returns its id. */
  saveTestPhoto(testPhoto: NewTestPhoto): number;
  /** The latest first. */
  listTestPhotos(phone?: string): TestPhoto[];
  /** Taken under a ticket, the first first. */
  testPhotosOfTicket(ticket: number): TestPhoto[];
  /** Throws `NotFoundError` where the snapshot or the ticket does not exist. */
  startWalkthrough(walkthrough: NewWalkthrough): Walkthrough;
  /** Throws `WalkthroughOverError` where it has come to its end. */
  addWalkthroughEvent(id: number, event: WalkthroughEvent): Walkthrough;
  /** null where there is none. */
  loadWalkthrough(id: number): Walkthrough | null;
  /** The latest first. */
  listWalkthroughs(phone?: string): Walkthrough[];
  /** Keeps that a safe copy was made; returns its id. */
  saveSafeCopy(safeCopy: NewSafeCopy): number;
  /** The latest first. */
  listSafeCopies(phone?: string): SafeCopy[];
  /** Keeps that somebody goes on without a safe copy. */
  declineCopy(declined: NewDeclinedCopy): void;
  /** null where nobody did. */
  lastDeclined(phone: string): DeclinedCopy | null;
  /** Watch plans with what was seen, the latest first. */
  listWatchPlans(phone?: string): WatchPlan[];
  /** Returns the id. */
  startWatchPlan(plan: NewWatchPlan): number;
  addWatchPoint(plan: number, point: WatchPoint): void;
  /** Nothing happens where it has ended already. */
  endWatchPlan(plan: number): void;
  /** Second ways for photos that are in use on a phone, the latest first. */
  alternativesInUse(phone: string): KeptAlternative[];
  /** Keeps that a second way is used for an app; one that is in use already stays. */
  chooseAlternative(chosen: NewAlternative): void;
  /** Nothing happens where none is in use. */
  endAlternative(phone: string, app: string): void;
  /** The apps that a person chose to keep the photos of a phone; empty where nobody did. */
  chosenApps(phone: string): string[];
  /** An empty list leaves it to what shows use. */
  chooseApps(choice: NewChoice): void;
  /** The places at the counter, in their order. */
  listSlots(): KeptSlot[];
  /** Puts these in the place of all that there were. */
  keepSlots(slots: readonly KeptSlot[]): void;
  /** Visits to the counter that ended at this moment or later, the latest first. */
  listCounterVisits(since: string): CounterVisit[];
  /** Nothing is kept of a phone that nothing else is kept of. */
  keepCounterVisit(visit: CounterVisit): void;
  /** What goes with a customer. Throws `NotFoundError`. */
  customerTraces(id: number): CustomerTraces;
  /** Removes a customer with their tickets and phones, for good, here and in the backups. Throws `NotFoundError`. */
  eraseCustomer(id: number): CustomerTraces & { backups: BackupsAfterErasing };
  /** What would go by the rules now. */
  retentionDue(rules: RetentionRules): RetentionDue;
  /** Has it go, letting others in between; what has gone. */
  applyRetention(rules: RetentionRules, work?: RetentionWork): Promise<RetentionDue>;
  /** Removes everything about one phone, for good; tickets stay without it. */
  forgetPhone(phone: string): BackupsAfterErasing;
  /** Stores that were set aside: they go with a phone or a customer. */
  listSetAside(): string[];
  createTicket(ticket: NewTicket): Ticket;
  /** null where there is none. */
  loadTicket(id: number): Ticket | null;
  /** What stands in front of the number of a ticket, also where the rest of it is damaged; null: nobody knows. */
  ticketPrefix(id: number): string | null;
  /** The latest first. */
  listTickets(filter?: TicketFilter): Ticket[];
  /** Numbers of the latest tickets that have a word in their customer's name or contact, in the fault, or at the end of an IMEI. */
  ticketsSaying(word: string, limit: number): number[];
  /** Numbers of the open tickets that a phone is on, the latest first; each is there also where the rest of it is damaged. */
  openTicketsOf(phone: string): number[];
  /** Those that a phone with this IMEI was handed in under, the latest first. */
  ticketsOfImei(imei: string): Ticket[];
  /** Everything that happened to a ticket, in that order; empty where there is none. */
  ticketHistory(id: number): RecordedTicketEvent[];
  /**
   * Changes a ticket that somebody has `seen` at a version (null: as it is). Throws `NotFoundError`, or `TicketChangedError` where that would
   * take back what they have not seen.
   */
  changeTicket(id: number, change: TicketChange, by: { seen: number | null; who: string }): Ticket;
  /** A phone of a ticket that was handed in without its cable is this one. Throws `NotFoundError`. */
  identifyPhone(ticket: number, uid: string, phone: Phone): Ticket;
  /** Customers whose name or contact begins with a text, the latest first. */
  findCustomers(text: string, limit: number): Customer[];
  /** What is to be told to the shop's ticket system. */
  readonly outbox: Outbox;
  /** The chain that this station belongs to: what waits for its server, and what was read from it. */
  readonly shop: ShopStore;
  /** Copies everything into one new file while the store stays in use. */
  backUp(file: string, onProgress?: (progress: BackupProgress) => void): Promise<void>;
  /**
   * Remembers a file outside the data folder that will hold a copy, before it is made: whoever erases somebody is told of it. `uids` null: all
   * is in it. Returns its number.
   */
  rememberCopy(copy: Omit<KeptCopy, 'at'>): number;
  /** It was not made after all. */
  forgetCopy(copy: number): void;
  /** What was erased for good, by uid, in that order. */
  listErased(): Erased[];
  /** Tickets and snapshots with what belongs to them, for another computer. Throws `NotFoundError`. */
  collectCase(of: { tickets: readonly number[]; snapshots: readonly number[] }): CaseContent;
  /** What taking a case in would do. Throws `CaseUnfitError`. */
  previewCase(content: CaseContent): PreviewedUnit[];
  /** Takes in what is not there yet, all of it or nothing; never changes what is there. Throws `CaseUnfitError`. */
  importCase(content: CaseContent): PreviewedUnit[];
  /** Has the backups follow what was erased, checks the whole store beside the work, and makes the backup of the day; null where neither was due. */
  tend(options: TendOptions): Promise<Tended | null>;
  /** False where what a killed program kept last is missing or damaged. */
  readonly isLastThere: boolean;
  /** When something was kept last, by the clock of that moment; null where nothing was. */
  lastKept(): string | null;
  /** Keeps a backup in the data folder; its file, or null where room is short. */
  backUpNow(): Promise<string | null>;
  close(): void;
}

/**
 * Opens the store in a data folder, making it where there is none. Throws a `StoreError` where it cannot be opened: the file is
 * from a newer version, of another program, damaged, locked; the folder cannot be written; the disk is full. Nothing is changed
 * or deleted then.
 */
export function openStore(folder: string, options: StoreOptions = {}): Store {
  const connection = openConnection(folder, options);
  return {
    file: connection.file,
    listPhones: () => listPhones(connection),
    phoneIdOf: (phone) => phoneIdOf(connection, phone),
    phonesOfSerial: (serial) => phonesOfSerial(connection, serial),
    requireInPlace: () => connection.requireInPlace(),
    changesOfOthers: () => connection.changesOfOthers(),
    saveSnapshot: (snapshot) => saveSnapshot(connection, snapshot),
    replaceDiagnosis: (snapshot, diagnosis) => replaceDiagnosis(connection, snapshot, diagnosis),
    changeSnapshot: (id, change, by) => changeSnapshot(connection, id, change, by),
    snapshotHistory: (id) => snapshotHistory(connection, id),
    listSnapshots: (filter) => listSnapshots(connection, filter),
    loadSnapshot: (id) => loadSnapshot(connection, id),
    loadWithoutCapture: (id) => loadWithoutCapture(connection, id),
    snapshotSummary: (id) => snapshotSummary(connection, id),
    listMeasures: (phone) => listMeasures(connection, phone),
    loadJudged: (id) => loadJudged(connection, id),
    planAction: (plan) => planAction(connection, plan),
    addActionEvent: (id, ...events) => addActionEvent(connection, id, events),
    loadAction: (id) => loadAction(connection, id),
    listActions: (phone) => listActions(connection, phone),
    actionsOfTicket: (ticket) => actionsOfTicket(connection, ticket),
    openActions: (phone) => openActions(connection, phone),
    takePhone: (phone) => takePhone(folder, phone),
    isPhoneTaken: (phone) => isPhoneTaken(folder, phone),
    saveTestPhoto: (testPhoto) => saveTestPhoto(connection, testPhoto),
    listTestPhotos: (phone) => listTestPhotos(connection, phone),
    testPhotosOfTicket: (ticket) => testPhotosOfTicket(connection, ticket),
    startWalkthrough: (walkthrough) => startWalkthrough(connection, walkthrough),
    addWalkthroughEvent: (id, event) => addWalkthroughEvent(connection, id, event),
    loadWalkthrough: (id) => loadWalkthrough(connection, id),
    listWalkthroughs: (phone) => listWalkthroughs(connection, phone),
    saveSafeCopy: (safeCopy) => saveSafeCopy(connection, safeCopy),
    listSafeCopies: (phone) => listSafeCopies(connection, phone),
    declineCopy: (declined) => declineCopy(connection, declined),
    lastDeclined: (phone) => lastDeclined(connection, phone),
    listWatchPlans: (phone) => listWatchPlans(connection, phone),
    startWatchPlan: (plan) => startWatchPlan(connection, plan),
    addWatchPoint: (plan, point) => addWatchPoint(connection, plan, point),
    endWatchPlan: (plan) => endWatchPlan(connection, plan),
    alternativesInUse: (phone) => alternativesInUse(connection, phone),
    chooseAlternative: (chosen) => chooseAlternative(connection, chosen),
    endAlternative: (phone, app) => endAlternative(connection, phone, app),
    chosenApps: (phone) => chosenApps(connection, phone),
    chooseApps: (choice) => chooseApps(connection, choice),
    listSlots: () => listSlots(connection),
    keepSlots: (slots) => keepSlots(connection, slots),
    listCounterVisits: (since) => listCounterVisits(connection, since),
    keepCounterVisit: (visit) => keepCounterVisit(connection, visit),
    customerTraces: (id) => customerTraces(connection, id),
    eraseCustomer: (id) => {
      const { erased, backups } = erasing(connection, () => eraseCustomer(connection, id));
      return { ...erased, backups };
    },
    retentionDue: (rules) => retentionDue(connection, rules),
    applyRetention: (rules, work) => applyRetention(connection, rules, work),
    listSetAside: () => listSetAside(dirname(connection.file)),
    forgetPhone: (phone) => erasing(connection, () => forgetPhones(connection, [phone])).backups,
    createTicket: (ticket) => createTicket(connection, ticket),
    loadTicket: (id) => loadTicket(connection, id),
    ticketPrefix: (id) => ticketPrefix(connection, id),
    listTickets: (filter) => listTickets(connection, filter),
    ticketsSaying: (word, limit) => ticketsSaying(connection, word, limit),
    openTicketsOf: (phone) => openTicketsOf(connection, phone),
    ticketsOfImei: (imei) => ticketsOfImei(connection, imei),
    ticketHistory: (id) => ticketHistory(connection, id),
    changeTicket: (id, change, by) => changeTicket(connection, id, change, by),
    identifyPhone: (ticket, uid, phone) => identifyPhone(connection, ticket, uid, phone),
    outbox: openOutbox(connection, folder),
    shop: openShopStore(connection, folder),
    findCustomers: (text, limit) => findCustomers(connection, text, limit),
    backUp: (file, onProgress) => backUp(connection, file, onProgress),
    rememberCopy: (copy) => rememberCopy(connection, copy),
    forgetCopy: (copy) => forgetCopy(connection, copy),
    listErased: () => listErased(connection),
    collectCase: (of) => collectCase(connection, of),
    previewCase: (content) => previewCase(connection, content),
    importCase: (content) => importCase(connection, content),
    tend: (tendOptions) => tendStore(connection, tendOptions),
    isLastThere: connection.isLastThere,
    lastKept: () => lastKept(connection),
    backUpNow: () => backUpNow(connection),
    close: () => connection.close(),
  };
}

export type { PhoneLease, SlowQuery, StoreOptions };
