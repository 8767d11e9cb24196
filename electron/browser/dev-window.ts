import { readFile } from 'node:fs/promises';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');

/** The window straight from `renderer/`, for working on it: Vite in middleware mode, with hot reloading. */
export interface SourceWindow {
  answer(request: IncomingMessage, response: ServerResponse): void;
  /** Whether a WebSocket is Vite's own (hot reloading); Vite then takes it. */
  takesUpgrade(request: IncomingMessage): boolean;
  close(): Promise<void>;
}

/** Vite is a development dependency, so it is loaded only here. Its pages carry no Content-Security-Policy: React's reloading is an inline script. */
export async function serveFromSources(server: Server): Promise<SourceWindow> {
  const { createServer } = await import('vite');
  const vite = await createServer({
    configFile: join(root, 'vite.config.ts'),
    appType: 'custom',
    server: { middlewareMode: true, hmr: { server } },
  });

  const answerPage = async (url: string, response: ServerResponse): Promise<void> => {
    const page = await vite.transformIndexHtml(url, await readFile(join(root, 'renderer/index.html'), 'utf8'));
    response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-store' });
    response.end(page);
  };

  return {
    answer(request, response) {
      vite.middlewares(request, response, () => {
        answerPage(request.url ?? '/', response).catch((error: unknown) => {
          response.writeHead(500, { 'Content-Type': 'text/plain; charset=utf-8' });
          response.end(error instanceof Error ? error.message : String(error));
        });
      });
    },
    takesUpgrade: (request) => (request.headers['sec-websocket-protocol'] ?? '').startsWith('vite-'),
    close: () => vite.close(),
  };
}
