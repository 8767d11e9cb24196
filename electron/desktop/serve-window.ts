import { app, protocol } from 'electron';
import type { WindowFiles } from '../browser/window-files.ts';
import { closeContents, closeSession, windowHost, windowScheme } from './security.ts';

/** The window's own scheme has an origin, as pages of the web have. Only before the program is ready. */
export function registerWindowScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: windowScheme, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
}

/** From now on no page goes anywhere or opens anything, whoever makes it. */
export function closePages(): void {
  app.on('web-contents-created', (_event, contents) => closeContents(contents));
}

/** Serves the built window under its own scheme, with the same headers as on loopback; it connects to nothing, and its session reaches nothing else. */
export function serveWindowFiles(files: WindowFiles): void {
  closeSession();
  protocol.handle(windowScheme, (request) => {
    const { host, pathname } = new URL(request.url);
    const answer = host === windowHost ? files.get(pathname, "'none'") : null;
    if (answer === null) return new Response('There is no such page.', { status: 404 });
    return new Response(new Uint8Array(answer.body), { status: answer.status, headers: answer.headers });
  });
}
