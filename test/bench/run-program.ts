import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** How often the memory is looked at; Linux keeps the most that a process ever had (proc(5), VmHWM). */
const lookMs = 5;

const root = join(import.meta.dirname, '..', '..');

function textOf(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    // A process that has ended.
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ESRCH')) return null;
    throw error;
  }
}

/** A process and all that it started. */
const family = (pid: number): number[] => [
  pid,
  ...(textOf(`/proc/${pid}/task/${pid}/children`) ?? '').split(' ').filter(Boolean).map(Number).flatMap(family),
];

const peakOf = (pid: number): number =>
  Number(/^VmHWM:\s+(\d+) kB$/m.exec(textOf(`/proc/${pid}/status`) ?? '')?.[1] ?? 0) / 1024;

export interface ProgramRun {
  ms: number;
  /** Of the process that took most; NaN where the system does not tell. */
  peakMiB: number;
}

/** Runs the command line as a checkout has it: the launcher, and the built program in it. To its end. Throws where it does not do what it was asked. */
export async function runProgram(args: readonly string[], env: NodeJS.ProcessEnv): Promise<ProgramRun> {
  const begun = performance.now();
  const child = spawn(process.execPath, [join(root, 'build', 'phone-health.mjs'), ...args], {
    env: { ...process.env, USBMUXD_SOCKET_ADDRESS: 'UNIX:/nowhere', ...env },
    stdio: 'ignore',
  });
  let peakMiB = process.platform === 'linux' ? 0 : Number.NaN;
  const look = setInterval(() => {
    for (const pid of family(child.pid ?? 0)) peakMiB = Math.max(peakMiB, peakOf(pid));
  }, lookMs);
  const [code] = (await once(child, 'close')) as [number | null];
  clearInterval(look);
  // Wrong usage, a phone or file that cannot be read, broken off: what fails is quick and small.
  if (code === null || (code >= 2 && code <= 4)) throw new Error(`${args.join(' ')} ended with ${code}.`);
  return { ms: performance.now() - begun, peakMiB };
}
