import { z } from 'zod';
import type { Clock } from '../program/clock.ts';
import { holdsMark, noteText } from './note-text.ts';
import { jsonOf, later, outcomeOfSilence, outcomeOfStatus, unclear, type Outcome } from './outcome.ts';
import type { MessageToSend, TicketSystem } from './ticket-system.ts';
import { send, type TransportOptions } from './transport.ts';

/*
 * Syncro, by its API documentation at https://api-docs.syncromsp.com (OpenAPI, version v1); docs/handover.md says what of it was not tried.
 * Base https://{subdomain}.syncromsp.com/api/v1, "bearerAuth", "a rate limit of 180 requests per minute per IP address".
 */
export const syncroPerMinute = 180;

/** GET /tickets: "Any Ticket with number equal to the parameter". What comes back is told by no documentation but examples. */
const ticketsAnswer = z.object({ tickets: z.array(z.object({ id: z.int(), number: z.coerce.string() })) });
/** GET /tickets/{id}. */
const ticketAnswer = z.object({ ticket: z.object({ id: z.int(), comments: z.array(z.unknown()) }) });

export interface SyncroOptions {
  /** https://{subdomain}.syncromsp.com */
  address: URL;
  secret: string;
  clock: Clock;
  transport: TransportOptions;
}

export class Syncro implements TicketSystem {
  readonly name = 'Syncro';
  readonly knowsMessages = false;
  readonly #options: SyncroOptions;
  /** Their ids by their numbers. */
  readonly #ids = new Map<string, number>();

  constructor(options: SyncroOptions) {
    this.#options = options;
  }

  async find({ message, theirNumber }: MessageToSend, signal: AbortSignal): Promise<Outcome> {
    const ticket = await this.#ticketId(theirNumber, signal);
    if (typeof ticket !== 'number') return ticket;
    const answer = await this.#ask('GET', `tickets/${ticket}`, signal);
    if ('outcome' in answer) return answer.outcome;
    if (holdsMark(answer.json, message.id)) return { kind: 'there' };
    // Only a list of comments that was seen can say that one is missing.
    const seen = ticketAnswer.safeParse(answer.json);
    return seen.success && seen.data.ticket.id === ticket
      ? { kind: 'not-there' }
      : unclear('Syncro does not show the comments of the ticket.');
  }

  async write({ message, theirNumber }: MessageToSend, signal: AbortSignal): Promise<Outcome> {
    const ticket = await this.#ticketId(theirNumber, signal);
    if (typeof ticket !== 'number') return ticket;
    // POST /tickets/{id}/comment: subject, tech, body, hidden, sms_body, do_not_email. Hidden: for the shop alone; nobody gets a mail.
    const answer = await this.#ask('POST', `tickets/${ticket}/comment`, signal, {
      subject: 'Phone Health Inspector',
      body: noteText(message),
      hidden: true,
      do_not_email: true,
    });
    if ('outcome' in answer) return answer.outcome;
    return holdsMark(answer.json, message.id)
      ? { kind: 'there' }
      : unclear('Syncro did not say that it kept the comment.');
  }

  async test(signal: AbortSignal): Promise<Outcome> {
    const answer = await this.#ask('GET', 'tickets?page=1', signal);
    if ('outcome' in answer) return answer.outcome;
    return ticketsAnswer.safeParse(answer.json).success
      ? { kind: 'there' }
      : later('What answered is not Syncro: it lists no tickets.');
  }

  async #ticketId(number: string | null, signal: AbortSignal): Promise<number | Outcome> {
    if (number === null) return later('The ticket has no number of Syncro yet: fill it in on the ticket.');
    const known = this.#ids.get(number);
    if (known !== undefined) return known;
    const answer = await this.#ask('GET', `tickets?number=${encodeURIComponent(number)}`, signal);
    // Nothing was written yet, whatever came back.
    if ('outcome' in answer) return asRead(answer.outcome);
    const found = ticketsAnswer.safeParse(answer.json);
    if (!found.success) return later('Syncro does not list its tickets as its documentation says.');
    const ticket = found.data.tickets.find((one) => one.number === number);
    if (ticket === undefined) return later(`Syncro has no ticket ${number}.`);
    this.#ids.set(number, ticket.id);
    return ticket.id;
  }

  async #ask(
    method: 'GET' | 'POST',
    path: string,
    signal: AbortSignal,
    body?: Readonly<Record<string, unknown>>,
  ): Promise<{ json: unknown } | { outcome: Outcome }> {
    const { address, secret, clock, transport } = this.#options;
    const reply = await send(
      {
        method,
        url: new URL(`/api/v1/${path}`, address),
        headers: {
          accept: 'application/json',
          authorization: `Bearer ${secret}`,
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
    const json = jsonOf(reply.text);
    return json === undefined ? { outcome: unclear('Syncro answered with something else than JSON.') } : { json };
  }
}

/** What was only asked and not written has not happened, whatever became of the answer. */
export const asRead = (outcome: Outcome): Outcome => (outcome.kind === 'unclear' ? later(outcome.why) : outcome);
