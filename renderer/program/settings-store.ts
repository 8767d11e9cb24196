import type { Settings, SettingsState } from './received.ts';
import { problemOfCall, type Client } from './client.ts';
import type { Problem } from '../../electron/api.ts';
import { createStore } from './store.ts';

/** The settings as the window has them. `state` is null until the first answer. */
export interface SettingsView {
  state: SettingsState | null;
  /** Why the last change was not kept; null where it was. */
  problem: Problem | null;
}

export interface SettingsStore {
  get: () => SettingsView;
  subscribe: (listener: () => void) => () => void;
  /** Keeps a change; every open window shows it. */
  change: (change: Partial<Settings>) => void;
}

/** The settings as they are now, with what a change has not reached as it was before. What was set otherwise meanwhile stays. */
function withoutChange(
  now: SettingsState | null,
  before: SettingsState | null,
  change: Partial<Settings>,
): SettingsState | null {
  if (now === null || before === null) return now;
  const former = Object.entries(before.settings).filter(
    ([name]) => name in change && now.settings[name as keyof Settings] === change[name as keyof Settings],
  );
  return { ...now, settings: { ...now.settings, ...Object.fromEntries(former) } };
}

/** Follows the settings as long as the window is open; after a lost connection the link subscribes again by itself. */
export function followSettings(client: Client): SettingsStore {
  const { get, subscribe, ...store } = createStore<SettingsView>({ state: null, problem: null });
  const set = (next: Partial<SettingsView>): void => store.set({ ...get(), ...next });
  client.settings.follow.subscribe(undefined, {
    onData: (state) => set({ state }),
    onError: (error) => set({ problem: problemOfCall(error) }),
  });
  return {
    get,
    subscribe,
    change(change) {
      const before = get().state;
      // What was pressed shows at once; what could not be kept goes back.
      if (before !== null) set({ state: { ...before, settings: { ...before.settings, ...change } } });
      client.settings.change.mutate(change).then(
        (state) => set({ state, problem: null }),
        (error: unknown) => set({ state: withoutChange(get().state, before, change), problem: problemOfCall(error) }),
      );
    },
  };
}
