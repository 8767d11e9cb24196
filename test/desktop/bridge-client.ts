import { createTRPCClient } from '@trpc/client';
import type { Page } from 'playwright-core';
import type { Api, DesktopBridge, MessageToHost, MessageToWindow } from '../../electron/api.ts';
import { bridgeLink } from '../../renderer/program/bridge-link.ts';

/** Of calls that a test makes; the window counts its own from 1. */
const ownCalls = 1_000_000_000;

declare global {
  var phoneHealth: DesktopBridge | undefined;
  var heardForTest: ((message: MessageToWindow) => void) | undefined;
}

/** Calls the main process as the window does, through the bridge that its preload script gave it: under the stand-in and in Electron alike. */
export async function bridgeClient(page: Page): Promise<ReturnType<typeof createTRPCClient<Api>>> {
  const listeners = new Set<(message: MessageToWindow) => void>();
  await page.exposeFunction('heardForTest', (message: MessageToWindow) => {
    for (const listener of listeners) listener({ ...message, id: message.id - ownCalls });
  });
  await page.evaluate((own) => {
    globalThis.phoneHealth?.onMessage((message) => {
      if (message.id >= own) globalThis.heardForTest?.(message);
    });
  }, ownCalls);
  const bridge: DesktopBridge = {
    send: (message) =>
      void page.evaluate((sent: MessageToHost) => globalThis.phoneHealth?.send(sent), {
        ...message,
        id: message.id + ownCalls,
      }),
    onMessage(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    pathOf: ({ name }) => name,
  };
  return createTRPCClient<Api>({ links: [bridgeLink(bridge)] });
}
