import type { AppProbe, Parsed, PhoneProbe } from '../../../probe.ts';
import type { Reading, ReadingValues } from '../../../reading.ts';
import { unavailable } from '../../../unavailable.ts';
import { durationMs } from '../dump.ts';
import { readUser, sdkOf } from '../uid.ts';

/**
 * `package=com.x u=0 bucket=40 reason=t …`, one line per app and user (AOSP AppStandbyController / AppIdleHistory.dumpUser,
 * 28..34, and real dumps of 9, 13 and 14). Samsung gives no reason for apps that it put to sleep: `bucket=45 reason= used=…`. Android 8 prints `package=com.x lastUsedElapsed=… idle=n`: it has no buckets.
 */
const standbyLine = /^\s*package=(\S+) u=(\d{1,6}) bucket=(\d{1,4}) reason=(\S*) used=/;
const firstWithBuckets = 28;
/** Since Android 12 the line tells when the owner used the app, and not only some other part of the phone. */
const usedByUser = / usedByUser=(\S{1,60})/;

function parseStandby(text: string, apps: readonly string[], so: Reading): Parsed {
  const userId = String(readUser(so));
  const wanted = new Set(apps);
  const values: NonNullable<ReadingValues['apps']> = {};
  let unknownLines = 0;
  let buckets = 0;
  for (const line of text.split('\n')) {
    // The events of the last day in the same dump have `standbyBucket=` and `package=` in another order.
    if (!line.includes(' bucket=')) continue;
    const [, app, user, bucket, reason] = standbyLine.exec(line) ?? [];
    if (app === undefined || reason === undefined) {
      unknownLines += 1;
      continue;
    }
    buckets += 1;
    const used = durationMs(usedByUser.exec(line)?.[1] ?? '');
    if (user === userId && wanted.has(app)) {
      values[app] ??= {
        bucket: Number(bucket),
        bucketReason: reason,
        usedByUserAgoMs:
          used !== null && used >= 0
            ? used
            : unavailable('missing', 'The phone does not tell when its owner last used the app.'),
      };
    }
  }
  const sdk = sdkOf(so);
  const why =
    sdk !== null && sdk < firstWithBuckets
      ? unavailable('missing', 'Android 8 has no standby buckets.')
      : unavailable(
          'missing',
          buckets === 0 ? 'The answer names no standby bucket.' : 'The answer does not name the app.',
        );
  for (const app of apps) values[app] ??= { bucket: why, bucketReason: why, usedByUserAgoMs: why };
  return { values: { apps: values }, unknownLines };
}

/** The answer of `am get-standby-bucket PKG`, as people save it: the number alone. */
function parseBare(text: string, app: string): Parsed | null {
  const number = /^\s*(5|10|20|30|40|45|50)\s*$/.exec(text)?.[1];
  if (number === undefined) return null;
  const bucketReason = unavailable('missing', 'The command tells no reason.');
  return { values: { apps: { [app]: { bucket: Number(number), bucketReason } } }, unknownLines: 0 };
}

const gives = { app: ['bucket', 'bucketReason', 'usedByUserAgoMs'] } as const;

/**
 * Standby bucket and the reason for it, of one app: `dumpsys usagestats PKG` prints only what concerns the app (28..36), where
 * the whole dump has 2 MB, and `am get-standby-bucket` no reasons.
 */
export const standbyBucket: AppProbe = {
  id: 'standby-bucket',
  platform: 'android',
  per: 'app',
  asked: 'scan',
  gives,
  command: (_scope, app) => ['dumpsys', 'usagestats', app],
  parse: (text, app, so) => parseBare(text, app) ?? parseStandby(text, [app], so),
};

/** The same of all apps, as a bug report holds it. */
export const standbyBucketDump: PhoneProbe = {
  id: 'standby-bucket-dump',
  platform: 'android',
  per: 'phone',
  asked: 'file',
  gives,
  command: () => ['dumpsys', 'usagestats'],
  parse: (text, so) => parseStandby(text, Object.keys(so.apps), so),
};
