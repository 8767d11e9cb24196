import type { SentInSlot } from '../../native/vocabulary.ts';
import { answerShare } from './thresholds.ts';

/**
 * What an app is known to have sent of itself: without what only acknowledges and asks for what came in. Where it is not known how much
 * came in, all of it may be that, and none of it proves an upload; readings that were kept before this was read are judged alike.
 */
export const beyondAnswers = (sent: number, received: number | undefined): number =>
  received === undefined ? 0 : Math.max(0, sent - Math.ceil(received * answerShare));

export type SentByNetwork = Record<SentInSlot['network'], number>;
export const nothing: SentByNetwork = { wifi: 0, mobile: 0, vpn: 0, other: 0 };

/** `own`: what no download explains, which proves that something left. `all`: only where that did not grow did nothing leave. */
export interface Grown {
  own: SentByNetwork;
  all: SentByNetwork;
}

/**
 * By how much the counters grew. A slot that is new began after the earlier look; one that shrank was counted anew, and proves
 * nothing.
 */
export function grownBetween(before: readonly SentInSlot[], after: readonly SentInSlot[]): Grown {
  const known = new Map(before.map((slot) => [`${slot.network} ${slot.from}`, slot]));
  const grown: Grown = { own: { ...nothing }, all: { ...nothing } };
  for (const { network, from, bytes, received } of after) {
    const earlier = known.get(`${network} ${from}`);
    const sent = Math.max(0, bytes - (earlier?.bytes ?? 0));
    const came = received === undefined ? undefined : Math.max(0, received - (earlier?.received ?? 0));
    grown.own[network] += beyondAnswers(sent, came);
    grown.all[network] += sent;
  }
  return grown;
}
