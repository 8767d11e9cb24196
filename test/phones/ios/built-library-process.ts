import { join } from 'node:path';

/**
 * The process that holds libimobiledevice as a packaged program has it, which starts in half the time of its sources: the tests start
 * hundreds. That it is no older than the sources is required before any of them.
 */
export const builtLibraryProcess = join(
  import.meta.dirname,
  '..',
  '..',
  '..',
  'out',
  'main',
  'native-ios-reach-library-process.js',
);
