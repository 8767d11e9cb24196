import { spawn } from 'node:child_process';
import { ApplicationError } from '../program/problem.ts';

/** What shows a folder, by system. */
const openers: Partial<Record<NodeJS.Platform, string>> = { darwin: 'open', win32: 'explorer.exe' };
const otherwise = 'xdg-open';

/**
 * Shows a folder in the system's own window. Resolves once that was started: what becomes of it is the system's. Throws
 * `folder-not-shown`.
 */
export function openFolder(path: string, opener = openers[process.platform] ?? otherwise): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const shown = spawn(opener, [path], { stdio: 'ignore', detached: true });
  shown.once('spawn', () => {
    shown.unref();
    resolve();
  });
  shown.once('error', () =>
    reject(
      new ApplicationError('folder-not-shown', 'This computer shows no folders from here.', [
        `Open it by hand: ${path}`,
      ]),
    ),
  );
  return promise;
}
