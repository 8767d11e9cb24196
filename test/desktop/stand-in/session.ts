import { EventEmitter } from 'node:events';
import type { CustomScheme, OnBeforeRequestListenerDetails, Protocol, Session, WebRequest } from 'electron';
import { app } from './app.ts';
import { note } from './asked.ts';

type Handler = Parameters<Protocol['handle']>[1];
type BeforeRequest = NonNullable<Parameters<WebRequest['onBeforeRequest']>[0]>;
type HeadersReceived = NonNullable<Parameters<WebRequest['onHeadersReceived']>[0]>;
type OfferedProtocol = Pick<Protocol, 'handle' | 'unhandle' | 'isProtocolHandled' | 'registerSchemesAsPrivileged'>;

/** What a scheme may do, as it was registered; only before the program is ready, as in Electron. */
export const schemes: CustomScheme[] = [];

/** The schemes that a session answers itself. */
export class StandInProtocol implements OfferedProtocol {
  readonly #handlers = new Map<string, Handler>();

  registerSchemesAsPrivileged(customSchemes: CustomScheme[]): void {
    if (app.isReady()) throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready');
    schemes.push(...customSchemes);
  }

  handle(scheme: string, handler: Handler): void {
    if (this.#handlers.has(scheme)) throw new Error(`Failed to register protocol: ${scheme}`);
    this.#handlers.set(scheme, handler);
  }

  unhandle(scheme: string): void {
    if (!this.#handlers.delete(scheme)) throw new Error(`Failed to unhandle protocol: ${scheme}`);
  }

  isProtocolHandled(scheme: string): boolean {
    return this.#handlers.has(scheme);
  }

  /** Null where nobody answers this scheme. */
  async answer(request: Request): Promise<Response | null> {
    const handler = this.#handlers.get(new URL(request.url).protocol.slice(0, -1));
    return handler === undefined ? null : handler(request);
  }
}

/** What happens to requests on their way; Electron keeps one listener of each kind. */
export class StandInWebRequest {
  #beforeRequest: BeforeRequest | null = null;
  headersReceived: HeadersReceived | null = null;

  onBeforeRequest(...args: [BeforeRequest | null] | [unknown, BeforeRequest | null]): void {
    this.#beforeRequest = args.length === 1 ? args[0] : args[1];
  }

  onHeadersReceived(...args: [HeadersReceived | null] | [unknown, HeadersReceived | null]): void {
    this.headersReceived = args.length === 1 ? args[0] : args[1];
  }

  /** Whether a request is stopped before it leaves. */
  cancels(details: Pick<OnBeforeRequestListenerDetails, 'url' | 'method' | 'resourceType'>): Promise<boolean> {
    const listener = this.#beforeRequest;
    if (listener === null) return Promise.resolve(false);
    return new Promise((resolve) => {
      const whole = { id: 1, referrer: '', timestamp: Date.now(), uploadData: [], ...details };
      listener(whole, ({ cancel }) => resolve(cancel === true));
    });
  }
}

type Offered = Pick<
  Session,
  | 'setPermissionRequestHandler'
  | 'setPermissionCheckHandler'
  | 'setDevicePermissionHandler'
  | 'setDisplayMediaRequestHandler'
  | 'setBluetoothPairingHandler'
  | 'setUSBProtectedClassesHandler'
  | 'setCertificateVerifyProc'
  | 'setSpellCheckerEnabled'
  | 'isSpellCheckerEnabled'
  | 'isPersistent'
  | 'clearStorageData'
  | 'clearCache'
  | 'closeAllConnections'
>;
type PermissionRequest = Parameters<Session['setPermissionRequestHandler']>[0];
type PermissionCheck = Parameters<Session['setPermissionCheckHandler']>[0];
type DevicePermission = Parameters<Session['setDevicePermissionHandler']>[0];
export type Permission = Parameters<NonNullable<PermissionCheck>>[1];

/** A session: what its pages may do, and who answers their requests. */
export class StandInSession extends EventEmitter implements Offered {
  readonly partition: string;
  readonly protocol = new StandInProtocol();
  readonly webRequest = new StandInWebRequest();
  #request: PermissionRequest = null;
  #check: PermissionCheck = null;
  #device: DevicePermission = null;
  #spells = true;

  constructor(partition: string) {
    super();
    this.partition = partition;
  }

  setPermissionRequestHandler(handler: PermissionRequest): void {
    this.#request = handler;
  }

  setPermissionCheckHandler(handler: PermissionCheck): void {
    this.#check = handler;
  }

  setDevicePermissionHandler(handler: DevicePermission): void {
    this.#device = handler;
  }

  setDisplayMediaRequestHandler(handler: Parameters<Session['setDisplayMediaRequestHandler']>[0]): void {
    note('session.setDisplayMediaRequestHandler', handler);
  }

  setBluetoothPairingHandler(handler: Parameters<Session['setBluetoothPairingHandler']>[0]): void {
    note('session.setBluetoothPairingHandler', handler);
  }

  setUSBProtectedClassesHandler(handler: Parameters<Session['setUSBProtectedClassesHandler']>[0]): void {
    note('session.setUSBProtectedClassesHandler', handler);
  }

  setCertificateVerifyProc(proc: Parameters<Session['setCertificateVerifyProc']>[0]): void {
    note('session.setCertificateVerifyProc', proc);
  }

  setSpellCheckerEnabled(enable: boolean): void {
    this.#spells = enable;
  }

  isSpellCheckerEnabled(): boolean {
    return this.#spells;
  }

  isPersistent(): boolean {
    return this.partition === '' || this.partition.startsWith('persist:');
  }

  clearStorageData(): Promise<void> {
    return Promise.resolve(note('session.clearStorageData'));
  }

  clearCache(): Promise<void> {
    return Promise.resolve(note('session.clearCache'));
  }

  closeAllConnections(): Promise<void> {
    return Promise.resolve();
  }

  /** Whether a page gets what it asks for. Without handlers everything is granted, as in Electron. */
  async grants(permission: Permission, origin: string): Promise<boolean> {
    const details = { requestingUrl: `${origin}/`, isMainFrame: true };
    if (this.#check !== null && !this.#check(null, permission, origin, details)) return false;
    const request = this.#request;
    if (request === null) return true;
    // The page that asks is not looked at by any handler; whoever needs it gives it here.
    return new Promise((resolve) => request(null as never, permission, resolve, details));
  }

  grantsDevice(details: Parameters<NonNullable<DevicePermission>>[0]): boolean {
    return this.#device === null ? true : this.#device(details);
  }
}

const sessions = new Map<string, StandInSession>();

function fromPartition(partition: string): StandInSession {
  const kept = sessions.get(partition) ?? new StandInSession(partition);
  sessions.set(partition, kept);
  return kept;
}

export const session = {
  fromPartition,
  get defaultSession(): StandInSession {
    return fromPartition('');
  },
};

/** `protocol` of Electron is that of the default session, with the registering. */
export const protocol: OfferedProtocol = {
  registerSchemesAsPrivileged: (customSchemes) =>
    session.defaultSession.protocol.registerSchemesAsPrivileged(customSchemes),
  handle: (scheme, handler) => session.defaultSession.protocol.handle(scheme, handler),
  unhandle: (scheme) => session.defaultSession.protocol.unhandle(scheme),
  isProtocolHandled: (scheme) => session.defaultSession.protocol.isProtocolHandled(scheme),
};

/** For the next test. */
export function resetSessions(): void {
  sessions.clear();
  schemes.length = 0;
}
