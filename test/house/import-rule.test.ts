import { spawnSync } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '..', '..');
const oxlint = join(root, 'node_modules', 'oxlint', 'bin', 'oxlint');

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'import-rule-'));
  await copyFile(join(root, 'oxlint.config.ts'), join(folder, 'oxlint.config.ts'));
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

/** The import-rule errors of a file that holds one import. */
async function lint(file: string, imported: string): Promise<string[]> {
  await mkdir(dirname(join(folder, file)), { recursive: true });
  await writeFile(join(folder, file), `export * from '${imported}';\n`);
  const { stdout } = spawnSync(process.execPath, [oxlint, '--format=json', file], { cwd: folder, encoding: 'utf8' });
  await rm(join(folder, file));
  const { diagnostics } = JSON.parse(stdout) as { diagnostics: { code: string; message: string }[] };
  return diagnostics.filter(({ code }) => code.includes('no-restricted-imports')).map(({ message }) => message);
}

describe('the import rule', () => {
  test.each([
    ['native/android/adb.ts', '../../diagnosis/judge.ts'],
    ['native/android/adb.ts', '../../db/store.ts'],
    ['native/android/adb.ts', '../../electron/api.ts'],
    ['native/android/adb.ts', '../../renderer/main.tsx'],
    ['native/android/adb.ts', '../../test/phones/x.ts'],
    ['native/android/adb.ts', 'better-sqlite3'],
    ['native/android/adb.ts', 'electron'],
    ['diagnosis/judge/judge.ts', '../db/store.ts'],
    ['diagnosis/judge/judge.ts', '../electron/api.ts'],
    ['diagnosis/judge/judge.ts', '../renderer/main.tsx'],
    ['diagnosis/judge/judge.ts', '../native/android/adb.ts'],
    ['diagnosis/judge/judge.ts', 'better-sqlite3'],
    ['db/store.ts', '../electron/api.ts'],
    ['db/store.ts', '../renderer/main.tsx'],
    ['db/store.ts', '../native/ios/source.ts'],
    ['db/store.ts', '@devicefarmer/adbkit'],
    ['electron/app/scan/scan.ts', '../../renderer/main.tsx'],
    ['electron/app/scan/scan.ts', '../browser/server.ts'],
    ['electron/app/scan/scan.ts', 'electron'],
    ['electron/api.ts', './desktop/main.ts'],
    ['electron/api/scan.ts', '../terminal/main.ts'],
    ['electron/app/scan/scan.ts', 'electron'],
    ['electron/app/scan/scan.ts', '../corrections/undo.ts'],
    ['electron/app/program/clock.ts', '../farewell/farewell.ts'],
    ['electron/browser/server.ts', 'electron'],
    ['electron/browser/server.ts', 'better-sqlite3'],
    ['electron/terminal/main.ts', '../../renderer/main.tsx'],
    ['electron/desktop/main.ts', '../../renderer/main.tsx'],
    ['renderer/app/main.tsx', '../native/reading.ts'],
    ['renderer/app/main.tsx', '../diagnosis/finding.ts'],
    ['renderer/app/main.tsx', '../db/store.ts'],
    ['renderer/app/main.tsx', '../electron/app/scan.ts'],
    ['renderer/app/main.tsx', 'electron'],
    ['renderer/app/main.tsx', 'node:fs'],
    ['renderer/app/main.tsx', '@tabler/icons-react'],
    ['renderer/result/verdict.tsx', '../walkthrough/step.tsx'],
    ['renderer/parts/value.tsx', '../phones/phone-list.tsx'],
    ['renderer/program/client.ts', '../parts/value.tsx'],
  ])('%s may not import %s: exactly one lint failure', async (file, imported) => {
    expect(await lint(file, imported)).toHaveLength(1);
  });

  test.each([
    ['diagnosis/judge/judge.ts', '../native/reading.ts'],
    ['db/store.ts', '../native/capture.ts'],
    ['db/store.ts', '../diagnosis/finding.ts'],
    ['db/store.ts', 'better-sqlite3'],
    ['electron/app/scan/scan.ts', '../../db/store.ts'],
    ['electron/browser/server.ts', '../api.ts'],
    ['electron/app/corrections/undo.ts', '../scan/scan.ts'],
    ['electron/app/corrections/undo.ts', './finish.ts'],
    ['renderer/result/verdict.tsx', '../parts/value.tsx'],
    ['renderer/history/compare.tsx', '../result/verdict.tsx'],
    ['electron/desktop/main.ts', 'electron'],
    ['renderer/app/main.tsx', '../electron/api.ts'],
    ['test/unit/x.test.ts', '../../native/android/adb.ts'],
  ])('%s may import %s', async (file, imported) => {
    expect(await lint(file, imported)).toEqual([]);
  });
});
