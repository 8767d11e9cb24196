import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { StoreError } from '../../../db/errors.ts';
import { fileName } from '../../../db/file-name.ts';
import type { OutboxCounts, OutboxMessage } from '../../../db/records/outbox.ts';
import type { Store } from '../../../db/store.ts';
import type { Catalog } from '../../../diagnosis/load/catalog.ts';
import { whoIsAtWork } from '../program/at-work.ts';
import type { Clock } from '../program/clock.ts';
import { canonicalLanguage, inLanguage } from '../program/language.ts';
import { ApplicationError, faultOf, problemOf, type Problem } from '../program/problem.ts';
import type { Recall } from '../program/recall.ts';
import type { PdfPrinter } from '../printing/pdf-printer.ts';
import type { Bench } from '../bench/bench.ts';
import type { Reports } from '../reports/make-reports.ts';
import type { Settings } from '../settings/settings.ts';
import type { HandoverSystem, SettingsValues } from '../settings/settings-schema.ts';
import { ticketNumber } from '../tickets/ticket-number.ts';
import type { Tickets } from '../tickets/tickets.ts';
import { phonePorts, readAddress } from './address.ts';
import { composeMessage, theirNumberField } from './compose.ts';
import { HandoverSecret } from './handover-secret.ts';
import { Hook, hookPerMinute } from './hook.ts';
import type { NextAction } from './messages.ts';
import { RateLimit } from './rate-limit.ts';
import { RepairDesk, repairDeskPerMinute } from './repairdesk.ts';
import { sendDue, type Round } from './sender.ts';
import { Syncro, syncroPerMinute } from './syncro.ts';
import { takeUp, type TakenUp } from './take-up.ts';
import type { TicketSystem } from './ticket-system.ts';

/** How often the outbox is looked into, and the hook is asked what is next. */
const roundEveryMs = 20_000;
/** So long what was delivered stays in the outbox. */
const keepEndedMs = 30 * 86_400_000;
/** So many messages are named one by one. */
const mostNamed = 20;

const makersNames: Record<Exclude<HandoverSystem, 'off'>, string> = {
  hook: 'the ticket system',
  repairdesk: 'RepairDesk',
  syncro: 'Syncro',
};

/** A message that waits or was given up. */
export interface MessageItem {
  id: number;
  /** As people see it; null: of no ticket. */
  ticket: string | null;
  about: OutboxMessage['about'];
  createdAt: string;
  dueAt: string;
  trouble: string | null;
}

/** How it stands with the ticket system. */
export interface HandoverView {
  system: HandoverSystem;
  address: string;
  /** Whether there is a secret; which, nobody is told. */
  hasSecret: boolean;
  report: SettingsValues['handoverReport'];
  redacted: boolean;
  days: number;
  /** null: the store cannot be read, and nobody knows. */
  counts: OutboxCounts | null;
  /** Why it cannot; null: it can. */
  unreadable: Problem | null;
  /** The oldest first. */
  waiting: readonly MessageItem[];
  givenUp: readonly MessageItem[];
  /** What the ticket system asks for next. */
  next: readonly NextAction[];
}

export interface HandoverChange {
  system?: HandoverSystem | undefined;
  address?: string | undefined;
  report?: SettingsValues['handoverReport'] | undefined;
  redacted?: boolean | undefined;
  days?: number | undefined;
}

export interface HandoverOptions {
  folder: string;
  /** Says how phones are reached. */
  env?: NodeJS.ProcessEnv | undefined;
  catalog: Catalog;
  settings: Settings;
  store: () => Store;
  recall: Recall;
  tickets: Tickets;
  reports: Reports;
  bench: Bench;
  pdfPrinter: PdfPrinter;
  clock: Clock;
  /** One line for the log. */
  log: (line: string) => void;
  /** Tests do not wait as long. */
  waitMs?: number | undefined;
}

/** Where a maker has one address for all shops. */
const usualAddresses: Partial<Record<HandoverSystem, string>> = { repairdesk: 'https://api.repairdesk.co' };

