import { createHash } from 'node:crypto';
import { createReadStream, type Stats } from 'node:fs';
import { lstat } from 'node:fs/promises';
import type { ConfirmPhone, PhoneFile, PhoneFiles } from '../../../native/phone-files.ts';
import { diskCode, type CopyFolder } from './copy-folder.ts';
import type { CopiedFile } from './copy-manifest.ts';

/** FAT keeps times in steps of two seconds. */
const timeStepMs = 2_000;

async function sha256Of(path: string, signal: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of createReadStream(path, { highWaterMark: 1024 * 1024, signal }))
    hash.update(piece as Buffer);
  return hash.digest('hex');
}

async function fileStats(path: string): Promise<Stats | null> {
  try {
    const stats = await lstat(path);
    return stats.isFile() ? stats : null;
  } catch (error) {
    const code = diskCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    throw error;
  }
}

/** Whether a file that the manifest names is still what was copied: by size and time, and by its content where the time differs. */
async function isIntact(folder: CopyFolder, entry: CopiedFile, signal: AbortSignal): Promise<boolean> {
  const path = folder.at(entry.file);
  const stats = await fileStats(path);
  if (stats === null || stats.size !== entry.bytes) return false;
  if (Math.abs(stats.mtimeMs - Date.parse(entry.modified)) <= timeStepMs) return true;
  return (await sha256Of(path, signal)) === entry.sha256;
}

const sameFile = (entry: CopiedFile, file: PhoneFile): boolean =>
  entry.from === file.path && entry.bytes === file.bytes && entry.modified === file.modified;

/**
 * What of the phone's files is in the folder already: what the manifest names and is still as it was copied; and, where there
 * is a file of that name and size which it does not name, what the phone says has the same hash. Such a file is added to the
 * manifest, and an entry whose file is gone or was changed is taken out of it. Rejects when the signal fires.
 */
export async function findCopied(
  folder: CopyFolder,
  phone: string,
  files: readonly PhoneFile[],
  access: PhoneFiles,
  {
    signal,
    confirm,
    onFile,
  }: { signal: AbortSignal; confirm: ConfirmPhone | undefined; onFile: (file: PhoneFile) => void },
): Promise<ReadonlySet<PhoneFile>> {
  const entries = new Map<string, CopiedFile[]>();
  for (const entry of folder.manifest.files) {
    if (entry.phone !== phone) continue;
    const known = entries.get(entry.from);
    if (known === undefined) entries.set(entry.from, [entry]);
    else known.push(entry);
  }
  const ofOthers = new Map(
    folder.manifest.files.filter((one) => one.phone === phone).map((one) => [one.file, one.from]),
  );
  const there = new Set<PhoneFile>();
  const stale = new Set<CopiedFile>();
  const alike: { file: PhoneFile; local: string; sha256: string }[] = [];
  for (const file of files) {
    onFile(file);
    signal.throwIfAborted();
    for (const entry of entries.get(file.path) ?? []) {
      if (!sameFile(entry, file)) continue;
      if (await isIntact(folder, entry, signal)) there.add(file);
      else stale.add(entry);
    }
    if (there.has(file)) continue;
    for (const local of await folder.namesakes(file.place)) {
      if ((ofOthers.get(local) ?? file.path) !== file.path) continue;
      const stats = await fileStats(folder.at(local));
      if (stats?.size === file.bytes) alike.push({ file, local, sha256: await sha256Of(folder.at(local), signal) });
    }
  }
  const found = await recognised(alike, access);
  // What only the phone's own hash stands for has to be that phone's.
  if (found.length > 0) await confirm?.();
  const isReplaced = (entry: CopiedFile) =>
    stale.has(entry) ||
    found.some(({ file, local }) => entry.phone === phone && entry.from === file.path && entry.file === local);
  folder.manifest.files = folder.manifest.files.filter((entry) => !isReplaced(entry));
  for (const { file, local, sha256 } of found) {
    there.add(file);
    const { path: from, bytes, modified } = file;
    const verifiedAt = new Date().toISOString();
    folder.manifest.files.push({ phone, from, file: local, bytes, modified, sha256, proof: 'phone-hash', verifiedAt });
  }
  return there;
}

async function recognised<T extends { file: PhoneFile; sha256: string }>(
  alike: readonly T[],
  access: PhoneFiles,
): Promise<T[]> {
  const hashes = await access.sha256(alike.map(({ file }) => file));
  const same = alike.filter(({ sha256 }, at) => hashes[at] === sha256);
  return same.filter(({ file }, at) => same.findIndex((one) => one.file === file) === at);
}
