import { isIP } from 'node:net';
import { ApplicationError } from '../program/problem.ts';

/** Networks of this computer and of this building (RFC 1122, 1918, 4193, 4291): what is sent there crosses no internet. */
const isNearby4 = (host: string): boolean => {
  const [a = 0, b = 0] = host.split('.').map(Number);
  return a === 127 || a === 10 || (a === 172 && b >= 16 && b <= 31) || (a === 192 && b === 168);
};
const isNearby6 = (host: string): boolean => host === '::1' || /^f[cd]/i.test(host);

/**
 * Link-local addresses (RFC 3927, 4291) and the one of IPv6 that clouds use alike: no ticket system has one, and the computer of a cloud
 * tells its keys there. So are IPv4 addresses in the words of IPv6, which would lead around all that is looked for here.
 */
const isNobodys = (host: string): boolean =>
  /^(?:169\.254\.|0\.)|^(?:fe[89ab]|::ffff:|::$)/i.test(host) || host === 'fd00:ec2::254';

/** Where adb's server and usbmuxd listen when nothing else is said: whoever speaks to them reaches the phones. */
const usualPorts = [5037, 27_015];

/** The ports by which phones are reached here. */
export function phonePorts(env: NodeJS.ProcessEnv): number[] {
  const said = [env['ANDROID_ADB_SERVER_PORT'], env['ADB_SERVER_SOCKET'], env['USBMUXD_SOCKET_ADDRESS']];
  const ports = said.map((text) => Number(/(?:^|:)(\d{1,5})$/.exec(text ?? '')?.[1] ?? 0));
  return [...usualPorts, ...ports.filter((port) => port > 0)];
}

/** Whether a host is this computer, or one of this building by its number. A name may lead anywhere: but for `localhost` none is. */
export function isNearby(host: string): boolean {
  const bare = host.replace(/^\[|\]$/g, '');
  switch (isIP(bare)) {
    case 4:
      return isNearby4(bare);
    case 6:
      return isNearby6(bare);
    default:
      return bare === 'localhost';
  }
}

const steps = [
  'Enter it as https://host/path. Only a host on this computer or in this network may be named with http, by its number.',
];

function refuse(why: string): never {
  throw new ApplicationError('bad-address', why, steps);
}

/** The address of a ticket system, without a slash at its end; `taken`: {@link phonePorts}. Throws `bad-address`. */
export function readAddress(text: string, taken: readonly number[] = usualPorts): URL {
  const url = URL.parse(text.trim());
  if (url === null || !/^https?:$/.test(url.protocol)) return refuse('This is no address of a ticket system.');
  if (url.username !== '' || url.password !== '') return refuse('The secret does not belong into the address.');
  if (url.search !== '' || url.hash !== '')
    return refuse('The address ends with its path: nothing may follow with ? or #.');
  if (isNobodys(url.hostname.replace(/^\[|\]$/g, ''))) return refuse('No ticket system has this address.');
  if (taken.includes(Number(url.port))) return refuse('The program that reaches the phones listens there.');
  if (url.protocol === 'http:' && !isNearby(url.hostname)) {
    return refuse('What is sent there with http can be read on its way.');
  }
  url.pathname = url.pathname.replace(/\/+$/, '');
  return url;
}
