import { TRPCClientError, type TRPCLink } from '@trpc/client';
import { observable } from '@trpc/server/observable';
import type { Api, DesktopBridge, MessageToWindow } from '../../electron/api.ts';

/** Carries calls over the desktop's bridge. Leaving a call early tells the main process, which then cancels it. */
export function bridgeLink(bridge: DesktopBridge): TRPCLink<Api> {
  return () => {
    let lastId = 0;
    const waiting = new Map<number, (message: MessageToWindow) => void>();
    bridge.onMessage((message) => waiting.get(message.id)?.(message));

    return ({ op }) =>
      observable((observer) => {
        lastId += 1;
        const id = lastId;
        waiting.set(id, (message) => {
          switch (message.type) {
            case 'data':
              observer.next({ result: { type: 'data', data: message.data } });
              return;
            case 'end':
              waiting.delete(id);
              if (op.type === 'subscription') observer.next({ result: { type: 'stopped' } });
              observer.complete();
              return;
            case 'error':
              waiting.delete(id);
              observer.error(TRPCClientError.from({ error: message.error }));
              return;
          }
        });
        bridge.send({ id, type: op.type, path: op.path, input: op.input });
        return () => {
          if (waiting.delete(id)) bridge.send({ id, type: 'stop' });
        };
      });
  };
}
