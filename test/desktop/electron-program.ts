import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron } from 'playwright-core';
import type { DesktopOptions, DesktopProgram } from './desktop-program.ts';

const root = join(import.meta.dirname, '..', '..');

/** Whether the tests drive the real Electron: `npm run test:desktop`, where it is. */
export const inElectron = process.env['PHONE_HEALTH_DESKTOP'] === 'electron';

const notHere = (): Promise<never> => Promise.reject(new Error('Only the stand-in knows this.'));

/** The same program in the real Electron, on a data folder and with an instance lock of its own. */
export async function startElectron(
  options: DesktopOptions,
  quiet: (home: string) => NodeJS.ProcessEnv,
): Promise<DesktopProgram> {
  const home = options.home ?? (await mkdtemp(join(tmpdir(), 'phone-health-desktop-')));
  const env = { ...process.env, ...quiet(home), ...options.env };
  const program = await _electron.launch({
    // What its package answers outside of Electron is where its binary lies.
    executablePath: createRequire(import.meta.url)('electron') as string,
    args: [root, `--user-data-dir=${join(home, 'electron')}`, ...(options.args ?? [])],
    // Playwright would switch it off on Linux.
    chromiumSandbox: true,
    env: Object.fromEntries(Object.entries(env).filter((pair): pair is [string, string] => pair[1] !== undefined)),
  });
  let log = '';
  program.process().stderr?.on('data', (bytes: Buffer) => {
    log = (log + bytes.toString('utf8')).slice(-20_000);
  });
  const ended = new Promise<number | null>((resolve) => program.process().once('exit', (code) => resolve(code)));
  const page = await program.firstWindow();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.locator('main').waitFor();
  return {
    page,
    pages: { page: notHere, knowPath: notHere },
    home,
    pid: program.process().pid ?? 0,
    complaints,
    log: () => log,
    evaluate: (run, arg) => program.evaluate(run as never, arg as never),
    asked: notHere,
    ended,
    async close() {
      await program.close();
      if (options.home === undefined) await rm(home, { recursive: true, force: true });
    },
  };
}
