import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { troublesOfBinary } from '../../../../build/package/start.ts';

/** A binary in place of the packed one. */
function troubles(script: string): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'a binary '));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const binary = join(folder, 'program');
  writeFileSync(binary, `#!/bin/sh\n${script}\n`);
  chmodSync(binary, 0o755);
  return troublesOfBinary(binary, { version: '1.2.3', before: ['--disable-gpu'], env: process.env });
}

describe.skipIf(process.platform === 'win32')('a packed binary', () => {
  test('that is the command line whatever the environment says is right', async () => {
    expect(await troubles('[ "$*" = "--disable-gpu --version" ] && echo 1.2.3')).toEqual([]);
  });

  test('that can be had to run as Node is told, as is one that takes its options', async () => {
    expect(await troubles('[ "$ELECTRON_RUN_AS_NODE" ] && echo v24.21.0 || echo 1.2.3')).toEqual([
      'asked to be Node (ELECTRON_RUN_AS_NODE): it said "v24.21.0" and not "1.2.3"',
    ]);
    // Node itself, which obeys both.
    expect(await troubles(`exec '${process.execPath}' -p '"1.2.3"'`)).toEqual([
      'given another program (NODE_OPTIONS): it said "another program" and not "1.2.3"',
    ]);
  });

  test('that does not start is told with its last words', async () => {
    const [first] = await troubles('echo "No usable sandbox" >&2; exit 5');
    expect(first).toMatch(/^as it is: it said "" and not "1\.2\.3" Command failed: .* No usable sandbox$/);
  });
});
