import type { TRPCErrorShape } from '@trpc/server';
import type { Problem } from './app/program/problem.ts';

/** What the desktop window sends to the main process: a call of {@link api} under a number of its own, or the end of one. */
export type MessageToHost =
  | { id: number; type: 'query' | 'mutation' | 'subscription'; path: string; input?: unknown }
  | { id: number; type: 'stop' };

/** What comes back under the same number. A query or mutation gives one `data`; a subscription any number; then `end`. */
export type MessageToWindow =
  | { id: number; type: 'data'; data: unknown }
  | { id: number; type: 'end' }
  | { id: number; type: 'error'; error: TRPCErrorShape & { data: { problem: Problem } } };

/** The one thing that the preload script puts into the window, as `window.phoneHealth`. */
export interface DesktopBridge {
  send(message: MessageToHost): void;
  /** Returns the function that stops listening. */
  onMessage(listener: (message: MessageToWindow) => void): () => void;
  /** Where a file or folder lies that was chosen or dropped. */
  pathOf(file: File): string;
}
