import { z } from 'zod';
import { testPhotoSchema, type TestPhoto } from '../../../db/records/test-photos.ts';
import { uploadOutcomeSchema, uploadVerdictSchema } from '../../../diagnosis/uploads/upload-verdict.ts';

/** What a test photo gives: `phone-health watch-upload --json` prints exactly this. */
export const testPhotoReportSchema = testPhotoSchema
  .omit({ id: true, uid: true, ticket: true, photoSeenAt: true, photoBytes: true, verdict: true })
  .extend({
    /** Id under which it is kept; null where no photo was taken. */
    testPhoto: z.string().nullable(),
    appName: z.string(),
    photo: z.object({ seenAt: z.string(), bytes: z.int().nullable() }).nullable(),
    /** From the photo to the end; null where no photo was taken. */
    minutes: z.number().nullable(),
    verdict: uploadOutcomeSchema,
    ...uploadVerdictSchema.omit({ outcome: true }).shape,
  });
export type TestPhotoReport = z.infer<typeof testPhotoReportSchema>;

/** What a test photo tells while it runs; the report is the last event. */
export type TestPhotoEvent =
  | {
      type: 'seen';
      /** UTC, ISO 8601. */
      at: string;
      /** `take-photo`: the person is to take one now; `unplugged`: the cable is to be plugged in again. */
      stage: 'take-photo' | 'watching' | 'unplugged';
      /** What is seen, in plain words. */
      sentence: string;
      /** null until it is there. */
      photo: TestPhotoReport['photo'];
      minutes: number | null;
    }
  | { type: 'report'; report: TestPhotoReport };

export const minutesBetween = (from: string, to: string): number =>
  Math.round((Date.parse(to) - Date.parse(from)) / 6_000) / 10;

/** A kept test photo as a report. */
export function testPhotoReport(
  {
    id,
    phone,
    app,
    on,
    startedAt,
    photoSeenAt,
    photoBytes,
    endedAt,
    verdict,
    brokenOff,
    observations,
  }: Omit<TestPhoto, 'uid' | 'ticket'>,
  appName: string,
): TestPhotoReport {
  const { outcome, ...judged } = verdict;
  return {
    testPhoto: String(id),
    phone,
    app,
    on,
    startedAt,
    endedAt,
    brokenOff,
    observations,
    appName,
    photo: { seenAt: photoSeenAt, bytes: photoBytes },
    minutes: minutesBetween(photoSeenAt, endedAt),
    verdict: outcome,
    ...judged,
  };
}
