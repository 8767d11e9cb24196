import { createTRPCClient, createWSClient, TRPCClientError, wsLink } from '@trpc/client';
import type { Api, DesktopBridge, Problem } from '../../electron/api.ts';
import { spoken } from '../language/spoken.ts';
import { bridgeLink } from './bridge-link.ts';
import { keepPageSecret, pageSecret } from './page-secret.ts';
import { technicianAtWork } from './technician.ts';

declare global {
  interface Window {
    /** Present on the desktop, put there by the preload script. */
    phoneHealth?: DesktopBridge;
  }
}

/** The connection to the program. On the desktop it is part of the program and is never lost. */
export interface Connection {
  isOpen: () => boolean;
  subscribe: (listener: () => void) => () => void;
}

function createConnection(): Connection & { set: (open: boolean) => void } {
  const listeners = new Set<() => void>();
  let open = true;
  return {
    isOpen: () => open,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    set(next) {
      if (next === open) return;
      open = next;
      for (const listener of listeners) listener();
    },
  };
}

/** The program behind the window: over the desktop's bridge where there is one, else over a WebSocket to the page's own host. */
export function connect() {
  const connection = createConnection();
  const bridge = window.phoneHealth;
  if (bridge !== undefined) {
    return { client: createTRPCClient<Api>({ links: [bridgeLink(bridge)] }), connection };
  }
  keepPageSecret();
  const socket = createWSClient({
    url: `ws://${window.location.host}/api`,
    // Sent with every new connection: the program that answers it may be another one than before.
    connectionParams: () => ({ secret: pageSecret(), language: spoken().name, technician: technicianAtWork() }),
    retryDelayMs: () => 1000,
  });
  // Not by `onOpen` and `onClose`: one socket may be closed after the one that took its place was opened.
  socket.connectionState.subscribe({
    next: ({ state, error }) => connection.set(state !== 'connecting' || error === null),
  });
  return { client: createTRPCClient<Api>({ links: [wsLink({ client: socket })] }), connection };
}

export type Client = ReturnType<typeof connect>['client'];

const isProblem = (value: unknown): value is Problem =>
  typeof value === 'object' && value !== null && 'code' in value && 'message' in value && 'steps' in value;

/** Any failure of a call as a {@link Problem}; the host sends one with every error. */
export function problemOfCall(error: unknown): Problem {
  if (error instanceof TRPCClientError) {
    const data: unknown = error.data;
    if (typeof data === 'object' && data !== null && 'problem' in data && isProblem(data.problem)) return data.problem;
  }
  const message = error instanceof Error ? error.message : String(error);
  return { code: 'unexpected', message, steps: [], details: null };
}
