import type { Socket } from 'node:net';

/**
 * A browser needs about ten at once to load the window. Any program of this computer may open connections and hold them; with a limit
 * they cannot use up what the window needs.
 */
const mostStrangers = 64;

/** Every connection to the host. Those that have not proven to be the window are few: the one that came first makes room. */
export class Connections {
  /** In the order in which they came. */
  readonly #strangers = new Set<Socket>();
  readonly #windows = new Set<Socket>();

  get strangers(): number {
    return this.#strangers.size;
  }

  get windows(): number {
    return this.#windows.size;
  }

  add(socket: Socket): void {
    this.#strangers.add(socket);
    socket.once('close', () => {
      this.#strangers.delete(socket);
      this.#windows.delete(socket);
    });
    const [first] = this.#strangers;
    if (this.#strangers.size > mostStrangers) first?.destroy();
  }

  /** It has brought both secrets. */
  admit(socket: Socket): void {
    if (this.#strangers.delete(socket)) this.#windows.add(socket);
  }

  isWindow(socket: Socket): boolean {
    return this.#windows.has(socket);
  }

  /** Ends all of them at once, also those that the HTTP server has given away. */
  destroyAll(): void {
    for (const socket of [...this.#strangers, ...this.#windows]) socket.destroy();
    this.#strangers.clear();
    this.#windows.clear();
  }
}
