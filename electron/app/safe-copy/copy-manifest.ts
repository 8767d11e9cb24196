import { createHash } from 'node:crypto';
import { z } from 'zod';
import { ApplicationError } from '../program/problem.ts';

export const manifestName = 'phone-health-copy.json';

/** `phone-hash`: the phone computed the same SHA-256. `second-read`: the file came a second time, and was the same. */
export const proofSchema = z.enum(['phone-hash', 'second-read']);
export type Proof = z.infer<typeof proofSchema>;

/** One file that was copied and verified. Nothing else is ever written here. */
export const copiedFileSchema = z.object({
  /** {@link phoneKey} of the phone. */
  phone: z.string(),
  /** The path on the phone. */
  from: z.string(),
  /** The path in the folder, with `/`. */
  file: z.string(),
  bytes: z.int().nonnegative(),
  /** Last change on the phone; UTC, ISO 8601. */
  modified: z.iso.datetime(),
  /** Hexadecimal. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  proof: proofSchema,
  verifiedAt: z.iso.datetime(),
});
export type CopiedFile = z.infer<typeof copiedFileSchema>;

/** What a folder of copies says about itself. */
export const copyManifestSchema = z.object({ manifest: z.literal(1), files: z.array(copiedFileSchema) });
export type CopyManifest = z.infer<typeof copyManifestSchema>;

/** Tells phones apart in a manifest without naming them: a folder of photos is given away more easily than a serial should be. */
export const phoneKey = (phoneId: string): string =>
  createHash('sha256').update(`phone-health-copy ${phoneId}`).digest('hex').slice(0, 16);

/** Throws {@link ApplicationError} `manifest-unreadable`: what it said is not guessed. */
export function readManifest(text: string, path: string): CopyManifest {
  const unreadable = (why: string, step: string) =>
    new ApplicationError('manifest-unreadable', `The list of the copied files, ${path}, cannot be read: ${why}`, [
      step,
    ]);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw unreadable('it is damaged.', 'Move it away: copies that are there already are recognised by their content.');
  }
  const version = z.object({ manifest: z.int().min(2) }).safeParse(value);
  if (version.success) throw unreadable('a newer version of this program wrote it.', 'Use that version.');
  const manifest = copyManifestSchema.safeParse(value);
  if (manifest.success) return manifest.data;
  throw unreadable(
    'it is not what this program writes.',
    'Move it away: copies that are there already are recognised by their content.',
  );
}
