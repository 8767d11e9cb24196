import { EventEmitter } from 'node:events';
import type { IpcMain, IpcMainEvent, IpcMainInvokeEvent, WebContents } from 'electron';
import type { StandInContents, StandInFrame } from './web-contents.ts';

type Handler = (event: IpcMainInvokeEvent, ...args: unknown[]) => unknown;

/** What the main process hears of the windows. */
export class StandInIpcMain extends EventEmitter implements Pick<IpcMain, 'handle' | 'handleOnce' | 'removeHandler'> {
  readonly #handlers = new Map<string, Handler>();

  handle(channel: string, listener: Handler): void {
    if (this.#handlers.has(channel)) {
      throw new Error(`Attempted to register a second handler for '${channel}'`);
    }
    this.#handlers.set(channel, listener);
  }

  handleOnce(channel: string, listener: Handler): void {
    this.handle(channel, (...args) => {
      this.removeHandler(channel);
      return listener(...args);
    });
  }

  removeHandler(channel: string): void {
    this.#handlers.delete(channel);
  }

  /** A message that a page sent with `ipcRenderer.send`, from one of its frames; the values arrive as a structured clone. */
  receive(sender: StandInContents, senderFrame: StandInFrame | null, channel: string, args: readonly unknown[]): void {
    const event = {
      ...this.#eventOf(sender, senderFrame),
      ports: [],
      returnValue: null,
      reply: (answerChannel, ...values: unknown[]) => sender.send(answerChannel, ...values),
    } satisfies Omit<IpcMainEvent, 'preventDefault' | 'defaultPrevented'>;
    this.emit(channel, event, ...structuredClone(args));
  }

  /** The same for `ipcRenderer.invoke`. */
  async answer(
    sender: StandInContents,
    senderFrame: StandInFrame | null,
    channel: string,
    args: readonly unknown[],
  ): Promise<unknown> {
    const handler = this.#handlers.get(channel);
    if (handler === undefined) throw new Error(`No handler registered for '${channel}'`);
    const event = this.#eventOf(sender, senderFrame) as IpcMainInvokeEvent;
    return structuredClone(await handler(event, ...structuredClone(args)));
  }

  reset(): void {
    this.removeAllListeners();
    this.#handlers.clear();
  }

  #eventOf(
    sender: StandInContents,
    senderFrame: StandInFrame | null,
  ): Omit<IpcMainInvokeEvent, 'preventDefault' | 'defaultPrevented'> {
    return {
      type: 'frame',
      processId: 1,
      frameId: 1,
      sender: sender as unknown as WebContents,
      senderFrame: senderFrame as IpcMainEvent['senderFrame'],
    };
  }
}

export const ipcMain = new StandInIpcMain();
