import { restartIphone } from '../../../../native/samples/ios/owner-actions.ts';
import { gasGauge, ioRegistryEntry, mobileGestalt } from '../../../../native/samples/ios/diagnostics.ts';
import type { PlistDict } from '../../../../native/ios/read/plist.ts';
import { majorVersion, type SampleIphone } from '../../../../native/samples/ios/iphone.ts';
import type { ByteChannel } from '../byte-channel.ts';
import { readPlistMessage, textOf, textsOf, writePlistMessage } from '../plist-messages.ts';
import type { SimulatedIphone } from '../simulated-iphone.ts';

/**
 * com.apple.mobile.diagnostics_relay. Restart, Shutdown and Sleep are recorded as changes and pull the cable; a phone that is told to
 * wait does so when the client has hung up.
 */
export async function serveDiagnosticsRelay(channel: ByteChannel, phone: SimulatedIphone): Promise<void> {
  let onHangUp: string | null = null;
  try {
    for (;;) {
      const message = await readPlistMessage(channel);
      await phone.think();
      const request = textOf(message, 'Request') ?? '';
      await writePlistMessage(channel, answer(phone, request, message), 'xml');
      if (request === 'Goodbye') return;
      if (!powerRequests.has(request)) continue;
      phone.changes.push(request);
      onHangUp = request;
      if (message['WaitForDisconnect'] !== true) return;
    }
  } finally {
    if (onHangUp !== null) goOff(phone, onHangUp);
  }
}

function goOff(phone: SimulatedIphone, request: string): void {
  if (request === 'Restart') restartIphone(phone.model, new Date());
  phone.pullCable();
  phone.milestones.mark(request);
}

const powerRequests: ReadonlySet<string> = new Set(['Restart', 'Shutdown', 'Sleep']);

function answer({ model }: SimulatedIphone, request: string, message: PlistDict): PlistDict {
  if (request === 'Goodbye' || powerRequests.has(request)) return { Status: 'Success' };
  switch (request) {
    case 'IORegistry':
      return ioRegistry(model, message);
    case 'All':
    case 'GasGauge':
      return success({ GasGauge: gasGauge(model) });
    case 'MobileGestalt':
      return success({ MobileGestalt: mobileGestalt(model, textsOf(message, 'MobileGestaltKeys') ?? []) });
    default:
      return { Status: 'UnknownRequest' };
  }
}

/** Planes have been empty since iOS 9 (libimobiledevice issues 263, 1165); an old system leaves Diagnostics out (778). */
function ioRegistry(model: SampleIphone, message: PlistDict): PlistDict {
  if (message['CurrentPlane'] !== undefined) return success({ IORegistry: {} });
  const name = textOf(message, 'EntryName');
  const entryClass = textOf(message, 'EntryClass');
  const entry = ioRegistryEntry(model, {
    ...(name === undefined ? {} : { name }),
    ...(entryClass === undefined ? {} : { class: entryClass }),
  });
  if (entry !== undefined) return success({ IORegistry: entry });
  return majorVersion(model) <= 12 ? { Status: 'Success' } : success({});
}

function success(diagnostics: PlistDict): PlistDict {
  return { Diagnostics: diagnostics, Status: 'Success' };
}
