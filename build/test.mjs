// Runs every suite, or the test files that are named, and ends with one line, `N passed, N failed`, over all of them.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lint, runBeside, runTools, tool, types } from './development-tools.mjs';

const named = process.argv.slice(2);

const folder = mkdtempSync(join(tmpdir(), 'phone-health-test-'));
const results = join(folder, 'results.json');
let passed = 0;
let failed = 0;
let skipped = 0;

const checks = named.length > 0 ? {} : { types, lint };
await Promise.all(
  Object.entries(checks).map(async ([name, tools]) => {
    if ((await runBeside(tools)) === 0) passed += 1;
    else {
      failed += 1;
      process.stdout.write(`${name} failed\n`);
    }
  }),
);

/** Android's shell is no package of other systems, and what the project says of itself is checked on one. */
const elsewhere = ['unit', 'window', 'desktop'];
const isWhole = process.platform === 'linux' || named.length > 0;
if (!isWhole) {
  process.stdout.write(
    `Only ${elsewhere.join(', ')}: simulated phones are made of Android's own shell, which Linux has.\n`,
  );
}
const projects = isWhole ? [] : elsewhere.map((name) => `--project=${name}`);

const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${results}`];
const green = (await runTools([tool('vitest', 'vitest', 'run', ...projects, ...reporters)], named)) === 0;
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
