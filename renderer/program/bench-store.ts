import type { Client } from './client.ts';
import type { BenchView } from './received.ts';
import { createStore } from './store.ts';

/** The places at the counter with their phones; null until the first answer. */
export interface BenchStore {
  get: () => BenchView | null;
  subscribe: (listener: () => void) => () => void;
  /** What was said in another language is said anew. */
  askAgain: () => void;
}

/** Follows the counter as long as the window is open; what keeps it from being told is told by the list of phones. */
export function followBench(client: Client): BenchStore {
  const { get, set, subscribe } = createStore<BenchView | null>(null);
  const follow = () => client.bench.subscribe(undefined, { onData: set });
  let following = follow();
  return {
    get,
    subscribe,
    askAgain() {
      following.unsubscribe();
      following = follow();
    },
  };
}
