import koffi from 'koffi';
import { vi } from 'vitest';
import { readPlist, writeBinaryPlist, type PlistDict, type PlistResult } from '../../../native/ios/read/plist.ts';

/**
 * The few functions of the real libimobiledevice that no command line tool of Debian reaches: files, and services without
 * an interface of their own. Every call runs on another thread: the simulated phone lives on this one.
 */
export class Libimobiledevice {
  readonly #device: bigint;

  private constructor(device: bigint) {
    this.#device = device;
  }

  /** Opens one phone of the usbmuxd at `address`. */
  static async open(address: string, udid: string): Promise<Libimobiledevice> {
    // The library looks there whenever it connects.
    vi.stubEnv('USBMUXD_SOCKET_ADDRESS', address);
    const device: [bigint] = [0n];
    succeed('idevice_new', await call('int idevice_new(_Out_ void **device, const char *udid)', device, udid));
    return new Libimobiledevice(device[0]);
  }

  /** Runs `use` with a connection to com.apple.afc. */
  async withFiles<T>(use: (files: Files) => Promise<T>): Promise<T> {
    const client: [bigint] = [0n];
    const start = 'int afc_client_start_service(void *device, _Out_ void **client, const char *label)';
    succeed('afc_client_start_service', await call(start, this.#device, client, 'test'));
    try {
      return await use(new Files(client[0]));
    } finally {
      await call('int afc_client_free(void *client)', client[0]);
    }
  }

  /** Sends one request to a service that speaks in property lists; its answer. */
  async ask(service: string, request: PlistDict): Promise<PlistResult> {
    const lockdown: [bigint] = [0n];
    const open = 'int lockdownd_client_new_with_handshake(void *device, _Out_ void **client, const char *label)';
    succeed('handshake', await call(open, this.#device, lockdown, 'test'));
    const descriptor: [bigint] = [0n];
    const start = 'int lockdownd_start_service(void *client, const char *name, _Out_ void **descriptor)';
    succeed('lockdownd_start_service', await call(start, lockdown[0], service, descriptor));
    await call('int lockdownd_client_free(void *client)', lockdown[0]);
    const client: [bigint] = [0n];
    const connect = 'int property_list_service_client_new(void *device, void *descriptor, _Out_ void **client)';
    succeed('property_list_service_client_new', await call(connect, this.#device, descriptor[0], client));
    await call('int lockdownd_service_descriptor_free(void *descriptor)', descriptor[0]);
    try {
      return await exchange(client[0], request);
    } finally {
      await call('int property_list_service_client_free(void *client)', client[0]);
    }
  }

  async close(): Promise<void> {
    await call('int idevice_free(void *device)', this.#device);
  }
}

/** What afc.h calls these codes. */
export const afcError = { success: 0, objectNotFound: 8, objectIsDir: 9, permDenied: 10, mux: 30 } as const;

/** An AFC error with its code. */
export class AfcFailure extends Error {
  readonly code: number;
  constructor(what: string, code: number) {
    super(`${what}: AFC error ${code}`);
    this.code = code;
  }
}

class Files {
  readonly #client: bigint;
  constructor(client: bigint) {
    this.#client = client;
  }

  async list(path: string): Promise<string[]> {
    return this.#texts('int afc_read_directory(void *client, const char *path, _Out_ void **list)', path);
  }

  /** st_size, st_ifmt, st_mtime and so on, as texts. */
  async stat(path: string): Promise<Record<string, string>> {
    const texts = await this.#texts('int afc_get_file_info(void *client, const char *path, _Out_ void **info)', path);
    return pairs(texts);
  }

  async deviceInfo(): Promise<Record<string, string>> {
    return pairs(await this.#texts('int afc_get_device_info(void *client, _Out_ void **info)'));
  }

  /** A file from `offset` on, read in pieces of `chunkBytes`. */
  async read(path: string, options: { readonly offset?: number; readonly chunkBytes?: number } = {}): Promise<Buffer> {
    const readOnly = 1;
    const handle: [number | bigint] = [0];
    const open = 'int afc_file_open(void *client, const char *path, int mode, _Out_ uint64_t *handle)';
    this.#check(path, await call(open, this.#client, path, readOnly, handle));
    if (options.offset !== undefined) {
      const seek = 'int afc_file_seek(void *client, uint64_t handle, int64_t offset, int whence)';
      this.#check(path, await call(seek, this.#client, handle[0], options.offset, 0));
    }
    const read = 'int afc_file_read(void *client, uint64_t handle, void *data, uint32_t length, _Out_ uint32_t *count)';
    const pieces: Buffer[] = [];
    for (;;) {
      const piece = Buffer.alloc(options.chunkBytes ?? 65_536);
      const count: [number] = [0];
      this.#check(path, await call(read, this.#client, handle[0], piece, piece.length, count));
      if (count[0] === 0) break;
      pieces.push(piece.subarray(0, count[0]));
    }
    this.#check(path, await call('int afc_file_close(void *client, uint64_t handle)', this.#client, handle[0]));
    return Buffer.concat(pieces);
  }

  async remove(path: string): Promise<void> {
    this.#check(path, await call('int afc_remove_path(void *client, const char *path)', this.#client, path));
  }

  async #texts(signature: string, ...args: readonly string[]): Promise<string[]> {
    const list: [bigint] = [0n];
    this.#check(args[0] ?? 'device', await call(signature, this.#client, ...args, list));
    const texts: string[] = [];
    for (let index = 0; ; index += 1) {
      const text: unknown = koffi.decode(list[0], index * 8, 'const char *');
      if (typeof text !== 'string') break;
      texts.push(text);
    }
    await call('int afc_dictionary_free(void *list)', list[0]);
    return texts;
  }

  #check(what: string, code: number): void {
    if (code !== afcError.success) throw new AfcFailure(what, code);
  }
}

async function exchange(client: bigint, request: PlistDict): Promise<PlistResult> {
  const bytes = Buffer.from(writeBinaryPlist(request));
  const node: [bigint] = [0n];
  await call(
    'void plist_from_memory(const void *data, uint32_t length, _Out_ void **plist)',
    bytes,
    bytes.length,
    node,
  );
  const send = 'int property_list_service_send_xml_plist(void *client, void *plist)';
  succeed('send', await call(send, client, node[0]));
  const answer: [bigint] = [0n];
  const receive = 'int property_list_service_receive_plist(void *client, _Out_ void **plist)';
  succeed('receive', await call(receive, client, answer));
  const data: [bigint] = [0n];
  const length: [number] = [0];
  const encode = 'void plist_to_bin(void *plist, _Out_ void **data, _Out_ uint32_t *length)';
  await call(encode, answer[0], data, length);
  const result = readPlist(Uint8Array.from(koffi.decode(data[0], 'uint8_t', length[0]) as number[]));
  await call('void plist_to_bin_free(void *data)', data[0]);
  for (const plist of [node[0], answer[0]]) await call('void plist_free(void *plist)', plist);
  return result;
}

function pairs(texts: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    texts.flatMap((text, index) => (index % 2 === 0 ? [[text, texts[index + 1] ?? ''] as const] : [])),
  );
}

function succeed(what: string, code: number): void {
  if (code !== 0) throw new Error(`${what}: error ${code}`);
}

type NativeFunction = ReturnType<ReturnType<typeof koffi.load>['func']>;

const functions = new Map<string, NativeFunction>();

/** Calls a function by its C declaration, on another thread; its result. */
async function call(declaration: string, ...args: readonly unknown[]): Promise<number> {
  const known = functions.get(declaration) ?? bind(declaration);
  functions.set(declaration, known);
  return new Promise((resolve, reject) => {
    known.async(...args, (error: Error | null, result: unknown) => {
      if (error === null) resolve(typeof result === 'number' ? result : 0);
      else reject(error);
    });
  });
}

const libraryNames = { plist: 'libplist-2.0.so.3', imobiledevice: 'libimobiledevice-1.0.so.6' } as const;

function bind(declaration: string): NativeFunction {
  const isPlist = /\bplist_(from|to|free)/.test(declaration);
  return koffi.load(isPlist ? libraryNames.plist : libraryNames.imobiledevice).func(declaration);
}

/** Whether this machine has the libraries; tests that need them are skipped where it has not. */
export const isInstalled = Object.values(libraryNames).every((name) => {
  try {
    koffi.load(name);
    return true;
  } catch (error) {
    if (error instanceof Error) return false;
    throw error;
  }
});
