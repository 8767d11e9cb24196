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
import { startOf } from '../../../../electron/desktop/command-line.ts';

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
    expect(startOf(words)).toEqual({ is: 'command', words: ['scan', '--from', 'a file.zip'] });
  },
);

test.skipIf(process.platform === 'win32').each([
  ['root', 0, ['--no-sandbox', '--command-line']],
  ['anybody else', 1000, ['--command-line']],
])(
  'the command of Linux needs no screen, and no sandbox where Chromium would not start in it: %s',
  (_who, id, marked) => {
    const folder = mkdtempSync(join(tmpdir(), 'a program '));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const program = join(folder, 'program');
    const who = join(folder, 'id');
    writeFileSync(program, '#!/bin/sh\nprintf "%s\\n" "$@"\n');
    writeFileSync(who, `#!/bin/sh\necho ${id}\n`);
    for (const file of [program, who]) chmodSync(file, 0o755);
    const script = readFileSync(join(build, 'linux', 'phone-health'), 'utf8').replaceAll(
      /'\/opt\/.*?'/g,
      `'${program}'`,
    );
    const said = execFileSync('/bin/sh', ['-c', script, 'phone-health', 'scan', '--from', 'a file.zip'], {
      encoding: 'utf8',
      env: { PATH: `${folder}:/usr/bin:/bin` },
    });
    const words = said.trim().split('\n');
    expect(words.slice(0, -3)).toEqual(['--ozone-platform=headless', '--disable-gpu', ...marked]);
    expect(startOf(words)).toEqual({ is: 'command', words: ['scan', '--from', 'a file.zip'] });
  },
);

test('the command of Windows says what the program takes for a command', () => {
  const line = readFileSync(join(build, 'windows', 'phone-health.cmd'), 'utf8')
    .split('\n')
    .findLast((one) => one.includes('.exe'));
  const words = line?.split(' ').filter((word) => word.startsWith('--')) ?? [];
  expect(words).toEqual(['--command-line']);
  expect(startOf([...words, 'phones'])).toEqual({ is: 'command', words: ['phones'] });
});
