import { keepSettings, loadSettings, type ReadSettings } from './settings-file.ts';
import type { SettingsChange, SettingsValues } from './settings-schema.ts';

/** The settings of this moment, for a window. */
export interface SettingsState {
  settings: SettingsValues;
  /** What could not be read of their file, in plain words; null where all was. */
  trouble: string | null;
}

/** The settings of a data folder: read when first asked for, written at each change. */
export class Settings {
  readonly #folder: string;
  readonly #listeners = new Set<(state: SettingsState) => void>();
  #read: ReadSettings | null = null;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** What stands now. Never throws: what cannot be read stands as it was at first. */
  get values(): SettingsValues {
    return this.state.settings;
  }

  get state(): SettingsState {
    this.#read ??= loadSettings(this.#folder);
    const { settings, trouble } = this.#read;
    return { settings, trouble };
  }

  /** Keeps a change; what another program has kept meanwhile stays. Throws `settings-not-kept`. */
  change(change: SettingsChange): SettingsState {
    const present = loadSettings(this.#folder);
    // A setting that was left out is in a change of the contract as undefined.
    const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
    const settings: SettingsValues = { ...present.settings, ...given };
    keepSettings(this.#folder, { ...present, settings });
    this.#read = { ...present, settings, trouble: null };
    const { state } = this;
    for (const listener of this.#listeners) listener(state);
    return state;
  }

  /** Calls back now and at each change; returns the way to stop. */
  follow(listener: (state: SettingsState) => void): () => void {
    this.#listeners.add(listener);
    listener(this.state);
    return () => this.#listeners.delete(listener);
  }
}
