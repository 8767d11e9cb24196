import { closeSync, fsyncSync, openSync } from 'node:fs';

/** What was written survives a loss of power from now on. */
export function syncToDisk(path: string, flags: 'r' | 'r+'): void {
  const descriptor = openSync(path, flags);
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
