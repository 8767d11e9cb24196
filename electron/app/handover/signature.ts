import { createHmac, timingSafeEqual } from 'node:crypto';

/** What is signed of a request: all that a receiver acts on. */
export interface SignedRequest {
  method: string;
  /** The path with what follows the question mark. */
  path: string;
  /** Empty where there is none. */
  body: string;
  /** Seconds since 1970. */
  timestamp: number;
}

export const timestampHeader = 'x-phone-health-timestamp';
export const signatureHeader = 'x-phone-health-signature';

const sign = (secret: string, lines: readonly string[]): string =>
  `v1=${createHmac('sha256', secret).update(lines.join('\n')).digest('hex')}`;

/** HMAC-SHA256 of the lines `timestamp`, `METHOD`, `path` and the body. */
export const signRequest = (secret: string, { method, path, body, timestamp }: SignedRequest): string =>
  sign(secret, [String(timestamp), method, path, body]);

/** Of an answer: it names the request, so that no answer of another request passes for it. */
export const signAnswer = (secret: string, requestSignature: string, body: string): string =>
  sign(secret, ['answer', requestSignature, body]);

/** Compares without telling by the time it takes how much of it was right. */
export function isSameSignature(expected: string, given: string | null): boolean {
  const [a, b] = [Buffer.from(expected), Buffer.from(given ?? '')];
  return a.length === b.length && timingSafeEqual(a, b);
}
