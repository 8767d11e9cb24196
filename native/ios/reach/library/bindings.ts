import koffi, { type LibraryHandle } from 'koffi';
import { LibraryMissing, loadLibraries } from './load.ts';

/** An address inside a library. Never kept after its `*_free`. */
export type Pointer = bigint;

/** Where a function of the library leaves a result. */
export type Out = [Pointer | null];
export const out = (): Out => [null];

/** The pointer that a call which succeeded has left. */
export function left(result: Out): Pointer {
  if (result[0] === null) throw new Error('the library reported success and gave nothing');
  return result[0];
}

/** Signatures as in the headers of libimobiledevice 1.3.0; 1.4.0 has the same. Handles are opaque pointers. */
const signatures = {
  idevice_new_with_options: 'int idevice_new_with_options(_Out_ void **device, const char *udid, int options)',
  idevice_free: 'int idevice_free(void *device)',
  lockdownd_client_new: 'int lockdownd_client_new(void *device, _Out_ void **client, const char *label)',
  lockdownd_client_new_with_handshake:
    'int lockdownd_client_new_with_handshake(void *device, _Out_ void **client, const char *label)',
  lockdownd_client_free: 'int lockdownd_client_free(void *client)',
  lockdownd_get_value: 'int lockdownd_get_value(void *client, const char *domain, const char *key, _Out_ void **value)',
  lockdownd_pair: 'int lockdownd_pair(void *client, void *record)',
  lockdownd_unpair: 'int lockdownd_unpair(void *client, void *record)',
  lockdownd_start_service: 'int lockdownd_start_service(void *client, const char *name, _Out_ void **service)',
  lockdownd_service_descriptor_free: 'int lockdownd_service_descriptor_free(void *service)',
  afc_client_new: 'int afc_client_new(void *device, void *service, _Out_ void **client)',
  afc_client_free: 'int afc_client_free(void *client)',
  afc_read_directory: 'int afc_read_directory(void *client, const char *path, _Out_ void **names)',
  afc_get_file_info: 'int afc_get_file_info(void *client, const char *path, _Out_ void **info)',
  afc_get_device_info: 'int afc_get_device_info(void *client, _Out_ void **info)',
  afc_dictionary_free: 'int afc_dictionary_free(void *names)',
  afc_file_open: 'int afc_file_open(void *client, const char *path, int mode, _Out_ uint64_t *handle)',
  afc_file_read:
    'int afc_file_read(void *client, uint64_t handle, uint8_t *data, uint32_t length, _Out_ uint32_t *read)',
  afc_file_seek: 'int afc_file_seek(void *client, uint64_t handle, int64_t offset, int whence)',
  afc_file_close: 'int afc_file_close(void *client, uint64_t handle)',
  instproxy_client_new: 'int instproxy_client_new(void *device, void *service, _Out_ void **client)',
  instproxy_client_free: 'int instproxy_client_free(void *client)',
  instproxy_lookup: 'int instproxy_lookup(void *client, const char **ids, void *options, _Out_ void **result)',
  diagnostics_relay_client_new: 'int diagnostics_relay_client_new(void *device, void *service, _Out_ void **client)',
  diagnostics_relay_client_free: 'int diagnostics_relay_client_free(void *client)',
  diagnostics_relay_goodbye: 'int diagnostics_relay_goodbye(void *client)',
  diagnostics_relay_restart: 'int diagnostics_relay_restart(void *client, int flags)',
  diagnostics_relay_query_ioregistry_entry:
    'int diagnostics_relay_query_ioregistry_entry(void *client, const char *name, const char *class, _Out_ void **result)',
  property_list_service_client_new:
    'int property_list_service_client_new(void *device, void *service, _Out_ void **client)',
  property_list_service_client_free: 'int property_list_service_client_free(void *client)',
  property_list_service_send_xml_plist: 'int property_list_service_send_xml_plist(void *client, void *plist)',
  property_list_service_receive_plist_with_timeout:
    'int property_list_service_receive_plist_with_timeout(void *client, _Out_ void **plist, unsigned int ms)',
  service_client_new: 'int service_client_new(void *device, void *service, _Out_ void **client)',
  service_client_free: 'int service_client_free(void *client)',
  service_receive_with_timeout:
    'int service_receive_with_timeout(void *client, uint8_t *data, uint32_t size, _Out_ uint32_t *received, unsigned int ms)',
  np_client_new: 'int np_client_new(void *device, void *service, _Out_ void **client)',
  np_client_free: 'int np_client_free(void *client)',
  np_observe_notifications: 'int np_observe_notifications(void *client, const char **names)',
} as const;

