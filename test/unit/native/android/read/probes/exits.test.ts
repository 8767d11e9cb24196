import { describe, expect, test } from 'vitest';
import { eventLog } from '../../../../../../native/android/read/probes/event-log.ts';
import { exitInfo, exitInfoDump } from '../../../../../../native/android/read/probes/exit-info.ts';
import { DRIVE, parsed, PHOTOS, plain, soFar, wholeAnswer } from '../parse.ts';

/** Android 14. */
const android14 = `ACTIVITY MANAGER PROCESS EXIT INFO (dumpsys activity exit-info)
Last Timestamp of Persistence Into Persistent Storage: 2026-03-14 05:31:19.889
  package: ${PHOTOS}
    Historical Process Exit for uid=10204
        ApplicationExitInfo #0:
          timestamp=2026-03-14 05:32:41.125 pid=31904 realUid=10204 packageUid=10204 definingUid=10204 user=0
          process=${PHOTOS} reason=4 (APP CRASH(EXCEPTION)) subreason=0 (UNKNOWN) status=0
          importance=300 pss=0.00 rss=0.00 description=crash state=empty trace=null
        ApplicationExitInfo #1:
          timestamp=2026-03-14 05:32:38.099 pid=31808 realUid=99024 packageUid=10204 definingUid=10167 user=0
          process=com.google.android.webview:sandboxed_process0:org.chromium.Service:0 reason=1 (EXIT_SELF) subreason=17 (ISOLATED NOT NEEDED) status=0
          importance=400 pss=0.00 rss=0.00 description=isolated not needed state=empty trace=null
        ApplicationExitInfo #2:
          timestamp=2026-03-13 01:00:00.000 pid=31750 realUid=10204 packageUid=10204 definingUid=10204 user=0
          process=${PHOTOS}:remote reason=10 (USER REQUESTED) subreason=21 (FORCE STOP) status=0
          importance=100 pss=0.00 rss=251MB description=stop ${PHOTOS} due to OneKeyClean, state=3 state=empty trace=null
    Historical Process Exit for uid=1010204
        ApplicationExitInfo #0:
          timestamp=2026-03-12 01:00:00.000 pid=1 realUid=1010204 packageUid=1010204 definingUid=1010204 user=10
          process=${PHOTOS} reason=3 (LOW_MEMORY) subreason=0 (UNKNOWN) status=0
          importance=100 pss=0.00 rss=1MB description=null state=empty trace=null
`;

const read = (text: string, so = soFar({ sdk: 34 })) => {
  const { values, unknownLines } = exitInfo.parse(text, PHOTOS, so, wholeAnswer('exit-info', text, PHOTOS));
  return [plain(values.apps?.[PHOTOS])['exits'], unknownLines];
};

const printedAt = (digits: string) => android14.replaceAll(/timestamp=2026-03-14 05:32:41.125/g, `timestamp=${digits}`);

