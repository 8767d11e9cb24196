import { z } from 'zod';
import type { Clock } from '../program/clock.ts';
import { holdsMark, noteText } from './note-text.ts';
import { jsonOf, later, outcomeOfSilence, outcomeOfStatus, unclear, type Outcome } from './outcome.ts';
import { asRead } from './syncro.ts';
import type { MessageToSend, TicketSystem } from './ticket-system.ts';
import { send, type TransportOptions } from './transport.ts';

/*
 * RepairDesk, by https://help.repairdesk.co/knowledgebase/articles/1189105-public-api (base https://api.repairdesk.co/api/web/v1/, the key
 * as `api_key`, JSON, "up to 50 requests per minute. Once the limit is reached you'll receive an error message") and the operations of
 * https://api-docs.repairdesk.co; docs/handover.md says what of it was not tried.
 */
export const repairDeskPerMinute = 50;

const said = z.object({ success: z.boolean(), message: z.string().optional(), data: z.unknown() });
/** GET /tickets?keyword=…: `order_id` is the number that people see, T-123. */
const ticketsAnswer = z.object({
  ticketData: z.array(z.object({ summary: z.object({ id: z.coerce.string(), order_id: z.string() }) })),
});
const ticketAnswer = z.object({ summary: z.object({ id: z.coerce.string() }) });

export interface RepairDeskOptions {
  /** https://api.repairdesk.co */
  address: URL;
  secret: string;
  clock: Clock;
  transport: TransportOptions;
}

/** Whether a list of notes stands anywhere in an answer: where exactly, no documentation says. */
function listsNotes(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([name, one]) => (/notes$/i.test(name) && Array.isArray(one)) || listsNotes(one));
}

/** T-123, however somebody has typed it. */
const theirs = (number: string): string => number.trim().toUpperCase();

export class RepairDesk implements TicketSystem {
  readonly name = 'RepairDesk';
  readonly knowsMessages = false;
  readonly #options: RepairDeskOptions;
  readonly #ids = new Map<string, string>();

  constructor(options: RepairDeskOptions) {
    this.#options = options;
  }

  async find({ message, theirNumber }: MessageToSend, signal: AbortSignal): Promise<Outcome> {
    const ticket = await this.#ticketId(theirNumber, signal);
    if (typeof ticket !== 'string') return ticket;
    const answer = await this.#ask('GET', `tickets/${encodeURIComponent(ticket)}`, {}, signal);
    if ('outcome' in answer) return answer.outcome;
    if (holdsMark(answer.data, message.id)) return { kind: 'there' };
    const seen = ticketAnswer.safeParse(answer.data);
    return seen.success && seen.data.summary.id === ticket && listsNotes(answer.data)
      ? { kind: 'not-there' }
      : unclear('RepairDesk does not show the notes of the ticket.');
  }

  async write({ message, theirNumber }: MessageToSend, signal: AbortSignal): Promise<Outcome> {
    const ticket = await this.#ticketId(theirNumber, signal);
    if (typeof ticket !== 'string') return ticket;
    // POST /ticket/addnote; type 0: internal. No status is set: RepairDesk may send a message to the customer then.
    const answer = await this.#ask('POST', 'ticket/addnote', {}, signal, {
      id: ticket,
      note: noteText(message),
      type: 0,
      is_flag: 0,
    });
    return 'outcome' in answer ? answer.outcome : { kind: 'there' };
  }

  async test(signal: AbortSignal): Promise<Outcome> {
    const answer = await this.#ask('GET', 'statuses', {}, signal);
    return 'outcome' in answer ? asRead(answer.outcome) : { kind: 'there' };
  }

  async #ticketId(number: string | null, signal: AbortSignal): Promise<string | Outcome> {
    if (number === null) return later('The ticket has no number of RepairDesk yet: fill it in on the ticket.');
    const wanted = theirs(number);
    const known = this.#ids.get(wanted);
    if (known !== undefined) return known;
    const answer = await this.#ask('GET', 'tickets', { keyword: wanted }, signal);
    if ('outcome' in answer) return asRead(answer.outcome);
    const found = ticketsAnswer.safeParse(answer.data);
    const ticket = found.success
      ? found.data.ticketData.find(({ summary }) => theirs(summary.order_id) === wanted)
      : undefined;
    if (ticket === undefined) return later(`RepairDesk has no ticket ${wanted}.`);
    this.#ids.set(wanted, ticket.summary.id);
    return ticket.summary.id;
  }

  /** `data` of an answer that says of itself that it went well. */
  async #ask(
    method: 'GET' | 'POST',
    path: string,
    query: Readonly<Record<string, string>>,
    signal: AbortSignal,
    body?: Readonly<Record<string, unknown>>,
  ): Promise<{ data: unknown } | { outcome: Outcome }> {
    const { address, secret, clock, transport } = this.#options;
    const url = new URL(`/api/web/v1/${path}`, address);
    for (const [name, value] of Object.entries({ ...query, api_key: secret })) url.searchParams.set(name, value);
    const reply = await send(
      {
        method,
        url,
        headers: {
          accept: 'application/json',
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      },
      signal,
      transport,
    );
    if (reply.kind !== 'answer') return { outcome: outcomeOfSilence(reply) };
    const outcome = outcomeOfStatus(reply, clock.now());
    if (outcome?.kind === 'later' && outcome.afterMs !== null) transport.limit?.pause(outcome.afterMs);
    if (outcome !== null) return { outcome };
    const answer = said.safeParse(jsonOf(reply.text));
    if (!answer.success)
      return { outcome: unclear('RepairDesk answered with something else than its documentation says.') };
    if (answer.data.success) return { data: answer.data.data };
    // No documentation says that nothing was written then.
    const why = `RepairDesk refused it: ${(answer.data.message ?? '').slice(0, 200)}`;
    return { outcome: method === 'POST' ? unclear(why) : later(why) };
  }
}
