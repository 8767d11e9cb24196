import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { pinnedNode, root } from './places.mjs';

export const electron = join(root, 'node_modules', 'electron', 'cli.js');

/** Asks Electron for its version, which fetches it where it is not there yet: null, or the last thing that it said. */
export function whyNoElectron() {
  return new Promise((resolve, reject) => {
    const child = spawn(pinnedNode, [electron, '--version'], { cwd: root, stdio: ['ignore', 'ignore', 'pipe'] });
    let errors = '';
    child.stderr.on('data', (chunk) => {
      errors = (errors + chunk.toString()).slice(-4_000);
    });
    child.on('error', reject);
    child.on('close', (code) => resolve(code === 0 ? null : (/^.*Error: (.+)$/m.exec(errors)?.[1] ?? errors.trim())));
  });
}

/** Why the desktop window cannot be opened here; null where it can. */
export async function whyNoDesktop() {
  const { DISPLAY, WAYLAND_DISPLAY } = process.env;
  if (process.platform === 'linux' && !DISPLAY && !WAYLAND_DISPLAY) return 'this computer has no display';
  const why = await whyNoElectron();
  return why === null ? null : `Electron cannot be had (${why})`;
}
