import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { runTerminal } from '../../../electron/terminal/run-terminal.ts';

export interface CliRun {
  code: number | null;
  stdout: string;
  stderr: string;
}

const root = join(import.meta.dirname, '..', '..', '..');
/** The bundle, as the launcher starts it: that takes a third of what the sources take. */
export const cliWords = [join(root, 'build', 'enter.mjs'), join(root, 'out', 'main', 'phone-health.js')];

/** The command line as a child process, for tests that kill it or watch it. */
export const startCli = (args: readonly string[], env: NodeJS.ProcessEnv): ChildProcess =>
  spawn(process.execPath, [...cliWords, ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });

function gathered(): { stream: Writable; text: () => string } {
  const chunks: Buffer[] = [];
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      chunks.push(chunk);
      done();
    },
  });
  return { stream, text: () => Buffer.concat(chunks).toString() };
}

/**
 * Runs the command line to its end, in this process: to start one takes longer than most commands. Standard input is empty: nobody is
 * there to be asked.
 */
export async function runCli(args: readonly string[], env: NodeJS.ProcessEnv): Promise<CliRun> {
  const [stdout, stderr] = [gathered(), gathered()];
  const code = await runTerminal({
    argv: args,
    env: { ...process.env, ...env },
    signal: new AbortController().signal,
    terminal: { stdin: Readable.from([]), stdout: stdout.stream, stderr: stderr.stream },
  });
  return { code, stdout: stdout.text(), stderr: stderr.text() };
}