const noCounts: OutboxCounts = { waiting: 0, givenUp: 0, delivered: 0, oldest: null, lastDelivered: null };

/** Hands over to the shop's ticket system what happens under tickets, and shows what it asks for next. Off until somebody switches it on. */
export class Handover {
  readonly #options: HandoverOptions;
  readonly #secret: HandoverSecret;
  readonly #listeners = new Set<(view: HandoverView) => void>();
  #next: readonly NextAction[] = [];
  #connected: { key: string; system: TicketSystem } | null = null;
  #running: { stop: AbortController; done: Promise<void> } | null = null;

  constructor(options: HandoverOptions) {
    this.#options = options;
    this.#secret = new HandoverSecret(options.folder);
  }

  /** Whether what happens is to be handed over. */
  get isOn(): boolean {
    return this.#options.settings.values.handoverSystem !== 'off';
  }

  view(): HandoverView {
    const { settings } = this.#options;
    const { handoverSystem, handoverAddress, handoverReport, handoverRedacted, handoverDays } = settings.values;
    return {
      system: handoverSystem,
      address: handoverAddress,
      hasSecret: this.#secret.isThere,
      report: handoverReport,
      redacted: handoverRedacted,
      days: handoverDays,
      ...this.#kept(),
      next: this.isOn ? this.#next : [],
    };
  }

  #kept(): Pick<HandoverView, 'counts' | 'unreadable' | 'waiting' | 'givenUp'> {
    const { folder, store } = this.#options;
    const nothing = { waiting: [], givenUp: [] };
    if (!existsSync(join(folder, fileName))) return { counts: noCounts, unreadable: null, ...nothing };
    try {
      const { outbox } = store();
      const named = (state: OutboxMessage['state']): MessageItem[] => outbox.list(state, mostNamed).map(this.#item);
      return { counts: outbox.counts(), unreadable: null, waiting: named('waiting'), givenUp: named('given-up') };
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      return { counts: null, unreadable: problemOf(error), ...nothing };
    }
  }

  /** Calls back now and at each change, until the returned function is called. */
  follow(listener: (view: HandoverView) => void): () => void {
    this.#listeners.add(listener);
    listener(this.view());
    return () => this.#listeners.delete(listener);
  }

  /** Changes what is named. Throws `bad-address`, `settings-not-kept`. */
  change({ system, address, report, redacted, days }: HandoverChange): HandoverView {
    const { settings } = this.#options;
    const present = settings.values;
    const wanted = system ?? present.handoverSystem;
    const isAnother = wanted !== 'off' && wanted !== present.handoverSystem && present.handoverAddress !== '';
    const typed =
      address?.trim() ?? (isAnother || present.handoverAddress === '' ? (usualAddresses[wanted] ?? '') : null);
    const kept = typed === null || typed === '' ? typed : this.#readAddress(typed).href;
    // Another host must not get the secret of the one before.
    const hasMoved =
      kept !== null && present.handoverAddress !== '' && originOf(kept) !== originOf(present.handoverAddress);
    if (isAnother || hasMoved) this.#secret.remove();
    settings.change({
      ...(system === undefined ? {} : { handoverSystem: system }),
      ...(kept === null ? {} : { handoverAddress: kept }),
      ...(report === undefined ? {} : { handoverReport: report }),
      ...(redacted === undefined ? {} : { handoverRedacted: redacted }),
      ...(days === undefined ? {} : { handoverDays: days }),
    });
    return this.#setUp();
  }

  /** Throws `bad-secret`. */
  keepSecret(secret: string): HandoverView {
    this.#secret.keep(secret);
    return this.#setUp();
  }

  removeSecret(): HandoverView {
    this.#secret.remove();
    return this.#setUp();
  }

  /** Whether the ticket system answers and accepts the secret; null: it does, otherwise why not. Writes nothing there. */
  async test(signal: AbortSignal): Promise<{ trouble: string | null }> {
    const outcome = await this.#system().test(signal);
    return { trouble: 'why' in outcome ? outcome.why : null };
  }

