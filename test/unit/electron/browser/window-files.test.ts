import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readWindowFiles } from '../../../../electron/browser/window-files.ts';

test('what a link in the folder of the window leads to is not served', async ({ onTestFinished }) => {
  const folder = await mkdtemp(join(tmpdir(), 'phone-health-window-files-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const window = join(folder, 'window');
  await mkdir(join(window, 'assets'), { recursive: true });
  await mkdir(join(folder, 'outside'));
  await writeFile(join(folder, 'outside', 'secret.js'), 'secret');
  await writeFile(join(window, 'index.html'), '<!doctype html>');
  await writeFile(join(window, 'assets', 'own.js'), 'own');
  await symlink(join(folder, 'outside', 'secret.js'), join(window, 'assets', 'linked.js'));
  await symlink(join(folder, 'outside'), join(window, 'linked'));
  const files = await readWindowFiles(window);
  expect(files.get('/assets/own.js', "'none'")?.body.toString()).toBe('own');
  for (const path of ['/assets/linked.js', '/linked/secret.js', '/../outside/secret.js', '/assets/../index.html']) {
    expect(files.get(path, "'none'"), path).toBe(null);
  }
});
