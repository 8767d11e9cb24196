import type { Clock } from '../program/clock.ts';
import { nextActionsSchema, receiptSchema, type NextAction } from './messages.ts';
import { jsonOf, later, outcomeOfSilence, outcomeOfStatus, restAsked, unclear, type Outcome } from './outcome.ts';
import { isSameSignature, signAnswer, signatureHeader, signRequest, timestampHeader } from './signature.ts';
import type { MessageToSend, TicketSystem } from './ticket-system.ts';
import { send, type Reply, type TransportOptions } from './transport.ts';

export interface HookOptions {
  address: URL;
  secret: string;
  /** Prefix of this station. */
  station: string;
  clock: Clock;
  transport: TransportOptions;
}

/** A shop's own: it has no limit but the rest that it asks for. */
export const hookPerMinute = Number.POSITIVE_INFINITY;

const notSigned = 'What answered did not prove that it knows the secret.';

/** The shop's own hook, as docs/handover.md describes it. It knows messages by their id, so that sending one again does no harm. */
export class Hook implements TicketSystem {
  readonly name = 'hook';
  readonly knowsMessages = true;
  readonly #options: HookOptions;

  constructor(options: HookOptions) {
    this.#options = options;
  }

  /** Never asked: it knows messages. */
  find(): Promise<Outcome> {
    return Promise.resolve({ kind: 'not-there' });
  }

  async write({ message }: MessageToSend, signal: AbortSignal): Promise<Outcome> {
    const { reply, proven } = await this.#ask('POST', 'messages', JSON.stringify(message), signal, {
      'idempotency-key': message.id,
    });
    if (reply.kind !== 'answer') return outcomeOfSilence(reply);
    const receipt = receiptSchema.safeParse(jsonOf(reply.text));
    const isReceived = receipt.success && receipt.data.received === message.id;
    // 409: it was there already.
    if (isReceived && proven && (reply.status === 409 || outcomeOfStatus(reply, this.#now()) === null)) {
      return { kind: 'there' };
    }
    return outcomeOfStatus(reply, this.#now()) ?? unclear(isReceived ? notSigned : 'The answer was no receipt.');
  }

  async test(signal: AbortSignal): Promise<Outcome> {
    const next = await this.#next(signal);
    return 'actions' in next ? { kind: 'there' } : next.outcome;
  }

  /** What is to be done next at this station; null where it cannot be told. */
  async nextActions(signal: AbortSignal): Promise<NextAction[] | null> {
    const next = await this.#next(signal);
    return 'actions' in next ? next.actions : null;
  }

  async #next(signal: AbortSignal): Promise<{ actions: NextAction[] } | { outcome: Outcome }> {
    const path = `next?station=${encodeURIComponent(this.#options.station)}`;
    const { reply, proven } = await this.#ask('GET', path, '', signal);
    if (reply.kind !== 'answer') return { outcome: outcomeOfSilence(reply) };
    const outcome = outcomeOfStatus(reply, this.#now());
    if (outcome !== null) return { outcome };
    if (!proven) return { outcome: later(notSigned) };
    const next = nextActionsSchema.safeParse(jsonOf(reply.text));
    return next.success ? { actions: next.data.actions } : { outcome: later('The answer is not as the schema says.') };
  }

  async #ask(
    method: 'GET' | 'POST',
    path: string,
    body: string,
    signal: AbortSignal,
    more: Readonly<Record<string, string>> = {},
  ): Promise<{ reply: Reply; proven: boolean }> {
    const { address, secret, transport } = this.#options;
    const url = new URL(`${address.href.replace(/\/+$/, '')}/${path}`);
    const timestamp = Math.floor(this.#now().getTime() / 1000);
    const signature = signRequest(secret, { method, path: url.pathname + url.search, body, timestamp });
    const headers = {
      accept: 'application/json',
      [timestampHeader]: String(timestamp),
      [signatureHeader]: signature,
      ...(method === 'POST' ? { 'content-type': 'application/json' } : {}),
      ...more,
    };
    const reply = await send({ method, url, headers, ...(method === 'POST' ? { body } : {}) }, signal, transport);
    if (reply.kind === 'answer' && reply.status === 429) transport.limit?.pause(restAsked(reply.headers, this.#now()));
    const proven =
      reply.kind === 'answer' &&
      isSameSignature(signAnswer(secret, signature, reply.text), reply.headers.get(signatureHeader));
    return { reply, proven };
  }

  #now(): Date {
    return this.#options.clock.now();
  }
}
