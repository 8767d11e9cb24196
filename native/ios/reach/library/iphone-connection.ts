import { iphoneDeadlines } from '../deadlines.ts';
import { hasPairRecord, type UsbmuxdAddress } from '../usbmuxd.ts';
import { left, out, type Bindings, type ImobiledeviceFunction, type Pointer } from './bindings.ts';
import { checkDevice, checkLockdown, LibraryFailure } from './failure.ts';
import { within } from './within.ts';

const label = 'phone-health';
/** `IDEVICE_LOOKUP_USBMUX`: the cable only. */
const overCable = 2;
const missingPairRecord = -29;
/** lockdownd hangs up after about ten idle seconds; what is idle is closed well before. */
const idleMs = 3000;

/** A service of the phone: its name, and what makes and frees a client of it. */
export interface Service {
  name: string;
  make: ImobiledeviceFunction;
  free: ImobiledeviceFunction;
  /** Turns the code of `make` into a failure. */
  check: (code: number) => void;
}

interface OpenService {
  client: Promise<Pointer>;
  free: ImobiledeviceFunction;
  /** Opened ahead, and not asked yet: the phone may close it meanwhile. */
  unasked: boolean;
}

const keyOf = ({ name }: Pick<Service, 'name'>, lane: number): string => `${name} ${lane}`;

/** The other end has hung up. */
const isGone = (error: unknown): boolean =>
  error instanceof LibraryFailure && (error.ended === 'unplugged' || error.ended === 'truncated');

/** Does this when the turn before has ended, however it ended. */
function afterTurn<T>(
  before: Promise<unknown>,
  work: () => Promise<T>,
): { answer: Promise<T>; turn: Promise<unknown> } {
  const answer = before.then(work);
  return { answer, turn: answer.catch(() => undefined) };
}

/**
 * One iPhone as libimobiledevice sees it: the device, one session with lockdownd, and the services started through it. All
 * are opened when first needed, shared by the questions that follow each other (a TLS handshake costs 100 ms in 1.3.0), and
 * freed when nothing was asked for a while. The library's clients have no locks: each is asked one thing at a time, several clients
 * side by side.
 */
export class IphoneConnection {
  readonly #bindings: Bindings;
  readonly #udid: string;
  readonly #usbmuxd: UsbmuxdAddress;
  /** By name and lane. */
  readonly #services = new Map<string, OpenService>();
  /** Calls that go on beside the questions: nothing is freed under them. */
  readonly #beside = new Set<Promise<unknown>>();
  /** Settles when lockdownd has answered what it was asked last: its client, too, is asked one thing at a time. */
  #turn: Promise<unknown> = Promise.resolve();
  #conversation = 0;
  #device: Promise<Pointer> | null = null;
  #session: Pointer | null = null;
  #idle: NodeJS.Timeout | undefined;
  #keptOpen = false;
  /** Conversations that have ended, and cannot be freed yet. */
  #unfreed = 0;
  readonly #freeMs: number;

  constructor(bindings: Bindings, udid: string, usbmuxd: UsbmuxdAddress, freeMs: number = iphoneDeadlines.freeMs) {
    this.#bindings = bindings;
    this.#udid = udid;
    this.#usbmuxd = usbmuxd;
    this.#freeMs = freeMs;
  }