describe('dumpsys activity exit-info', () => {
  test('gives the exits of the app itself, newest first, with the words of whoever ended it', () => {
    expect(read(android14)).toEqual([
      [
        { at: '2026-03-14 05:32:41.125', reason: 4, subreason: 0, description: 'crash' },
        {
          at: '2026-03-13 01:00:00.000',
          reason: 10,
          subreason: 21,
          description: `stop ${PHOTOS} due to OneKeyClean, state=3`,
        },
      ],
      0,
    ]);
  });

  test('is read for the user in the foreground', () => {
    expect(read(android14, soFar({ sdk: 34, userId: 10 }))).toEqual([
      [{ at: '2026-03-12 01:00:00.000', reason: 3, subreason: 0, description: 'null' }],
      0,
    ]);
  });

  test.each([
    ['was wrapped', android14.replace(' subreason=0 (UNKNOWN)', '\nsubreason=0 (UNKNOWN)')],
    ['lacks its last line', android14.replace(/ +importance=300.*\n/, '')],
    ['is not there', android14.replace(/ +ApplicationExitInfo #1:\n(?:.*\n){3}/, '')],
  ])('of which an exit %s does not tell the exits of the app', (_what, text) => {
    expect(read(text)[0]).toBe('unparsed');
  });

  test('of Android 11 has no reasons below the reason', () => {
    expect(read(android14.replaceAll(/ subreason=\d+ \([A-Z ]+\)/g, ''), soFar({ sdk: 30 }))[0]).toMatchObject([
      { reason: 4, subreason: 0 },
      { reason: 10, subreason: 0 },
    ]);
  });

  test('without an entry gives none', () => {
    const empty = android14.slice(0, android14.indexOf('  package:'));
    expect(read(empty)).toEqual([[], 0]);
    const { values } = parsed(exitInfoDump, android14, soFar());
    // A dump of one package says nothing of another.
    expect(plain(values.apps?.[DRIVE])['exits']).toBe('missing');
    expect(read(android14.replaceAll(PHOTOS, 'com.other'), soFar())).toEqual([[], 0]);
  });

  test('prints its times in the digits of the phone', () => {
    for (const digits of ['۲۰۲۶-۰۳-۱۴ ۰۵:۳۲:۴۱.۱۲۵', '٢٠٢٦-٠٣-١٤ ٠٥:٣٢:٤١.١٢٥', '२०२६-०३-१४ ०५:३२:४१.१२५']) {
      expect(read(printedAt(digits))).toEqual(read(android14));
    }
  });

  test('does not exist on Android 10', () => {
    expect(read('Bad activity command, or no activities match: exit-info\n', soFar({ sdk: 29 }))[0]).toBe('missing');
    expect(read('Bad activity command\n')[0]).toBe('unparsed');
  });
});

const exits = (text: string, so = soFar({ sdk: 29 })) => {
  const { values, unknownLines } = parsed(eventLog, text, so);
  return [plain(values.apps?.[PHOTOS])['exits'], unknownLines];
};

describe('the event log', () => {
  /** Android 9 and later, `-v threadtime`; taken on 4 May 2026. */
  const log = `--------- beginning of events
12-31 21:22:40.672  1000  1867  2447 I am_kill : [0,2538,${PHOTOS},0,permissions revoked]
05-04 07:56:15.081  1867  2505 I am_kill : [0,4794,${PHOTOS}:remote,906,empty #13,24576]
05-04 08:00:00.000  1867  2505 I am_kill : [10,4795,${PHOTOS},906,empty #13]
05-04 08:00:01.000  1867  2505 I am_kill : [0,4796,${PHOTOS}.other,906,empty #13]
05-04 09:00:00.000  1867  2505 I am_crash: [0,4797,${PHOTOS},952745540,java.lang.IllegalStateException,no [cursor], really,Upload.java,12]
05-04 09:10:00.000  1867  2505 I am_kill : [0,4798,${PHOTOS},0,stop ${PHOTOS} due to from pid 2116]
`;

  test('gives kills and crashes of the app, newest first, in the numbers of Android 11', () => {
    expect(exits(log)).toEqual([
      [
        {
          at: '2026-05-04 09:10:00.000',
          reason: 10,
          subreason: 21,
          description: `stop ${PHOTOS} due to from pid 2116`,
        },
        {
          at: '2026-05-04 09:00:00.000',
          reason: 4,
          subreason: 0,
          description: 'java.lang.IllegalStateException,no [cursor], really,Upload.java',
        },
        { at: '2026-05-04 07:56:15.081', reason: 13, subreason: 0, description: 'empty #13' },
        { at: '2025-12-31 21:22:40.672', reason: 8, subreason: 0, description: 'permissions revoked' },
      ],
      0,
    ]);
  });

  test('with nothing about the app gives none, and an empty answer says nothing', () => {
    expect(exits('--------- beginning of events\n')).toEqual([[], 0]);
    expect(exits('')).toEqual(['missing', 0]);
    expect(exits('logcat: unknown option\n')).toEqual(['missing', 1]);
  });

  test('of a file without a time leaves out the year', () => {
    const { values } = eventLog.parse(log, soFar(), { ...wholeAnswer('event-log', ''), startedAt: '' });
    expect(plain(values.apps?.[PHOTOS])['exits']).toMatchObject([{ at: '05-04 09:10:00.000' }, {}, {}, {}]);
  });

  test('on the last day of a year takes the next morning for tomorrow', () => {
    const morning = `01-01 00:10:00.000  1867  2505 I am_kill : [0,4794,${PHOTOS},906,empty #13]\n`;
    const answer = { ...wholeAnswer('event-log', ''), startedAt: '2025-12-31T23:30:00.000Z' };
    const { values } = eventLog.parse(morning, soFar(), answer);
    expect(plain(values.apps?.[PHOTOS])['exits']).toMatchObject([{ at: '2026-01-01 00:10:00.000' }]);
  });
});
