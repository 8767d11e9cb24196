import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test as plain } from 'vitest';
import { openFolder } from '../../../../../electron/app/settings/open-folder.ts';

const test = plain.extend('folder', ({ onTestFinished }) => {
  const parent = mkdtempSync(join(tmpdir(), 'phone-health-unit-'));
  onTestFinished(() => rmSync(parent, { recursive: true }));
  return join(parent, 'data', 'phone-health');
});

test('a folder in which nothing is kept yet is made before it is shown, for its owner alone', async ({ folder }) => {
  await openFolder(folder, 'true');
  expect(statSync(folder).mode & 0o777).toBe(0o700);
});

test('where nothing shows folders its path is told', async ({ folder }) => {
  await expect(openFolder(folder, 'no-such-program')).rejects.toMatchObject({
    code: 'folder-not-shown',
    steps: [`Open it by hand: ${folder}`],
  });
  expect(existsSync(folder)).toBe(true);
});
