import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { pathWithBin, pinnedNode, root } from './places.mjs';

/** A command of a development dependency, and its arguments. */
export const tool = (dependency, name, ...args) => ({ dependency, name, args });

/** What these tools know of the last run lies beside the packages, and goes with them. */
const cache = (name) => join(root, 'node_modules', '.cache', 'phone-health', name);

const cachedByContent = (file) => ['--cache', '--cache-strategy', 'content', '--cache-location', file];

export const types = [
  tool('typescript', 'tsc', '--noEmit', '--incremental', '--tsBuildInfoFile', cache('types.tsbuildinfo')),
];
export const lint = [
  tool('oxlint', 'oxlint', '--type-aware', '--deny-warnings'),
  // By content: a checkout that is switched back and forth changes every date.
  tool('prettier', 'prettier', '--check', '--log-level', 'warn', '.', ...cachedByContent(cache('formatted'))),
];

/**
 * Runs a program on the pinned Node to its end, with this one's input and output; its exit code. `whole`: what it says is not mixed
 * with what others say, but printed when it has ended.
 */
export function run(args, env = process.env, { whole = false } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(pinnedNode, args, { stdio: whole ? ['ignore', 'pipe', 'pipe'] : 'inherit', env });
    const said = [];
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => said.push(chunk));
    // A terminal sends Ctrl-C to both; a second one would end the program before it has cleaned up.
    const interactive = process.stdin.isTTY || process.stdout.isTTY || process.stderr.isTTY;
    const passOn = (signal) => {
      if (signal !== 'SIGINT' || !interactive) child.kill(signal);
    };
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
    for (const signal of signals) process.on(signal, passOn);
    child.on('error', reject);
    child.on('close', (code, signal) => {
      for (const one of signals) process.off(one, passOn);
      process.stdout.write(Buffer.concat(said));
      resolve(code ?? 128 + (constants.signals[signal] ?? 0));
    });
  });
}

/** The file that a package names for a command: what lies in node_modules/.bin is a script of the shell on Windows. */
function fileOf({ dependency, name }) {
  const folder = join(root, 'node_modules', dependency);
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return join(folder, typeof bin === 'string' ? bin : bin[name]);
}

const runTool = (one, args, how) =>
  run([fileOf(one), ...one.args, ...args], { ...process.env, PATH: pathWithBin() }, how);

/** Runs tools one after the other until one fails; `args` go to the last one. The exit code. */
export async function runTools(tools, args = []) {
  for (const [index, one] of tools.entries()) {
    const code = await runTool(one, index === tools.length - 1 ? args : []);
    if (code !== 0) return code;
  }
  return 0;
}

/** Runs tools beside each other, all to their end; `args` go to the last one, which has the terminal. The first exit code that is a failure. */
export async function runBeside(tools, args = []) {
  const codes = await Promise.all(
    tools.map((one, index) => {
      const isLast = index === tools.length - 1;
      return runTool(one, isLast ? args : [], { whole: !isLast });
    }),
  );
  return codes.find((code) => code !== 0) ?? 0;
}
