import { readAddress } from './address.ts';
import { asksToWait } from './outcome.ts';
import type { RateLimit } from './rate-limit.ts';

/** Until a whole answer is there. */
const answerWaitMs = 20_000;
/** Far more than any answer of a ticket system takes. */
const largestAnswer = 2 * 1024 * 1024;

/** What came back of a request. */
export type Reply =
  | { kind: 'answer'; status: number; headers: Headers; text: string }
  /** It has not arrived: there was no connection. `afterMs`: the system wants to be left alone for so long. */
  | { kind: 'not-sent'; why: string; afterMs?: number }
  /** It may have arrived, and may have been carried out. */
  | { kind: 'unclear'; why: string };

export interface OutRequest {
  method: 'GET' | 'POST';
  url: URL;
  headers: Readonly<Record<string, string>>;
  body?: string;
}

export interface TransportOptions {
  limit: RateLimit | null;
  /** Tests do not wait as long. */
  waitMs?: number;
  fetch?: typeof fetch;
  /** Ports that nothing is sent to; default: those by which phones are reached here. */
  taken?: readonly number[];
}

/**
 * Errors of a connection that never was, by the codes of Node: nothing of the request has left. A certificate that is not right (ERR_TLS_…,
 * CERT_…, …_CERT) is refused before the request, too.
 */
const neverConnected =
  /^(?:ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ENETDOWN|EADDRNOTAVAIL|UND_ERR_CONNECT_TIMEOUT|ERR_TLS_.*|CERT_.*|.*_CERT(?:_.*)?|ERR_SSL_.*|UNABLE_TO_.*|DEPTH_ZERO_.*|SELF_SIGNED_.*)$/;

const offline = 'The ticket system cannot be reached.';

function codesOf(error: unknown): string[] {
  if (!(error instanceof Error)) return [];
  const own = 'code' in error && typeof error.code === 'string' ? [error.code] : [];
  const several = error instanceof AggregateError ? error.errors.flatMap(codesOf) : [];
  return [...own, ...several, ...codesOf(error.cause)];
}

/** Of several addresses of a host each must have refused. */
const isNeverConnected = (error: unknown): boolean => {
  const codes = codesOf(error);
  return codes.length > 0 && codes.every((code) => neverConnected.test(code));
};

const isCertificate = (error: unknown): boolean =>
  codesOf(error).some((code) => /CERT|TLS|SSL|SELF_SIGNED|UNABLE_TO|DEPTH_ZERO/.test(code));

/** The body as text; null where it is larger than any answer. */
async function readBody(response: Response): Promise<string | null> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    if (size > largestAnswer) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/**
 * Sends one request to a ticket system. Certificates are checked, no redirect is followed (it could lead a secret to another host), and
 * what comes is cut off where it is too large or too slow. Never throws, and never names the address: it may hold a key.
 */
export async function send(request: OutRequest, signal: AbortSignal, options: TransportOptions): Promise<Reply> {
  const { limit } = options;
  readAddress(request.url.origin, options.taken);
  const leave = await limit?.take(signal);
  if (leave?.kind === 'rest') {
    return { kind: 'not-sent', why: asksToWait(leave.ms, limit?.now() ?? new Date()), afterMs: leave.ms };
  }
  try {
    return signal.aborted ? { kind: 'not-sent', why: 'It was stopped.' } : await sendNow(request, signal, options);
  } finally {
    leave?.ended();
  }
}

async function sendNow(
  request: OutRequest,
  signal: AbortSignal,
  { waitMs = answerWaitMs, fetch: fetchWith = fetch }: TransportOptions,
): Promise<Reply> {
  const deadline = AbortSignal.timeout(waitMs);
  try {
    const response = await fetchWith(request.url, {
      method: request.method,
      headers: { ...request.headers },
      redirect: 'manual',
      signal: AbortSignal.any([signal, deadline]),
      ...(request.body === undefined ? {} : { body: request.body }),
    });
    const text = await readBody(response);
    if (text === null) return { kind: 'unclear', why: 'The answer was larger than any that a ticket system gives.' };
    return { kind: 'answer', status: response.status, headers: response.headers, text };
  } catch (error) {
    if (isCertificate(error)) {
      return { kind: 'not-sent', why: 'The ticket system could not prove who it is: its certificate is not right.' };
    }
    if (isNeverConnected(error)) return { kind: 'not-sent', why: offline };
    return {
      kind: 'unclear',
      why: deadline.aborted
        ? 'The ticket system did not answer in time.'
        : 'The connection broke off before the answer.',
    };
  }
}
