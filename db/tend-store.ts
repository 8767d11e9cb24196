import { statSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { runApart, type ApartOptions } from '../native/run-apart.ts';
import { backUp, dailyBackupFile } from './backup.ts';
import { checkStore, isSound, storeCheckSchema } from './check-store.ts';
import type { Connection } from './connection.ts';
import { removeOldBackups } from './kept-backups.ts';
import { toStoreError } from './errors.ts';

/** The one job of the process that tends a store. */
export const tendJobSchema = z.object({
  file: z.string(),
  /** Where its backup is kept, if it is sound; null: none is made. */
  backup: z.string().nullable(),
});
export type TendJob = z.infer<typeof tendJobSchema>;

export const tendedSchema = z.object({
  /** null: it came to no end, so nothing is known. */
  check: storeCheckSchema.nullable(),
  /** The backup that was made. */
  backup: z.string().nullable(),
  /** Why none was made that was due. */
  noBackup: z.string().nullable(),
});
export type Tended = z.infer<typeof tendedSchema>;

export const fromTendProcessSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('step') }),
  z.object({ kind: z.literal('tended'), tended: tendedSchema }),
]);
export type FromTendProcess = z.infer<typeof fromTendProcessSchema>;

/** Up to this size a store is read to its end in some hundredths of a second, wherever that is done. */
const largestInPlace = 4 * 1_048_576;

const defaults = {
  /** One table of a store of many gigabytes, on a slow disk. */
  silenceMs: 1_800_000,
  memoryMebibytes: 512,
  entry: fileURLToPath(new URL('./tend-process.ts', import.meta.url)),
};

function hear(message: unknown): { at: null } | { result: Tended } {
  const said = fromTendProcessSchema.parse(message);
  return said.kind === 'step' ? { at: null } : { result: said.tended };
}

async function tendInPlace(connection: Connection, backup: string | null): Promise<Tended> {
  const check = checkStore(connection.file);
  if (backup === null || !isSound(check)) return { check, backup: null, noBackup: null };
  try {
    await backUp(connection, backup);
    return { check, backup, noBackup: null };
  } catch (error) {
    return { check, backup: null, noBackup: error instanceof Error ? error.message : String(error) };
  }
}

export interface TendOptions extends Partial<ApartOptions> {
  /** Checks it also where no backup is due. */
  check: boolean;
}

/**
 * Checks a whole store beside the work, and makes the backup of the day where it is due: of a sound store only, so that a damaged one
 * never takes the place of a good backup. null where there was nothing to do. A large one is read in a process of its own. Throws
 * `StoreError`, or the signal's reason.
 */
export async function tendStore(connection: Connection, { check, ...options }: TendOptions): Promise<Tended | null> {
  const backup = dailyBackupFile(connection);
  if (backup === null && !check) return null;
  try {
    const tended = await tend(connection, backup, options);
    if (tended.backup !== null) removeOldBackups(dirname(connection.file), connection.now());
    return tended;
  } catch (error) {
    throw toStoreError(error, connection.file);
  }
}

async function tend(connection: Connection, backup: string | null, options: Partial<ApartOptions>): Promise<Tended> {
  const { size } = statSync(connection.file);
  if (size <= largestInPlace && options.entry === undefined) return tendInPlace(connection, backup);
  const job: TendJob = { file: connection.file, backup };
  const end = await runApart<Tended>(job, hear, { ...defaults, ...options });
  if (end.kind === 'done') return end.result;
  return { check: null, backup: null, noBackup: `the store was not checked to its end: ${end.why}` };
}
