// The page's side of the stand-in, in the isolated world that the preload script runs in: `require('electron')` as a sandboxed preload script
// gets it. It is put in front of the preload script with its types taken out, after clone-text.ts; so it imports nothing at run time.
import type { fromText as FromText, toText as ToText } from './clone-text.ts';

declare const fromText: typeof FromText;
declare const toText: typeof ToText;
/** Added to this world alone by Chromium (`Runtime.addBinding` with its name). */
declare const standInPost: (text: string) => void;

type Listener = (event: unknown, ...args: unknown[]) => void;
const listeners = new Map<string, Set<Listener>>();

const ipcRenderer = {
  send: (channel: string, ...args: unknown[]) => standInPost(toText([channel, args])),
  on(channel: string, listener: Listener) {
    const all = listeners.get(channel) ?? new Set();
    listeners.set(channel, all.add(listener));
    return ipcRenderer;
  },
  off(channel: string, listener: Listener) {
    listeners.get(channel)?.delete(listener);
    return ipcRenderer;
  },
};

// What a person does, and no script: Electron's main process hears it as `input-event`. Without a channel, as no message is.
for (const name of ['mousedown', 'keydown']) {
  addEventListener(name, ({ isTrusted }) => isTrusted && standInPost(toText([null, []])), true);
}

/** Called from outside, with the text of a channel and its values. */
Object.assign(globalThis, {
  standInReceive(text: string) {
    const [channel, args] = fromText(text) as [string, unknown[]];
    for (const listener of listeners.get(channel) ?? []) listener({ sender: ipcRenderer }, ...args);
  },
});

/** Where files lie, by name: Chromium tells no page. */
const paths = new Map<string, string>();
Object.assign(globalThis, { standInPath: (name: string, path: string) => paths.set(name, path) });
const webUtils = { getPathForFile: (file: File) => paths.get(file.name) ?? '' };

type Made = (...args: unknown[]) => unknown;
/** Functions of either world that the other may call, by number. */
const functions = new Map<number, Made>();
let lastFunction = 0;

const give = (made: Made): { standInFunction: number } => {
  lastFunction += 1;
  functions.set(lastFunction, made);
  return { standInFunction: lastFunction };
};

/** The two worlds share the document: what an event carries is cloned on its way, and an event is heard before `dispatchEvent` returns. */
const tell = (name: string, detail: unknown): void => {
  document.dispatchEvent(new CustomEvent(`stand-in-${name}`, { detail }));
};

const contextBridge = {
  exposeInMainWorld(name: string, api: Record<string, unknown>) {
    const shape = Object.fromEntries(
      Object.entries(api).map(([key, value]) => [key, typeof value === 'function' ? give(value as Made) : value]),
    );
    const expose = (): void => tell('expose', { name, shape });
    document.addEventListener('stand-in-hello', expose);
    expose();
  },
};

document.addEventListener('stand-in-call', (event) => {
  const { call, called, args } = (event as CustomEvent<{ call: number; called: number; args: unknown[] }>).detail;
  const given = args.map((arg) => {
    const back = (arg as { standInListener?: number } | null)?.standInListener;
    return back === undefined ? arg : (...values: unknown[]) => tell('listen', { listener: back, values });
  });
  try {
    const value = functions.get(called)?.(...given);
    tell('return', { call, value: typeof value === 'function' ? give(value as Made) : value });
  } catch (error) {
    tell('return', { call, error: String(error) });
  }
});

/** A sandboxed preload script may ask for little more than this (https://www.electronjs.org/docs/latest/tutorial/sandbox). */
export const require = (name: string): unknown => {
  if (name !== 'electron') throw new Error(`module not found: ${name}`);
  return { contextBridge, ipcRenderer, webUtils };
};
