import { describe, expect, test } from 'vitest';
import { androidProbes, readAndroid } from '../../../../../native/android/read/read.ts';
import { readingSchema } from '../../../../../native/reading.ts';
import { PHOTOS, wholeAnswer } from './parse.ts';

/** The same lines, over and over, as the answer to every question; the uid and the version are known. */
function read(text: string): void {
  const answers = androidProbes.flatMap((probe) => {
    if (probe.id === 'getprop') return [wholeAnswer('getprop', '[ro.build.version.sdk]: [34]\n')];
    if (probe.id === 'packages')
      return [wholeAnswer('packages', `package:android uid:1000\npackage:${PHOTOS} uid:10204\n`)];
    return [wholeAnswer(probe.id, text, probe.per === 'app' ? PHOTOS : null)];
  });
  const reading = readAndroid({
    platform: 'android',
    phoneId: 'x',
    origin: 'x',
    startedAt: '2026-05-04T20:00:00.000Z',
    durationMs: 0,
    apps: [PHOTOS],
    answers,
    brokenOff: null,
  });
  expect(readingSchema.safeParse(reading).error?.issues ?? []).toEqual([]);
}

describe('a dump of thirty thousand lines', () => {
  // One line of each form that the probes of apps, storage and accounts know, with the numbers as long as they may be.
  test.each([
    '',
    '                                        ',
    'Packages:',
    `Packages:\n  Package [${PHOTOS}] (1):`,
    '    User 0: installed=true enabled=99 installed=false',
    '      runtime permissions:\n        android.permission.X: granted=true, flags=[ ||||||| ]',
    '    versionCode=999999999999999 targetSdk=999999999999999',
    `Unable to find package: ${PHOTOS}`,
    'Uid mode: RUN_ANY_IN_BACKGROUND: ignore',
    'constructor: allow',
    '  Uid u9999a99999:',
    `    Package ${PHOTOS}:\n      __proto__ (allow): `,
    `package=${PHOTOS} u=0 bucket=9999999999999999999 reason=t`,
    'Registered 9999999 jobs:\n  JOB #u0a204/1: a ::::::::::',
    `  JOB a:b:c:#u0a204/1: a x\n    Source: uid=u0a204 user=0 pkg=${PHOTOS}\n    Num failures: 99999999999999999999`,
    'constructor: true',
    '    Restricted packages:\n      u0a204 __proto__',
    'User UserInfo{0:',
    '    Account {name=, type=, type=, type=x}',
    'Sync Status\nAccount a u0 b\nAuthority Syncable Enabled Last Sync Backoff',
    '/dev/x 999999999999999 999999999999999 999999999999999 99% /data',
    'Data-Free: 999999999999999K / 999999999999999K total',
    'App Cache Size: 99999999999999999999',
    'Package Names: [[[[[[[[',
    'Row: 0 _size=999999999999999, date_added=999999999999999, _data=/storage/emulated/0/DCIM/Camera/x',
    'UID stats:\n  ident=[] uid=10204 set=DEFAULT tag=0x0\n      st=999999999999999 rb=1 rp=1 tb=999999999999999999 tp=1 op=0',
    '9,0,i,vers,1\n9,10204,l,nt,9999999999999999999,,,,,,,,,,,,,,,,9999999999999999999',
    `PROCESS EXIT INFO\n  package: ${PHOTOS}\n        ApplicationExitInfo #0:\n timestamp=2026-01-01 00:00:00 process=x reason=4 (`,
    `05-04 07:56:15.081  1 1 I am_kill : [0,1,${PHOTOS},0,${','.repeat(50)}]`,
    `User Level Hibernation States, user=0\n  UserLevelState{packageName='${PHOTOS}', hibernated=true'`,
    `RestrictionLevel{1:${PHOTOS}/10204} exempted`,
    ' 00:00:00 up 99999 days, 99:99, ',
    '999999999999',
  ])('made of %j is read', (line) => {
    read(`${line}\n`.repeat(Math.ceil(30_000 / (line.split('\n').length + 1))));
  });
});
