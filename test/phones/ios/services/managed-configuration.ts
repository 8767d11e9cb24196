import { cloudConfiguration, profileList } from '../../../../native/samples/ios/profiles.ts';
import type { ByteChannel } from '../byte-channel.ts';
import { readPlistMessage, textOf, writePlistMessage } from '../plist-messages.ts';
import type { SimulatedIphone } from '../simulated-iphone.ts';

/** com.apple.mobile.MCInstall: names of configuration profiles and whether the phone is supervised. */
export async function serveManagedConfiguration(channel: ByteChannel, phone: SimulatedIphone): Promise<void> {
  for (;;) {
    const request = textOf(await readPlistMessage(channel), 'RequestType') ?? '';
    await phone.think();
    switch (request) {
      case 'GetProfileList':
        await writePlistMessage(channel, profileList(phone.model), 'binary');
        break;
      case 'GetCloudConfiguration':
        await writePlistMessage(channel, cloudConfiguration(phone.model), 'binary');
        break;
      case 'Flush':
        await writePlistMessage(channel, { Status: 'Acknowledged' }, 'binary');
        break;
      default:
        phone.changes.push(`MCInstall ${request}`);
        await writePlistMessage(channel, { Status: 'Error', ErrorChain: [] }, 'binary');
    }
  }
}
