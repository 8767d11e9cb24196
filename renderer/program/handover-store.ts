import type { Client } from './client.ts';
import type { HandoverView } from './received.ts';
import { createStore } from './store.ts';

/** How it stands with the shop's ticket system; null until the first answer. */
export interface HandoverStore {
  get: () => HandoverView | null;
  subscribe: (listener: () => void) => () => void;
  /** What was said in another language is said anew. */
  askAgain: () => void;
}

export function followHandover(client: Client): HandoverStore {
  const { get, set, subscribe } = createStore<HandoverView | null>(null);
  const follow = () => client.handover.follow.subscribe(undefined, { onData: set });
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
