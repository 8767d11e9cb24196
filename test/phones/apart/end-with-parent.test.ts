import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ESRCH') return false;
    throw error;
  }
}

test('a program that is killed while its reader is held in a call leaves no process behind', async () => {
  const program = fork(join(import.meta.dirname, 'held-program.ts'), [], { execArgv: [] });
  const [reader] = (await once(program, 'message')) as [number];
  onTestFinished(() => void (isRunning(reader) && process.kill(reader, 'SIGKILL')));
  // By then it is in the call.
  await new Promise((resolve) => {
    setTimeout(resolve, 300);
  });
  const ended = once(program, 'exit');
  program.kill('SIGKILL');
  await ended;
  await expect.poll(() => isRunning(reader), { timeout: 8_000 }).toBe(false);
});
