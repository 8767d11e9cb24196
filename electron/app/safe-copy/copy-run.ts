import { createHash } from 'node:crypto';
import { open, unlink } from 'node:fs/promises';
import { FileTrouble, type PhoneFile, type PhoneFiles } from '../../../native/phone-files.ts';
import type { CopyFolder } from './copy-folder.ts';
import type { Proof } from './copy-manifest.ts';
import { CopyStop, missedBy, stopOf } from './copy-stop.ts';
import type { MissedFile } from './safe-copy-report.ts';

/** A file that has come whole, and is not verified yet. */
interface Arrived {
  file: PhoneFile;
  partial: string;
  sha256: string;
  /** Whether it may come once more where the phone's hash differs. */
  again: boolean;
}

/** What the phone hashes at most at once. It hashes whatever has come as soon as it is free: a pulled cable costs what is not verified. */
const batchFiles = 64;
const batchBytes = 64 * 1024 * 1024;
/** How many such batches may wait before the next file is asked for. */
const batchesWaiting = 2;
/** After so many broken files in a row the phone counts as gone. */
const brokenInARow = 3;
const saveEveryMs = 3_000;
/** Files that are asked for side by side: between two files a phone is waited for, so one after the other is several times slower. */
const lanes = 4;

export interface CopyRunOptions {
  signal: AbortSignal;
  /** Called as bytes come; `received` counts them all, also those of a file that had to come twice. */
  onBytes: (received: number, file: PhoneFile | null, filesDone: number) => void;
}

/**
 * Copies files, a few side by side, and meanwhile has the phone hash those that have come. A file gets its name in the folder,
 * and its entry in the manifest, once both hashes are the same.
 */
export class CopyRun {
  readonly missed: MissedFile[] = [];
  readonly copied = { files: 0, bytes: 0 };
  readonly #access: PhoneFiles;
  readonly #folder: CopyFolder;
  readonly #phone: string;
  readonly #options: CopyRunOptions;
  readonly #again: PhoneFile[] = [];
  #batch: Arrived[] = [];
  #verifying: Promise<void> = Promise.resolve();
  #waiting = 0;
  #failure: Error | null = null;
  /** Nothing is verified any more: the copy is over. */
  #stopped = false;
  #received = 0;
  #broken = 0;
  #savedAt = performance.now();

  /** `phone`: the key of the phone in the manifest. */
  constructor(access: PhoneFiles, folder: CopyFolder, phone: string, options: CopyRunOptions) {
    this.#access = access;
    this.#folder = folder;
    this.#phone = phone;
    this.#options = options;
  }

