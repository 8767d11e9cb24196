import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';

const module = pathToFileURL(join(import.meta.dirname, '../../build/system-tools.mjs')).href;

/** What set-up misses on a computer whose PATH holds these programs and nothing else. */
function missing(programs: readonly string[], needed: readonly string[]): unknown {
  const folder = mkdtempSync(join(tmpdir(), 'system-tools-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const program of programs) writeFileSync(join(folder, program), '');
  const script = `const { missingTools } = await import(${JSON.stringify(module)});
    console.log(JSON.stringify(missingTools(${JSON.stringify(needed)})));`;
  const env = { PATH: folder };
  return JSON.parse(
    execFileSync(process.execPath, ['--input-type=module', '--eval', script], { env, encoding: 'utf8' }),
  );
}

test('what is missing is named with the command that installs it', () => {
  expect(missing(['dnf', 'mksh'], ['adb', 'shell'])).toEqual({
    names: "adb, Android's shell (mksh, toybox)",
    command: 'sudo dnf install android-tools mksh toybox',
    aptPackages: null,
  });
});

test('where a system has no package, no command is made up', () => {
  expect(missing(['winget'], ['shell'])).toEqual({
    names: "Android's shell (mksh, toybox)",
    command: null,
    aptPackages: null,
  });
});

test('what is on the PATH is not missing', () => {
  expect(missing(['dnf', 'mksh', 'toybox', 'adb'], ['adb', 'shell'])).toBeNull();
});
