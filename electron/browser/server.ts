import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { TRPCError } from '@trpc/server';
import { applyWSSHandler } from '@trpc/server/adapters/ws';
import { WebSocketServer } from 'ws';
import { api } from '../api.ts';
import type { Application } from '../app/application.ts';
import { technicianName } from '../api/tickets.ts';
import { nearestLanguage } from '../app/program/language.ts';
import { ApplicationError } from '../app/program/problem.ts';
import { Connections } from './connections.ts';
import { largestMessage } from './largest-message.ts';
import { serveFromSources, type SourceWindow } from './dev-window.ts';
import { Session } from './session.ts';
import { removeLeftUploads, secretOf, Uploads, uploadUrl } from './uploads.ts';
import { readWindowFiles, securityHeaders } from './window-files.ts';

/** Where `npm run build` puts the window. */
const builtWindow = join(import.meta.dirname, '../../out/renderer');

/** tRPC's address of a WebSocket whose first message says who opens it. */
const socketUrl = '/api?connectionParams=1';

/** A window sends the page's secret as soon as its WebSocket is open. */
const secretDeadlineMs = 5_000;
/** How long a refused program may take to read why. */
const refusalMs = 1_000;

export interface ServeOptions {
  app: Application;
  /** 0 or absent: any free port. */
  port?: number;
  /** Serve `renderer/` through Vite, with hot reloading, in place of the built window. */
  dev?: boolean;
  /** The built window; default `out/renderer`. */
  folder?: string;
}

export interface ServedWindow {
  /** Carries the one-time token: open it once. */
  url: string;
  port: number;
  /** How many connections are open: of windows, and of whoever has not proven to be one. */
  connections(): { windows: number; strangers: number };
  /** Ends the open connections; the window connects again. */
  dropConnections(): void;
  close(): Promise<void>;
}

/** A request that is turned away, with the plain sentence that its sender sees. */
interface Refusal {
  status: 400 | 403 | 404 | 405;
  message: string;
}

const refusals = {
  host: { status: 403, message: 'This address is not served here.' },
  origin: { status: 403, message: 'Another site asked for this page, so it was not given.' },
  token: {
    status: 403,
    message:
      'This link was used in another browser, or it is not the right one. Open it in the browser that used it, or start the program again.',
  },
  session: { status: 403, message: 'This page opens only from the link that the program printed when it started.' },
  method: { status: 405, message: 'Only reading is possible here.' },
  path: { status: 404, message: 'There is no such page.' },
  address: { status: 400, message: 'This address cannot be read.' },
} satisfies Record<string, Refusal>;

