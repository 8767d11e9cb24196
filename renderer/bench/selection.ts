import { useSyncExternalStore } from 'react';
import { createStore } from '../program/store.ts';

/** The phones that are selected on the bench, by their ids; kept while another screen is shown. */
const { get, set, subscribe } = createStore<ReadonlySet<string>>(new Set());

export const selection = {
  get,
  toggle(phoneId: string): void {
    const next = new Set(get());
    if (!next.delete(phoneId)) next.add(phoneId);
    set(next);
  },
  /** Who has left the counter is not selected when they come back. */
  keep(phoneIds: ReadonlySet<string>): void {
    if (!get().isSubsetOf(phoneIds)) set(get().intersection(phoneIds));
  },
  clear: (): void => set(new Set()),
};

export const useSelection = (): ReadonlySet<string> => useSyncExternalStore(subscribe, get);

export const useIsSelected = (phoneId: string): boolean => useSyncExternalStore(subscribe, () => get().has(phoneId));