  /** Sends what waits, now. Throws `handover-off`, `handover-no-secret`, `bad-address`, `handover-busy`. */
  async sendNow(signal: AbortSignal): Promise<Round> {
    const system = this.#system();
    this.#options.store().outbox.hurry();
    const round = await this.#round(system, signal);
    if (round === null) {
      throw new ApplicationError('handover-busy', 'Another window or program is sending already.', [
        'Wait a moment, and look again at what waits.',
      ]);
    }
    return round;
  }

  /** What was given up waits again. */
  retry(): HandoverView {
    this.#options.store().outbox.retryGivenUp();
    return this.#told();
  }

  /** Nothing of what waits or was given up is sent any more. */
  discard(): HandoverView {
    this.#options.store().outbox.discard();
    return this.#told();
  }

  /** Does what the ticket system asked for, because a technician has pressed a key. Throws `unknown-next-action`, and as what is done. */
  takeUp(id: string): TakenUp {
    const { store, tickets, bench, settings } = this.#options;
    const action = this.#nextNamed(id);
    const taken = takeUp(action, {
      store: store(),
      tickets,
      slots: bench.view().slots,
      field: this.#numberField(),
      who: whoIsAtWork(),
      prefix: settings.values.stationPrefix,
    });
    this.#drop(id);
    tickets.changedElsewhere();
    return taken;
  }

  decline(id: string): HandoverView {
    this.#nextNamed(id);
    this.#options.store().outbox.answer({ action: id, answer: 'declined' }, () => ({ ticket: null }));
    this.#drop(id);
    return this.view();
  }

  /** Looks into the outbox and asks for what is next, again and again, until {@link stop}. */
  start(): void {
    if (this.#running !== null) return;
    const stop = new AbortController();
    this.#running = { stop, done: this.#run(stop.signal) };
  }

  async stop(): Promise<void> {
    this.#running?.stop.abort();
    await this.#running?.done;
    this.#running = null;
  }

  async #run(signal: AbortSignal): Promise<void> {
    const { clock, log } = this.#options;
    while (!signal.aborted) {
      try {
        await this.#quietRound(signal);
      } catch (error) {
        // A store that cannot be written now, for example: the next round may find it.
        for (const line of [
          `hand-over: ${error instanceof Error ? error.message : String(error)}`,
          ...faultOf(error),
        ]) {
          log(line);
        }
      }
      await clock.sleep(roundEveryMs, signal);
    }
  }

  /** Being offline, or not set up to the end, is no fault. */
  async #quietRound(signal: AbortSignal): Promise<void> {
    if (!this.isOn || !this.#isSetUp()) return;
    const system = this.#system();
    const before = JSON.stringify(this.view());
    if (this.#options.recall((store) => store.outbox.counts().waiting, 0) > 0) await this.#round(system, signal);
    if (system instanceof Hook) await this.#lookForNext(system, signal);
    if (JSON.stringify(this.view()) !== before) this.#told();
  }

  async #lookForNext(hook: Hook, signal: AbortSignal): Promise<void> {
    const actions = await hook.nextActions(signal);
    if (actions === null) return;
    // What was answered already is asked for no second time: where that cannot be read, nothing is shown.
    const answered = new Set(
      this.#options
        .store()
        .outbox.answered()
        .map(({ action }) => action),
    );
    this.#next = actions.filter(({ id }) => !answered.has(id));
  }

