import { fork } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { listenToQuestions } from '../window/stillness.ts';
import { inElectron, startElectron } from './electron-program.ts';
import { chromiumPages, type ChromiumPages } from './stand-in/chromium-pages.ts';
import type { Asked } from './stand-in/asked.ts';
import type * as StandIn from './stand-in/electron.ts';
import { peer } from './stand-in/peer.ts';

/** Nobody listens where it looks for phones, so that none of this computer is seen. */
export const adbPort = 1;
export const usbmuxdOf = (home: string): string => join(home, 'no-usbmuxd');
const quiet = (home: string): NodeJS.ProcessEnv => ({
  PHONE_HEALTH_HOME: home,
  ANDROID_ADB_SERVER_PORT: String(adbPort),
  USBMUXD_SOCKET_ADDRESS: `UNIX:${usbmuxdOf(home)}`,
});

const root = join(import.meta.dirname, '..', '..');

export interface DesktopOptions {
  /** The built main process; default: that of this checkout. */
  main?: string;
  args?: readonly string[];
  env?: NodeJS.ProcessEnv;
  /** Its data folder, which then stays; default: one of its own. */
  home?: string;
  /** Changes what the main process sends to its page. */
  onSend?: (args: unknown[]) => unknown[];
}

/** The desktop host, as it is built, under the stand-in; its window in a real Chromium. */
export interface DesktopProgram {
  page: Page;
  /** The pages of its other windows, and where files lie that one of them is given. Not in Electron. */
  pages: Pick<ChromiumPages, 'page' | 'knowPath'>;
  home: string;
  pid: number;
  /** What the page complained about: script errors, and everything that the Content-Security-Policy stopped. */
  complaints: string[];
  /** What it wrote to standard error. */
  log(): string;
  /** Runs a function in the main process, of which nothing but its text goes there. */
  evaluate<Result, Arg = undefined>(
    run: (electron: typeof StandIn, arg: Arg) => Result | Promise<Result>,
    arg?: Arg,
  ): Promise<Result>;
  /** All that was asked of Electron by this name. */
  asked(what: string): Promise<unknown[][]>;
  /** How it ended; null for a signal. */
  readonly ended: Promise<number | null>;
  close(): Promise<void>;
}

/** Starts the program, and waits for its window. */
export async function startDesktop(browser: Browser, options: DesktopOptions = {}): Promise<DesktopProgram> {
  if (inElectron) return startElectron(options, quiet);
  const { main = join(root, 'out', 'main', 'main.js'), args = [], env = {}, onSend = (sent) => sent } = options;
  const home = options.home ?? (await mkdtemp(join(tmpdir(), 'phone-health-desktop-')));
  const child = fork(main, [...args], {
    execArgv: ['--import', new URL('./stand-in/program.ts', import.meta.url).href],
    env: {
      ...process.env,
      ...quiet(home),
      ...env,
    },
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let log = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    log = (log + text).slice(-20_000);
  });
  const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  const complaints: string[] = [];
  const program = peer(
    (message) => {
      if (child.connected) child.send(message as object, () => undefined);
    },
    {
      open: (...given) => pages.answers['open']?.(...given),
      load: (...given) => pages.answers['load']?.(...given),
      send: (page: never, channel: never, args: unknown[]) =>
        pages.answers['send']?.(page, channel, onSend(args) as never),
      evaluate: (...given) => pages.answers['evaluate']?.(...given),
      print: (...given) => pages.answers['print']?.(...given),
      close: (...given) => pages.answers['close']?.(...given),
    },
  );
  const pages = chromiumPages(
    browser,
    () => program,
    (page) => {
      listenToQuestions(page);
      page.on('pageerror', (error) => complaints.push(error.message));
      page.on('console', (message) => {
        if (message.type() === 'error') complaints.push(message.text());
      });
    },
  );
  child.on('message', (message) => program.receive(message));
  child.once('exit', () => program.end());

  const evaluate = async <Result, Arg>(
    run: (electron: typeof StandIn, arg: Arg) => Result | Promise<Result>,
    arg?: Arg,
  ): Promise<Result> => (await program.call('evaluate', run.toString(), arg)) as Result;

  const gone = ended.then((code) => {
    throw new Error(`The program ended with ${code} before its window was there: ${log}`);
  });
  // Only while it is waited for.
  gone.catch(() => undefined);
  const page = await Promise.race([pages.page(), gone]);
  await Promise.race([page.locator('main').waitFor(), gone]);

  return {
    page,
    pages,
    home,
    pid: child.pid ?? 0,
    complaints,
    log: () => log,
    evaluate,
    async asked(what) {
      const all = (await program.call('asked', what)) as Asked['args'][];
      return all;
    },
    ended,
    async close() {
      if (child.exitCode === null && child.signalCode === null) {
        await evaluate(({ app }) => setImmediate(() => app.quit())).catch(() => undefined);
        const timer = setTimeout(() => child.kill('SIGKILL'), 10_000);
        await ended;
        clearTimeout(timer);
      }
      await pages.close();
      if (options.home === undefined) await rm(home, { recursive: true, force: true });
    },
  };
}
