import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { appendFile, chmod, copyFile, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

/**
 * Every command as the first one in a fresh clone of what is committed, on the Node and the PATH of a newcomer. The packages are really
 * installed once, by the very first command. In the other clones set-up does all that it does there, and its `npm ci` is answered by
 * moving that installation into the clone: the ninth installation would prove nothing more, and takes half a minute. Nor would the
 * second build: where one is needed, Vite is answered by copying what the first command has built.
 */

const root = join(import.meta.dirname, '..', '..');
/** On a machine that does other things too. */
const patience = 300_000;

let folder: string;
let env: NodeJS.ProcessEnv;
/** Where the installation lies between two clones. */
let installation: string;
/** What the first command has built. */
let built: string;

const clone = (name: string): string => {
  const path = join(folder, name);
  execFileSync('git', ['clone', '--quiet', root, path]);
  return path;
};

/** Nothing of the checkout that runs this test, and nothing of the npm that started it. */
const newcomersPath = (): string =>
  (process.env['PATH'] ?? '')
    .split(delimiter)
    .filter((one) => !one.includes('node_modules'))
    .join(delimiter);

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

interface Run {
  code: number | null;
  stdout: string;
  stderr: string;
}

interface Started {
  /** What `pattern` finds on standard output, as soon as it is there. */
  line(pattern: RegExp): Promise<string>;
  ended: Promise<Run>;
  /** Asks it and all that it has started to end, as Ctrl-C in a terminal does. */
  stop(): Promise<Run>;
}

function start(cwd: string, command: string, args: readonly string[]): Started {
  const child = spawn(command, args, { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const ended = new Promise<Run>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
  const send = (signal: NodeJS.Signals): void => {
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, signal);
  };
  return {
    ended,
    line(pattern) {
      return new Promise((resolve, reject) => {
        const look = (): void => {
          const found = pattern.exec(stdout);
          if (found !== null) resolve(found[0]);
        };
        child.stdout.on('data', look);
        look();
        void ended.then((run) => reject(new Error(`It ended without that line: ${JSON.stringify(run, null, 2)}`)));
      });
    },
    async stop() {
      send('SIGTERM');
      const hard = setTimeout(() => send('SIGKILL'), 20_000);
      return ended.finally(() => clearTimeout(hard));
    },
  };
}

/** The page of a printed address, with the cookie that its token is exchanged for. */
async function pageStatus(address: string): Promise<number> {
  const first = await fetch(address, { redirect: 'manual' });
  const cookie = first.headers.get('set-cookie')?.split(';')[0] ?? '';
  return (await fetch(new URL('/', address), { headers: { cookie } })).status;
}

/** Does something in a clone of its own, which set-up finds without packages and leaves with them. */
const inClone = async (name: string, work: (path: string) => Promise<void>): Promise<void> => {
  const path = clone(name);
  expect(existsSync(join(path, 'node_modules'))).toBe(false);
  try {
    await work(path);
  } finally {
    const used = join(path, 'node_modules');
    if (existsSync(used)) await rename(used, installation);
  }
};

const address = /http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]+/;
const setUpLines = (stderr: string): string[] =>
  stderr.split('\n').filter((line) => /^(?:Setting up|Bringing up to date|Missing| {2}the )/.test(line));

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'first-commands-'));
  installation = join(folder, 'node_modules');
  built = join(folder, 'built');
  const ofThisRun =
    /^(?:npm_(?!config_(?:cache|registry|userconfig)$)|NODE_(?:OPTIONS|PATH|ENV|COMPILE)|VITEST|DISPLAY|WAYLAND)/i;
  const own = Object.entries(process.env).filter(([name]) => !ofThisRun.test(name));
  env = {
    ...Object.fromEntries(own),
    PATH: newcomersPath(),
    PHONE_HEALTH_HOME: join(folder, 'home'),
    ANDROID_ADB_SERVER_PORT: String(await freePort()),
  };
});

afterAll(async () => {
  // Where none of them has started one, that is an error which says just that.
  spawnSync('adb', ['-P', env['ANDROID_ADB_SERVER_PORT'] ?? '', 'kill-server'], { stdio: 'ignore' });
  await rm(folder, { recursive: true, force: true });
}, patience);

