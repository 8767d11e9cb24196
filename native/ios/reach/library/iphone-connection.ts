import { hasPairRecord, type UsbmuxdAddress } from '../usbmuxd.ts';
import { left, out, type Bindings, type ImobiledeviceFunction, type Pointer } from './bindings.ts';
import { checkDevice, checkLockdown, LibraryFailure } from './failure.ts';

const label = 'phone-health';
/** `IDEVICE_LOOKUP_USBMUX`: the cable only. */
const overCable = 2;
const missingPairRecord = -29;
/** lockdownd hangs up after about ten idle seconds; what is idle is closed well before. */
const idleMs = 3000;

interface OpenService {
  client: Pointer;
  free: ImobiledeviceFunction;
}

/**
 * One iPhone as libimobiledevice sees it: the device, one session with lockdownd, and the services started through it. All
 * are opened when first needed, shared by the questions that follow each other (a TLS handshake costs 100 ms in 1.3.0), and
 * freed when nothing was asked for a while. Questions must come one at a time: the library's clients have no locks.
 */
export class IphoneConnection {
  readonly #bindings: Bindings;
  readonly #udid: string;
  readonly #usbmuxd: UsbmuxdAddress;
  readonly #services = new Map<string, OpenService>();
  #device: Pointer | null = null;
  #session: Pointer | null = null;
  #idle: NodeJS.Timeout | undefined;
  #keptOpen = false;

  constructor(bindings: Bindings, udid: string, usbmuxd: UsbmuxdAddress) {
    this.#bindings = bindings;
    this.#udid = udid;
    this.#usbmuxd = usbmuxd;
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

  async device(): Promise<Pointer> {
    if (this.#device !== null) return this.#device;
    const device = out();
    checkDevice(await this.#bindings.imobiledevice.idevice_new_with_options(device, this.#udid, overCable));
    this.#device = left(device);
    return this.#device;
  }

  /**
   * A session with lockdownd. Never makes the Trust dialog appear: the library's handshake pairs by itself where there is no
   * trust record, so the record is looked for immediately before, and without one this fails with −29.
   */
  async session(): Promise<Pointer> {
    if (this.#session !== null) return this.#session;
    if (!(await hasPairRecord(this.#usbmuxd, this.#udid))) checkLockdown(missingPairRecord);
    const client = out();
    const { lockdownd_client_new_with_handshake: handshake } = this.#bindings.imobiledevice;
    checkLockdown(await handshake(await this.device(), client, label));
    this.#session = left(client);
    return this.#session;
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

  /**
   * The client of a service: started and made once, kept until {@link close}. `check` turns the code of `make` into a
   * failure.
   */
  async service(
    name: string,
    make: ImobiledeviceFunction,
    free: ImobiledeviceFunction,
    check: (code: number) => void,
  ): Promise<Pointer> {
    const known = this.#services.get(name);
    if (known !== undefined) return known.client;
    const { imobiledevice } = this.#bindings;
    const descriptor = out();
    checkLockdown(await imobiledevice.lockdownd_start_service(await this.session(), name, descriptor));
    const client = out();
    try {
      check(await imobiledevice[make](await this.device(), left(descriptor), client));
    } finally {
      await imobiledevice.lockdownd_service_descriptor_free(left(descriptor));
    }
    this.#services.set(name, { client: left(client), free });
    return left(client);
  }

  /** Frees every client, the session and the device, in this order. */
  async close(): Promise<void> {
    const { imobiledevice } = this.#bindings;
    const services = [...this.#services.values()];
    const [session, device] = [this.#session, this.#device];
    this.#services.clear();
    this.#session = null;
    this.#device = null;
    for (const { client, free } of services) await imobiledevice[free](client);
    if (session !== null) await imobiledevice.lockdownd_client_free(session);
    if (device !== null) await imobiledevice.idevice_free(device);
  }
}
