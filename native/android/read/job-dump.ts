import { wholeNumber, yesOrNo } from './dump.ts';
import { parseUid, userOfUid } from './uid.ts';

/**
 * `dumpsys jobscheduler [PKG]` (AOSP JobSchedulerService.dumpInternal, JobStatus.dump, controllers' dumpControllerStateLocked;
 * 26, 28..31, 33, 34, and real dumps of 7.1 to 16):
 *
 *     Battery charging: true                                  (12 and later)
 *     Battery not low: false
 *     Registered 284 jobs:
 *       JOB androidx.work.systemjobscheduler:u0a204/555001382: df9032e @androidx.work.systemjobscheduler@com.x/y.SystemJobService
 *         Source: uid=u0a204 user=0 pkg=com.x
 *         JobInfo:
 *           Service: com.x/y.SystemJobService
 *           Network type: NetworkRequest [ NONE id=0, [ Capabilities: NOT_METERED&INTERNET&… ] ]
 *         Required constraints: BATTERY_NOT_LOW IDLE CONNECTIVITY [0x10000006]
 *         Satisfied constraints: …
 *         Unsatisfied constraints: …
 *         Implicit constraints:
 *           readyNotDozing: true
 *         Num failures: 7
 *     BatteryController:
 *       Not low: false
 *
 * The namespace before the uid exists since 14, the mask in brackets since 9. A job may be set by one app on behalf of another
 * (Android's own sync jobs): `pkg` in `Source:` is the app that it works for. Asked about one package, the dump still counts
 * all jobs in `Registered N jobs:`; until Android 11 it also prints the header of every app's jobs, without their details.
 *
 * Since 10 the QuotaController counts how long the jobs of an app ran, in a span that depends on its bucket, and prints a row a job:
 *
 *     QuotaController:
 *       #u0a87/100 from u0a87
 *         WORKING_SET, within regular quota, 599568ms remaining in quota
 *
 * What Android adds to every job by itself (not dozing, not restricted; until Android 8 not idle) is never printed as unsatisfied: it is
 * missing from the satisfied ones, and since 9 told by the lines below `Implicit constraints:`. Those that the RESTRICTED bucket adds
 * (`Dynamic constraints:`, 11 and later) let a job run that has no quota left (JobStatus.isReady); so they hold it where it has none.
 */
export interface Job {
  /** Number of the job within its app (and namespace). */
  id: string;
  /** The component that does the work; '' where the dump does not name it. */
  service: string;
  app: string;
  userId: number;
  required: string[];
  satisfied: string[];
  unsatisfied: string[];
  needsUnmetered: boolean;
  failures: number;
}

export interface JobDump {
  jobs: Job[];
  /** N of `Registered N jobs:`; null: the dump has no such line, so it says nothing about jobs. */
  registered: number | null;
  /** Whether something follows the list of jobs, which proves that the list is whole. */
  ended: boolean;
  batteryNotLow: boolean | null;
  charging: boolean | null;
  storageNotLow: boolean | null;
  /** `Restricted packages:` of the BackgroundJobsController, as `userId:package`; null where the dump has no such list. */
  restricted: Set<string> | null;
  /** The uid of each app that has jobs, as `userId:package`. */
  uids: Map<string, number>;
  /** What is left to the jobs of each uid, by the rows of the QuotaController; one row a job. */
  quota: Map<number, { rows: number; leastMs: number | null }>;
  /** Apps of which a job lacks a line that each job has, or has one that cannot be read: as `userId:package`. */
  unreadable: Set<string>;
  /** Headers of jobs whose details are left out, because the dump was asked about another app. */
  withoutDetails: number;
  unknownLines: number;
}

/**
 * What the phone itself prints after the list of jobs: the parts of its controllers, named in full since 9 and in a word in 8. Any
 * other line may have been added on the way (`error: closed`, a prompt).
 */
