import { handoverMessageSchema, type HandoverMessage, type NextAction } from '../../electron/app/handover/messages.ts';
import {
  isSameSignature,
  signAnswer,
  signatureHeader,
  signRequest,
  timestampHeader,
} from '../../electron/app/handover/signature.ts';
import { UnclearServer, type Answer, type Asked, type UnclearServerOptions } from './unclear-server.ts';

/** A shop's own hook as docs/handover.md asks for it: it checks the signature, keeps each id once, and signs its answers. */
export class HookServer {
  readonly server: UnclearServer;
  /** What it keeps, in the order in which it came. */
  readonly kept: HandoverMessage[] = [];
  /** Messages that came again. */
  again = 0;
  refused = 0;
  next: unknown[] = [];
  /** What it signs its answers with; another than the shop's: it only pretends to be the hook. */
  signsWith: string;
  readonly #secret: string;
  readonly #options: Omit<UnclearServerOptions, 'handle'>;

  constructor(secret: string, options: Omit<UnclearServerOptions, 'handle'>) {
    this.#secret = secret;
    this.signsWith = secret;
    this.#options = options;
    this.server = new UnclearServer({ ...options, handle: (asked) => this.#handle(asked) });
  }

  ask(...actions: NextAction[]): void {
    this.next = actions;
  }

  #handle({ method, url, headers, body }: Asked): Answer {
    const timestamp = Number(headers[timestampHeader]);
    const given = String(headers[signatureHeader]);
    const expected = signRequest(this.#secret, { method, path: url.pathname + url.search, body, timestamp });
    const age = Math.abs(this.#options.clock.now().getTime() / 1000 - timestamp);
    if (!isSameSignature(expected, given) || age > 300) {
      this.refused += 1;
      return { status: 401, json: { error: 'signature' } };
    }
    const signed = (json: unknown): Answer => ({
      status: 200,
      json,
      headers: { [signatureHeader]: signAnswer(this.signsWith, given, JSON.stringify(json)) },
    });
    if (method === 'GET') return signed({ schema: 1, actions: this.next });
    const message = handoverMessageSchema.parse(JSON.parse(body));
    if (this.kept.some(({ id }) => id === message.id)) this.again += 1;
    else this.kept.push(message);
    return signed({ received: message.id });
  }
}
