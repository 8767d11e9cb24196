import { writeXmlPlist, type PlistDict } from '../../read/plist.ts';
import { left, out, type Bindings, type Pointer } from './bindings.ts';
import { checkLockdown, LibraryFailure, serviceCheck } from './failure.ts';
import type { IphoneConnection, Service } from './iphone-connection.ts';

const checkDiagnostics = serviceCheck('The diagnostics service');
const checkApps = serviceCheck('The list of apps');
const checkConfiguration = serviceCheck('The configuration service');
const checkNotifications = serviceCheck('The notification service');

export const diagnosticsRelay: Service = {
  name: 'com.apple.mobile.diagnostics_relay',
  make: 'diagnostics_relay_client_new',
  free: 'diagnostics_relay_client_free',
  check: checkDiagnostics,
};
export const installationProxy: Service = {
  name: 'com.apple.mobile.installation_proxy',
  make: 'instproxy_client_new',
  free: 'instproxy_client_free',
  check: checkApps,
};
export const configuration: Service = {
  name: 'com.apple.mobile.MCInstall',
  make: 'property_list_service_client_new',
  free: 'property_list_service_client_free',
  check: checkConfiguration,
};
const notificationProxy: Service = {
  name: 'com.apple.mobile.notification_proxy',
  make: 'np_client_new',
  free: 'np_client_free',
  check: checkNotifications,
};

const xmlOf = (value: PlistDict): string => new TextDecoder().decode(writeXmlPlist(value));

// Each function asks one service of the phone and gives its answer as XML, verbatim.

/** lockdownd's value for a key of a domain; `null` for the global domain, or for all keys. */
export async function lockdownValue(
  { imobiledevice, plist }: Bindings,
  client: Pointer,
  domain: string | null,
  key: string | null,
): Promise<Uint8Array> {
  const value = out();
  checkLockdown(await imobiledevice.lockdownd_get_value(client, domain, key, value));
  return plist.takeXml(left(value));
}

/** The first of the named IORegistry entries that this phone has. */
export async function ioregistryEntry(
  { imobiledevice, plist }: Bindings,
  connection: IphoneConnection,
  names: readonly string[],
): Promise<Uint8Array> {
  return connection.ask(diagnosticsRelay, async (client) => {
    for (const name of names) {
      const entry = out();
      const code = await imobiledevice.diagnostics_relay_query_ioregistry_entry(client, name, null, entry);
      if (code === 0 && entry[0] !== null) return plist.takeXml(entry[0]);
      if (code === brokenConnection) checkDiagnostics(code);
    }
    throw new LibraryFailure('missing', `This iPhone has none of the entries ${names.join(', ')}.`);
  });
}

const brokenConnection = -3;

/** Restarts the phone: a correction, never part of a scan. */
export async function restart({ imobiledevice }: Bindings, connection: IphoneConnection): Promise<void> {
  const onceDisconnected = 2;
  const client = await connection.service(diagnosticsRelay);
  checkDiagnostics(await imobiledevice.diagnostics_relay_restart(client, onceDisconnected));
}

/** What the phone says about the apps with these bundle ids; apps that are not installed are left out. */
export async function lookUpApps(
  { imobiledevice, plist }: Bindings,
  connection: IphoneConnection,
  bundleIds: readonly string[],
  attributes: readonly string[],
): Promise<Uint8Array> {
  // Plain keys: the library's own option functions are variadic and cannot run on another thread.
  const options = xmlOf({ ApplicationType: 'Any', ReturnAttributes: [...attributes] });
  return connection.ask(installationProxy, (client) =>
    plist.withNode(options, async (node) => {
      const apps = out();
      checkApps(await imobiledevice.instproxy_lookup(client, [...bundleIds, null], node, apps));
      return plist.takeXml(left(apps));
    }),
  );
}

/** The answer of the configuration service (MDM), which has no interface of its own in the library. */
export async function managedConfiguration(
  { imobiledevice, plist }: Bindings,
  connection: IphoneConnection,
  requestType: string,
  receiveMs: number,
): Promise<Uint8Array> {
  const { property_list_service_receive_plist_with_timeout: receive } = imobiledevice;
  return connection.ask(configuration, (client) =>
    plist.withNode(xmlOf({ RequestType: requestType }), async (node) => {
      checkConfiguration(await imobiledevice.property_list_service_send_xml_plist(client, node));
      const answer = out();
      checkConfiguration(await receive(client, answer, receiveMs));
      return plist.takeXml(left(answer));
    }),
  );
}

/**
 * Calls back each time the phone posts one of these Darwin notifications, until this process ends: leaving would join the
 * library's reader thread, which may be waiting for this one.
 */
export async function observe(
  { imobiledevice, onNotification }: Bindings,
  connection: IphoneConnection,
  names: readonly string[],
  notify: (name: string) => void,
): Promise<void> {
  const client = await connection.service(notificationProxy);
  connection.keepOpen();
  checkNotifications(await onNotification(client, notify));
  checkNotifications(await imobiledevice.np_observe_notifications(client, [...names, null]));
}
