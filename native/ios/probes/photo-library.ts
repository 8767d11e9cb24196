import { z } from 'zod';
import { unavailable, type Unavailable } from '../../unavailable.ts';
import { jsonProbe } from '../probe-of.ts';

const count = z.int().nonnegative();

/** What `photos count` answers: counts in a copy of Photos.sqlite, and the statement that was asked. */
export const photoCountsSchema = z.object({
  asked: z.string(),
  total: count,
  synced: count,
  waiting: count,
  other: count,
  failing: count.nullable(),
  waitingBytes: count.nullable(),
});

const orNotTold = (value: number | null): number | Unavailable =>
  value ?? unavailable('missing', 'The photo database of this iOS version does not say.');

/**
 * How much of the library iCloud does not have yet. Without iCloud Photos nothing is ever sent, so everything "waits": the
 * number means something only together with `icloud.photosEnabled`.
 */
export const photoLibrary = jsonProbe({
  id: 'photo-library',
  asked: 'scan',
  gives: { icloud: ['libraryCount', 'backlog', 'backlogBytes', 'backlogFailing', 'unsyncable'] },
  command: () => ['photos', 'count'],
  schema: photoCountsSchema,
  read: (counts) => ({
    icloud: {
      libraryCount: counts.total,
      backlog: counts.waiting,
      backlogBytes: orNotTold(counts.waitingBytes),
      backlogFailing: orNotTold(counts.failing),
      unsyncable: counts.other,
    },
  }),
});
