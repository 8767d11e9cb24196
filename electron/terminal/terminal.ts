import { AsyncLocalStorage } from 'node:async_hooks';
import type { Readable, Writable } from 'node:stream';

/** Where a run of the command line reads and writes; a terminal, or what stands in its place. */
export interface Terminal {
  readonly stdin: Readable & { readonly isTTY?: boolean };
  readonly stdout: Writable & { readonly isTTY?: boolean; readonly columns?: number };
  readonly stderr: Writable & { readonly isTTY?: boolean; readonly columns?: number };
}

const terminals = new AsyncLocalStorage<Terminal>();

/** The one that whatever runs now was started on; otherwise the one of this process. */
export const terminal = (): Terminal => terminals.getStore() ?? process;

/** All that comes of `run`, also later, reads and writes there. */
export const onTerminal = <T>(there: Terminal, run: () => T): T => terminals.run(there, run);
