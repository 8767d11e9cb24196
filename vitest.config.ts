import { existsSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { deviceVariable } from './test/device/device-variable.ts';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The files that take longest, first to last, whether they compute or wait: they begin first, so that none is left running alone. A new clone has no memory of its last run. */
const slowest = [
  'house/first-commands',
  'phones/faults/kill',
  'phones/test-photo/android',
  'phones/faults/every-step',
  'phones/terminal/terminal',
  'phones/ios/frozen',
  'phones/faults/every-question',
  'phones/faults/every-question-finished',
  'phones/faults/cable',
  'phones/faults/several',
  'phones/ios/pairing',
  'phones/ios/iphone-source',
  'phones/faults/frozen',
  'phones/corrections/correction-table',
  'phones/android/safe-copy',
  'phones/ios/iphone-scenarios',
  'phones/corrections/another-phone',
  'window/journeys',
  'window/accessibility',
  'window/in-german',
  'window/from-the-right',
  'window/states',
  'window/walk',
  'window/connection',
];

const place = ({ moduleId }: TestSpecification): number => {
  const at = slowest.findIndex((name) => moduleId.endsWith(`/test/${name}.test.ts`));
  return at === -1 ? slowest.length : at;
};

class SlowestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return sorted.toSorted((a, b) => place(a) - place(b));
  }
}

/**
 * A store waits for the disk at every write. In memory, where there is room, nobody waits: programs are killed in tests, and no test cuts
 * the power.
 */
function temporaryFolder(): Record<string, string> {
  const memory = '/dev/shm';
  if (!existsSync(memory)) return {};
  const { bavail, bsize } = statfsSync(memory);
  return bavail * bsize > 2_000_000_000 ? { TMPDIR: memory } : {};
}

/** Suites of the window that run in the desktop host too, since hosts differ there: files, papers, keys, many phones at once, a page that is loaded again. */
const alsoInDesktop = ['bench', 'cases', 'open-file', 'print', 'reload', 'reports', 'tickets'];
/** Those that cannot: what serves the window to a browser or listens to what it sends, the page by itself, and the journeys, which have a suite of their own there. */
const neverInDesktop = [
  'content-security-policy',
  'gallery',
  'journeys',
  'link',
  'phone-text',
  'program-ended',
  'web-host',
];
/** `npm run test:desktop -- --stand-in`: it takes minutes. */
const all = process.env['PHONE_HEALTH_EVERY_JOURNEY'] === '1';

/** Electron cannot be loaded outside of Electron: what imports it gets a stand-in (docs/desktop.md). */
const standIn = {
  alias: [{ find: /^electron$/, replacement: join(import.meta.dirname, 'test', 'desktop', 'stand-in', 'electron.ts') }],
};

/**
 * Five suites: `unit` touches no process, `house` checks the project itself, `phones` talks to simulated phones through real client stacks, `window` drives a real browser,
 * `desktop` has the desktop host run under a stand-in for Electron. Those three run on other programs' time, on machines that others use too, so a test that fails there is tried once more.
 */
export default defineConfig({
  test: {
    sequence: { sequencer: SlowestFirst },
    projects: [
      {
        // It computes: a worker a core. No unit test changes a module, so that all share what a worker has loaded: half the time.
        resolve: standIn,
        test: {
          name: 'unit',
          env: temporaryFolder(),
          include: ['test/unit/**/*.test.ts'],
          isolate: false,
          maxWorkers: '100%',
          sequence: { groupOrder: 0 },
          testTimeout: 60_000,
        },
      },
      // These two mostly wait, for deadlines and for other programs: a worker more than there are cores, and no more, since phones are held to deadlines.
      {
        test: {
          name: 'house',
          include: ['test/house/**/*.test.ts'],
          maxWorkers: 3,
          sequence: { groupOrder: 1 },
          testTimeout: 180_000,
        },
      },
      {
        test: {
          name: 'phones',
          // For what the tests start: each of these processes reads the same sources.
          env: { ...temporaryFolder(), NODE_COMPILE_CACHE: join(import.meta.dirname, 'out', '.compile-cache') },
          include: ['test/phones/**/*.test.ts'],
          globalSetup: ['build/require-builds.mjs', 'test/phones/compile-ahead.ts'],
          // No test changes a module, so that all share what a worker has loaded and V8 has compiled.
          isolate: false,
          maxWorkers: 3,
          sequence: { groupOrder: 1 },
          retry: 1,
          testTimeout: 180_000,
          hookTimeout: 120_000,
        },
      },
      // On a phone that somebody has plugged in and named (`npm run test:device`), and never else.
      ...(process.env[deviceVariable] === undefined
        ? []
        : [
            {
              test: {
                name: 'device',
                include: ['test/device/**/*.test.ts'],
                sequence: { groupOrder: 3 },
                testTimeout: 900_000,
                hookTimeout: 600_000,
              },
            },
          ]),
      {
        resolve: standIn,
        test: {
          name: 'desktop',
          env: { ...temporaryFolder(), PHONE_HEALTH_WINDOW_HOST: 'desktop' },
          include: [
            'test/desktop/**/*.test.ts',
            ...(all ? ['*'] : alsoInDesktop).map((name) => `test/window/${name}.test.ts`),
          ],
          exclude: neverInDesktop.map((name) => `test/window/${name}.test.ts`),
          globalSetup: 'build/require-builds.mjs',
          // The stand-in is one for all, and is put back before each test.
          isolate: false,
          maxWorkers: 2,
          sequence: { groupOrder: 2 },
          retry: 1,
          expect: { poll: { timeout: 30_000 } },
          testTimeout: all ? 240_000 : 120_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'window',
          env: temporaryFolder(),
          include: ['test/window/**/*.test.ts'],
          globalSetup: 'build/require-builds.mjs',
          // No test changes a module, and a browser serves all files of a worker.
          isolate: false,
          maxWorkers: 2,
          sequence: { groupOrder: 2 },
          retry: 1,
          expect: { poll: { timeout: 30_000 } },
          testTimeout: 240_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