  /** null where another program with this data folder is sending. */
  async #round(system: TicketSystem, signal: AbortSignal): Promise<Round | null> {
    const { store: open, settings, clock, catalog, reports, pdfPrinter, log } = this.#options;
    const store = open();
    const { outbox } = store;
    const lease = outbox.take();
    if (lease === null) return null;
    try {
      outbox.forgetEnded(new Date(clock.now().getTime() - keepEndedMs).toISOString());
      const compose = (message: OutboxMessage) =>
        inLanguage(canonicalLanguage, () =>
          composeMessage({ store, catalog, settings: settings.values, reports, pdfPrinter, log }, message),
        );
      return await sendDue({ outbox, system, compose, clock, days: settings.values.handoverDays }, signal);
    } finally {
      lease.giveBack();
      this.#told();
    }
  }

  #isSetUp(): boolean {
    return this.#options.settings.values.handoverAddress !== '' && this.#secret.isThere;
  }

  /** Throws `handover-off`, `handover-no-secret`, `bad-address`. */
  #system(): TicketSystem {
    const { settings, clock, waitMs } = this.#options;
    const { handoverSystem, handoverAddress, stationPrefix } = settings.values;
    if (handoverSystem === 'off') {
      throw new ApplicationError('handover-off', 'The hand-over to a ticket system is off.', [
        'Switch it on in the settings.',
      ]);
    }
    const address = this.#readAddress(handoverAddress);
    const secret = this.#secret.read();
    if (secret === null) {
      throw new ApplicationError('handover-no-secret', 'There is no secret for the ticket system yet.', [
        'Enter it in the settings.',
      ]);
    }
    const key = JSON.stringify([handoverSystem, handoverAddress, stationPrefix, secret]);
    if (this.#connected?.key === key) return this.#connected.system;
    const transport = (perMinute: number) => ({
      limit: new RateLimit(perMinute, clock),
      ...(waitMs === undefined ? {} : { waitMs }),
      taken: this.#phonePorts,
    });
    const made = (): TicketSystem => {
      switch (handoverSystem) {
        case 'hook':
          return new Hook({ address, secret, station: stationPrefix, clock, transport: transport(hookPerMinute) });
        case 'syncro':
          return new Syncro({ address, secret, clock, transport: transport(syncroPerMinute) });
        case 'repairdesk':
          return new RepairDesk({ address, secret, clock, transport: transport(repairDeskPerMinute) });
      }
    };
    const system = made();
    this.#connected = { key, system };
    return system;
  }

  /** A ticket has a place for the number that it has there, as soon as the system is set up and as long as it is. */
  #setUp(): HandoverView {
    const { settings } = this.#options;
    const { ticketFields } = settings.values;
    const others = ticketFields.filter(({ id }) => id !== theirNumberField);
    const wanted = this.isOn && this.#isSetUp() ? [this.#numberField(), ...others] : others;
    if (JSON.stringify(wanted) !== JSON.stringify(ticketFields)) settings.change({ ticketFields: wanted });
    return this.#told();
  }

  /** Called as whoever set it up speaks. */
  #numberField(): { id: string; name: string } {
    const { settings, catalog } = this.#options;
    return { id: theirNumberField, name: catalog.programs.say(numberFieldName(settings.values.handoverSystem)) };
  }

  #readAddress(text: string): URL {
    return readAddress(text, this.#phonePorts);
  }

  get #phonePorts(): number[] {
    return phonePorts(this.#options.env ?? process.env);
  }

  #nextNamed(id: string): NextAction {
    const action = this.#next.find((one) => one.id === id);
    if (action !== undefined) return action;
    throw new ApplicationError('unknown-next-action', 'The ticket system does not ask for this any more.');
  }

  #drop(id: string): void {
    this.#next = this.#next.filter((one) => one.id !== id);
    this.#told();
  }

  readonly #item = ({ id, ticket, about, createdAt, dueAt, trouble }: OutboxMessage): MessageItem => ({
    id,
    ticket: ticket === null ? null : this.#numberOf(ticket),
    about,
    createdAt,
    dueAt,
    trouble,
  });

  #numberOf(id: number): string {
    const { recall, settings } = this.#options;
    const ticket = recall((store) => store.loadTicket(id), null);
    return ticketNumber(ticket ?? { id, prefix: null }, settings.values.stationPrefix);
  }

  #told(): HandoverView {
    const view = this.view();
    for (const listener of this.#listeners) listener(view);
    return view;
  }
}

const originOf = (address: string): string => URL.parse(address)?.origin ?? '';

/** What the field of a ticket is called that holds its number there. */
function numberFieldName(handoverSystem: HandoverSystem): string {
  if (handoverSystem === 'off' || handoverSystem === 'hook') return 'Number in the ticket system';
  const system = makersNames[handoverSystem];
  return `Number in ${system}`;
}
