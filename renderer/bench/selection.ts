import { useSyncExternalStore } from 'react';

/** The phones that are selected on the bench, by their ids; kept while another screen is shown. */
let selected: ReadonlySet<string> = new Set();
const listeners = new Set<() => void>();

const set = (next: ReadonlySet<string>): void => {
  selected = next;
  for (const listener of listeners) listener();
};

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export const selection = {
  get: (): ReadonlySet<string> => selected,
  toggle(phoneId: string): void {
    const next = new Set(selected);
    if (!next.delete(phoneId)) next.add(phoneId);
    set(next);
  },
  /** Who has left the counter is not selected when they come back. */
  keep(phoneIds: ReadonlySet<string>): void {
    if (!selected.isSubsetOf(phoneIds)) set(selected.intersection(phoneIds));
  },
  clear: (): void => set(new Set()),
};

export const useSelection = (): ReadonlySet<string> => useSyncExternalStore(subscribe, selection.get);

export const useIsSelected = (phoneId: string): boolean => useSyncExternalStore(subscribe, () => selected.has(phoneId));