export type ImobiledeviceFunction = keyof typeof signatures;
type NativeValue = Pointer | string | number | null | Out | [number] | Uint8Array | readonly (string | null)[];

/**
 * Every function runs on another thread (koffi's `async`), so that this process can still be told to end while the library
 * waits for a silent phone.
 */
export type Imobiledevice = Readonly<Record<ImobiledeviceFunction, (...values: NativeValue[]) => Promise<number>>>;

function bindAsync(library: LibraryHandle, signature: string): (...values: NativeValue[]) => Promise<number> {
  const native = library.func(signature);
  return (...values) => {
    const { promise, resolve, reject } = Promise.withResolvers<number>();
    native.async(...values, (error: Error | null, code: number) => (error === null ? resolve(code) : reject(error)));
    return promise;
  };
}

/** Property lists inside the library; these calls only compute, so they run at once. */
export interface PlistLibrary {
  /** The XML text of a node; the node is freed. */
  takeXml: (node: Pointer) => Uint8Array;
  /** Hands a node made from XML to `use`, and frees it afterwards. */
  withNode: <T>(xml: string, use: (node: Pointer) => Promise<T>) => Promise<T>;
}

/** `plist_mem_free` since libplist 2.3; before, each writer had its own. */
function bindFree(library: LibraryHandle): (memory: Pointer) => void {
  for (const name of ['plist_mem_free', 'plist_to_xml_free']) {
    try {
      return library.func(`void ${name}(void *memory)`);
    } catch (error) {
      if (!(error instanceof Error)) throw error;
    }
  }
  throw new LibraryMissing('this libplist has no way to free what it wrote');
}

function bindPlist(library: LibraryHandle): PlistLibrary {
  const toXml = library.func('void plist_to_xml(void *node, _Out_ void **xml, _Out_ uint32_t *length)');
  // Not plist_from_memory: libplist 2.3 gave it a fourth argument.
  const fromXml = library.func('void plist_from_xml(const char *xml, uint32_t length, _Out_ void **node)');
  const freeNode = library.func('void plist_free(void *node)');
  const freeMemory = bindFree(library);
  return {
    takeXml(node) {
      const xml = out();
      const length: [number] = [0];
      toXml(node, xml, length);
      freeNode(node);
      const memory = left(xml);
      // decode copies; Electron refuses the external buffers of koffi.view.
      const bytes: unknown = koffi.decode(memory, 'uint8_t', length[0]);
      freeMemory(memory);
      return Uint8Array.from(bytes as ArrayLike<number>);
    },
    async withNode(xml, use) {
      const node = out();
      fromXml(xml, Buffer.byteLength(xml), node);
      const made = left(node);
      try {
        return await use(made);
      } finally {
        freeNode(made);
      }
    },
  };
}

export interface Bindings {
  imobiledevice: Imobiledevice;
  plist: PlistLibrary;
  /** Calls back, from a thread of the library, with each notification; can be set once in a process. */
  onNotification: (client: Pointer, notify: (name: string) => void) => Promise<number>;
}

function bindNotifications(library: LibraryHandle): Bindings['onNotification'] {
  const callbackType = koffi.proto('void np_notify_cb(const char *name, void *data)');
  const setCallback = library.func('np_set_notify_callback', 'int', ['void *', koffi.pointer(callbackType), 'void *']);
  return (client, notify) => {
    const { promise, resolve, reject } = Promise.withResolvers<number>();
    const callback = koffi.register((name: string | null) => {
      if (name !== null && name !== '') notify(name);
    }, koffi.pointer(callbackType));
    setCallback.async(client, callback, null, (error: Error | null, code: number) =>
      error === null ? resolve(code) : reject(error),
    );
    return promise;
  };
}

/** Loads and binds both libraries. Throws {@link LibraryMissing}, also where a function is not there. */
export function bindLibraries(): Bindings {
  const { imobiledevice, plist } = loadLibraries();
  try {
    const bound = Object.entries(signatures).map(([name, signature]) => [name, bindAsync(imobiledevice, signature)]);
    return {
      imobiledevice: Object.fromEntries(bound) as Imobiledevice,
      plist: bindPlist(plist),
      onNotification: bindNotifications(imobiledevice),
    };
  } catch (error) {
    throw new LibraryMissing(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

/** The texts of a list that ends with a null pointer (AFC's names and infos). */
export function textList(list: Pointer): string[] {
  const texts: string[] = [];
  for (;;) {
    const text: unknown = koffi.decode(list, texts.length * koffi.sizeof('void *'), 'char *');
    if (typeof text !== 'string') return texts;
    texts.push(text);
  }
}