describe('as the first command in a fresh clone', () => {
  test(
    '`npm start` installs the packages and serves the window, in a handful of lines',
    async () => {
      const path = clone('start');
      const program = start(path, 'npm', ['start']);
      const page = await pageStatus(await program.line(address));
      const { stdout, stderr } = await program.stop();
      await rename(join(path, 'node_modules'), installation);
      await rename(join(path, 'out'), built);
      expect(page).toBe(200);
      expect(setUpLines(stderr).length, stderr).toBeGreaterThanOrEqual(4);
      expect(stderr.trimEnd().split('\n').length, stderr).toBeLessThan(12);
      // npm's own two lines, and the address: set-up says nothing here.
      expect(stdout.split('\n').filter((line) => line !== '' && !line.startsWith('>'))).toEqual([
        expect.stringMatching(address),
      ]);
    },
    patience,
  );

  describe('with those packages', () => {
    beforeAll(async () => {
      const npm = execFileSync('sh', ['-c', 'command -v npm'], { env, encoding: 'utf8' }).trim();
      const bin = join(folder, 'bin');
      await mkdir(bin);
      const script = `#!/bin/sh\nif [ "$1" = ci ]; then exec mv '${installation}' node_modules; fi\nexec '${npm}' "$@"\n`;
      await writeFile(join(bin, 'npm'), script);
      await chmod(join(bin, 'npm'), 0o755);
      env['PATH'] = [bin, env['PATH']].join(delimiter);
    });

    describe('and with what was built', () => {
      let vite: string;
      let genuine: string;
      beforeAll(async () => {
        vite = join(installation, 'vite', 'bin', 'vite.js');
        genuine = join(folder, 'vite.js');
        await rename(vite, genuine);
        await writeFile(
          vite,
          `import { cpSync } from 'node:fs';
          import { join } from 'node:path';
          const made = process.argv.includes('vite.main.config.ts') ? 'main' : 'renderer';
          cpSync(join(${JSON.stringify(built)}, made), join('out', made), { recursive: true });\n`,
        );
      });
      afterAll(() => rename(genuine, vite));

      test.each([
        { command: 'cli', args: ['--', '--version'], last: /^0\.1\.0$/ },
        { command: 'test', args: ['--', 'test/house/system-tools.test.ts'], last: /^[1-9]\d* passed, 0 failed$/ },
        { command: 'types', args: ['--', '--version'], last: /^Version \d+/ },
        { command: 'format', args: ['--', '--version'], last: /^\d+\.\d+\.\d+$/ },
        { command: 'simulate:android', args: ['--', '--help'], last: /^ {2}\S+ {2,}\S/ },
        { command: 'bench', args: ['--', '--list'], last: /^soak: / },
        // Nothing is open, and the file of every language is left as it is committed.
        { command: 'words', args: [], last: /: \d+ messages, 0 not translated yet$/ },
      ])(
        '`npm run $command` runs to its end',
        ({ command, args, last }) =>
          inClone(`${command.replace(':', '-')}-once`, async (path) => {
            const { code, stdout } = await start(path, 'npm', ['run', '--silent', command, ...args]).ended;
            expect(stdout.trimEnd().split('\n').at(-1)).toMatch(last);
            expect(code).toBe(0);
            expect(execFileSync('git', ['status', '--porcelain'], { cwd: path, encoding: 'utf8' })).toBe('');
          }),
        patience,
      );

      test.each([
        { command: 'dev', line: address },
        { command: 'gallery', line: /http:\/\/\S+/ },
        { command: 'simulate:android', line: /ANDROID_ADB_SERVER_PORT=\d+/ },
        { command: 'simulate:iphone', line: /USBMUXD_SOCKET_ADDRESS=\S+/ },
      ])(
        '`npm run $command` comes to its first line',
        ({ command, line }) =>
          inClone(command.replace(':', '-'), async (path) => {
            const program = start(path, 'npm', ['run', '--silent', command]);
            try {
              expect(await program.line(line)).toMatch(line);
            } finally {
              await program.stop();
            }
          }),
        patience,
      );

      test(
        '`phone-health` runs from anywhere; a second time it says nothing of set-up, and what changes is built again',
        () =>
          inClone('phone-health', async (path) => {
            const phoneHealth = join(path, 'build', 'phone-health.mjs');
            const run = (...args: string[]): Promise<Run> => start(folder, phoneHealth, args).ended;
            expect(await run('--version')).toMatchObject({ code: 0, stdout: '0.1.0\n' });
            expect(await run('--version')).toEqual({ code: 0, stdout: '0.1.0\n', stderr: '' });

            const added = join(path, 'native', 'added.ts');
            await writeFile(added, 'export const added = true;\n');
            // Of two that start at once, one builds and the other waits for it.
            const both = await Promise.all([run('--version'), run('--version')]);
            expect(both.map(({ code, stdout }) => ({ code, stdout }))).toEqual(
              Array.from({ length: 2 }, () => ({ code: 0, stdout: '0.1.0\n' })),
            );
            expect(both.flatMap(({ stderr }) => setUpLines(stderr))).toEqual([
              'Bringing up to date: the program.',
              expect.stringMatching(/^ {2}the program: \d+ s$/),
            ]);
            await rm(added);
            expect((await run('--version')).stderr).toMatch(
              /^Bringing up to date: the program\.\n {2}the program: \d+ s\n$/,
            );
            expect((await run('--version')).stderr).toBe('');

            // What cannot be built is really built.
            await copyFile(genuine, join(path, 'node_modules', 'vite', 'bin', 'vite.js'));
            await appendFile(join(path, 'electron', 'terminal', 'main.ts'), '\nthis is no TypeScript\n');
            const broken = await run('--version');
            expect(broken).toMatchObject({ code: 1, stdout: '' });
            const log = /^The whole log: (.+)$/m.exec(broken.stderr)?.[1] ?? '';
            expect(readFileSync(log, 'utf8')).toContain('main.ts');
          }),
        patience,
      );
    });
  });
});

test('every command of package.json goes through the launcher, which knows no other', () => {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  expect(scripts).toEqual(
    Object.fromEntries(Object.keys(scripts).map((name) => [name, `node build/launch.mjs ${name}`])),
  );
  const known = /There are: (.+)\./.exec(
    execFileSync('sh', ['-c', `'${process.execPath}' build/launch.mjs nosuch 2>&1 || true`], {
      cwd: root,
      encoding: 'utf8',
    }),
  );
  expect(known?.[1]?.split(', ').sort()).toEqual(Object.keys(scripts).sort());
});