  /** Resolves with why it ended before its end; null where every file was copied or missed. */
  async run(files: readonly PhoneFile[]): Promise<CopyStop | null> {
    const stop = await this.#ended(async () => {
      await this.#copyAll(files, true);
      await this.#verifyBatch(0);
      await this.#copyAll(this.#again, false);
      await this.#verifyBatch(0);
    });
    if (stop?.reason !== 'disk-full') return stop;
    // What has come whole can still be verified, and then needs no more room.
    const later = await this.#ended(() => this.#verifyBatch(0));
    return later ?? stop;
  }

  async #ended(work: () => Promise<void>): Promise<CopyStop | null> {
    try {
      await work();
      return null;
    } catch (error) {
      const stop = stopOf(error, this.#options.signal);
      if (stop === null) throw error;
      // Whoever waits for the end of a copy waits for no phone that does not answer.
      this.#stopped = stop.reason !== 'disk-full';
      return stop;
    } finally {
      await this.#verifying;
    }
  }

  /** Rejects as the first lane does, once all lanes have ended. */
  async #copyAll(files: readonly PhoneFile[], again: boolean): Promise<void> {
    const next = files.values();
    let ended = false;
    const runLane = async () => {
      try {
        for (const file of next) {
          if (ended) break;
          await this.#copy(file, again);
        }
      } catch (error) {
        ended = true;
        throw error;
      }
    };
    const results = await Promise.allSettled(Array.from({ length: lanes }, runLane));
    for (const result of results) if (result.status === 'rejected') throw result.reason;
  }

  async #copy(file: PhoneFile, again: boolean): Promise<void> {
    try {
      const arrived = await this.#receive(file);
      this.#broken = 0;
      if (arrived === null) return;
      this.#batch.push({ ...arrived, again });
    } catch (error) {
      const mayComeBetter = this.#countBroken(error);
      if (mayComeBetter && again) this.#again.push(file);
      else this.#miss(missedBy(error, file.path));
      return;
    }
    const bytes = this.#batch.reduce((sum, one) => sum + one.file.bytes, 0);
    const isFull = this.#batch.length >= batchFiles || bytes >= batchBytes;
    if (isFull || this.#waiting === 0) await this.#verifyBatch(batchesWaiting);
  }

  /** Whether a file may come better a second time; throws where its failure ends the copy, as the last of several broken files does. */
  #countBroken(error: unknown): boolean {
    if (stopOf(error, this.#options.signal) !== null) throw error;
    if (!(error instanceof FileTrouble && error.kind === 'broken')) {
      this.#broken = 0;
      return error instanceof FileTrouble && error.kind === 'slow';
    }
    this.#broken += 1;
    if (this.#broken < brokenInARow) return true;
    throw new CopyStop('unplugged', `The phone stopped answering: ${error.message}`);
  }

  /** Brings one file to the disk; null where it is missed. */
  async #receive(file: PhoneFile): Promise<Omit<Arrived, 'again'> | null> {
    if (this.#failure !== null) throw this.#failure;
    const { path: partial, handle } = await this.#folder.createPartial();
    const hash = createHash('sha256');
    let bytes = 0;
    try {
      for await (const piece of this.#access.pull(file.path)) {
        hash.update(piece);
        bytes += piece.length;
        this.#received += piece.length;
        this.#tell(file);
        if (bytes > file.bytes) break;
        await handle.appendFile(piece);
      }
      const modified = new Date(file.modified);
      await handle.utimes(modified, modified);
    } catch (error) {
      await handle.close();
      await unlink(partial);
      throw error;
    }
    await handle.close();
    if (bytes === file.bytes) return { file, partial, sha256: hash.digest('hex') };
    await unlink(partial);
    this.#miss({ from: file.path, reason: 'changed', detail: 'It is of another size than the phone said at first.' });
    return null;
  }

  /** Sends the present batch to be verified, and waits until at most so many are on their way. */
  async #verifyBatch(most: number): Promise<void> {
    const batch = this.#batch;
    this.#batch = [];
    if (batch.length > 0) {
      this.#waiting += 1;
      this.#verifying = this.#verifying.then(() => this.#verify(batch));
    }
    if (this.#waiting > most) await this.#verifying;
    if (this.#failure !== null) throw this.#failure;
  }

  /** Never rejects: the failure is thrown where the files are copied. */
  async #verify(batch: readonly Arrived[]): Promise<void> {
    try {
      if (this.#failure !== null || this.#stopped) return;
      await Promise.all(batch.map(({ partial }) => written(partial)));
      const hashes = await this.#access.sha256(batch.map(({ file }) => file));
      for (const [at, arrived] of batch.entries()) {
        if (this.#stopped) return;
        await this.#judge(arrived, hashes[at] ?? null);
      }
      if (performance.now() - this.#savedAt > saveEveryMs) {
        await this.#folder.saveManifest();
        this.#savedAt = performance.now();
      }
    } catch (error) {
      this.#failure ??= error instanceof Error ? error : new Error(String(error));
    } finally {
      this.#waiting -= 1;
    }
  }

  async #judge(arrived: Arrived, phoneHash: string | null): Promise<void> {
    const { file, partial, sha256, again } = arrived;
    try {
      const proof: Proof = phoneHash === null ? 'second-read' : 'phone-hash';
      const proven = phoneHash ?? (await this.#secondRead(file));
      this.#broken = 0;
      if (proven === sha256) {
        await this.#keep(arrived, proof);
        return;
      }
      await unlink(partial);
      if (again) this.#again.push(file);
      else this.#miss({ from: file.path, reason: 'changed', detail: 'It is not the same on the phone any more.' });
    } catch (error) {
      this.#countBroken(error);
      await unlink(partial);
      this.#miss(missedBy(error, file.path));
    }
  }

  /** Where the phone cannot hash: the file comes a second time, and only its hash is kept. One that has grown ends early. */
  async #secondRead({ path, bytes }: PhoneFile): Promise<string> {
    const hash = createHash('sha256');
    let come = 0;
    for await (const piece of this.#access.pull(path)) {
      hash.update(piece);
      come += piece.length;
      if (come > bytes) break;
    }
    return hash.digest('hex');
  }

  async #keep({ file, partial, sha256 }: Arrived, proof: Proof): Promise<void> {
    const name = await this.#folder.settle(partial, file.place);
    const { path: from, bytes, modified } = file;
    const verifiedAt = new Date().toISOString();
    this.#folder.manifest.files.push({
      phone: this.#phone,
      from,
      file: name,
      bytes,
      modified,
      sha256,
      proof,
      verifiedAt,
    });
    this.copied.files += 1;
    this.copied.bytes += bytes;
    this.#tell(null);
  }

  #miss(missed: MissedFile): void {
    this.missed.push(missed);
    this.#tell(null);
  }

  #tell(file: PhoneFile | null): void {
    this.#options.onBytes(this.#received, file, this.copied.files + this.missed.length);
  }
}

/** Waits until a file is on the disk itself, and not only in this computer's memory. */
async function written(path: string): Promise<void> {
  const handle = await open(path, 'r+');
  try {
    await handle.datasync();
  } finally {
    await handle.close();
  }
}
