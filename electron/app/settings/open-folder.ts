import { spawn } from 'node:child_process';
import { makeFolder } from '../../../db/make-folder.ts';
import { ApplicationError } from '../program/problem.ts';

/** What shows a folder, by system. */
const openers: Partial<Record<NodeJS.Platform, string>> = { darwin: 'open', win32: 'explorer.exe' };
const otherwise = 'xdg-open';

/**
 * Shows a folder in the system's own window, and makes it where nothing was kept in it yet. Resolves once that was started: what becomes
 * of it is the system's. Throws `folder-not-shown`, and what the file system says.
 */
export async function openFolder(path: string, opener = openers[process.platform] ?? otherwise): Promise<void> {
  makeFolder(path, 0o700);
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
  await promise;
}
