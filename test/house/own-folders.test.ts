import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '..', '..');

/** A data folder that is written out: the program makes it where it is not there, as root anywhere. */
const fixedHome = /PHONE_HEALTH_HOME['"]?\]?\s*[:=]\s*['"`]/;

test('every test gives the program a data folder that it made, under no fixed name', () => {
  const names = execFileSync('git', ['ls-files', 'test'], { cwd: root, encoding: 'utf8' }).split('\n');
  const tests = names.filter((name) => name.endsWith('.ts') && name !== 'test/house/own-folders.test.ts');
  expect(tests.length).toBeGreaterThan(200);
  expect(tests.filter((name) => fixedHome.test(readFileSync(join(root, name), 'utf8')))).toEqual([]);
});

test('the pattern knows a fixed folder from one that was made', () => {
  expect(
    ["{ PHONE_HEALTH_HOME: '/nonexistent' }", 'PHONE_HEALTH_HOME="/x" ls'].every((text) => fixedHome.test(text)),
  ).toBe(true);
  expect(fixedHome.test('{ PHONE_HEALTH_HOME: home }')).toBe(false);
});