const nextPart =
  /^(?:\w{1,60}Controller:?\s*$|(?:Connectivity|Alarms|Idle|Battery|AppIdle|Content|Storage|Uid priority overrides|Active jobs|Pending queue|JobRestrictions): ?)/;
const registeredLine = /^Registered (\d{1,7}) jobs:/;
/**
 * `  JOB [namespace:]#u0a204/1033: f71e56b …`. What follows is the component for an app's own job, but the name of an account
 * for one of Android's sync jobs, so it is not read: the component stands in a line of its own.
 */
const jobHeader = /^ {2}JOB (.{1,500}?): [0-9a-f]{1,16} /;
const jobKey = /^(?:.*:)?([^:/]+)\/(-?\d{1,12})$/;
const serviceLine = /^ {6}Service: ([\w.$]{1,300}\/[\w.$]{1,300})$/;
const sourceLine = /^ {4}Source: uid=(\S+) user=(\d{1,6}) pkg=(\S+)/;
const constraintsLine = /^ {4}(Required|Dynamic|Satisfied|Unsatisfied) constraints:(.*)$/;
const readyLine = /^ {6}(readyNotDozing|readyNotRestrictedInBg): (true|false)$/;

const constraintNames = (text: string): string[] =>
  text.split(/\s+/).filter((word) => word !== '' && !word.startsWith('['));
/** JobStatus.dumpConstraints; another word was changed on its way (`BATTERY\_NOT\_LOW`). */
const constraintName = /^[A-Z][A-Z0-9_]{1,60}$/;
/** Every job prints these, and each once. */
const everyJobs = ['Required', 'Satisfied', 'Unsatisfied'];

/** What a job's lines tell beside the job itself. */
interface Told {
  dynamic: string[];
  /** Whether the lists carry a mask in brackets: Android 9 and later. */
  masked: boolean;
  notDozing: boolean | null;
  notRestricted: boolean | null;
  /** The lists of constraints that were printed. */
  lists: Set<string>;
  readable: boolean;
}

interface OpenJob {
  job: Job;
  told: Told;
}

/** Adds what holds a job back and is not printed as unsatisfied. */
function close({ job, told }: OpenJob): void {
  const { satisfied, unsatisfied } = job;
  const lacks = (name: string): boolean => satisfied.length > 0 && !satisfied.includes(name);
  const implied = [
    ...((told.notDozing === null ? lacks('DEVICE_NOT_DOZING') : !told.notDozing) ? ['DEVICE_NOT_DOZING'] : []),
    // Android 9 does not print the name among the satisfied ones; those that know quotas do.
    ...((
      told.notRestricted === null
        ? satisfied.includes('WITHIN_QUOTA') && lacks('BACKGROUND_NOT_RESTRICTED')
        : !told.notRestricted
    )
      ? ['BACKGROUND_NOT_RESTRICTED']
      : []),
    ...(!told.masked && lacks('APP_NOT_IDLE') ? ['APP_NOT_IDLE'] : []),
    ...(unsatisfied.includes('WITHIN_QUOTA') ? told.dynamic.filter((name) => !satisfied.includes(name)) : []),
  ];
  for (const name of implied) if (!unsatisfied.includes(name)) unsatisfied.push(name);
}

function startJob(line: string): OpenJob | null {
  const key = jobHeader.exec(line)?.[1] ?? '';
  const [, uidText = '', id = ''] = jobKey.exec(key) ?? [];
  if (id === '') return null;
  const uid = parseUid(uidText);
  const job: Job = {
    id,
    service: '',
    app: '',
    userId: uid === null ? 0 : userOfUid(uid),
    required: [],
    satisfied: [],
    unsatisfied: [],
    needsUnmetered: false,
    failures: 0,
  };
  return {
    job,
    told: { dynamic: [], masked: false, notDozing: null, notRestricted: null, lists: new Set(), readable: true },
  };
}

