import type { Duplex } from 'node:stream';
import { TLSSocket, type SecureContext } from 'node:tls';

/** The other side is gone, or the phone was unplugged: no more bytes will come. */
export class ChannelClosed extends Error {
  constructor() {
    super('the connection is closed');
    this.name = 'ChannelClosed';
  }
}

/** A two-way connection read in exact amounts; it can turn into TLS where the protocol says so. */
export class ByteChannel {
  readonly #stream: Duplex;
  /** Resolves when the connection has ended, for whatever reason. */
  readonly closed: Promise<void>;
  #isClosed = false;
  #wake: (() => void) | undefined;

  constructor(stream: Duplex) {
    this.#stream = stream;
    this.closed = new Promise((resolve) => {
      const close = () => {
        this.#isClosed = true;
        resolve();
        this.#wake?.();
      };
      stream.once('close', close);
      stream.once('end', close);
      // A reset by the other side is an ordinary way to hang up here; 'close' follows and ends the readers.
      stream.on('error', close);
    });
    stream.on('readable', () => this.#wake?.());
  }

  /** Exactly `length` bytes; throws `ChannelClosed` when the connection ends first. */
  async read(length: number): Promise<Buffer> {
    if (length === 0) return Buffer.alloc(0);
    for (;;) {
      const bytes = this.#stream.read(length) as Buffer | null;
      if (bytes !== null && bytes.length === length) return bytes;
      if (bytes !== null || this.#isClosed || this.#stream.destroyed) throw new ChannelClosed();
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
      this.#wake = undefined;
    }
  }

  /** Sends bytes; resolves when the system has taken them. */
  async write(bytes: Uint8Array): Promise<void> {
    if (this.#isClosed || this.#stream.destroyed) throw new ChannelClosed();
    await new Promise<void>((resolve, reject) => {
      this.#stream.write(bytes, (error) => {
        if (error) reject(new ChannelClosed());
        else resolve();
      });
    });
  }

  /** Goes on as the server side of TLS; this channel must not be used any more afterwards. */
  startTls(secureContext: SecureContext): ByteChannel {
    this.#stream.removeAllListeners('readable');
    return new ByteChannel(new TLSSocket(this.#stream, { isServer: true, secureContext }));
  }

  /** Sends what is left and hangs up. */
  end(): void {
    this.#stream.end();
  }

  /** Hangs up at once, as when the cable is pulled. */
  destroy(): void {
    this.#stream.destroy();
  }
}
