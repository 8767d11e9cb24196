import { setTimeout as sleep } from 'node:timers/promises';
import type { SecureContext } from 'node:tls';
import type { SampleIphone } from '../../../native/samples/ios/iphone.ts';
import { ChannelClosed, type ByteChannel } from './byte-channel.ts';
import { Faults, type SilentPlace } from './faults.ts';
import { serveLockdownd } from './lockdownd.ts';
import { Milestones } from './milestones.ts';
import { createPairRecord } from './pair-record.ts';
import { ProtocolViolation } from './plist-messages.ts';
import { services, type ServiceName } from './services/services.ts';
import { Trust, type TrustAnswer } from './trust.ts';
import type { PlistDict } from '../../../native/ios/read/plist.ts';

/**
 * What computer and phone know of each other at plug-in.
 * - `trusted`: the computer has a pair record, and the phone knows it
 * - `never`: no pair record
 * - `forgotten`: a pair record, but the phone answers InvalidHostID
 * - `stale`: a pair record whose keys the phone no longer accepts: it breaks off TLS
 */
export const pairings = ['trusted', 'never', 'forgotten', 'stale'] as const;
export type Pairing = (typeof pairings)[number];

const lockdowndPort = 62078;
const firstServicePort = 49152;

/** A port that one client may connect to. */
interface OpenService {
  readonly name: ServiceName;
  readonly security: SecureContext | undefined;
  /** False: the client is let in, and told nothing. */
  readonly isHeard: boolean;
}

/** An iPhone on the wire: it answers from its model, unless a fault says otherwise. */
export class SimulatedIphone {
  readonly model: SampleIphone;
  readonly pairing: Pairing;
  readonly trust: Trust;
  readonly faults = new Faults();
  /** Everything a client changed or tried to change on the phone; reading leaves it empty. */
  readonly changes: string[] = [];
  /** `observed NAME`: a client waits for that notification. `silent PLACE`: a client waits where the phone is silent. */
  readonly milestones = new Milestones();
  readonly #observers = new Set<(name: string) => void>();
  readonly #openServices = new Map<number, OpenService>();
  /** Bytes of files that AFC has sent, over all connections. */
  sentFileBytes = 0;
  /** Until when the cable is taken, on the clock of `performance`. */
  #cableTakenUntil = 0;
  /** Clients of the file service that have a port or a connection. */
  fileClients = 0;
  #nextPort = firstServicePort;
  #onCablePulled: (() => void) | undefined;

  constructor(model: SampleIphone, options: { readonly pairing?: Pairing; readonly trustAnswer?: TrustAnswer } = {}) {
    this.model = model;
    this.pairing = options.pairing ?? 'trusted';
    this.trust = new Trust(options.trustAnswer ?? 'trust');
  }

  get udid(): string {
    return this.model.identity.udid;
  }

  /** The record that the computer has of this phone before it is plugged in; `undefined` when they never met. */
  preparePairRecord(systemBuid: string): PlistDict | undefined {
    if (this.pairing === 'never') return undefined;
    const made = createPairRecord(systemBuid, this.model.identity.wifiAddress);
    if (this.pairing === 'trusted') this.trust.remember(made.hostId, made.deviceCertificate);
    if (this.pairing === 'stale') this.trust.rememberStale(made.hostId);
    return made.record;
  }

  /** Opens a port for one connection to a service, as StartService does. */
  openService(name: ServiceName, security: SecureContext | undefined): number {
    const port = this.#nextPort;
    this.#nextPort += 1;
    const isHeard = name !== 'com.apple.afc' || this.fileClients < (this.faults.mostHeardFileClients ?? Infinity);
    this.#openServices.set(port, { name, security, isHeard });
    if (name === 'com.apple.afc') this.fileClients += 1;
    return port;
  }

  listensOn(port: number): boolean {
    return port === lockdowndPort || this.#openServices.has(port);
  }

  /** Serves one connection until either side hangs up. */
  async serve(port: number, channel: ByteChannel): Promise<void> {
    const service = this.#openServices.get(port);
    this.#openServices.delete(port);
    try {
      if (service === undefined) await serveLockdownd(this, channel);
      else await this.#serveService(service, channel);
    } catch (error) {
      if (!(error instanceof ChannelClosed) && !(error instanceof ProtocolViolation)) throw error;
    } finally {
      channel.end();
      if (service?.name === 'com.apple.afc') this.fileClients -= 1;
    }
  }

  async #serveService({ name, security, isHeard }: OpenService, raw: ByteChannel): Promise<void> {
    const channel = security === undefined ? raw : raw.startTls(security);
    if (!isHeard || this.isSilentAt(name)) {
      // TLS is greeted, so that the client waits for an answer and not for the handshake.
      await this.fallSilent(name, channel);
      return;
    }
    try {
      await services[name](channel, this);
    } finally {
      channel.end();
    }
  }

  isSilentAt(place: SilentPlace): boolean {
    return this.faults.silent.has(place);
  }

  /** Says nothing more on a connection; returns when the client has given up. */
  async fallSilent(place: SilentPlace, channel: ByteChannel): Promise<void> {
    this.milestones.mark(`silent ${place}`);
    await channel.closed;
  }

  /** Lets the time pass that this phone takes for an answer. */
  async think(): Promise<void> {
    if (this.faults.answerDelayMs > 0) await sleep(this.faults.answerDelayMs);
  }

  /** Lets the time pass that so many bytes of a file take. */
  async transfer(bytes: number): Promise<void> {
    const { fileBytesPerSecond: rate } = this.faults;
    if (rate === undefined) return;
    const now = performance.now();
    this.#cableTakenUntil = Math.max(now, this.#cableTakenUntil) + (bytes * 1000) / rate;
    await sleep(this.#cableTakenUntil - now);
  }

  /** Subscribes to the phone's notifications; returns the way out. */
  observe(observer: (name: string) => void): () => void {
    this.#observers.add(observer);
    return () => this.#observers.delete(observer);
  }

  /** Posts a Darwin notification, such as `com.apple.system.lowpowermode`. */
  post(name: string): void {
    for (const observer of this.#observers) observer(name);
  }

  /** Called by the usbmuxd that the phone is plugged into. */
  onCablePulled(callback: () => void): void {
    this.#onCablePulled = callback;
  }

  pullCable(): void {
    this.#onCablePulled?.();
  }
}
