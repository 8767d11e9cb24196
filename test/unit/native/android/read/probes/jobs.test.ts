import { describe, expect, test } from 'vitest';
import { jobs, jobsDump } from '../../../../../../native/android/read/probes/jobs.ts';
import type { Reading } from '../../../../../../native/reading.ts';
import { DRIVE, parsed, PHOTOS, plain, soFar, wholeAnswer } from '../parse.ts';

const one = (text: string, so: Reading = soFar()): Record<string, unknown> => {
  const { values, unknownLines } = jobs.parse(text, PHOTOS, so, wholeAnswer('jobs', text, PHOTOS));
  return { ...plain(values.apps?.[PHOTOS]), system: plain(values.system), unknownLines };
};
const all = (text: string, so: Reading = soFar()) => {
  const { values } = parsed(jobsDump, text, so);
  return { photos: plain(values.apps?.[PHOTOS]), drive: plain(values.apps?.[DRIVE]), system: plain(values.system) };
};

/** Android 14: namespaces, masks, preferred constraints, a header with the state of the battery. */
const android14 = `Settings:
  min_ready_non_active_jobs_count=5 

Battery charging: true
Battery not low: false

Started users: [0, 10]

Registered 4 jobs:
  JOB #u0a204/1034: f108bd7 ${PHOTOS}/com.google.android.libraries.social.mediamonitor.MediaMonitorJobSchedulerService
    u0a204 tag=*job*/${PHOTOS}/com.google.android.libraries.social.mediamonitor.MediaMonitorJobSchedulerService#1034
    Source: uid=u0a204 user=0 pkg=${PHOTOS}
    JobInfo:
      Service: ${PHOTOS}/com.google.android.libraries.social.mediamonitor.MediaMonitorJobSchedulerService
      Requires: charging=false batteryNotLow=false deviceIdle=false
      Trigger content URIs:
        1 content://media/external/images/media
    Required constraints: CONTENT_TRIGGER [0x4000000]
    Preferred constraints:
    Dynamic constraints:
    Satisfied constraints: DEVICE_NOT_DOZING BACKGROUND_NOT_RESTRICTED TARE_WEALTH WITHIN_QUOTA [0xb400000]
    Unsatisfied constraints: CONTENT_TRIGGER [0x4000000]
    Constraint history:
      -26s670ms = BACKGROUND_NOT_RESTRICTED [0x400000]
    Ready: false (job=false user=true !restricted=true !pending=true !active=true !backingup=true comp=true)
  JOB androidx.work.systemjobscheduler:u0a204/555001383: 5928ecf @androidx.work.systemjobscheduler@${PHOTOS}/androidx.work.impl.background.systemjob.SystemJobService
    Source: uid=u0a204 user=0 pkg=${PHOTOS}
    JobInfo:
      Service: ${PHOTOS}/androidx.work.impl.background.systemjob.SystemJobService
      Network type: NetworkRequest [ NONE id=0, [ Capabilities: NOT_METERED&INTERNET&TRUSTED&VALIDATED Uid: 10204 UnderlyingNetworks: Null] ]
    Required constraints: BATTERY_NOT_LOW IDLE CONNECTIVITY [0x10000006]
    Satisfied constraints: CONNECTIVITY DEVICE_NOT_DOZING [0x12000000]
    Unsatisfied constraints: BATTERY_NOT_LOW IDLE [0x6]
    Num failures: 7
    Last failed run: 2026-05-04 18:21:54
  JOB #u10a204/1034: aaaaaaa ${PHOTOS}/.WorkProfileService
    Source: uid=u10a204 user=10 pkg=${PHOTOS}
    JobInfo:
      Service: ${PHOTOS}/.Work
    Required constraints: CHARGING [0x1]
    Satisfied constraints: [0x0]
    Unsatisfied constraints: CHARGING [0x1]
  JOB #1000/-32: bbbbbbb com.microsoft.skydrive.photos/${DRIVE}/sam@example.com at home:android
    1000 tag=*sync*/com.microsoft.skydrive.photos/${DRIVE}/sam@example.com at home:android
    Source: uid=u0a287 user=0 pkg=${DRIVE}
    JobInfo:
      Service: android/com.android.server.content.SyncJobService
    Required constraints: CONNECTIVITY [0x10000000]
    Satisfied constraints: CONNECTIVITY DEVICE_NOT_DOZING [0x12000000]
    Unsatisfied constraints:

BatteryController:
  Stable power: false
  Not low: true

StorageController:
  Not low: true
  Sequence: -1

BackgroundJobsController:
  Current AppStateTracker State:
    Exempted bucket packages:

    Restricted packages:
      u0a287 ${DRIVE}
      u10a204 ${PHOTOS}
    Stats:
      UID_FG_STATE_CHANGED: count=101, total=91,4ms, avg=0,904ms

Pending queue:
  None
`;

