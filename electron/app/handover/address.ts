import ipaddr from 'ipaddr.js';
import { adbAddress } from '../../../native/android/reach/adb-address.ts';
import { NativeError } from '../../../native/source.ts';
import { ApplicationError } from '../program/problem.ts';

/** Networks of this computer and of this building (RFC 1122, 1918, 4193, 4291): what is sent there crosses no internet. */
const nearby = new Set(['loopback', 'private', 'uniqueLocal']);

/** Where else a ticket system may be, of the ranges that ipaddr.js tells apart; 100.64.0.0/10 is also that of private networks such as Tailscale's. */
const anywhere = new Set([...nearby, 'unicast', 'carrierGradeNat']);

/** Of IPv6, only this is given to hosts (RFC 4291); ::/96 was IPv4 in its words. */
const isGlobal6 = (address: ReturnType<typeof ipaddr.parse>): boolean =>
  address.kind() === 'ipv4' || address.range() !== 'unicast' || (address.toByteArray()[0] ?? 0) >> 5 === 1;

/** By these, the computer of a cloud tells its keys. */
const metadata = new Set(['fd00:ec2::254', '100.100.100.200', 'metadata', 'metadata.google.internal', 'metadata.goog']);

const bareHost = (host: string): string => host.replaceAll(/^\[|\]$|\.$/g, '').toLowerCase();

/**
 * What no ticket system has: addresses that lead to one wire or to many hosts (link-local, multicast, broadcast), that are given to nobody,
 * or that are IPv4 in the words of IPv6 (mapped, NAT64, 6to4, Teredo), which would lead around all that is looked for here.
 */
function isNobodys(host: string): boolean {
  if (metadata.has(host)) return true;
  if (!ipaddr.isValid(host)) return false;
  const address = ipaddr.parse(host);
  return !anywhere.has(address.range()) || !isGlobal6(address);
}

/** Where adb's server and usbmuxd listen when nothing else is said: whoever speaks to them reaches the phones. */
const usualPorts = [5037, 27_015];

/** null: adb refuses it as well, so no phone is reached by it. */
function adbPort(env: NodeJS.ProcessEnv): number | null {
  try {
    return adbAddress(env).port;
  } catch (error) {
    if (error instanceof NativeError) return null;
    throw error;
  }
}

/** The ports by which phones are reached here. */
export function phonePorts(env: NodeJS.ProcessEnv): number[] {
  const usbmuxd = Number(/:(\d{1,5})\s*$/.exec(env['USBMUXD_SOCKET_ADDRESS'] ?? '')?.[1] ?? 0);
  return [...new Set([...usualPorts, adbPort(env) ?? 0, usbmuxd])].filter((port) => port > 0);
}

/** Whether a host is this computer, or one of this building by its number. A name may lead anywhere: but for `localhost` none is. */
export function isNearby(host: string): boolean {
  const bare = bareHost(host);
  return ipaddr.isValid(bare) ? nearby.has(ipaddr.parse(bare).range()) : bare === 'localhost';
}

const steps = [
  'Enter it as https://host/path. Only a host on this computer or in this network may be named with http, by its number.',
];

function refuse(why: string): never {
  throw new ApplicationError('bad-address', why, steps);
}

/** The address of a ticket system, without a slash at its end; `taken`: {@link phonePorts}. Throws `bad-address`. */
export function readAddress(text: string, taken: readonly number[] = phonePorts(process.env)): URL {
  const url = URL.parse(text.trim());
  if (url === null || !/^https?:$/.test(url.protocol)) return refuse('This is no address of a ticket system.');
  if (url.username !== '' || url.password !== '') return refuse('The secret does not belong into the address.');
  // One with nothing behind it is in neither `search` nor `hash`.
  if (/[?#]/.test(text)) return refuse('The address ends with its path: nothing may follow with ? or #.');
  if (isNobodys(bareHost(url.hostname))) return refuse('No ticket system has this address.');
  if (taken.includes(Number(url.port))) return refuse('The program that reaches the phones listens there.');
  if (url.protocol === 'http:' && !isNearby(url.hostname)) {
    return refuse('What is sent there with http can be read on its way.');
  }
  url.pathname = url.pathname.replace(/\/+$/, '');
  return url;
}
