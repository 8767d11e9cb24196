import { mostPhones, unreadPhone, type ListedPhone } from '../../phone.ts';
import { androidRemedy, phoneState } from './remedies.ts';

/**
 * One line of `host:devices-l`: `SERIAL STATE [usb:PATH] product:P model:M device:D transport_id:N`. Fields are told by their
 * prefix, not their place: a phone over TCP has no path. "no permissions (…); see [URL]" is several words.
 * Source: adb/transport.cpp (append_transport), platform-tools 29 to 35.
 */
export function parseDeviceLine(line: string): { phone: ListedPhone; transportId: string | null } | null {
  const match = /^(\S+)\s+(.+)$/.exec(line.trim());
  if (match === null) return null;
  const [, serial = '', rest = ''] = match;
  const state = phoneState(rest.startsWith('no permissions') ? 'no permissions' : (rest.split(/\s/, 1)[0] ?? ''));
  const field = (name: string): string | null => new RegExp(`\\s${name}:(\\S+)`).exec(rest)?.[1] ?? null;
  return {
    phone: {
      ...unreadPhone(serial, 'android', state),
      model: modelOf(field('model')),
      remedy: androidRemedy(state),
      sample: false,
      port: field('usb'),
    },
    transportId: field('transport_id'),
  };
}

/**
 * adb writes everything but letters and digits as an underscore here (transport.cpp, append_transport_info): mostly a space, but the hyphen
 * in Samsung's model numbers, which `ro.product.model` has.
 */
const modelOf = (written: string | null): string | null =>
  written?.replace(/^SM_(?=[A-Z]\d)/, 'SM-').replaceAll('_', ' ') ?? null;

/** Every phone that adb knows, in its order, at most {@link mostPhones}; empty lines are skipped. */
export const parseDeviceList = (text: string) =>
  text
    .split('\n')
    .map(parseDeviceLine)
    .filter((device) => device !== null)
    .slice(0, mostPhones);
