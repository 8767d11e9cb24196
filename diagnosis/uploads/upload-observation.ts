import { z } from 'zod';
import { isKnown, type Leaf, type Reading } from '../../native/reading.ts';
import { sentInSlotSchema } from '../../native/vocabulary.ts';
import { libraryOf } from './library-counts.ts';
import { uploadWaits, uploadWaitSchema, type WaitWords } from './upload-waits.ts';

/** What one look at the phone tells about an upload. null: the phone did not tell, or does not tell such things. */
export const uploadObservationSchema = z.object({
  /** When, by this computer's clock; UTC, ISO 8601. */
  at: z.string(),
  /** What the app has sent by now, in the phone's counters (Android). */
  sent: z.array(sentInSlotSchema).nullable(),
  /** The photo library by now (iPhone); `waiting`: not in iCloud yet; `other`: given up by the photo engine. */
  library: z.object({ total: z.int(), waiting: z.int(), other: z.int() }).nullable(),
  /** What the network runs over, e.g. WIFI. */
  transports: z.array(z.string()).nullable(),
  /** What sending waits for; empty: nothing holds it back. */
  waits: z.array(uploadWaitSchema).nullable(),
  /** How many jobs the app has scheduled. */
  jobs: z.int().nullable(),
  /** Why what was sent is not told; null where it is. */
  why: z.string().nullable(),
});
export type UploadObservation = z.infer<typeof uploadObservationSchema>;

const valueOf = <T>(leaf: Leaf<T> | undefined): T | null => (isKnown(leaf) ? leaf.value : null);

const whyOf = (leaf: Leaf<unknown> | undefined): string | null =>
  leaf === undefined ? 'The phone was not asked.' : isKnown(leaf) ? null : leaf.detail;

/** What a reading tells about the uploads of an app; `words` are those of the catalog's sentences. Pure. */
export function observeUpload(reading: Reading, app: string, at: string, words: WaitWords): UploadObservation {
  const { sentLately, jobs } = reading.apps[app] ?? {};
  const ios = reading.platform === 'ios';
  return {
    at,
    sent: valueOf(sentLately),
    library: ios ? libraryOf(reading) : null,
    transports: valueOf(reading.network.transports),
    waits: uploadWaits(reading, app, words),
    jobs: valueOf(jobs)?.length ?? null,
    why: whyOf(ios ? reading.icloud.backlog : sentLately),
  };
}

/** A look at which the phone told nothing at all. */
export const silentLook = (at: string, why: string): UploadObservation => ({
  at,
  sent: null,
  library: null,
  transports: null,
  waits: null,
  jobs: null,
  why,
});
