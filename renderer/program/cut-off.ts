import type { Client } from './client.ts';
import type { ActionSummary } from './received.ts';
import { createStore } from './store.ts';

/** The corrections of each phone that were cut off and are to be finished or put back, the latest first; a phone with none has no entry. */
export interface CutOff {
  get: () => ReadonlyMap<string, readonly ActionSummary[]>;
  subscribe: (listener: () => void) => () => void;
  /** Something that was kept may have changed it, or another language is spoken. */
  askAgain: () => void;
}

/** One question at a time: what comes meanwhile asks once more. */
export function followCutOff(client: Client): CutOff {
  const { get, set, subscribe } = createStore<ReadonlyMap<string, readonly ActionSummary[]>>(new Map());
  let asking = false;
  let again = false;
  const askAgain = (): void => {
    if (asking) {
      again = true;
      return;
    }
    asking = true;
    client.interrupted
      .query({})
      .then(
        (open) => set(Map.groupBy(open, ({ phoneId }) => phoneId)),
        // Where the program cannot be asked, what was known stays.
        () => undefined,
      )
      .finally(() => {
        asking = false;
        if (!again) return;
        again = false;
        askAgain();
      });
  };
  askAgain();
  return { get, subscribe, askAgain };
}
