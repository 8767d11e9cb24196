import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { App } from 'electron';

/**
 * Gives this process a folder of its own for what Chromium keeps, gone at its end: that of the window is in use while there is one. What is
 * kept of phones lies elsewhere, and is shared. Only before the program is ready.
 */
export function useOwnProfile(app: Pick<App, 'setPath'>): void {
  const folder = mkdtempSync(join(tmpdir(), 'phone-health-command-'));
  for (const name of ['userData', 'sessionData'] as const) app.setPath(name, folder);
  process.on('exit', () => {
    try {
      rmSync(folder, { recursive: true, force: true });
    } catch (error) {
      // On Windows Chromium may hold a file until after the end; the folder lies where the system tidies.
      if (!(error instanceof Error)) throw error;
    }
  });
}
