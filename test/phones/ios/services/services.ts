import { crashFiles, mediaFiles } from '../../../../native/samples/ios/media-files.ts';
import type { ByteChannel } from '../byte-channel.ts';
import { addPhotosDatabase } from '../photos-database.ts';
import type { SimulatedIphone } from '../simulated-iphone.ts';
import { serveAfc } from './afc.ts';
import { serveDiagnosticsRelay } from './diagnostics-relay.ts';
import { serveInstallationProxy } from './installation-proxy.ts';
import { serveManagedConfiguration } from './managed-configuration.ts';
import { serveNotificationProxy } from './notification-proxy.ts';

/** One service of a phone: speaks over a connection until the client hangs up. */
export type Service = (channel: ByteChannel, phone: SimulatedIphone) => Promise<void>;

/** What StartService knows, by name. */
export const services = {
  'com.apple.afc': (channel, phone) =>
    serveAfc(channel, phone, addPhotosDatabase(mediaFiles(phone.model), phone.model, phone.faults.databaseBytes)),
  'com.apple.crashreportcopymobile': serveCrashReports,
  'com.apple.crashreportmover': moveCrashReports,
  'com.apple.mobile.MCInstall': serveManagedConfiguration,
  'com.apple.mobile.diagnostics_relay': serveDiagnosticsRelay,
  'com.apple.mobile.insecure_notification_proxy': serveNotificationProxy,
  'com.apple.mobile.installation_proxy': serveInstallationProxy,
  'com.apple.mobile.notification_proxy': serveNotificationProxy,
} satisfies Record<string, Service>;

export type ServiceName = keyof typeof services;

export function isServiceName(name: string): name is ServiceName {
  return Object.hasOwn(services, name);
}

/** Says "ping" once all reports are where crashreportcopymobile shows them. */
async function moveCrashReports(channel: ByteChannel): Promise<void> {
  await channel.write(Buffer.from('ping\0'));
  await channel.closed;
}

async function serveCrashReports(channel: ByteChannel, phone: SimulatedIphone): Promise<void> {
  await serveAfc(channel, phone, crashFiles(phone.model), (path) => {
    phone.model.crashReports = phone.model.crashReports.filter((report) => report.path !== path);
  });
}
