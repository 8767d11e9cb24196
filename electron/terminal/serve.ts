import type { Application } from '../app/application.ts';
import { ApplicationError } from '../app/program/problem.ts';
import { serveWindow } from '../browser/server.ts';
import { exitCode, type ExitCode } from './exit-code.ts';
import { print, tell } from './output.ts';

export interface ServeOptions {
  port?: string;
  dev?: boolean;
}

function portOf(text: string | undefined): number {
  const port = Number(text ?? 0);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new ApplicationError('bad-argument', `"${text}" is not a port.`, ['Ports are numbers from 1 to 65535.']);
}

const untilStopped = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });

/** Serves the window until Ctrl-C. The address goes to standard output, so that a script can open it. */
export async function serve(app: Application, options: ServeOptions, signal: AbortSignal): Promise<ExitCode> {
  const served = await serveWindow({ app, port: portOf(options.port), dev: options.dev ?? false });
  tell('Open this address in a browser on this computer; it works in one browser. Ctrl-C ends the program.');
  print(served.url);
  // The catalog is loaded after the address is out, and before the window asks for it.
  await new Promise((resolve) => setImmediate(resolve));
  app.about();
  // Also while no window is open.
  const stopAttending = app.attendance.attend(() => undefined);
  app.handover.start();
  app.shop.start();
  await untilStopped(signal);
  stopAttending();
  await served.close();
  return exitCode.ok;
}
