import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { commandLineIn } from '../../../../electron/desktop/command-line.ts';

const build = join(import.meta.dirname, '../../../../build');

test.skipIf(process.platform === 'win32')(
  'the command of a Mac starts the program that it lies in, through links and from a folder with a space',
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'a program '));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const contents = join(folder, 'Phone Health Inspector.app', 'Contents');
    const command = join(contents, 'Resources', 'bin', 'phone-health');
    const program = join(contents, 'MacOS', 'Phone Health Inspector');
    for (const file of [command, program]) mkdirSync(dirname(file), { recursive: true });
    copyFileSync(join(build, 'mac', 'phone-health'), command);
    writeFileSync(program, '#!/bin/sh\nprintf "%s\\n" "$@"\n');
    for (const file of [command, program]) chmodSync(file, 0o755);
    symlinkSync(command, join(folder, 'first'));
    symlinkSync('first', join(folder, 'second'));
    const said = execFileSync(join(folder, 'second'), ['scan', '--from', 'a file.zip'], { encoding: 'utf8' });
    const words = said.trim().split('\n');
    expect(commandLineIn(words)).toEqual(['scan', '--from', 'a file.zip']);
  },
);

/** What a command puts before the words that it is given. */
function putBy(...path: string[]): string[] {
  const lines = readFileSync(join(build, ...path), 'utf8').split('\n');
  const line = lines.findLast((one) => one.includes('--command-line')) ?? '';
  return line.split(' ').filter((word) => word.startsWith('--'));
}

test('the commands of Linux and Windows say what the program takes for a command', () => {
  for (const words of [putBy('linux', 'phone-health'), putBy('windows', 'phone-health.cmd')]) {
    expect(words).toContain('--command-line');
    expect(commandLineIn([...words, 'phones'])).toEqual(['phones']);
  }
});
