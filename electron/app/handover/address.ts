import { isIP } from 'node:net';
import { ApplicationError } from '../program/problem.ts';

/** Networks of this computer and of this building (RFC 1122, 1918, 3927, 4193, 4291): what is sent there crosses no internet. */
const isNearby4 = (host: string): boolean => {
  const [a = 0, b = 0] = host.split('.').map(Number);
  return (
    a === 127 || a === 10 || (a === 172 && b >= 16 && b <= 31) || (a === 192 && b === 168) || (a === 169 && b === 254)
  );
};
const isNearby6 = (host: string): boolean => host === '::1' || /^(?:f[cd]|fe[89ab])/i.test(host);

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

/** The address of a ticket system, without a slash at its end. Throws `bad-address`. */
export function readAddress(text: string): URL {
  const url = URL.parse(text.trim());
  if (url === null || !/^https?:$/.test(url.protocol)) return refuse('This is no address of a ticket system.');
  if (url.username !== '' || url.password !== '') return refuse('The secret does not belong into the address.');
  if (url.search !== '' || url.hash !== '')
    return refuse('The address ends with its path: nothing may follow with ? or #.');
  if (url.protocol === 'http:' && !isNearby(url.hostname)) {
    return refuse('What is sent there with http can be read on its way.');
  }
  url.pathname = url.pathname.replace(/\/+$/, '');
  return url;
}
