import type { Problem, SafeCopyEvent, SafeCopyReport } from '../electron/api.ts';
import type { Client } from './client.ts';
import { runOnce } from './run-once.ts';

export interface SafeCopyRunState {
  running: boolean;
  /** The folder as it was typed. */
  folder: string;
  progress: Extract<SafeCopyEvent, { type: 'progress' }> | null;
  report: SafeCopyReport | null;
  problem: Problem | null;
  cancelled: boolean;
}

const none: SafeCopyRunState = {
  running: false,
  folder: '~/Phone photos',
  progress: null,
  report: null,
  problem: null,
  cancelled: false,
};

/** Safe copies of this window, one at a time for each phone. Kept outside the screens, so that one goes on while another is shown. */
export interface SafeCopyRuns {
  get: (phoneId: string) => SafeCopyRunState;
  subscribe: (listener: () => void) => () => void;
  start: (phoneId: string, folder: string) => void;
  cancel: (phoneId: string) => void;
}

function createRuns(client: Client): SafeCopyRuns {
  const runs = new Map<string, SafeCopyRunState>();
  const cancels = new Map<string, () => void>();
  const listeners = new Set<() => void>();
  const get = (phoneId: string): SafeCopyRunState => runs.get(phoneId) ?? none;
  const set = (phoneId: string, run: SafeCopyRunState): void => {
    runs.set(phoneId, run);
    for (const listener of listeners) listener();
  };
  return {
    get,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    start(phoneId, folder) {
      if (get(phoneId).running) return;
      set(phoneId, { ...none, running: true, folder });
      const cancel = runOnce<SafeCopyEvent>((callbacks) => client.safeCopy.subscribe({ phoneId, folder }, callbacks), {
        onEvent(event) {
          const seen = event.type === 'progress' ? { progress: event } : { report: event.report };
          set(phoneId, { ...get(phoneId), ...seen });
        },
        onEnd: (problem) => set(phoneId, { ...get(phoneId), running: false, problem }),
      });
      cancels.set(phoneId, cancel);
    },
    cancel(phoneId) {
      if (!get(phoneId).running) return;
      cancels.get(phoneId)?.();
      set(phoneId, { ...get(phoneId), running: false, cancelled: true });
    },
  };
}

const runsOf = new WeakMap<Client, SafeCopyRuns>();

/** The safe copies of this window's program. */
export function safeCopyRuns(client: Client): SafeCopyRuns {
  const known = runsOf.get(client);
  if (known !== undefined) return known;
  const runs = createRuns(client);
  runsOf.set(client, runs);
  return runs;
}
