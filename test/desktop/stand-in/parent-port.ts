// Loaded first in a process that utilityProcess has started: it talks over `process.parentPort`, and is no child process of Node.
import { EventEmitter } from 'node:events';
import type { MessageEvent, ParentPort } from 'electron';

const send = process.send?.bind(process);

class StandInParentPort extends EventEmitter implements Pick<ParentPort, 'postMessage'> {
  postMessage(message: unknown): void {
    send?.(message);
  }

  /** As Electron's: what came before anybody listened is kept for the first listener. */
  override on(name: string, listener: (event: MessageEvent) => void): this {
    super.on(name, listener);
    if (name === 'message') this.#flow();
    return this;
  }

  override once(name: string, listener: (event: MessageEvent) => void): this {
    super.once(name, listener);
    if (name === 'message') this.#flow();
    return this;
  }

  readonly #kept: unknown[] = [];
  receive(data: unknown): void {
    if (this.listenerCount('message') === 0) this.#kept.push(data);
    else this.emit('message', { data, ports: [] });
  }

  #flow(): void {
    queueMicrotask(() => {
      while (this.#kept.length > 0 && this.listenerCount('message') > 0) {
        this.emit('message', { data: this.#kept.shift(), ports: [] });
      }
    });
  }
}

const port = new StandInParentPort();
process.on('message', (message) => port.receive(message));
// Chromium ends such a process when the main one is gone.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
Object.defineProperty(process, 'parentPort', { value: port, enumerable: true });
delete process.send;
