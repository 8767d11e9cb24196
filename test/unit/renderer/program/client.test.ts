import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { initTRPC } from '@trpc/server';
import { applyWSSHandler } from '@trpc/server/adapters/ws';
import { expect, onTestFinished, test, vi } from 'vitest';
import { WebSocketServer } from 'ws';
import { connect } from '../../../../renderer/program/client.ts';

/** A host with one question and one that stays open, as the program's has many. */
async function startHost() {
  const { procedure, router } = initTRPC.create();
  const sockets = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  await once(sockets, 'listening');
  applyWSSHandler({
    wss: sockets,
    router: router({
      about: procedure.query(() => ({ version: '1' })),
      phones: procedure.subscription(async function* ({ signal }) {
        yield { phones: [] };
        await new Promise((resolve) => signal?.addEventListener('abort', resolve));
      }),
    }),
  });
  onTestFinished(() => {
    for (const socket of sockets.clients) socket.terminate();
    sockets.close();
  });
  const { port } = sockets.address() as AddressInfo;
  const closed = vi.fn<() => void>();
  sockets.on('connection', (socket) => socket.on('close', closed));
  return { sockets, closed, host: `127.0.0.1:${port}` };
}

test('is open while one socket is, also where the one before it is closed after it was opened', async () => {
  const { sockets, closed, host } = await startHost();
  vi.stubGlobal('window', {
    location: { host, hash: '', pathname: '/' },
    localStorage: { getItem: () => 'secret' },
    sessionStorage: { getItem: () => 'Sam' },
  });
  onTestFinished(() => void vi.unstubAllGlobals());
  const { client, connection } = connect();
  // As the window does: what it shows of a lost connection asks at once.
  const asked: Promise<unknown>[] = [];
  connection.subscribe(() => {
    if (!connection.isOpen()) asked.push(client.about.query());
  });
  const phones = client.phones.subscribe(undefined, { onData: () => undefined });
  onTestFinished(() => phones.unsubscribe());
  await client.about.query();

  for (const socket of sockets.clients) socket.terminate();
  // The question opens a socket at once; the client's own attempt opens another after its pause, and closes this one.
  await vi.waitFor(() => expect(closed).toHaveBeenCalledTimes(2), { timeout: 10_000 });
  await Promise.all([...asked, client.about.query()]);
  expect(connection.isOpen()).toBe(true);
  expect(asked).toHaveLength(1);
});
