import type { ByteChannel } from '../byte-channel.ts';
import { readPlistMessage, textOf, writePlistMessage } from '../plist-messages.ts';
import type { SimulatedIphone } from '../simulated-iphone.ts';

/** com.apple.mobile.notification_proxy: relays the notifications that the client has asked for, until it hangs up. */
export async function serveNotificationProxy(channel: ByteChannel, phone: SimulatedIphone): Promise<void> {
  const observed = new Set<string>();
  const stopObserving = phone.observe((name) => {
    if (!observed.has(name)) return;
    // A client that hangs up at this moment ends the loop below as well.
    writePlistMessage(channel, { Command: 'RelayNotification', Name: name }, 'xml').catch(() => stopObserving());
  });
  try {
    for (;;) {
      const message = await readPlistMessage(channel);
      const name = textOf(message, 'Name') ?? '';
      switch (textOf(message, 'Command')) {
        case 'ObserveNotification':
          observed.add(name);
          phone.milestones.mark(`observed ${name}`);
          break;
        case 'PostNotification':
          phone.changes.push(`post ${name}`);
          phone.post(name);
          break;
        case 'Shutdown':
          await writePlistMessage(channel, { Command: 'ProxyDeath' }, 'xml');
          return;
        default:
      }
    }
  } finally {
    stopObserving();
  }
}
