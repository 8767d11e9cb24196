// What this process asks of the network, noted before it happens: loaded before the program.
import dgram from 'node:dgram';
import dns from 'node:dns';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';
import { note } from './asked.ts';

/** Whom a socket is connected to, by what was given to `connect`: options, a port and a host, or a path. */
function target(args: readonly unknown[]): string {
  // net.connect() hands on what it has sorted already, as one list.
  const [first, second] = Array.isArray(args[0]) ? (args[0] as unknown[]) : args;
  if (typeof first === 'object' && first !== null) {
    const { path, host = 'localhost', port } = first as { path?: string; host?: string; port?: number };
    return path ?? `${host}:${port}`;
  }
  return typeof first === 'string' && Number.isNaN(Number(first))
    ? first
    : `${typeof second === 'string' ? second : 'localhost'}:${String(first)}`;
}

type Method = (...args: unknown[]) => unknown;

/** Notes what a method is called with, and goes on. */
function watch(owner: object, name: string, what: string, told: (args: readonly unknown[]) => string): void {
  const own = Reflect.get(owner, name) as Method;
  Reflect.set(owner, name, function (this: unknown, ...args: unknown[]): unknown {
    note(what, told(args));
    return Reflect.apply(own, this, args);
  });
}

watch(net.Socket.prototype, 'connect', 'net.connect', target);
watch(net.Server.prototype, 'listen', 'net.listen', target);
watch(dgram.Socket.prototype, 'send', 'dgram.send', () => 'a datagram');
for (const name of ['lookup', 'resolve', 'resolve4', 'resolve6', 'resolveAny']) {
  watch(dns, name, 'dns.lookup', ([host]) => String(host));
  watch(dns.promises, name, 'dns.lookup', ([host]) => String(host));
}
syncBuiltinESMExports();