describe('dumpsys jobscheduler of Android 14', () => {
  test('gives the jobs of the app for the user in the foreground', () => {
    expect(one(android14)).toEqual({
      jobs: [
        {
          id: '1034',
          service: `${PHOTOS}/com.google.android.libraries.social.mediamonitor.MediaMonitorJobSchedulerService`,
          userId: 0,
          required: ['CONTENT_TRIGGER'],
          satisfied: ['DEVICE_NOT_DOZING', 'BACKGROUND_NOT_RESTRICTED', 'TARE_WEALTH', 'WITHIN_QUOTA'],
          unsatisfied: ['CONTENT_TRIGGER'],
          needsUnmetered: false,
          failures: 0,
        },
        {
          id: '555001383',
          service: `${PHOTOS}/androidx.work.impl.background.systemjob.SystemJobService`,
          userId: 0,
          required: ['BATTERY_NOT_LOW', 'IDLE', 'CONNECTIVITY'],
          satisfied: ['CONNECTIVITY', 'DEVICE_NOT_DOZING'],
          unsatisfied: ['BATTERY_NOT_LOW', 'IDLE'],
          needsUnmetered: true,
          failures: 7,
        },
      ],
      jobsRestricted: false,
      quotaLeftMs: 'missing',
      system: { jobsBatteryNotLow: false, jobsCharging: true, jobsStorageNotLow: true },
      unknownLines: 0,
    });
  });

  test('gives the job of the work profile when that is in the foreground', () => {
    const work = one(android14, soFar({ userId: 10 }));
    expect(work).toMatchObject({ jobs: [{ id: '1034', userId: 10, unsatisfied: ['CHARGING'] }], jobsRestricted: true });
  });

  test('counts a sync job of Android itself for the app that it works for, without the name of the account', () => {
    expect(JSON.stringify(all(android14))).not.toContain('sam');
    expect(all(android14).drive).toEqual({
      jobs: [
        {
          id: '-32',
          service: 'android/com.android.server.content.SyncJobService',
          userId: 0,
          required: ['CONNECTIVITY'],
          satisfied: ['CONNECTIVITY', 'DEVICE_NOT_DOZING'],
          unsatisfied: [],
          needsUnmetered: false,
          failures: 0,
        },
      ],
      jobsRestricted: true,
      quotaLeftMs: 'missing',
      uid: 10_287,
    });
  });

  test.each(['error: closed', '...', '[...]', 'user@pc:~$', 'C:\\Users\\anna>'])(
    'that was cut inside the list is truncated, even when %s follows',
    (tail) => {
      const cut = android14.slice(0, android14.indexOf('  JOB #u10a204/1034'));
      expect(one(`${cut}${tail}\n`)['jobs']).toBe('truncated');
    },
  );

  test('whose blanks were squeezed, or whose lines are numbered, does not say which apps are restricted', () => {
    expect(one(android14.replaceAll(/ +/g, ' '))['jobsRestricted']).toBe('missing');
    const numbered = android14.split('\n').map((line, index) => `${index + 1}: ${line}`);
    expect(one(numbered.join('\n'))['jobsRestricted']).toBe('missing');
  });

  test('that ends inside the list is truncated', () => {
    const cut = android14.slice(0, android14.indexOf('    Num failures'));
    expect(one(cut)['jobs']).toBe('truncated');
    expect(all(cut).photos['jobs']).toBe('truncated');
  });

  test('counts a job whose header it does not understand', () => {
    expect(one(android14.replace('JOB #u10a204/1034: aaaaaaa', 'JOB of another kind:'))).toMatchObject({
      unknownLines: 1,
    });
  });
});

/** Android 16 on a Samsung, asked about one app without jobs: all are counted, none is listed. */
const android16 = `Power connected: true
Battery charging: true
Considered charging: false
Battery level: 80
Battery not low: true

Registered 528 jobs:
  None.

BackgroundJobsController:
  Restricted packages:
    
StorageController:
  Not low: false
`;

describe('dumpsys jobscheduler of Android 16', () => {
  test('asked about an app without jobs says that it has none', () => {
    expect(one(android16)).toMatchObject({ jobs: [], jobsRestricted: false });
  });

  test('read from a file as if it were whole does not say so', () => {
    expect(all(android16).photos['jobs']).toBe('truncated');
  });

  test('goes by what counts as charging, which a charge limit switches off', () => {
    expect(one(android16).system).toEqual({ jobsBatteryNotLow: true, jobsCharging: false, jobsStorageNotLow: false });
  });
});

