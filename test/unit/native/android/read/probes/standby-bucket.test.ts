import { describe, expect, test } from 'vitest';
import { standbyBucket, standbyBucketDump } from '../../../../../../native/android/read/probes/standby-bucket.ts';
import { DRIVE, parsed, PHOTOS, plain, soFar, wholeAnswer } from '../parse.ts';

/** Android 14, `dumpsys usagestats`, two users. */
const android14 = `user=0 
  Last 24 hour events (timeRange="2026-5-3, 18:30 – 2026-5-4, 18:30")
    time="2026-05-04 12:12:14" type=STANDBY_BUCKET_CHANGED package=${PHOTOS} standbyBucket=30 reason=t flags=0x0 
User 0 App Standby States:
  package=${PHOTOS} u=0 bucket=10 reason=u-si used=+1d17h21m37s92ms usedByUser=+1d17h21m37s92ms usedScr=+2h ms lastPred=+1h expiryTimes=(10:-9m17s863ms) lastJob=-24855d3h14m7s974ms lastInformedBucket=10 idle=n
  package=${DRIVE} u=0 bucket=45 reason=s-4 used=<uninitialized> expiryTimes=<none> lastJob=+29s440ms idle=y
User 10 App Standby States:
  package=${PHOTOS} u=10 bucket=40 reason=t used=+9d0h0m0s0ms idle=y
`;

const read = (text: string, so = soFar({ sdk: 34 })): Record<string, unknown> => {
  const { values, unknownLines } = parsed(standbyBucketDump, text, so);
  return { photos: plain(values.apps?.[PHOTOS]), drive: plain(values.apps?.[DRIVE]), unknownLines };
};

describe('standby buckets', () => {
  test('are read with their reasons for the user in the foreground, not from the events of the day', () => {
    expect(read(android14)).toEqual({
      photos: { bucket: 10, bucketReason: 'u-si', usedByUserAgoMs: 148_897_092 },
      drive: { bucket: 45, bucketReason: 's-4', usedByUserAgoMs: 'missing' },
      unknownLines: 0,
    });
    expect(read(android14, soFar({ sdk: 34, userId: 10 })).photos).toEqual({
      bucket: 40,
      bucketReason: 't',
      usedByUserAgoMs: 'missing',
    });
  });

  test('have no reason where Samsung put the app to sleep', () => {
    expect(read(android14.replace('reason=s-4', 'reason=')).drive).toMatchObject({ bucket: 45, bucketReason: '' });
    // A line that was cut or wrapped is none.
    expect(read(android14.replace('reason=s-4 used', 'reason=s-4\nused')).drive).toMatchObject({ bucket: 'missing' });
  });

  test('of Android 9 stand under the user, four columns in', () => {
    const android9 = `user=0 
  App Standby States:
    package=${PHOTOS} u=0 bucket=20 reason=t used=+6h0m0s0ms usedScr=+2h lastPred=<uninitialized> activeLeft=-5h wsLeft=-4h lastJob=+1h idle=n
`;
    expect(read(android9, soFar({ sdk: 28 })).photos).toMatchObject({
      bucket: 20,
      bucketReason: 't',
    });
  });

  test('do not exist on Android 8', () => {
    const android8 = `user=0 
  Package idle stats:
    package=${PHOTOS} lastUsedElapsed=+2h lastUsedScreenOn=+1h idle=n
`;
    expect(read(android8, soFar({ sdk: 27 })).photos).toEqual({
      bucket: 'missing',
      bucketReason: 'missing',
      usedByUserAgoMs: 'missing',
    });
  });

  test('that cannot be read are counted', () => {
    expect(read(`  package=${PHOTOS} u=0 bucket=? reason=t\n`)).toMatchObject({ unknownLines: 1 });
  });

  test('of one app are asked with its name', () => {
    expect(standbyBucket.command({ apps: [PHOTOS], userId: 0 }, PHOTOS)).toEqual(['dumpsys', 'usagestats', PHOTOS]);
    const { values } = standbyBucket.parse(android14, DRIVE, soFar(), wholeAnswer('standby-bucket', android14, DRIVE));
    expect(values.apps).toMatchObject({ [DRIVE]: { bucket: 45, bucketReason: 's-4' } });
  });
});
