import type { Client } from './client.ts';
import type { BenchView } from './received.ts';

/** The places at the counter with their phones; null until the first answer. */
export interface BenchStore {
  get: () => BenchView | null;
  subscribe: (listener: () => void) => () => void;
  /** What was said in another language is said anew. */
  askAgain: () => void;
}

/** Follows the counter as long as the window is open; what keeps it from being told is told by the list of phones. */
export function followBench(client: Client): BenchStore {
  let view: BenchView | null = null;
  const listeners = new Set<() => void>();
  const follow = () =>
    client.bench.subscribe(undefined, {
      onData(next) {
        view = next;
        for (const listener of listeners) listener();
      },
    });
  let following = follow();
  return {
    get: () => view,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    askAgain() {
      following.unsubscribe();
      following = follow();
    },
  };
}
