import { z } from 'zod';
import { isKnown, type Reading, type ReadingValues } from '../../../reading.ts';
import { unavailable, type Unavailable } from '../../../unavailable.ts';
import { jsonProbe } from '../probe-of.ts';
import { perApp } from './apps.ts';

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
  // Captures of earlier versions say neither.
  refused: z.object({ photos: count, videos: count, lastAttempt: z.iso.datetime().nullable() }).nullish(),
  systemUploads: z.record(z.string(), count).nullish(),
});
type PhotoCountsAnswer = z.infer<typeof photoCountsSchema>;

const orNotTold = (value: number | null): number | Unavailable =>
  value ?? unavailable('missing', 'The photo database of this iOS version does not say.');

const noRefusals = unavailable('missing', 'The photo database of this iOS version does not say what was given up.');

function refusedOf({ refused }: PhotoCountsAnswer) {
  if (refused === undefined || refused === null) {
    return { refused: noRefusals, refusedPhotos: noRefusals, refusedVideos: noRefusals, refusedAt: noRefusals };
  }
  const { photos, videos, lastAttempt } = refused;
  return {
    refused: photos + videos,
    refusedPhotos: photos,
    refusedVideos: videos,
    refusedAt: lastAttempt ?? unavailable('missing', 'Nothing was given up, or not when.'),
  };
}

/** What iOS itself has still to send for an app, since 26.1. */
const systemUploads = ({ systemUploads: jobs }: PhotoCountsAnswer, so: Reading): ReadingValues['apps'] =>
  perApp(so, (app) => ({
    systemUploads:
      jobs === undefined || jobs === null
        ? unavailable('missing', 'This version of iOS uploads for no other app.')
        : (jobs[app] ?? 0),
  })).apps;

/**
 * How much of the library iCloud does not have yet. Where iCloud Photos is off every photo counts as not sent, so the number
 * is given only where it is not known to be off.
 */
export const photoLibrary = jsonProbe({
  id: 'photo-library',
  asked: 'scan',
  gives: {
    icloud: [
      'libraryCount',
      'backlog',
      'backlogBytes',
      'backlogFailing',
      'unsyncable',
      'refused',
      'refusedPhotos',
      'refusedVideos',
      'refusedAt',
    ],
    app: ['systemUploads'],
  },
  command: () => ['photos', 'count'],
  schema: photoCountsSchema,
  read(counts, so) {
    const { photosEnabled } = so.icloud;
    const apps = systemUploads(counts, so) ?? {};
    if (isKnown(photosEnabled) && !photosEnabled.value) {
      const off = unavailable('missing', 'iCloud Photos is off: nothing waits for it.');
      const waiting = { backlog: off, backlogBytes: off, backlogFailing: off, unsyncable: off };
      const refused = { refused: off, refusedPhotos: off, refusedVideos: off, refusedAt: off };
      return { icloud: { libraryCount: counts.total, ...waiting, ...refused }, apps };
    }
    return {
      icloud: {
        libraryCount: counts.total,
        backlog: counts.waiting,
        backlogBytes: orNotTold(counts.waitingBytes),
        backlogFailing: orNotTold(counts.failing),
        unsyncable: counts.other,
        ...refusedOf(counts),
      },
      apps,
    };
  },
});
