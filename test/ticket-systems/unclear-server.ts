import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Clock } from '../../electron/app/program/clock.ts';

/** How a server answers a write, other than as it should. `before`: it was not carried out; `after`: it was. */
export const unclearWays = [
  'fault-before',
  'fault-after',
  'cut-before',
  'cut-after',
  'silent-before',
  'silent-after',
  'html-before',
  'html-after',
  'half-after',
  'later-after',
  'redirect-after',
  'busy-before',
  'unavailable-before',
] as const;
export type UnclearWay = (typeof unclearWays)[number];

/** A request with its whole body. */
export interface Asked {
  method: string;
  url: URL;
  headers: IncomingMessage['headers'];
  body: string;
}

export interface Answer {
  status: number;
  json: unknown;
  headers?: Record<string, string>;
}

export interface UnclearServerOptions {
  clock: Clock;
  /** Requests in any 60 seconds; null: as many as come. */
  perMinute: number | null;
  /** How the next write is answered; null: as it should be. */
  nextWay: () => UnclearWay | null;
  /** How the next question is answered; null: as it should be. */
  nextReadWay?: () => 'fault-before' | 'cut-before' | 'html-before' | 'busy-before' | null;
  /** Carries a request out and answers it. */
  handle: (asked: Asked) => Answer;
}

const html = '<!doctype html><title>Just a moment…</title>';
const latelyMs = 20_000;

/** A ticket system on loopback that keeps to its limit, and answers as unclearly as it is told to. */
export class UnclearServer {
  readonly #server: Server;
  readonly #options: UnclearServerOptions;
  #came: number[] = [];
  /** Writes that were taken and are carried out only after this moment. */
  #late: { at: number; asked: Asked }[] = [];
  /** Requests that came although the limit was reached. */
  overLimit = 0;
  requests = 0;
  /** How often each way was taken. */
  readonly ways = new Map<UnclearWay, number>();

  constructor(options: UnclearServerOptions) {
    this.#options = options;
    this.#server = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        this.#answer(
          {
            method: request.method ?? '',
            url: new URL(request.url ?? '/', 'http://127.0.0.1'),
            headers: request.headers,
            body: Buffer.concat(parts).toString('utf8'),
          },
          response,
        );
      });
    });
  }

  async listen(): Promise<URL> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return new URL(`http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`);
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /** Carries out what was taken and put off. */
  catchUp(): void {
    const now = this.#options.clock.now().getTime();
    const due = this.#late.filter(({ at }) => at <= now);
    this.#late = this.#late.filter(({ at }) => at > now);
    for (const { asked } of due) this.#options.handle(asked);
  }

  #answer(asked: Asked, response: ServerResponse): void {
    const { clock, perMinute, handle } = this.#options;
    const now = clock.now().getTime();
    this.requests += 1;
    this.catchUp();
    this.#came = [...this.#came.filter((at) => at > now - 60_000), now];
    if (perMinute !== null && this.#came.length > perMinute) {
      this.overLimit += 1;
      this.#busy(response);
      return;
    }
    const isWrite = asked.method !== 'GET';
    const way = isWrite ? this.#options.nextWay() : (this.#options.nextReadWay?.() ?? null);
    if (way === null) {
      this.#tell(response, handle(asked));
      return;
    }
    this.ways.set(way, (this.ways.get(way) ?? 0) + 1);
    this.#answerUnclearly(way, asked, response);
  }

  #answerUnclearly(way: UnclearWay, asked: Asked, response: ServerResponse): void {
    const { handle, clock } = this.#options;
    if (way.endsWith('-after') && way !== 'later-after') handle(asked);
    switch (way) {
      case 'fault-before':
      case 'fault-after':
        response.writeHead(500, { 'content-type': 'application/json' }).end('{"error":"Internal Server Error"}');
        return;
      case 'unavailable-before':
        response.writeHead(503, { 'content-type': 'text/html' }).end(html);
        return;
      case 'busy-before':
        this.#busy(response);
        return;
      case 'cut-before':
      case 'cut-after':
        response.destroy();
        return;
      case 'silent-before':
      case 'silent-after':
        return;
      case 'html-before':
      case 'html-after':
        response.writeHead(200, { 'content-type': 'text/html' }).end(html);
        return;
      case 'redirect-after':
        response.writeHead(303, { location: '/elsewhere' }).end();
        return;
      case 'half-after':
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': '400' });
        response.write('{"success":true,"da');
        setImmediate(() => response.destroy());
        return;
      case 'later-after':
        this.#late.push({ at: clock.now().getTime() + latelyMs, asked });
        response.destroy();
        return;
      default:
        way satisfies never;
    }
  }

  #busy(response: ServerResponse): void {
    response
      .writeHead(429, { 'retry-after': '30', 'content-type': 'application/json' })
      .end('{"error":"Too many requests"}');
  }

  #tell(response: ServerResponse, { status, json, headers = {} }: Answer): void {
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(json));
  }
}
