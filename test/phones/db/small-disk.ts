import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { temporaryFolder } from '../../unit/db/examples.ts';

export const mount = (...options: string[]): boolean => spawnSync('mount', options).status === 0;

/** A disk of its own for the running test, or null where this user may not mount one. */
export function smallDisk(kilobytes: number): string | null {
  const disk = join(temporaryFolder(), 'disk');
  mkdirSync(disk);
  if (!mount('-t', 'tmpfs', '-o', `size=${kilobytes}k`, 'phone-health-test', disk)) return null;
  onTestFinished(() => {
    spawnSync('umount', [disk]);
  });
  return disk;
}

/** Writes until no room is left. */
export const fill = (file: string): void => {
  try {
    writeFileSync(file, Buffer.alloc(64 * 1024 * 1024));
  } catch (error) {
    expect(error).toMatchObject({ code: 'ENOSPC' });
  }
};
