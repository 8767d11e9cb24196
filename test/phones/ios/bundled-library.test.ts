import { copyFileSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { loadLibraries } from '../../../native/ios/reach/library/load.ts';

/** The files of libimobiledevice that this process has loaded. */
function loaded(): string[] {
  const report = process.report.getReport() as { sharedObjects: string[] };
  return report.sharedObjects.filter((path) => basename(path).startsWith('libimobiledevice-1.0.'));
}

test("libimobiledevice is the package's own where it brings one, and the computer's where that cannot be loaded", () => {
  const tools = mkdtempSync(join(tmpdir(), 'tools-'));
  onTestFinished(() => rmSync(tools, { recursive: true }));
  const own = join(tools, 'libimobiledevice-1.0.so.6');
  writeFileSync(own, 'no library');
  loadLibraries(process.platform, tools);
  const [installed = ''] = loaded();
  expect(installed).not.toBe('');
  expect(installed.startsWith(tools)).toBe(false);

  rmSync(own);
  copyFileSync(realpathSync(installed), own);
  loadLibraries(process.platform, tools);
  expect(loaded()).toContain(own);
});
