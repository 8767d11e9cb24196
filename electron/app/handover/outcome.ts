import type { Reply } from './transport.ts';

/** What is known after a message was sent, or looked for. */
export type Outcome =
  /** It is there, for certain. */
  | { kind: 'there' }
  /** It is not there, for certain. */
  | { kind: 'not-there' }
  /** Nobody knows whether it is there: it is looked for before it is sent again. */
  | { kind: 'unclear'; why: string }
  /** It was not taken, for certain; `afterMs`: not before that. */
  | { kind: 'later'; why: string; afterMs: number | null };

export const later = (why: string, afterMs: number | null = null): Outcome => ({ kind: 'later', why, afterMs });
export const unclear = (why: string): Outcome => ({ kind: 'unclear', why });

/** No maker asks for more; what does is a slip. */
const longestRest = 60 * 60_000;
/** Where a system that limits does not say for how long. */
const usualRest = 60_000;

/** RFC 9110, 10.2.3: seconds or a date. */
export function restAsked(headers: Headers, now: Date): number {
  const text = headers.get('retry-after')?.trim() ?? '';
  const ms = /^\d{1,9}$/.test(text) ? Number(text) * 1000 : Date.parse(text) - now.getTime();
  return Number.isFinite(ms) ? Math.min(Math.max(ms, 1000), longestRest) : usualRest;
}

const digits = (part: number): string => String(part).padStart(2, '0');

/** Until when, by the clock on the wall. */
export function asksToWait(ms: number, now: Date): string {
  const until = new Date(now.getTime() + ms);
  const time = `${digits(until.getHours())}:${digits(until.getMinutes())}`;
  return `The ticket system asks to wait until ${time}.`;
}

/** The answer as JSON; undefined where it is none. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return undefined;
  }
}

/**
 * What the status of an answer says by itself; null: it was taken, and its content has to tell. A status of the 500s may come from a
 * system that has done its work, and so may one that gave up waiting (408), or a redirect (303 is what many answer after a form).
 */
export function outcomeOfStatus(reply: Extract<Reply, { kind: 'answer' }>, now: Date): Outcome | null {
  const { status, headers } = reply;
  if (status >= 200 && status < 300) return null;
  if (status === 429) {
    const rest = restAsked(headers, now);
    return later(asksToWait(rest, now), rest);
  }
  if (status === 401 || status === 403) return later('The ticket system does not accept the secret.');
  if (status >= 300 && status < 400) return unclear('The ticket system answers from another address by now.');
  if (status === 408 || status >= 500) return unclear(`The ticket system had a fault (${status}).`);
  return later(`The ticket system refused it (${status}).`);
}

export const outcomeOfSilence = (reply: Exclude<Reply, { kind: 'answer' }>): Outcome =>
  reply.kind === 'not-sent' ? later(reply.why, reply.afterMs ?? null) : unclear(reply.why);
