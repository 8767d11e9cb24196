import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { pathWithBin, pinnedNode, root } from './places.mjs';

/** A command of a development dependency, and its arguments. */
export const tool = (dependency, name, ...args) => ({ dependency, name, args });

export const types = [tool('typescript', 'tsc', '--noEmit')];
export const lint = [
  tool('oxlint', 'oxlint', '--type-aware', '--deny-warnings'),
  tool('prettier', 'prettier', '--check', '--log-level', 'warn', '.'),
];

/** Runs a program on the pinned Node to its end, with this one's input and output; its exit code. */
export function run(args, env = process.env) {
  return new Promise((resolve, reject) => {
    const child = spawn(pinnedNode, args, { stdio: 'inherit', env });
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

/** Runs tools one after the other until one fails; `args` go to the last one. The exit code. */
export async function runTools(tools, args = []) {
  for (const [index, one] of tools.entries()) {
    const more = index === tools.length - 1 ? args : [];
    const code = await run([fileOf(one), ...one.args, ...more], { ...process.env, PATH: pathWithBin() });
    if (code !== 0) return code;
  }
  return 0;
}
