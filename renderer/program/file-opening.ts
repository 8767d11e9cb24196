import { spoken } from '../language/spoken.ts';
import { t } from '../language/words.ts';
import type { Problem } from '../../electron/api.ts';
import { problemOfCall, type Client } from './client.ts';
import { pageSecret } from './page-secret.ts';
import type { OpenedFile } from './received.ts';
import { runOnce } from './run-once.ts';
import { createStore } from './store.ts';

/** What is read in place of a phone at this moment, and how the last one ended. */
export interface FileOpening {
  /** What is being read; null: nothing is. */
  reading: string | null;
  problem: Problem | null;
}

export interface FileOpener {
  get: () => FileOpening;
  subscribe: (listener: () => void) => () => void;
  /** A file that was chosen or dropped; on the desktop a folder too. */
  openFile: (file: File) => void;
  openPath: (path: string) => void;
  cancel: () => void;
  /** What was told of the last one was seen. */
  forget: () => void;
  /** Tells that it cannot be opened, before anything is tried. */
  refuse: (problem: Problem) => void;
  /** Called with each file that was opened; one listener at a time. */
  onOpened: (listener: (opened: OpenedFile) => void) => () => void;
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

const notTaken = (): Problem => ({
  code: 'file-not-taken',
  message: t('The program did not take the file.'),
  steps: [t('Choose it again.')],
  details: null,
});

/** Sends a file to the program behind the page: a browser tells no path. */
async function send(file: File, signal: AbortSignal): Promise<{ opened: OpenedFile } | { problem: Problem }> {
  const headers = {
    'x-phone-health-secret': pageSecret(),
    'x-phone-health-language': spoken().name,
    'x-file-name': encodeURIComponent(file.name),
  };
  const response = await fetch('/open-file', { method: 'POST', body: file, headers, signal });
  const answer: unknown = response.headers.get('content-type')?.startsWith('application/json')
    ? await response.json()
    : {};
  if (isObject(answer) && isObject(answer['opened'])) return { opened: answer['opened'] as unknown as OpenedFile };
  if (isObject(answer) && isObject(answer['problem'])) return { problem: answer['problem'] as unknown as Problem };
  return { problem: notTaken() };
}

export function createFileOpener(client: Client, onKept: () => void): FileOpener {
  const { get, set, subscribe } = createStore<FileOpening>({ reading: null, problem: null });
  let cancel: (() => void) | null = null;
  let tell: ((opened: OpenedFile) => void) | null = null;
  const end = (problem: Problem | null): void => {
    set({ reading: null, problem });
    onKept();
  };

  const openPath = (path: string): void => {
    if (get().reading !== null) return;
    set({ reading: path, problem: null });
    let opened: OpenedFile | null = null;
    cancel = runOnce<OpenedFile>((callbacks) => client.openFile.subscribe({ path }, callbacks), {
      onEvent: (event) => {
        opened = event;
      },
      onEnd(problem) {
        end(problem);
        if (opened !== null) tell?.(opened);
      },
    });
  };

  return {
    get,
    subscribe,
    openPath,
    openFile(file) {
      const path = window.phoneHealth?.pathOf(file) ?? '';
      if (path !== '') return openPath(path);
      if (get().reading !== null) return;
      set({ reading: file.name, problem: null });
      const abort = new AbortController();
      cancel = () => abort.abort();
      send(file, abort.signal).then(
        (answer) => {
          if (abort.signal.aborted) return;
          end('problem' in answer ? answer.problem : null);
          if ('opened' in answer) tell?.(answer.opened);
        },
        (error: unknown) => {
          if (!abort.signal.aborted) end({ ...notTaken(), details: problemOfCall(error).message });
        },
      );
    },
    cancel() {
      cancel?.();
      end(null);
    },
    forget: () => set({ ...get(), problem: null }),
    refuse: (problem) => set({ ...get(), problem }),
    onOpened(listener) {
      tell = listener;
      return () => {
        tell = null;
      };
    },
  };
}
