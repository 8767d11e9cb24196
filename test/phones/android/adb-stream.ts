import { MAX_PAYLOAD, type CommandName } from './adb-message.ts';
import { ByteQueue } from './byte-queue.ts';

export type SendMessage = (command: CommandName, arg0: number, arg1: number, data?: Buffer) => void;

/**
 * One opened service, seen from the phone. Every WRTE waits for its OKAY before the next one leaves, as the protocol
 * without delayed acknowledgements demands.
 */
export class AdbStream {
  readonly localId: number;
  readonly remoteId: number;
  /** What the computer sent. */
  readonly input = new ByteQueue();
  readonly #send: SendMessage;
  readonly #onClose: (() => void)[] = [];
  #tail: Promise<void> = Promise.resolve();
  #acknowledge: (() => void) | null = null;
  #closed = false;

  constructor(localId: number, remoteId: number, send: SendMessage) {
    this.localId = localId;
    this.remoteId = remoteId;
    this.#send = send;
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** Runs once the stream is closed from either side. */
  onClose(listener: () => void): void {
    if (this.#closed) listener();
    else this.#onClose.push(listener);
  }

  /** Sends bytes after all earlier ones; resolves when the computer has acknowledged them, or the stream is closed. */
  write(data: Buffer): Promise<void> {
    this.#tail = this.#tail.then(() => this.#sendPieces(data));
    return this.#tail;
  }

  /** Closes after everything written has left. */
  async finish(): Promise<void> {
    await this.#tail;
    if (this.#closed) return;
    this.#send('CLSE', this.localId, this.remoteId);
    this.closedByPeer();
  }

  acknowledged(): void {
    this.#acknowledge?.();
  }

  received(data: Buffer): void {
    this.input.push(data);
    this.#send('OKAY', this.localId, this.remoteId);
  }

  closedByPeer(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#acknowledge?.();
    this.input.end();
    for (const listener of this.#onClose) listener();
  }

  async #sendPieces(data: Buffer): Promise<void> {
    for (let offset = 0; offset < data.length; offset += MAX_PAYLOAD) {
      if (this.#closed) return;
      await new Promise<void>((resolve) => {
        this.#acknowledge = resolve;
        this.#send('WRTE', this.localId, this.remoteId, data.subarray(offset, offset + MAX_PAYLOAD));
      });
    }
  }
}
