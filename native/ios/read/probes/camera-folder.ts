import { z } from 'zod';
import { unavailable, type Unavailable } from '../../../unavailable.ts';
import { jsonProbe } from '../probe-of.ts';

const dayMs = 24 * 60 * 60_000;
const latelyDays = 30;

const surveySchema = z.object({
  files: z.int().nonnegative(),
  newest: z.array(z.object({ bytes: z.int().nonnegative().nullable(), modified: z.iso.datetime() })),
});
type Survey = z.infer<typeof surveySchema>;

/** New photos a day over the last 30 days, or over the shorter time that the sample of the newest ones covers. */
function perDay({ newest }: Survey, takenAt: number): number {
  const ages = newest.map(({ modified }) => (takenAt - Date.parse(modified)) / dayMs);
  const lately = ages.filter((age) => age <= latelyDays);
  const coversAll = lately.length < ages.length || lately.length === 0;
  const days = coversAll ? latelyDays : Math.max(1, ...lately);
  return Math.round((lately.length / days) * 10) / 10;
}

/**
 * The camera folder /DCIM. With "Optimise iPhone Storage" originals are missing here, so the number may be below what the
 * library holds. Sizes are asked of the newest files only.
 */
export const cameraFolder = jsonProbe({
  id: 'camera-folder',
  asked: 'scan',
  gives: { photos: ['count', 'newest', 'newestBytes', 'perDay'] },
  command: () => ['photos', 'camera'],
  schema: surveySchema,
  read(survey, so) {
    const newest = survey.newest.toSorted((a, b) => a.modified.localeCompare(b.modified)).at(-1);
    const none: Unavailable = unavailable('missing', 'There is no photo in the camera folder.');
    const noSize = unavailable('unparsed', 'The iPhone tells a size that no file has.');
    return {
      photos: {
        count: survey.files,
        newest: newest?.modified ?? none,
        newestBytes: newest === undefined ? none : (newest.bytes ?? noSize),
        perDay: perDay(survey, Date.parse(so.takenAt)),
      },
    };
  },
});