function readJobLine({ job, told }: OpenJob, line: string, uids: JobDump['uids']): void {
  const [, uid, user, app] = sourceLine.exec(line) ?? [];
  if (uid !== undefined && user !== undefined && app !== undefined) {
    job.userId = Number(user);
    job.app = app;
    const number = parseUid(uid);
    if (number !== null) uids.set(`${user}:${app}`, number);
    return;
  }
  const [, ready, state] = readyLine.exec(line) ?? [];
  if (ready !== undefined) {
    if (ready === 'readyNotDozing') told.notDozing = state === 'true';
    else told.notRestricted = state === 'true';
    return;
  }
  const service = serviceLine.exec(line)?.[1];
  if (service !== undefined) job.service = service;
  const [, list, names] = constraintsLine.exec(line) ?? [];
  if (list !== undefined && names !== undefined) {
    const words = constraintNames(names);
    told.masked ||= names.includes('[0x');
    told.readable &&= words.every((word) => constraintName.test(word)) && !told.lists.has(list);
    told.lists.add(list);
    if (list === 'Dynamic') told.dynamic = words;
    else if (list === 'Required') {
      job.required = words;
      if (words.includes('UNMETERED')) job.needsUnmetered = true;
    } else if (list === 'Satisfied') job.satisfied = words;
    else job.unsatisfied = words;
    return;
  }
  const text = line.trim();
  if (text.startsWith('Network type: ')) {
    // Android 8 prints the number of JobInfo.NETWORK_TYPE_UNMETERED.
    job.needsUnmetered ||= /\bNOT_METERED\b/.test(text) || text === 'Network type: 2';
  } else if (text.startsWith('Num failures: ')) {
    job.failures = wholeNumber(text.slice('Num failures: '.length)) ?? 0;
  }
}

const oreoBattery = /^Battery: stable power = (true|false), not low = (true|false)/;
const oreoStorage = /^Storage: not low = (true|false)/;
/** `  #u0a87/100 from u0a87 (TOP)`; what is left of its time stands on the next line. */
const quotaHeader = /^ {2}#.{1,500} from (\S{1,20})(?: \(TOP\))?$/;
const quotaLeft = /^ {4}[A-Z_]{3,20}, [a-zA-Z ]{1,60}, (-?\d{1,15})ms remaining in quota$/;
/** Indented by two or four; where blanks were squeezed or numbers put in front, the end of its list cannot be told. */
const restrictedHeading = /^(?: {2}){1,3}Restricted packages:$/;
const restrictedEntry = /^\s+(u?\d\S*) (\S+)$/;

type ControllerLeaf = 'batteryNotLow' | 'charging' | 'storageNotLow';
const headerLeaf: ReadonlyMap<string, ControllerLeaf> = new Map(
  Object.entries({
    // Since 15 a charger whose limit holds the level back still counts; jobs go by this line where it exists.
    'Considered charging': 'charging',
    'Battery charging': 'charging',
    'Battery not low': 'batteryNotLow',
  } as const),
);
/** Keyed by the controller and the words before the colon. */
const controllerLeaf: ReadonlyMap<string, ControllerLeaf> = new Map(
  Object.entries({
    'BatteryController/Stable power': 'charging',
    'BatteryController/Not low': 'batteryNotLow',
    'StorageController/Not low': 'storageNotLow',
  } as const),
);

/** Reads the lines outside the list of jobs. */
class ConditionReader {
  private controller = '';
  /** Indentation of the `Restricted packages:` line while its entries follow; -1 elsewhere. */
  private restrictedIndent = -1;
  private readonly dump: JobDump;
  /** The uid whose job the QuotaController has just named; null elsewhere. */
  private quotaUid: number | null = null;

  constructor(dump: JobDump) {
    this.dump = dump;
  }

  read(line: string): void {
    if (/^\S/.test(line)) this.readHeader(line);
    else if (this.controller === 'QuotaController') this.readQuota(line);
    else if (this.restrictedIndent >= 0 || restrictedHeading.test(line)) this.readRestricted(line);
    else {
      const [key = '', value] = line.trim().split(': ');
      const leaf = controllerLeaf.get(`${this.controller}/${key}`);
      const state = leaf === undefined ? null : yesOrNo(value);
      if (leaf !== undefined && state !== null) this.dump[leaf] ??= state;
    }
  }

