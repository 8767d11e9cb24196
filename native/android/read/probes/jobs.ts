import type { AppProbe, Parsed, PhoneProbe } from '../../../probe.ts';
import type { Reading, ReadingValues } from '../../../reading.ts';
import { type Unavailable, unavailable } from '../../../unavailable.ts';
import { type JobDump, parseJobDump } from '../job-dump.ts';
import { readUser } from '../uid.ts';

type AppValues = NonNullable<ReadingValues['apps']>[string];

const gives = {
  app: ['jobs', 'jobsRestricted', 'quotaLeftMs'],
  system: ['jobsBatteryNotLow', 'jobsCharging', 'jobsStorageNotLow'],
} as const;

const said = (state: boolean | null): boolean | Unavailable =>
  state ?? unavailable('missing', 'The job dump of this phone does not say.');

const conditions = (dump: JobDump): NonNullable<ReadingValues['system']> => ({
  jobsBatteryNotLow: said(dump.batteryNotLow),
  jobsCharging: said(dump.charging),
  jobsStorageNotLow: said(dump.storageNotLow),
});

/** `app`: the answer to the question about this app. `all`: whatever dump a person saved. */
type Asked = 'app' | 'all';

/**
 * Whether the dump holds every job of an app. People also save dumps that were asked about one package: until Android 11 those leave
 * out the details of all other apps' jobs, since 12 they hold the jobs of that app only. Of other apps they prove nothing.
 */
function isWhole({ ended, registered, jobs, withoutDetails }: JobDump, app: string, asked: Asked): boolean {
  if (!ended || asked === 'app') return ended;
  if (registered === jobs.length) return true;
  const own = jobs.some((job) => job.app === app);
  return own && (registered === jobs.length + withoutDetails || jobs.every((job) => job.app === app));
}

/** The time that is left to an app's jobs; told only where each of its jobs has a row. */
function quotaLeft(dump: JobDump, app: string, userId: number): number | Unavailable {
  const jobs = dump.jobs.filter((job) => job.app === app && job.userId === userId);
  const uid = dump.uids.get(`${userId}:${app}`);
  const counted = uid === undefined ? undefined : dump.quota.get(uid);
  if (counted === undefined) return unavailable('missing', 'The job dump counts no time of the app.');
  if (counted.rows < jobs.length) return unavailable('truncated', 'The list of what is left to jobs is not whole.');
  return counted.leastMs ?? unavailable('missing', 'The job dump tells no time that is left to the app.');
}

/** An app without jobs has none only where the list of jobs is whole. */
function appValues(dump: JobDump, app: string, userId: number, asked: Asked): AppValues {
  const own = dump.jobs.filter((job) => job.app === app && job.userId === userId);
  const restricted =
    dump.restricted?.has(`${userId}:${app}`) ?? unavailable('missing', 'The job dump has no list of restricted apps.');
  const rest = { jobsRestricted: restricted, quotaLeftMs: quotaLeft(dump, app, userId) };
  if (dump.registered === null) return { jobs: unavailable('unparsed', 'No list of jobs.'), ...rest };
  if (!isWhole(dump, app, asked)) {
    return { jobs: unavailable('truncated', 'The list of jobs is not whole.'), ...rest };
  }
  if (dump.unreadable.has(`${userId}:${app}`))
    return { jobs: unavailable('unparsed', "The constraints of the app's jobs cannot all be read."), ...rest };
  return { jobs: own.map(({ app: _app, ...job }) => job), ...rest };
}

function parseOne(text: string, app: string, so: Reading): Parsed {
  if (/^Invalid package: /m.test(text.slice(0, 2000))) {
    const why = unavailable('missing', 'JobScheduler does not know the app.');
    return { values: { apps: { [app]: { jobs: why, jobsRestricted: why, quotaLeftMs: why } } }, unknownLines: 0 };
  }
  const dump = parseJobDump(text);
  const values = { apps: { [app]: appValues(dump, app, readUser(so), 'app') }, system: conditions(dump) };
  return { values, unknownLines: dump.unknownLines };
}

function parseAll(text: string, so: Reading): Parsed {
  const dump = parseJobDump(text);
  const userId = readUser(so);
  const unnamed = unavailable('missing', 'The job dump does not name the app.');
  const apps = Object.fromEntries(
    Object.keys(so.apps).map((app) => {
      const uid = dump.uids.get(`${userId}:${app}`) ?? unnamed;
      return [app, { ...appValues(dump, app, userId, 'all'), uid }] as const;
    }),
  );
  return { values: { apps, system: conditions(dump) }, unknownLines: dump.unknownLines };
}

/** Jobs of one app and the conditions that all jobs share; the form is described in `job-dump.ts`. */
export const jobs: AppProbe = {
  id: 'jobs',
  platform: 'android',
  per: 'app',
  asked: 'scan',
  gives,
  command: (_scope, app) => ['dumpsys', 'jobscheduler', app],
  parse: parseOne,
};

/** The same of all apps, as a bug report holds it; it also names their uids. */
export const jobsDump: PhoneProbe = {
  id: 'jobs-dump',
  platform: 'android',
  per: 'phone',
  asked: 'file',
  gives: { ...gives, app: [...gives.app, 'uid'] },
  command: () => ['dumpsys', 'jobscheduler'],
  parse: parseAll,
};
