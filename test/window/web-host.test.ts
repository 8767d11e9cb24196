import { request, type IncomingHttpHeaders } from 'node:http';
import { connect, type Socket } from 'node:net';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { serveWindow } from '../../electron/browser/server.ts';
import { startProgram, type RunningProgram } from './open-window.ts';

interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
}

let program: RunningProgram;
let port: number;
let token: string;

beforeEach(async () => {
  program = await startProgram();
  ({ port } = program.served);
  token = new URL(program.served.url).searchParams.get('token') ?? '';
});
afterEach(() => program.close());

/** Asks as a client that writes its own headers, which no browser lets a page do. */
function ask(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = request({ host: '127.0.0.1', port, path, method, headers }, (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (part: string) => {
        body += part;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }));
    });
    outgoing.on('error', reject);
    outgoing.end();
  });
}

const cookieIn = ({ headers }: Answer): string => (headers['set-cookie']?.[0] ?? '').split(';')[0] ?? '';
const secretIn = ({ headers }: Answer): string => /^\/#secret=([\w-]{43})$/.exec(headers.location ?? '')?.[1] ?? '';

async function logIn(): Promise<string> {
  return cookieIn(await ask(`/?token=${token}`));
}

const api = '/api?connectionParams=1';
const secretMessage = (secret: string): string => JSON.stringify({ method: 'connectionParams', data: { secret } });
const about = JSON.stringify({ id: 1, method: 'query', params: { path: 'about' } });

/** The first answer to a call after this first message, or `closed` where there is none. */
function call(headers: Record<string, string>, first: string, message: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}${api}`, { headers });
    socket.on('open', () => {
      socket.send(first);
      socket.send(message);
    });
    socket.on('message', (data: Buffer) => {
      resolve(data.toString());
      socket.terminate();
    });
    socket.on('close', () => resolve('closed'));
    socket.on('error', (error) => resolve(error.message));
  });
}

/** What became of a WebSocket: `open`, or the status and words it was refused with. */
function upgrade(headers: Record<string, string>, path = api): Promise<string> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, { headers });
    socket.on('open', () => {
      socket.terminate();
      resolve('open');
    });
    socket.on('unexpected-response', (outgoing, response) => {
      outgoing.destroy();
      resolve(`refused ${response.statusCode}`);
    });
    socket.on('error', (error) => resolve(error.message));
  });
}

describe('the first link', () => {
  test('is exchanged for a cookie that scripts and other sites do not get, and leads to the window', async () => {
    const answer = await ask(`/?token=${token}`);
    expect(answer.status).toBe(303);
    expect(secretIn(answer)).not.toBe('');
    expect(answer.headers['set-cookie']?.[0]).toMatch(
      new RegExp(`^phone-health-${port}=[\\w-]{43}; HttpOnly; SameSite=Strict; Path=/$`),
    );
  });

  test('works in one browser only', async () => {
    await ask(`/?token=${token}`);
    const again = await ask(`/?token=${token}`);
    expect(again.status).toBe(403);
    expect([again.headers['set-cookie'], again.headers.location]).toEqual([undefined, undefined]);
    expect(again.body).toContain('This link was used in another browser');
    const withAnother = await ask(`/?token=${token}`, { Cookie: `phone-health-${port}=${'A'.repeat(43)}` });
    expect(withAnother.status).toBe(403);
  });

  test('leads to the window again in the browser that used it', async () => {
    const first = await ask(`/?token=${token}`);
    const again = await ask(`/?token=${token}`, { Cookie: cookieIn(first) });
    expect([again.status, again.headers.location]).toEqual([303, first.headers.location]);
    expect((await ask('/', { Cookie: cookieIn(first) })).status).toBe(200);
    expect((await ask(`/?token=${'A'.repeat(43)}`, { Cookie: cookieIn(first) })).status).toBe(403);
  });

  test('does nothing with another token, and the right one still works afterwards', async () => {
    const wrong = await ask(`/?token=${'A'.repeat(43)}`);
    expect(wrong.status).toBe(403);
    expect((await ask('/?token=')).status).toBe(403);
    expect((await ask(`/?token=${token}`)).status).toBe(303);
  });
});

describe('pages', () => {
  test('are given to nobody without the cookie', async () => {
    for (const path of ['/', '/index.html', '/icon.svg', '/assets/anything.js']) {
      expect((await ask(path)).status, path).toBe(403);
    }
    const wrong = await ask('/', { Cookie: `phone-health-${port}=${'A'.repeat(43)}` });
    expect(wrong.status).toBe(403);
    expect(wrong.body).not.toContain('script');
  });

  test('are not kept by the browser, are never taken for another type, and name no referrer', async () => {
    const page = await ask('/', { Cookie: await logIn() });
    expect(page.status).toBe(200);
    expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(page.headers['cache-control']).toBe('no-store');
    expect(page.headers['x-content-type-options']).toBe('nosniff');
    expect(page.headers['referrer-policy']).toBe('no-referrer');
    expect(page.headers['content-security-policy']).toContain(
      `connect-src ws://127.0.0.1:${port} http://127.0.0.1:${port}/open-file;`,
    );
    expect(page.body).not.toMatch(/<script(?![^>]*\ssrc=)/);
  });

  test('carry a new random value for styles each time', async () => {
    const headers = { Cookie: await logIn() };
    const nonce = async (): Promise<string> =>
      /property="csp-nonce" nonce="([^"]+)"/.exec((await ask('/', headers)).body)?.[1] ?? '';
    const [one, other] = [await nonce(), await nonce()];
    expect(one).toMatch(/^[\w-]{22}$/);
    expect(one).not.toBe(other);
  });

  test('outside the built window do not exist, however the path is written', async () => {
    const headers = { Cookie: await logIn() };
    for (const path of [
      '/../package.json',
      '/..%2fpackage.json',
      '/%2e%2e/%2e%2e/package.json',
      '/assets/..\\..\\package.json',
      '//etc/passwd',
      '/etc/passwd',
      '/assets/',
      '/%00',
    ]) {
      const answer = await ask(path, headers);
      expect([400, 404], path).toContain(answer.status);
      expect(answer.body, path).not.toContain('phone-health-inspector');
    }
  });

  test('are for reading only', async () => {
    const headers = { Cookie: await logIn() };
    expect((await ask('/', headers, 'POST')).status).toBe(405);
    expect((await ask('/', headers, 'DELETE')).status).toBe(405);
    const head = await ask('/', headers, 'HEAD');
    expect([head.status, head.body]).toEqual([200, '']);
  });
});

