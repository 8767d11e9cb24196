import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, stat, utimes, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { createSample } from '../../../native/samples/android/profiles.ts';
import { SamplePhone } from '../../../native/samples/android/sample-phone.ts';

/** A phone whose media index names no photo: those that it shall have are put into its folder. */
export function phoneWithoutPhotos(): SamplePhone {
  return new SamplePhone({ ...structuredClone(createSample('pixel-14').state), media: [] });
}

/** The moment that every photo of {@link takePhoto} was taken. */
export const takenAt = new Date('2026-05-17T14:03:21Z');

/** Puts a file into a phone's folder, `/sdcard/DCIM/Camera/IMG_1.jpg`, and gives its content. */
export async function takePhoto(files: string, path: string, content: Buffer | number = 20_000): Promise<Buffer> {
  const bytes = typeof content === 'number' ? randomBytes(content) : content;
  const local = join(files, path);
  await mkdir(dirname(local), { recursive: true });
  await writeFile(local, bytes);
  await utimes(local, takenAt, takenAt);
  return bytes;
}

export const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

/** Every file below a folder with its SHA-256, by path; what the program keeps for itself is left out where `photosOnly`. */
export async function hashesBelow(folder: string, photosOnly = true): Promise<Record<string, string>> {
  const hashes: Record<string, string> = {};
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    if (photosOnly && entry.name === 'phone-health-copy.json') continue;
    hashes[relative(folder, path)] = sha256(await readFile(path));
  }
  return hashes;
}

/** The files below a folder with size and time, to see that nothing was changed. */
export async function statsBelow(folder: string): Promise<Record<string, [number, number]>> {
  const stats: Record<string, [number, number]> = {};
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const { size, mtimeMs } = await stat(path);
    if (entry.isFile()) stats[relative(folder, path)] = [size, mtimeMs];
  }
  return stats;
}
