import { installedApps } from '../../../../native/samples/ios/installed-apps.ts';
import type { PlistDict } from '../../../../native/ios/read/plist.ts';
import type { ByteChannel } from '../byte-channel.ts';
import { dictOf, readPlistMessage, textOf, textsOf, writePlistMessage } from '../plist-messages.ts';
import type { SimulatedIphone } from '../simulated-iphone.ts';

/** A real phone sends its apps in portions; this many at a time. */
const portion = 20;

/** com.apple.mobile.installation_proxy: Browse and Lookup. Any other command is refused and recorded as a change. */
export async function serveInstallationProxy(channel: ByteChannel, phone: SimulatedIphone): Promise<void> {
  for (;;) {
    const message = await readPlistMessage(channel);
    await phone.think();
    const command = textOf(message, 'Command') ?? '';
    const apps = chosenApps(phone, dictOf(message, 'ClientOptions'));
    switch (command) {
      case 'Browse':
        await browse(channel, [...apps.values()]);
        break;
      case 'Lookup':
        await writePlistMessage(channel, { LookupResult: Object.fromEntries(apps), Status: 'Complete' }, 'binary');
        break;
      default:
        phone.changes.push(`installation_proxy ${command}`);
        await writePlistMessage(channel, { Error: 'UnknownCommand', ErrorDescription: 'Unknown command' }, 'binary');
    }
  }
}

async function browse(channel: ByteChannel, apps: readonly PlistDict[]): Promise<void> {
  for (let index = 0; index < apps.length; index += portion) {
    const list = apps.slice(index, index + portion);
    await writePlistMessage(
      channel,
      {
        CurrentAmount: list.length,
        CurrentIndex: index,
        CurrentList: list,
        Status: 'BrowsingApplications',
        Total: apps.length,
      },
      'binary',
    );
  }
  await writePlistMessage(channel, { Status: 'Complete' }, 'binary');
}

/** The apps that the options ask for, each with the attributes that they ask for. */
function chosenApps(phone: SimulatedIphone, options: PlistDict): Map<string, PlistDict> {
  const type = textOf(options, 'ApplicationType');
  const bundleIds = textsOf(options, 'BundleIDs');
  const attributes = textsOf(options, 'ReturnAttributes');
  const all = installedApps(phone.model, type === 'User' || type === 'System' ? type : 'Any');
  return new Map(
    [...all]
      .filter(([bundleId]) => bundleIds === undefined || bundleIds.includes(bundleId))
      .map(([bundleId, app]) => [bundleId, attributes === undefined ? app : only(app, attributes)]),
  );
}

function only(app: PlistDict, attributes: readonly string[]): PlistDict {
  return Object.fromEntries(Object.entries(app).filter(([key]) => attributes.includes(key)));
}