describe('dumpsys jobscheduler of Android 8.1', () => {
  const android8 = `Settings:
    min_charging_count=1
Registered 2 jobs:
  JOB #u0a81/1032: ecf715f ${PHOTOS}/.scheduler.LowPriorityBackgroundJobService
    u0a81 tag=*job*/${PHOTOS}/.scheduler.LowPriorityBackgroundJobService
    Source: uid=u0a81 user=0 pkg=${PHOTOS}
    JobInfo:
      Service: ${PHOTOS}/.scheduler.LowPriorityBackgroundJobService
      PERIODIC: interval=+1d0h0m0s0ms flex=+1d0h0m0s0ms
      Requires: charging=true batteryNotLow=false deviceIdle=true
      Network type: 2
    Required constraints: CHARGING DEADLINE IDLE UNMETERED
    Satisfied constraints: CHARGING APP_NOT_IDLE DEVICE_NOT_DOZING
    Unsatisfied constraints: DEADLINE IDLE
  JOB #u0a81/1035: ecf715a ${PHOTOS}/.Other
    Source: uid=u0a81 user=0 pkg=${PHOTOS}
    JobInfo:
      Service: ${PHOTOS}/.Other
    Required constraints: CONNECTIVITY
    Satisfied constraints:
    Unsatisfied constraints: CONNECTIVITY

Connectivity: connected=true validated=true
Battery: stable power = true, not low = false
  #u0a81/1032 from u0a81
Storage: not low = true, seq=-1
`;

  test('has no masks and calls Wi-Fi "UNMETERED"', () => {
    expect(all(android8).photos['jobs']).toMatchObject([
      { id: '1032', required: ['CHARGING', 'DEADLINE', 'IDLE', 'UNMETERED'], needsUnmetered: true },
      { id: '1035', unsatisfied: ['CONNECTIVITY'], needsUnmetered: false },
    ]);
    expect(all(android8).photos['jobsRestricted']).toBe('missing');
  });

  test('tells of battery and storage in lines of their own', () => {
    expect(one(android8).system).toEqual({ jobsBatteryNotLow: false, jobsCharging: true, jobsStorageNotLow: true });
  });
});

describe('dumpsys jobscheduler that does not answer', () => {
  test('about a package that it does not know', () => {
    expect(one(`Invalid package: ${PHOTOS}\n`)).toMatchObject({ jobs: 'missing', jobsRestricted: 'missing' });
  });

  test('with jobs at all', () => {
    expect(one('Settings:\n  x=1\n')).toMatchObject({ jobs: 'unparsed', system: { jobsCharging: 'missing' } });
  });
});

/** `lines` are what is looked at; what else every job prints is added. */
const heldBy = (lines: string) => {
  const unsatisfied = lines.includes('Unsatisfied') ? '' : '    Unsatisfied constraints:';
  const text = `Registered 1 jobs:
  JOB #u0a204/1: df9032e ${PHOTOS}/.Upload
    Source: uid=u0a204 user=0 pkg=${PHOTOS}
    JobInfo:
      Service: ${PHOTOS}/.Upload
    Required constraints: CONNECTIVITY
${unsatisfied}
${lines}
JobRestrictions:
`;
  return (one(text)['jobs'] as { unsatisfied: string[] }[])[0]?.unsatisfied;
};

/** In the RESTRICTED bucket. */
const restricted = (unsatisfied: string) => `    Dynamic constraints: CHARGING IDLE CONNECTIVITY [0x10000005]
    Satisfied constraints: CONNECTIVITY DEVICE_NOT_DOZING BACKGROUND_NOT_RESTRICTED [0x12400000]
    Unsatisfied constraints: ${unsatisfied}`;

describe('what holds a job back and is not printed as unsatisfied', () => {
  test('is missing from the satisfied ones, or told by the implicit ones', () => {
    expect(heldBy('    Satisfied constraints: CONNECTIVITY WITHIN_QUOTA [0x11000000]')).toEqual([
      'DEVICE_NOT_DOZING',
      'BACKGROUND_NOT_RESTRICTED',
    ]);
    expect(
      heldBy(`    Satisfied constraints: CONNECTIVITY DEVICE_NOT_DOZING [0x12000000]
    Implicit constraints:
      readyNotDozing: true
      readyNotRestrictedInBg: false`),
    ).toEqual(['BACKGROUND_NOT_RESTRICTED']);
    // Android 8, without masks: an app that is idle.
    expect(heldBy('    Satisfied constraints: CONNECTIVITY DEVICE_NOT_DOZING')).toEqual(['APP_NOT_IDLE']);
    expect(heldBy('    Satisfied constraints:')).toEqual([]);
  });

  test('are those of the RESTRICTED bucket too, once the quota is used up', () => {
    expect(heldBy(restricted('WITHIN_QUOTA [0x1000000]'))).toEqual(['WITHIN_QUOTA', 'CHARGING', 'IDLE']);
    expect(heldBy(restricted(''))).toEqual([]);
  });
});

