import { defineConfig } from 'vitest/config';

/**
 * Four suites: `unit` touches no process, `house` checks the project itself, `phones` talks to simulated phones through real client stacks, `window` drives a real browser.
 * Those two run on other programs' time, on machines that others use too, so a test that fails there is tried once more.
 */
export default defineConfig({
  test: {
    projects: [
      // No unit test changes a module, so that all share what a worker has loaded: half the time.
      { test: { name: 'unit', include: ['test/unit/**/*.test.ts'], isolate: false, testTimeout: 60_000 } },
      { test: { name: 'house', include: ['test/house/**/*.test.ts'], testTimeout: 60_000 } },
      {
        test: {
          name: 'phones',
          include: ['test/phones/**/*.test.ts'],
          retry: 1,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'window',
          include: ['test/window/**/*.test.ts'],
          retry: 1,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
