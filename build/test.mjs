// Runs every suite and ends with one line, `N passed, N failed`, over all of them.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const bin = (name) => join(root, 'node_modules', '.bin', name);
const run = (command, args) =>
  spawnSync(command, args, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' }).status === 0;

const folder = mkdtempSync(join(tmpdir(), 'phone-health-test-'));
const results = join(folder, 'results.json');
let passed = 0;
let failed = 0;
let skipped = 0;

const checks = [
  { name: 'types', command: bin('tsc'), args: ['--noEmit'] },
  { name: 'lint', command: 'npm', args: ['run', '--silent', 'lint'] },
];
for (const { name, command, args } of checks) {
  if (run(command, args)) passed += 1;
  else {
    failed += 1;
    process.stdout.write(`${name} failed\n`);
  }
}

const green = run(bin('vitest'), ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${results}`]);
try {
  const report = JSON.parse(readFileSync(results, 'utf8'));
  passed += report.numPassedTests;
  failed += report.numFailedTests;
  skipped += report.numPendingTests + (report.numTodoTests ?? 0);
  // A suite that cannot be loaded holds no failed test and is a failure all the same.
  failed += report.testResults.filter(
    (suite) => suite.status === 'failed' && suite.assertionResults.length === 0,
  ).length;
} catch (error) {
  process.stdout.write(`The test run left no result: ${error.message}\n`);
  failed += 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
if (!green && failed === 0) failed += 1;

process.stdout.write(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}\n`);
process.exit(failed === 0 ? 0 : 1);