const details = (app: string) => `    Source: uid=u0a204 user=0 pkg=${app}
    JobInfo:
      Service: com.x/.Job
    Required constraints: [0x0]
    Satisfied constraints: DEVICE_NOT_DOZING BACKGROUND_NOT_RESTRICTED [0x2400000]
    Unsatisfied constraints: [0x0]
`;

const header = (number: number) => `  JOB #u0a204/${number}: df9032e com.x/.Job\n`;

describe('a job of which lines were changed or lost', () => {
  const whole = `Registered 2 jobs:\n${header(1)}${details(PHOTOS)}${header(2)}${details('com.x')}JobRestrictions:\n`;

  test.each([
    ['a name was changed', whole.replace('DEVICE_NOT_DOZING', 'DEVICE\\_NOT\\_DOZING')],
    ['what is not satisfied is not there', whole.replace('    Unsatisfied constraints: [0x0]\n', '')],
    ['what does the work is not there', whole.replace('      Service: com.x/.Job\n', '')],
    ['what is required is not there', whole.replace('    Required constraints: [0x0]\n', '')],
    ['the header of the next job is not there', whole.replace(header(2), '')],
  ])('proves nothing of its app: %s', (_what, text) => {
    expect(all(text).photos['jobs']).toEqual(expect.stringMatching(/^(?:unparsed|truncated)$/));
  });

  test('leaves the jobs of other apps known', () => {
    const text = whole.replace('    Unsatisfied constraints: [0x0]\n', '');
    expect(all(text.replaceAll(PHOTOS, 'com.y').replace('pkg=com.x', `pkg=${PHOTOS}`)).photos['jobs']).toHaveLength(1);
    expect(all(whole).photos['jobs']).toHaveLength(1);
  });
});

describe('a job dump that was asked about one app', () => {
  test('of Android 11 lists the jobs of all, and proves nothing of the others', () => {
    const text = `Registered 2 jobs:\n${header(1)}${details(PHOTOS)}${header(2)}\nPending queue:\n`;
    const { photos, drive } = all(text);
    expect(photos['jobs']).toMatchObject([{ id: '1' }]);
    expect(drive['jobs']).toBe('truncated');
  });

  test('of Android 12 holds the jobs of that app only', () => {
    const text = `Registered 255 jobs:\n${header(1)}${details(PHOTOS)}\nPending queue:\n`;
    const { photos, drive } = all(text);
    expect(photos).toMatchObject({ jobs: [{ id: '1' }], uid: 10_204 });
    expect(drive).toMatchObject({ jobs: 'truncated', uid: 'missing' });
    expect(all(text.replace('\nPending queue:\n', '')).photos['jobs']).toBe('truncated');
  });
});

const quota = (rows: string) =>
  android14.replace(
    'Pending queue:',
    `QuotaController:
  Is enabled: true
  Current elapsed time: 9142717

  Special apps:
    System installers={0->{com.android.vending}}

${rows}
  Cached execution stats:
    <0>${PHOTOS}
      ACTIVE: expirationTime=56410264, windowSizeMs=600000, jobCountLimit=75, executionTimeInWindow=136

Pending queue:`,
  );

const row = (uid: string, id: number, words: string) => `  #${uid}/${id} from ${uid}\n    ${words}\n`;

describe('the time that is left to jobs', () => {
  const first = row('u0a204', 1034, 'WORKING_SET, within regular quota, 587559ms remaining in quota');

  test('is the least of its jobs, of the user in the foreground (Android 10 and later)', () => {
    const text = quota(
      `${first}  #androidx.work.systemjobscheduler:u0a204/555001383 from u0a204 (TOP)\n    WORKING_SET, not within quota, 0ms remaining in quota\n${row('u10a204', 1034, 'RARE, within quota, 5ms remaining in quota')}`,
    );
    expect(one(text)['quotaLeftMs']).toBe(0);
    expect(one(text, soFar({ userId: 10 }))['quotaLeftMs']).toBe(5);
    expect(all(text).drive['quotaLeftMs']).toBe('missing');
  });

  test('is not known where a job of the app has no row, or no row tells a time', () => {
    expect(one(quota(first))['quotaLeftMs']).toBe('truncated');
    const expedited = row('u0a204', 1034, 'WORKING_SET, within EJ quota, 1800000ms remaining in EJ quota').repeat(2);
    expect(one(quota(expedited))['quotaLeftMs']).toBe('missing');
    // A row that was wrapped on its way tells nothing.
    const wrapped = quota(first.repeat(2)).replaceAll('quota, 587559ms', 'quota,\n587559ms');
    expect(one(wrapped)['quotaLeftMs']).toBe('truncated');
  });
});
