import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach } from 'vitest';
import type { Capture } from '../../../../native/capture.ts';
import { readFileCapture, type FileCapture } from '../../../../native/offline/open-file.ts';
import { NativeError } from '../../../../native/source.ts';

export const PHOTOS = 'com.google.android.apps.photos';
export const scope = { apps: { android: [PHOTOS], ios: ['com.apple.mobileslideshow'] } };

const folders: string[] = [];
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});

/** A folder of the test's own, removed afterwards, with these files in it. */
export async function folderOf(files: Readonly<Record<string, string | Buffer>> = {}): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'phone-health-file-'));
  folders.push(folder);
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
  }
  return folder;
}

export const openFile = async (name: string, content: string | Buffer): Promise<FileCapture> =>
  readFileCapture(join(await folderOf({ [name]: content }), name), scope);

/** Code of the trouble that a promise is rejected with; what it resolves with is no trouble. */
export async function troubleOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return 'no trouble';
  } catch (error) {
    if (error instanceof NativeError) return error.code;
    throw error;
  }
}

/** `probe: command, ended` of every answer, which is what was found in a file. */
export const found = (capture: Capture): string[] =>
  capture.answers.map(({ probe, command, ended }) => `${probe}: ${command}, ${ended}`);

export const textOf = (capture: Capture, probe: string): string =>
  Buffer.from(capture.answers.find((answer) => answer.probe === probe)?.output ?? []).toString('utf8');
