import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { counterForAll } from './counter.ts';
import { cliWords } from './run-cli.ts';

const photos = 'com.google.android.apps.photos';
const full = '/dev/full';

const counter = counterForAll();

/** Runs a command whose standard output, or standard error, goes where the test says. `closed`: to nobody who reads it. */
async function cli(args: readonly string[], to: { stdout?: number | 'closed'; stderr?: number }) {
  const { stdout: out = 'closed', stderr: err = 'pipe' } = to;
  const child = spawn(process.execPath, [...cliWords, ...args], {
    env: { ...process.env, ...counter().env },
    stdio: ['ignore', out === 'closed' ? 'pipe' : out, err],
  });
  child.stdout?.destroy();
  let told = '';
  child.stderr?.on('data', (chunk: Buffer) => (told += chunk.toString()));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  return { code, told };
}

const fix = () => ['fix', counter().phone.address, 'battery-optimized', '--app', photos, '--yes'];

describe.skipIf(!existsSync(full))('where there is no room for the answer', () => {
  test.each([
    ['scan', () => ['scan', counter().phone.address]],
    ['scan --json', () => ['scan', counter().phone.address, '--json']],
    ['phones', () => ['phones']],
    ['fix', fix],
    ['undo', () => ['undo', '1']],
    ['catalog check', () => ['catalog', 'check']],
  ])('%s says so plainly, and its exit code is no verdict', async (_what, args) => {
    const handle = await open(full, 'w');
    const { code, told } = await cli(args(), { stdout: handle.fd });
    await handle.close();
    expect(told).toContain('There is no room for the answer where it was to be written.');
    expect(told).not.toMatch(/^ {4}at /m);
    expect(code).toBe(3);
  });

  test('for messages alone, the verdict is the same', async () => {
    const handle = await open(full, 'w');
    const { code } = await cli(['scan', 'nosuch'], { stderr: handle.fd });
    await handle.close();
    expect(code).toBe(3);
  });
});

test('a reader that closes early, such as head, leaves the exit code as it is', async () => {
  const { code, told } = await cli(['scan', counter().phone.address], {});
  expect(told).not.toContain('could not be written');
  expect(code).toBe(1);
});