function refuse(response: ServerResponse, { status, message }: Refusal): void {
  const page = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Phone Health Inspector</title><p>${message}</p></html>`;
  response.writeHead(status, {
    ...securityHeaders,
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Security-Policy': `default-src 'none'; frame-ancestors 'none'`,
    'Cache-Control': 'no-store',
  });
  response.end(page);
}

/** Says why, and ends the connection whatever the other side does. */
function refuseUpgrade(socket: Duplex, { status, message }: Refusal): void {
  const end = (): void => void socket.destroy();
  const unread = setTimeout(end, refusalMs).unref();
  socket.once('close', () => clearTimeout(unread));
  socket.end(
    `HTTP/1.1 ${status} Refused\r\nContent-Type: text/plain\r\nContent-Length: ${Buffer.byteLength(message)}\r\nConnection: close\r\n\r\n${message}`,
    end,
  );
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE' || error.code === 'EACCES') {
        const why = error.code === 'EADDRINUSE' ? 'is in use by another program' : 'may not be used by this account';
        reject(new ApplicationError('port-in-use', `Port ${port} ${why}.`, ['Choose another port with --port.']));
        return;
      }
      reject(error);
    });
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      resolve(address !== null && typeof address === 'object' ? address.port : port);
    });
  });
}

/**
 * Serves the window to this computer only: pages over HTTP and {@link api} over a WebSocket, both on 127.0.0.1. The first
 * URL's token is exchanged for a cookie and a secret of the page; every request must name this host, come from this origin, and carry
 * the cookie, and a WebSocket the page's secret too.
 * Throws {@link ApplicationError} `port-in-use` or `window-not-built`.
 */
export async function serveWindow({ app, port = 0, dev = false, folder }: ServeOptions): Promise<ServedWindow> {
  const files = dev ? null : await readWindowFiles(folder ?? builtWindow);
  const server = createServer({ maxHeaderSize: 16 * 1024, requestTimeout: 30_000 });
  const connections = new Connections();
  server.on('connection', (socket) => connections.add(socket));
  const sources: SourceWindow | null = dev ? await serveFromSources(server) : null;
  const actualPort = await listen(server, port).catch(async (error: unknown) => {
    await sources?.close();
    throw error;
  });
  const hosts = new Set([`127.0.0.1:${actualPort}`, `localhost:${actualPort}`]);
  const session = new Session(actualPort);
  const uploads = new Uploads(app);
  removeLeftUploads();

  const sockets = new WebSocketServer({ noServer: true, maxPayload: largestMessage, perMessageDeflate: false });
  applyWSSHandler({
    wss: sockets,
    router: api,
    createContext: ({ info, req, res }) => {
      if (!session.opens(info.connectionParams?.['secret'])) {
        // Nothing that it has sent behind its first message is looked at.
        res.terminate();
        throw new TRPCError({ code: 'UNAUTHORIZED', message: refusals.session.message });
      }
      connections.admit(req.socket);
      return {
        app,
        speech: { language: nearestLanguage(info.connectionParams?.['language'] ?? '') },
        work: { technician: technicianName.catch('').parse(info.connectionParams?.['technician'] ?? '') },
      };
    },
    keepAlive: { enabled: true },
  });

  /** Names of the host that a browser may be fooled into using (DNS rebinding) end here. */
  const checkSender = ({ headers }: IncomingMessage): Refusal | null => {
    if (headers.host === undefined || !hosts.has(headers.host)) return refusals.host;
    if (headers.origin !== undefined && headers.origin !== `http://${headers.host}`) return refusals.origin;
    return null;
  };

  server.on('request', (request, response) => {
    const refusal = checkSender(request);
    if (refusal !== null) return refuse(response, refusal);
    if (request.method === 'POST' && request.url === uploadUrl) {
      // Browsers always send an origin with what changes something.
      if (request.headers.origin === undefined) return refuse(response, refusals.origin);
      const isWindow = session.admits(request.headers.cookie) && session.opens(secretOf(request));
      if (!isWindow) return refuse(response, refusals.session);
      return void uploads.answer(request, response);
    }
    if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(response, refusals.method);

    const host = request.headers.host ?? '';
    const url = URL.parse(request.url ?? '/', `http://${host}`);
    if (url === null || url.host !== host) return refuse(response, refusals.address);
    const token = url.searchParams.get('token');
    if (url.pathname === '/' && token !== null) {
      const admission = session.exchange(token, request.headers.cookie);
      if (admission === null) return refuse(response, refusals.token);
      const { location, cookie } = admission;
      response.writeHead(303, {
        ...securityHeaders,
        'Set-Cookie': cookie,
        Location: location,
        'Cache-Control': 'no-store',
      });
      response.end();
      return;
    }
    if (!session.admits(request.headers.cookie)) return refuse(response, refusals.session);

    if (sources !== null) return sources.answer(request, response);
    const answer = files?.get(url.pathname, `ws://${host} http://${host}${uploadUrl}`) ?? null;
    if (answer === null) return refuse(response, refusals.path);
    response.writeHead(answer.status, { ...answer.headers, 'Content-Length': answer.body.byteLength });
    response.end(request.method === 'HEAD' ? undefined : answer.body);
  });

  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    // A peer that resets the connection while it is being refused must not end the program.
    socket.on('error', () => socket.destroy());
    const refusal = checkSender(request);
    if (refusal !== null) return refuseUpgrade(socket, refusal);
    // Browsers always send an origin with a WebSocket: one without it is not the window.
    if (request.headers.origin === undefined) return refuseUpgrade(socket, refusals.origin);
    if (!session.admits(request.headers.cookie)) return refuseUpgrade(socket, refusals.session);
    if (sources?.takesUpgrade(request) === true) return;
    if (request.url !== socketUrl) return refuseUpgrade(socket, refusals.path);
    sockets.handleUpgrade(request, socket, head, (client) => {
      // ws closes the connection by itself after a message that is too long or malformed; the event must only not be unhandled.
      client.on('error', () => client.terminate());
      const late = setTimeout(() => {
        if (!connections.isWindow(request.socket)) client.terminate();
      }, secretDeadlineMs).unref();
      client.once('close', () => clearTimeout(late));
      sockets.emit('connection', client, request);
    });
  });

  return {
    url: `http://127.0.0.1:${actualPort}/?token=${session.token}`,
    port: actualPort,
    connections: () => ({ windows: connections.windows, strangers: connections.strangers }),
    dropConnections() {
      for (const client of sockets.clients) client.terminate();
    },
    async close() {
      for (const client of sockets.clients) client.terminate();
      sockets.close();
      await sources?.close();
      const closed = new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
      connections.destroyAll();
      await closed;
    },
  };
}