describe('a request', () => {
  test('that names another host is refused, though it reaches this one: a rebound name gets nothing', async () => {
    const headers = { Cookie: await logIn() };
    for (const Host of [
      'evil.example',
      `evil.example:${port}`,
      '127.0.0.1',
      `127.0.0.1:${port + 1}`,
      `[::1]:${port}`,
    ]) {
      const answer = await ask('/', { ...headers, Host });
      expect([answer.status, answer.body.includes('not served here')], Host).toEqual([403, true]);
    }
    expect((await ask('/', { ...headers, Host: `localhost:${port}` })).status).toBe(200);
  });

  test('from another origin is refused even with the cookie', async () => {
    const headers = { Cookie: await logIn() };
    for (const Origin of ['http://evil.example', 'null', `http://127.0.0.1:${port + 1}`, `https://127.0.0.1:${port}`]) {
      expect((await ask('/', { ...headers, Origin })).status, Origin).toBe(403);
    }
    expect((await ask('/', { ...headers, Origin: `http://127.0.0.1:${port}` })).status).toBe(200);
  });
});

describe('the WebSocket', () => {
  test('opens for the window itself', async () => {
    const Cookie = await logIn();
    expect(await upgrade({ Cookie, Origin: `http://127.0.0.1:${port}` })).toBe('open');
  });

  test('is refused without the cookie, from another origin, without an origin, and under another host', async () => {
    const Cookie = await logIn();
    const Origin = `http://127.0.0.1:${port}`;
    expect(await upgrade({ Origin })).toBe('refused 403');
    expect(await upgrade({ Origin, Cookie: `phone-health-${port}=wrong` })).toBe('refused 403');
    expect(await upgrade({ Cookie, Origin: 'http://evil.example' })).toBe('refused 403');
    expect(await upgrade({ Cookie, Origin: `http://127.0.0.1:${port + 1}` })).toBe('refused 403');
    expect(await upgrade({ Cookie })).toBe('refused 403');
    expect(await upgrade({ Cookie, Origin, Host: 'evil.example' })).toBe('refused 403');
    expect(await upgrade({ Cookie, Origin }, '/elsewhere')).toBe('refused 404');
    expect(await upgrade({ Cookie, Origin }, '/api')).toBe('refused 404');
  });

  test('answers nothing to whoever has seen the cookie but not the page’s secret', async () => {
    const admission = await ask(`/?token=${token}`);
    const headers = { Cookie: cookieIn(admission), Origin: `http://127.0.0.1:${port}` };
    expect(await call(headers, secretMessage(secretIn(admission)), about)).toContain(program.app.about().version);
    expect(await call(headers, secretMessage('A'.repeat(43)), about)).toBe('closed');
    expect(await call(headers, JSON.stringify({ method: 'connectionParams', data: null }), about)).toBe('closed');
    for (const first of [about, 'nonsense']) {
      expect(await call(headers, first, about), first).toContain('"code":"unexpected"');
    }
  });

  test('is closed by a message of more than 256 kB, and the program goes on', async () => {
    const headers = { Cookie: await logIn(), Origin: `http://127.0.0.1:${port}` };
    const socket = new WebSocket(`ws://127.0.0.1:${port}${api}`, { headers });
    const closed = new Promise<number>((resolve) => {
      socket.on('close', resolve);
    });
    socket.on('open', () => socket.send('x'.repeat(257 * 1024)));
    expect(await closed).toBe(1009);
    expect(await upgrade(headers)).toBe('open');
  });

  test('tells a failure in plain words, with a code and without a stack', async () => {
    const admission = await ask(`/?token=${token}`);
    const headers = { Cookie: cookieIn(admission), Origin: `http://127.0.0.1:${port}` };
    const wrong = JSON.stringify({ id: 1, method: 'query', params: { path: 'snapshot', input: { id: '77' } } });
    const answer = await call(headers, secretMessage(secretIn(admission)), wrong);
    const { error } = JSON.parse(answer) as { error: { data: { problem: unknown } } };
    expect(error.data.problem).toMatchObject({
      code: 'unknown-snapshot',
      message: 'There is no snapshot 77.',
      details: null,
    });
  });
});

