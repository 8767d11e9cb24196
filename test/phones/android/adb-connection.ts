import { randomBytes } from 'node:crypto';
import type { Socket } from 'node:net';
import type { SamplePhone } from '../../../native/samples/android/sample-phone.ts';
import {
  encodeMessage,
  MAX_PAYLOAD,
  MessageSplitter,
  VERSION_WITHOUT_CHECKSUM,
  type AdbMessage,
  type CommandName,
} from './adb-message.ts';
import { AdbStream } from './adb-stream.ts';
import type { AskModel } from './ask-model.ts';
import type { PhoneFaults } from './faults.ts';
import type { PhoneFolder } from './phone-folder.ts';
import { runShell } from './shell-service.ts';
import { runSync } from './sync-service.ts';

/** First argument of AUTH messages. */
const AUTH = { token: 1, signature: 2, publicKey: 3 } as const;

/** What a connection leads to. */
export interface PhoneInside {
  model: SamplePhone;
  folder: PhoneFolder;
  faults: PhoneFaults;
  ask: AskModel;
}

/** One computer's connection to the phone's adbd. */
export class AdbConnection {
  readonly #socket: Socket;
  readonly #model: SamplePhone;
  readonly #folder: PhoneFolder;
  readonly #faults: PhoneFaults;
  readonly #ask: AskModel;
  readonly #streams = new Map<number, AdbStream>();
  readonly #splitter = new MessageSplitter();
  #nextId = 1;
  #waitsForDialog = false;

  constructor(socket: Socket, { model, folder, faults, ask }: PhoneInside) {
    this.#socket = socket;
    this.#model = model;
    this.#folder = folder;
    this.#faults = faults;
    this.#ask = ask;
    socket.on('data', (chunk: Buffer) => this.#received(chunk));
    socket.on('error', () => socket.destroy());
    socket.on('close', () => this.#closeStreams());
  }

  /** The owner pressed "Allow": the phone greets the computer that waits for it. */
  dialogAccepted(): void {
    if (this.#waitsForDialog) this.#greet();
  }

  drop(): void {
    this.#socket.destroy();
  }

  #received(chunk: Buffer): void {
    if (this.#faults.offline) return;
    for (const message of this.#splitter.push(chunk)) this.#handle(message);
  }

  #handle(message: AdbMessage): void {
    const stream = this.#streams.get(message.arg1);
    switch (message.command) {
      case 'CNXN':
        if (this.#faults.authorization === 'granted') this.#greet();
        else this.#send('AUTH', AUTH.token, 0, randomBytes(20));
        break;
      case 'AUTH':
        if (message.arg0 === AUTH.publicKey) this.#waitsForDialog = true;
        // No key is known yet, so each signature is answered with a new token until the computer sends its public key.
        else this.#send('AUTH', AUTH.token, 0, randomBytes(20));
        if (this.#faults.authorization === 'granted') this.#greet();
        break;
      case 'OPEN':
        this.#open(message.arg0, message.data.toString('utf8').replace(/\0$/, ''));
        break;
      case 'OKAY':
        stream?.acknowledged();
        break;
      case 'WRTE':
        stream?.received(message.data);
        break;
      case 'CLSE':
        stream?.closedByPeer();
        break;
    }
  }

  #greet(): void {
    this.#waitsForDialog = false;
    const { build } = this.#model.state;
    const { shellV2, listV2 } = this.#faults;
    const versions = [...(shellV2 ? ['shell_v2'] : []), ...(listV2 ? ['ls_v2'] : [])];
    const features = [...versions, 'cmd', 'stat_v2', 'fixed_push_mkdir'];
    const banner =
      `${this.#faults.mode}::ro.product.name=${build.product};ro.product.model=${build.model};` +
      `ro.product.device=${build.device};features=${features.join(',')}`;
    this.#send('CNXN', VERSION_WITHOUT_CHECKSUM, MAX_PAYLOAD, Buffer.from(banner));
  }

  #open(remoteId: number, service: string): void {
    const { before } = this.#faults;
    if (before !== null && service.includes(before.command)) {
      this.#faults.before = null;
      before.act();
      return;
    }
    const localId = this.#nextId;
    this.#nextId += 1;
    const stream = new AdbStream(localId, remoteId, this.#sender(service));
    const run = this.#serviceFor(stream, service);
    if (run === null) {
      this.#send('CLSE', 0, remoteId);
      return;
    }
    this.#streams.set(localId, stream);
    stream.onClose(() => this.#streams.delete(localId));
    this.#send('OKAY', localId, remoteId);
    run().catch((error: unknown) => {
      this.#socket.destroy(error instanceof Error ? error : new Error(String(error)));
    });
  }

  #serviceFor(stream: AdbStream, service: string): (() => Promise<void>) | null {
    const [, v2, v1] =
      /^(?:shell,(?=[^:]*\bv2\b)[^:]*:([\s\S]*)|(?:shell(?:,raw)?|exec):([\s\S]*))$/.exec(service) ?? [];
    if (v2 !== undefined)
      return this.#faults.shellV2
        ? () => runShell(stream, this.#folder, this.#ask, { commandLine: v2, protocol: 2 })
        : null;
    if (v1 !== undefined) return () => runShell(stream, this.#folder, this.#ask, { commandLine: v1, protocol: 1 });
    if (service === 'sync:') return () => runSync(stream, this.#folder.files);
    return null;
  }

  /** Sends a service's messages, and drops the connection in the middle of the one that a fault wants cut. */
  #sender(service: string): (command: CommandName, arg0: number, arg1: number, data?: Buffer) => void {
    let sent = 0;
    return (command, arg0, arg1, data) => {
      const { cut } = this.#faults;
      if (command === 'WRTE' && data && cut && service.includes(cut.command)) {
        const left = cut.afterBytes - sent;
        if (data.length >= left) {
          this.#socket.write(encodeMessage(command, arg0, arg1, data.subarray(0, left)));
          this.#socket.destroySoon();
          cut.onCut?.();
          return;
        }
        sent += data.length;
      }
      this.#send(command, arg0, arg1, data);
    };
  }

  #send(command: CommandName, arg0: number, arg1: number, data?: Buffer): void {
    if (!this.#socket.destroyed) this.#socket.write(encodeMessage(command, arg0, arg1, data));
  }

  #closeStreams(): void {
    for (const stream of this.#streams.values()) stream.closedByPeer();
  }
}
