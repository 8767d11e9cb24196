import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { tell } from './output.ts';

const root = join(import.meta.dirname, '..', '..');

/** Runs a program of this checkout to its end: its exit code and the last line it wrote to standard error. */
function run(args: readonly string[], quiet: boolean): Promise<{ code: number | null; lastError: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      cwd: root,
      stdio: ['inherit', quiet ? 'ignore' : 'inherit', 'pipe'],
    });
    let errors = '';
    child.stderr.on('data', (chunk: Buffer) => {
      if (!quiet) process.stderr.write(chunk);
      errors = (errors + chunk.toString()).slice(-4_000);
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, lastError: /^.*Error: (.+)$/m.exec(errors)?.[1] ?? errors.trim() }));
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
  });
}

/** Why the desktop window cannot be opened here; null where it can. */
async function whyNoDesktop(electron: string): Promise<string | null> {
  const { DISPLAY, WAYLAND_DISPLAY } = process.env;
  if (process.platform === 'linux' && !DISPLAY && !WAYLAND_DISPLAY) return 'this computer has no display';
  const { code, lastError } = await run([electron, '--version'], true);
  return code === 0 ? null : `Electron cannot be had (${lastError})`;
}

const electron = join(root, 'node_modules', 'electron', 'cli.js');
const reason = await whyNoDesktop(electron);
if (reason === null) {
  process.exitCode = (await run([electron, root], false)).code ?? 1;
} else {
  tell(`The desktop window is not opened: ${reason}. The same window is served in a browser.`);
  process.exitCode = (await run([join(root, 'electron', 'terminal', 'main.ts'), 'serve'], false)).code ?? 1;
}
