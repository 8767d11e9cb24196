import { z } from 'zod';
import { isKnown } from '../../../reading.ts';
import { unavailable, type Unavailable } from '../../../unavailable.ts';
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
 * How much of the library iCloud does not have yet. Where iCloud Photos is off every photo counts as not sent, so the number
 * is given only where it is not known to be off.
 */
export const photoLibrary = jsonProbe({
  id: 'photo-library',
  asked: 'scan',
  gives: { icloud: ['libraryCount', 'backlog', 'backlogBytes', 'backlogFailing', 'unsyncable'] },
  command: () => ['photos', 'count'],
  schema: photoCountsSchema,
  read(counts, so) {
    const { photosEnabled } = so.icloud;
    if (isKnown(photosEnabled) && !photosEnabled.value) {
      const off = unavailable('missing', 'iCloud Photos is off: nothing waits for it.');
      const waiting = { backlog: off, backlogBytes: off, backlogFailing: off, unsyncable: off };
      return { icloud: { libraryCount: counts.total, ...waiting } };
    }
    return {
      icloud: {
        libraryCount: counts.total,
        backlog: counts.waiting,
        backlogBytes: orNotTold(counts.waitingBytes),
        backlogFailing: orNotTold(counts.failing),
        unsyncable: counts.other,
      },
    };
  },
});
