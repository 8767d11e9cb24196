import type { Problem } from '../../electron/api.ts';
import type { ListedPhone, PhoneList } from './received.ts';
import { problemOfCall, type Client } from './client.ts';
import { createStore } from './store.ts';

/** The phones of this moment. `list` is null until the first answer. */
export interface PhoneListState {
  list: PhoneList | null;
  problem: Problem | null;
  /** Every phone as it was listed last, also of those that are gone, by its id. */
  seen: ReadonlyMap<string, ListedPhone>;
}

export interface PhoneListStore {
  get: () => PhoneListState;
  subscribe: (listener: () => void) => () => void;
  /** What was said in another language is said anew. */
  askAgain: () => void;
}

/** Follows the phones as long as the window is open; after a lost connection the link subscribes again by itself. */
export function followPhones(client: Client): PhoneListStore {
  const { get, set, subscribe } = createStore<PhoneListState>({ list: null, problem: null, seen: new Map() });
  const follow = () =>
    client.phones.subscribe(undefined, {
      onData(list) {
        const seen = new Map([...get().seen, ...list.phones.map((phone) => [phone.id, phone] as const)]);
        set({ list, problem: null, seen });
      },
      onError: (error) => set({ ...get(), problem: problemOfCall(error) }),
    });
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

/** Whoever plugs an iPhone in has asked for iPhones; who has none misses nothing where they cannot be seen. */
export const isIphoneHere = (list: PhoneList | null): boolean =>
  list?.phones.some(({ platform, sample }) => platform === 'ios' && !sample) === true;