test('a connection that is reset in the middle of being refused does not end the program', async () => {
  await new Promise<void>((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.write('GET /api HTTP/1.1\r\nHost: evil.example\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
      socket.resetAndDestroy();
    });
    socket.on('error', () => resolve());
    socket.on('close', () => resolve());
  });
  expect((await ask('/')).status).toBe(403);
});

/** So many programs that connect, send this, and then neither read, answer nor hang up. */
async function hold(count: number, words: string): Promise<Socket[]> {
  const sockets = Array.from({ length: count }, () => connect({ host: '127.0.0.1', port, allowHalfOpen: true }));
  await Promise.all(
    sockets.map(
      (socket) =>
        new Promise<void>((resolve) => {
          socket.on('error', () => resolve());
          socket.once('close', () => resolve());
          socket.once('connect', () => socket.write(words, () => resolve()));
        }),
    ),
  );
  return sockets;
}

const refusedUpgrade = 'GET /api HTTP/1.1\r\nHost: evil.example\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n';

test('a refused upgrade is gone soon, also where the other side does not hang up', async () => {
  const sockets = await hold(20, refusedUpgrade);
  await vi.waitFor(() => expect(program.served.connections()).toEqual({ windows: 0, strangers: 0 }), {
    timeout: 5_000,
  });
  for (const socket of sockets) socket.destroy();
});

test('1,200 connections that are held do not keep the window out, nor the program from ending', async () => {
  const sockets = [...(await hold(600, 'GET / HTTP/1.1\r\nHost: ')), ...(await hold(600, refusedUpgrade))];
  expect(program.served.connections().strangers).toBeLessThanOrEqual(64);
  const admission = await ask(`/?token=${token}`);
  const headers = { Cookie: cookieIn(admission), Origin: `http://127.0.0.1:${port}` };
  expect((await ask('/', headers)).status).toBe(200);
  expect(await call(headers, secretMessage(secretIn(admission)), about)).toContain(program.app.about().version);
  await program.served.close();
  expect(program.served.connections()).toEqual({ windows: 0, strangers: 0 });
  for (const socket of sockets) socket.destroy();
});

test('a WebSocket that brings the cookie and then no secret is closed', async () => {
  const headers = { Cookie: await logIn(), Origin: `http://127.0.0.1:${port}` };
  const socket = new WebSocket(`ws://127.0.0.1:${port}${api}`, { headers });
  await new Promise((resolve) => {
    socket.on('close', resolve);
  });
  expect(program.served.connections().windows).toBe(0);
});

test('a port in use is told plainly', async () => {
  await expect(serveWindow({ app: program.app, port })).rejects.toMatchObject({
    code: 'port-in-use',
    message: `Port ${port} is in use by another program.`,
  });
});

test('a window that was not built is told plainly', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'phone-health-empty-'));
  try {
    await expect(serveWindow({ app: program.app, folder })).rejects.toMatchObject({ code: 'window-not-built' });
  } finally {
    await rm(folder, { recursive: true });
  }
});