  /** Runs one question. A failure closes everything, so that the next one starts afresh. */
  async use<T>(question: (connection: this) => Promise<T>): Promise<T> {
    clearTimeout(this.#idle);
    try {
      return await question(this);
    } catch (error) {
      if (!(error instanceof LibraryFailure && ['missing', 'denied'].includes(error.ended))) await this.close();
      throw error;
    } finally {
      if (!this.#keptOpen) this.#idle = setTimeout(() => void this.close(), idleMs).unref();
    }
  }

  /** For a service that speaks by itself: nothing is freed until the process ends. */
  keepOpen(): void {
    this.#keptOpen = true;
  }

  device(): Promise<Pointer> {
    const known = this.#device;
    if (known !== null) return known;
    const opening = async (): Promise<Pointer> => {
      const device = out();
      checkDevice(await this.#bindings.imobiledevice.idevice_new_with_options(device, this.#udid, overCable));
      return left(device);
    };
    const opened = opening();
    this.#device = opened;
    opened.catch(() => {
      if (this.#device === opened) this.#device = null;
    });
    return opened;
  }

  /**
   * Asks lockdownd in a session, once what it was asked before is answered. Never makes the Trust dialog appear: the library's handshake
   * pairs by itself where there is no trust record, so the record is looked for immediately before, and without one this fails with −29.
   */
  inSession<T>(ask: (client: Pointer) => Promise<T>): Promise<T> {
    const { answer, turn } = afterTurn(this.#turn, async () => {
      const conversation = this.#conversation;
      const session = this.#session ?? (await this.#openSession());
      if (conversation !== this.#conversation) {
        await this.#bindings.imobiledevice.lockdownd_client_free(session);
        throw new LibraryFailure('truncated', 'The conversation with the iPhone has ended.');
      }
      this.#session = session;
      return ask(session);
    });
    this.#turn = turn;
    return this.beside(answer);
  }

  async #openSession(): Promise<Pointer> {
    if (!(await hasPairRecord(this.#usbmuxd, this.#udid))) checkLockdown(missingPairRecord);
    const client = out();
    const { lockdownd_client_new_with_handshake: handshake } = this.#bindings.imobiledevice;
    checkLockdown(await handshake(await this.device(), client, label));
    return left(client);
  }

  /** Runs `ask` with a lockdownd client that has no session: the phone tells who it is, and nothing else. Never pairs. */
  async withoutSession<T>(ask: (client: Pointer) => Promise<T>): Promise<T> {
    const { lockdownd_client_new: connect, lockdownd_client_free: free } = this.#bindings.imobiledevice;
    const client = out();
    checkLockdown(await connect(await this.device(), client, label));
    try {
      return await ask(left(client));
    } finally {
      await free(left(client));
    }
  }

  /** Which conversation this is: after {@link close} every client and file of an earlier one is gone. */
  get conversation(): number {
    return this.#conversation;
  }

  /** A call that may go on after the question that began it; whoever began it hears of its failure. */
  beside<T>(call: Promise<T>): Promise<T> {
    const ended: Promise<unknown> = call.catch(() => undefined).finally(() => this.#beside.delete(ended));
    this.#beside.add(ended);
    return call;
  }

  /** Whether calls hang that the phone has never answered: whatever they use stays, and so do their threads. */
  get isSpent(): boolean {
    return this.#unfreed > 0;
  }

  /**
   * Asks a service, which is opened where it is not yet. One that was opened ahead, and was closed by the phone before it was asked
   * anything, is opened once more: nothing has been asked of it by then that must not be asked twice.
   */
  ask<T>(service: Service, call: (client: Pointer) => Promise<T>, lane = 0): Promise<T> {
    const asking = async (): Promise<T> => {
      const key = keyOf(service, lane);
      const opened = this.#services.get(key);
      const conversation = this.#conversation;
      const isFirst = opened?.unasked === true;
      if (opened !== undefined) opened.unasked = false;
      const client = await this.service(service, lane);
      try {
        return await call(client);
      } catch (error) {
        if (!isFirst || !isGone(error) || this.#conversation !== conversation) throw error;
        this.#services.delete(key);
        await this.#bindings.imobiledevice[opened.free](client);
        return call(await this.service(service, lane));
      }
    };
    return this.beside(asking());
  }

  /** The client of a service, one a lane: started and made once, kept until {@link close}. */
  service(service: Service, lane = 0): Promise<Pointer> {
    const start = (name: string): Promise<Pointer> => this.inSession((session) => this.#startIn(session, name));
    return this.#opened(service, lane, start);
  }

  /**
   * Opens services that are about to be asked, beside the questions: their handshakes are waited for together. They are started in a
   * session of their own, where one that hangs keeps no question to lockdownd waiting. What cannot be opened is told to whoever asks it.
   */
  ahead(services: readonly (readonly [Service, lane: number])[]): void {
    const conversation = this.#conversation;
    const isOpen = (service: Service, lane: number): boolean => this.#services.has(keyOf(service, lane));
    if (services.every(([service, lane]) => isOpen(service, lane))) return;
    const opening = async (): Promise<void> => {
      // Asked for by the first question as well: the device is not made twice.
      await this.device();
      const session = await this.#openSession();
      try {
        const clients: Promise<Pointer>[] = [];
        for (const [service, lane] of services) {
          if (this.#conversation !== conversation) break;
          if (isOpen(service, lane)) continue;
          const descriptor = this.#startIn(session, service.name);
          clients.push(this.#opened(service, lane, () => descriptor, true));
          await descriptor.catch(() => undefined);
        }
        await Promise.allSettled(clients);
      } finally {
        await this.#bindings.imobiledevice.lockdownd_client_free(session);
      }
    };
    this.beside(opening()).catch(() => undefined);
  }

  #opened(
    { name, make, free, check }: Service,
    lane: number,
    start: (name: string) => Promise<Pointer>,
    unasked = false,
  ): Promise<Pointer> {
    const key = keyOf({ name }, lane);
    const known = this.#services.get(key);
    if (known !== undefined) return known.client;
    const { imobiledevice } = this.#bindings;
    const opening = async (): Promise<Pointer> => {
      const device = await this.device();
      const descriptor = await start(name);
      const client = out();
      try {
        check(await imobiledevice[make](device, descriptor, client));
      } finally {
        await imobiledevice.lockdownd_service_descriptor_free(descriptor);
      }
      return left(client);
    };
    const client = this.beside(opening());
    const opened = { client, free, unasked };
    this.#services.set(key, opened);
    // What could not be opened is opened anew by the next question.
    client.catch(() => {
      if (this.#services.get(key) === opened) this.#services.delete(key);
    });
    return client;
  }

  async #startIn(session: Pointer, name: string): Promise<Pointer> {
    const descriptor = out();
    checkLockdown(await this.#bindings.imobiledevice.lockdownd_start_service(session, name, descriptor));
    return left(descriptor);
  }

  /**
   * Ends the conversation: frees every client, the session and the device, in this order, once nothing is asked of them any more. Is not
   * waited for long: where the phone never answers, this connection {@link isSpent}.
   */
  async close(): Promise<void> {
    this.#unfreed += 1;
    const freed = this.#free().finally(() => (this.#unfreed -= 1));
    try {
      await within(this.#freeMs, freed);
    } catch (error) {
      if (!(error instanceof LibraryFailure)) throw error;
    }
  }

  async #free(): Promise<void> {
    const { imobiledevice } = this.#bindings;
    const services = [...this.#services.values()];
    const [session, device] = [this.#session, this.#device];
    this.#conversation += 1;
    this.#services.clear();
    this.#session = null;
    this.#device = null;
    this.#turn = Promise.resolve();
    await Promise.all(this.#beside);
    for (const { client, free } of services) {
      const made = await client.catch(() => null);
      if (made !== null) await imobiledevice[free](made);
    }
    if (session !== null) await imobiledevice.lockdownd_client_free(session);
    const opened = await device?.catch(() => null);
    if (opened !== null && opened !== undefined) await imobiledevice.idevice_free(opened);
  }
}
