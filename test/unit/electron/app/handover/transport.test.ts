import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { computerClock } from '../../../../../electron/app/program/clock.ts';
import { RateLimit } from '../../../../../electron/app/handover/rate-limit.ts';
import { send, type Reply, type TransportOptions } from '../../../../../electron/app/handover/transport.ts';

const never = new AbortController().signal;

async function serve(answer: RequestListener): Promise<URL> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/messages`);
}

const get = (url: URL, options: Partial<TransportOptions> = {}): Promise<Reply> =>
  send({ method: 'GET', url, headers: {} }, never, { limit: null, ...options });

/** As fetch tells that it could not connect. */
const failing =
  (...codes: string[]): typeof fetch =>
  () =>
    Promise.reject(
      new TypeError('fetch failed', {
        cause: new AggregateError(codes.map((code) => Object.assign(new Error(code), { code }))),
      }),
    );

describe('a request to a ticket system', () => {
  test('follows no redirect: nobody else gets to see the secret', async () => {
    let followed = 0;
    const elsewhere = await serve((_request, response) => {
      followed += 1;
      response.end('{}');
    });
    const url = await serve((_request, response) => response.writeHead(307, { location: elsewhere.href }).end());
    expect(await get(url)).toMatchObject({ kind: 'answer', status: 307 });
    expect(followed).toBe(0);
  });

  test('ends where the answer does not come, and says that it may have arrived', async () => {
    const url = await serve(() => undefined);
    expect(await get(url, { waitMs: 30 })).toEqual({
      kind: 'unclear',
      why: 'The ticket system did not answer in time.',
    });
  });

  test('is not made while the system asks to be left alone, and says until when', async () => {
    let asked = 0;
    const url = await serve((_request, response) => {
      asked += 1;
      response.end('{}');
    });
    const now = new Date(2026, 10, 28, 13, 5);
    const limit = new RateLimit(50, { ...computerClock, now: () => now });
    limit.pause(3_600_000);
    expect(await get(url, { limit })).toEqual({
      kind: 'not-sent',
      why: 'The ticket system asks to wait until 14:05.',
      afterMs: 3_600_000,
    });
    expect(asked).toBe(0);
  });

  test('takes no answer that is larger than any', async () => {
    const url = await serve((_request, response) => response.end('x'.repeat(2 * 1024 * 1024 + 1)));
    expect(await get(url)).toMatchObject({ kind: 'unclear', why: expect.stringContaining('larger') as string });
  });

  test.each([
    [['ECONNREFUSED'], 'not-sent'],
    [['ENOTFOUND'], 'not-sent'],
    [['UND_ERR_CONNECT_TIMEOUT'], 'not-sent'],
    [['ECONNREFUSED', 'ENETUNREACH'], 'not-sent'],
    [['ECONNREFUSED', 'ECONNRESET'], 'unclear'],
    [['ECONNRESET'], 'unclear'],
    [['UND_ERR_SOCKET'], 'unclear'],
    [['EPIPE'], 'unclear'],
    [[], 'unclear'],
  ])('that fails with %j is %s', async (codes, kind) => {
    const url = new URL('http://127.0.0.1:9/messages');
    expect(await get(url, { fetch: failing(...codes) })).toMatchObject({ kind });
  });

  test.each([
    'DEPTH_ZERO_SELF_SIGNED_CERT',
    'CERT_HAS_EXPIRED',
    'ERR_TLS_CERT_ALTNAME_INVALID',
    'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  ])('is not sent to whoever has the certificate of another (%s)', async (code) => {
    expect(await get(new URL('https://127.0.0.1:9/'), { fetch: failing(code) })).toEqual({
      kind: 'not-sent',
      why: 'The ticket system could not prove who it is: its certificate is not right.',
    });
  });

  test('names neither address nor key where it fails', async () => {
    const url = new URL('http://127.0.0.1:9/tickets?api_key=s3cret');
    const reply = await get(url, { fetch: failing('ECONNRESET') });
    expect(JSON.stringify(reply)).not.toMatch(/127|s3cret/);
  });
});
