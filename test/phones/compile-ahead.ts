import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { TestProject } from 'vitest/node';

const root = join(import.meta.dirname, '..', '..');

/** What the sources start as processes of their own. One that nobody talks to ends by itself. */
const entries = ['native/ios/reach/library/process.ts', 'native/reading-process.ts', 'native/offline/file-process.ts'];

/**
 * These processes are started hundreds of times, and killed when they are done, so that none of them keeps what V8 and the stripper of types
 * made of the sources. Each is run to its end once, which halves what a start takes. The cache knows every file by its text.
 */
export async function setup({ config }: TestProject): Promise<void> {
  const env = { ...process.env, ...config.env };
  await Promise.all(
    entries.map((entry) => promisify(execFile)(process.execPath, [join(root, entry)], { env, timeout: 60_000 })),
  );
}
