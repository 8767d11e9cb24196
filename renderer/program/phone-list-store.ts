import type { Problem } from '../../electron/api.ts';
import type { PhoneList } from './received.ts';
import { problemOfCall, type Client } from './client.ts';

/** The phones of this moment. `list` is null until the first answer. */
export interface PhoneListState {
  list: PhoneList | null;
  problem: Problem | null;
}

export interface PhoneListStore {
  get: () => PhoneListState;
  subscribe: (listener: () => void) => () => void;
  /** What was said in another language is said anew. */
  askAgain: () => void;
}

/** Follows the phones as long as the window is open; after a lost connection the link subscribes again by itself. */
export function followPhones(client: Client): PhoneListStore {
  let state: PhoneListState = { list: null, problem: null };
  const listeners = new Set<() => void>();
  const set = (next: PhoneListState): void => {
    state = next;
    for (const listener of listeners) listener();
  };
  const follow = () =>
    client.phones.subscribe(undefined, {
      onData: (list) => set({ list, problem: null }),
      onError: (error) => set({ list: state.list, problem: problemOfCall(error) }),
    });
  let following = follow();
  return {
    get: () => state,
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
