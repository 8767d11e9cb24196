import type { Problem } from '../electron/api.ts';
import type { Client } from './client.ts';
import type { TestPhotoEvent, TestPhotoReport } from './received.ts';
import { runOnce } from './run-once.ts';

/** What a person has chosen for a test photo. */
export interface TestPhotoChoice {
  app: string;
  on: 'wifi' | 'mobile' | null;
  openCamera: boolean;
}

export interface TestPhotoRun {
  running: boolean;
  /** The newest thing that was seen; null until the phone has been looked at. */
  seen: Extract<TestPhotoEvent, { type: 'seen' }> | null;
  report: TestPhotoReport | null;
  problem: Problem | null;
  cancelled: boolean;
}

const none: TestPhotoRun = { running: false, seen: null, report: null, problem: null, cancelled: false };

/** Test photos of this window, one at a time for each phone. Kept outside the screens, so that one goes on while another is shown. */
export interface TestPhotoRuns {
  get: (phoneId: string) => TestPhotoRun;
  subscribe: (listener: () => void) => () => void;
  start: (phoneId: string, choice: TestPhotoChoice, onKept: () => void) => void;
  cancel: (phoneId: string) => void;
}

const minutes = 10;

function createRuns(client: Client): TestPhotoRuns {
  const runs = new Map<string, TestPhotoRun>();
  const cancels = new Map<string, () => void>();
  const listeners = new Set<() => void>();
  const get = (phoneId: string): TestPhotoRun => runs.get(phoneId) ?? none;
  const set = (phoneId: string, run: TestPhotoRun): void => {
    runs.set(phoneId, run);
    for (const listener of listeners) listener();
  };
  return {
    get,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    start(phoneId, choice, onKept) {
      if (get(phoneId).running) return;
      set(phoneId, { ...none, running: true });
      const cancel = runOnce<TestPhotoEvent>(
        (callbacks) => client.testPhoto.subscribe({ phoneId, minutes, ...choice }, callbacks),
        {
          onEvent(event) {
            set(phoneId, { ...get(phoneId), ...(event.type === 'seen' ? { seen: event } : { report: event.report }) });
          },
          onEnd(problem) {
            set(phoneId, { ...get(phoneId), running: false, problem });
            onKept();
          },
        },
      );
      cancels.set(phoneId, cancel);
    },
    cancel(phoneId) {
      if (!get(phoneId).running) return;
      cancels.get(phoneId)?.();
      set(phoneId, { ...get(phoneId), running: false, cancelled: true });
    },
  };
}

const runsOf = new WeakMap<Client, TestPhotoRuns>();

/** The runs of this window's program. */
export function testPhotoRuns(client: Client): TestPhotoRuns {
  const known = runsOf.get(client);
  if (known !== undefined) return known;
  const runs = createRuns(client);
  runsOf.set(client, runs);
  return runs;
}