  private readHeader(line: string): void {
    this.restrictedIndent = -1;
    const [, power, notLow] = oreoBattery.exec(line) ?? [];
    if (power !== undefined) {
      this.dump.charging ??= power === 'true';
      this.dump.batteryNotLow ??= notLow === 'true';
    }
    const storage = oreoStorage.exec(line)?.[1];
    if (storage !== undefined) this.dump.storageNotLow ??= storage === 'true';
    this.controller = line.endsWith(':') ? line.slice(0, -1) : '';
    const [key = '', value] = line.split(': ');
    const leaf = headerLeaf.get(key);
    const state = leaf === undefined ? null : yesOrNo(value);
    if (leaf === undefined || state === null) return;
    if (key === 'Considered charging') this.dump.charging = state;
    else this.dump[leaf] ??= state;
  }

  private readQuota(line: string): void {
    const uidText = quotaHeader.exec(line)?.[1];
    if (uidText !== undefined) {
      this.quotaUid = parseUid(uidText);
      if (this.quotaUid !== null) {
        const known = this.dump.quota.get(this.quotaUid) ?? { rows: 0, leastMs: null };
        this.dump.quota.set(this.quotaUid, { ...known, rows: known.rows + 1 });
      }
      return;
    }
    const left = wholeNumber(quotaLeft.exec(line)?.[1]);
    const known = this.quotaUid === null ? undefined : this.dump.quota.get(this.quotaUid);
    if (left !== null && known !== undefined) {
      known.leastMs = Math.min(known.leastMs ?? left, left);
    }
    this.quotaUid = null;
  }

  private readRestricted(line: string): void {
    const indent = line.length - line.trimStart().length;
    if (this.restrictedIndent < 0) {
      this.restrictedIndent = indent;
      this.dump.restricted ??= new Set();
      return;
    }
    const [, uidText, app] = indent > this.restrictedIndent ? (restrictedEntry.exec(line) ?? []) : [];
    const uid = uidText === undefined ? null : parseUid(uidText);
    if (uid === null || app === undefined) this.restrictedIndent = -1;
    else this.dump.restricted?.add(`${userOfUid(uid)}:${app}`);
  }
}

/** Reads a job dump; total, one pass. */
export function parseJobDump(text: string): JobDump {
  const dump: JobDump = {
    jobs: [],
    registered: null,
    ended: false,
    batteryNotLow: null,
    charging: null,
    storageNotLow: null,
    restricted: null,
    uids: new Map(),
    quota: new Map(),
    unreadable: new Set(),
    withoutDetails: 0,
    unknownLines: 0,
  };
  const conditions = new ConditionReader(dump);
  let inList = false;
  let open: OpenJob | null = null;
  const finish = (): void => {
    if (open === null) return;
    if (open.job.app === '') dump.withoutDetails += 1;
    else {
      const { job, told } = open;
      if (!told.readable || job.service === '' || !everyJobs.every((list) => told.lists.has(list)))
        dump.unreadable.add(`${job.userId}:${job.app}`);
      close(open);
      dump.jobs.push(job);
    }
    open = null;
  };
  for (const line of text.split('\n')) {
    if (line === '') continue;
    const registered = registeredLine.exec(line)?.[1];
    if (registered !== undefined && dump.registered === null) {
      dump.registered = Number(registered);
      inList = true;
      continue;
    }
    if (inList && /^\S/.test(line)) {
      finish();
      inList = false;
      dump.ended = nextPart.test(line);
    }
    if (!inList) {
      conditions.read(line);
      continue;
    }
    if (line.startsWith('  JOB ')) {
      finish();
      open = startJob(line);
      if (open === null) dump.unknownLines += 1;
    } else if (open !== null) readJobLine(open, line, dump.uids);
  }
  finish();
  return dump;
}
