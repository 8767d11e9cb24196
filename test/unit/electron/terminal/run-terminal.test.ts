import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { expect, onTestFinished, test } from 'vitest';
import { runTerminal } from '../../../../electron/terminal/run-terminal.ts';

/** One run on a terminal of its own, and what came of it. */
async function ran(argv: readonly string[], home: string, columns = 80) {
  const written = { stdout: '', stderr: '' };
  const gathering = (name: keyof typeof written) =>
    new Writable({
      write(chunk: Buffer, _encoding, done) {
        written[name] += chunk.toString();
        done();
      },
    });
  const code = await runTerminal({
    argv,
    env: { PHONE_HEALTH_HOME: home },
    signal: new AbortController().signal,
    terminal: {
      stdin: Readable.from([]),
      stdout: Object.assign(gathering('stdout'), { columns }),
      stderr: gathering('stderr'),
    },
  });
  return { code, ...written };
}

test('runs at the same time in one process write each to its own terminal, and end each with its own code', async () => {
  const home = await mkdtemp(join(tmpdir(), 'phone-health-'));
  onTestFinished(() => rm(home, { recursive: true, force: true }));
  const [snapshots, actions, undo, wrong] = await Promise.all([
    ran(['snapshots', '--json'], join(home, 'a')),
    ran(['actions'], join(home, 'b')),
    ran(['undo', '99'], join(home, 'c')),
    ran(['frobnicate'], join(home, 'd')),
  ]);
  expect(snapshots).toEqual({ code: 0, stdout: '[]\n', stderr: '' });
  expect(actions).toEqual({ code: 0, stdout: '', stderr: 'No correction was carried out yet.\n' });
  expect(undo).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('99') as string });
  expect(wrong).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('frobnicate') as string });
});

const widest = ({ stdout }: { stdout: string }) => Math.max(...stdout.split('\n').map((line) => line.length));

test('the help is as wide as the terminal that it is asked on', async () => {
  const [narrow, wide] = await Promise.all([ran(['report', '--help'], '', 120), ran(['report', '--help'], '', 250)]);
  expect([narrow.code, wide.code]).toEqual([0, 0]);
  expect(widest(narrow)).toBeLessThanOrEqual(120);
  expect(widest(wide)).toBeGreaterThan(120);
});
