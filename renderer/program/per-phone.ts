/** One value for each phone, kept outside the screens, so that work goes on while another phone is shown. */
export interface PerPhone<State> {
  get: (phoneId: string) => State;
  subscribe: (listener: () => void) => () => void;
}

/** As {@link PerPhone}, for whoever does the work. */
export interface PerPhoneStore<State> extends PerPhone<State> {
  change: (phoneId: string, change: Partial<State>) => void;
  /** The phones that anything is known of. */
  phones: () => string[];
}

export function createPerPhone<State extends object>(initial: State): PerPhoneStore<State> {
  const states = new Map<string, State>();
  const listeners = new Set<() => void>();
  const get = (phoneId: string): State => states.get(phoneId) ?? initial;
  return {
    get,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    phones: () => [...states.keys()],
    change(phoneId, change) {
      states.set(phoneId, { ...get(phoneId), ...change });
      for (const listener of listeners) listener();
    },
  };
}
