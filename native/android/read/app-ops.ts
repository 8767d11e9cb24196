import { parseUid } from './uid.ts';
import { appOpModeSchema, type AppOpMode } from '../../vocabulary.ts';

/**
 * App-op modes of one app. A mode of the whole uid wins over the mode of the package (AOSP AppOpsService.evalMode); an op
 * that is in neither list stands at its default.
 */
export interface AppOps {
  uid: Map<string, AppOpMode>;
  package: Map<string, AppOpMode>;
}

/** Numbers of AppOpsManager.MODE_…, which Android 8 prints in dumps: `RUN_IN_BACKGROUND: mode=0`. */
const numbered = ['allow', 'ignore', 'deny', 'default', 'foreground'] as const;

function parseMode(text: string): AppOpMode | null {
  const named = appOpModeSchema.safeParse(text);
  return named.success ? named.data : (numbered[/^\d$/.test(text) ? Number(text) : -1] ?? null);
}

/** HyperOS and MIUI print their own ops as `MIUIOP(10008)`; others print a bare number for an op without a name. */
export const canonicalOp = (name: string): string => /^(?:MIUIOP\()?(\d{5})\)?$/.exec(name)?.[1] ?? name;

/**
 * Codes of the ops that matter here or that usually have a mode for the uid (AOSP AppOpsManager, 26..36; codes never change).
 * Both lists are printed in the order of these codes.
 */
const codes: ReadonlyMap<string, number> = new Map(
  Object.entries({
    COARSE_LOCATION: 0,
    FINE_LOCATION: 1,
    READ_CONTACTS: 4,
    WRITE_CONTACTS: 5,
    READ_CALL_LOG: 6,
    WRITE_CALL_LOG: 7,
    READ_CALENDAR: 8,
    WRITE_CALENDAR: 9,
    POST_NOTIFICATION: 11,
    CALL_PHONE: 13,
    READ_SMS: 14,
    CAMERA: 26,
    RECORD_AUDIO: 27,
    READ_PHONE_STATE: 51,
    READ_EXTERNAL_STORAGE: 59,
    WRITE_EXTERNAL_STORAGE: 60,
    GET_ACCOUNTS: 62,
    RUN_IN_BACKGROUND: 63,
    RUN_ANY_IN_BACKGROUND: 70,
    READ_MEDIA_AUDIO: 81,
    READ_MEDIA_VIDEO: 83,
    READ_MEDIA_IMAGES: 85,
    LEGACY_STORAGE: 87,
    ACCESS_MEDIA_LOCATION: 90,
    MANAGE_EXTERNAL_STORAGE: 92,
    AUTO_REVOKE_PERMISSIONS_IF_UNUSED: 97,
  }),
);

const getLine = /^(Uid mode: )?(\S{1,80}): ([a-z]+)(;.*)?$/;

interface AppOpsList {
  ops: AppOps;
  /** It may answer `appops get PKG OP`: it names one op, or the default of one. */
  mayBeOfOne: boolean;
  unknownLines: number;
}

/**
 * `appops get [--user N] PKG` (AOSP AppOpsService.Shell, 26..36):
 *
 *     Uid mode: COARSE_LOCATION: ignore
 *     LEGACY_STORAGE: ignore
 *     RUN_ANY_IN_BACKGROUND: ignore; rejectTime=+2h31m50s128ms ago
 *
 * Since Android 10 the modes of the uid come first, and only the first of them carries the words `Uid mode:`. The list of the
 * package begins where an op has a time, or where the codes start again from below. null: this is no such answer.
 */
export function parseAppOpsGet(text: string): AppOpsList | null {
  const ops: AppOps = { uid: new Map(), package: new Map() };
  let mayBeOfOne = false;
  let unknownLines = 0;
  let known = 0;
  let inUid = false;
  let lastCode = -1;
  for (const line of text.split('\n')) {
    const trimmed = line.trim();
    if (trimmed === '') continue;
    if (trimmed === 'No operations.' || trimmed.startsWith('Default mode: ')) {
      known += 1;
      // Only said of one op that was asked about.
      mayBeOfOne ||= trimmed !== 'No operations.';
      continue;
    }
    const [, uidMode, name, modeText, times] = getLine.exec(trimmed) ?? [];
    const mode = modeText === undefined ? null : parseMode(modeText);
    if (name === undefined || mode === null) {
      // Modes that only some makers have (`ask`) are no reason to distrust the rest.
      unknownLines += 1;
      continue;
    }
    known += 1;
    const code = codes.get(name) ?? null;
    if (uidMode !== undefined) inUid = true;
    else if (times !== undefined || ops.uid.has(canonicalOp(name)) || (code !== null && code <= lastCode))
      inUid = false;
    if (code !== null) lastCode = code;
    ops[inUid ? 'uid' : 'package'].set(canonicalOp(name), mode);
  }
  mayBeOfOne ||= new Set([...ops.uid.keys(), ...ops.package.keys()]).size === 1;
  return known === 0 ? null : { ops, mayBeOfOne, unknownLines };
}

const dumpHeading = 'Current AppOps Service state:';
const dumpUid = /^ {2}Uid (\S{1,20}):$/;
/** `AppOps policy location tags:` and the like, after the last uid (12 and later). */
const afterUids = /^ {2}[A-Z][^:]{0,80}:$/;
/** Processes that belong to no app stand after the apps of their user: `u0ai3`. */
const isolatedUid = /^u(\d{1,4})ai?\d/;

function orderOf(uid: string): number {
  return parseUid(uid) ?? Number(isolatedUid.exec(uid)?.[1] ?? -1) * 100_000 + 90_000;
}

const dumpPackage = /^ {4}Package (\S{1,250}):$/;
const dumpUidMode = /^ {6}([A-Z][A-Z0-9_]{0,79}|(?:MIUIOP\()?\d{1,5}\)?): mode=([a-z]+|\d)(?:;.*)?$/;
/** `RUN_ANY_IN_BACKGROUND (allow): `, or `FINE_LOCATION (allow / switch COARSE_LOCATION=allow): `. */
const dumpPackageOp = /^ {6}([A-Z][A-Z0-9_]{0,79}|(?:MIUIOP\()?\d{1,5}\)?) \(([a-z]+)(?: \/ switch [^)]*)?\):/;
/** Of a uid before its modes: `state=cch`, `capability=------`, `foregroundOps:`; and what is watched: `      COARSE_LOCATION: WATCHER`. */
const dumpUidField = /^ {4}(?:\w{1,60}=.*|foregroundOps:)$/;
const dumpForegroundOp = /^ {6}\S{1,80}: (?:WATCHER|SILENT)$/;
/** Of an op: `null=[` or the tag that used it, and when. */
const dumpOpDetail = /^ {8,}(?:\S.*=\[|\]|(?:Access|Reject|Running start at|startNesting)[:=].*)$/;

export interface DumpedAppOps {
  /** In the form in which the dump prints it, e.g. `u0a204`. */
  uid: string;
  app: string;
  ops: AppOps;
  /** Whether every line of its uid has the form and the place that it has in the dump: an op whose line was changed may be any. */
  isReadable: boolean;
}

export interface AppOpsDump {
  apps: DumpedAppOps[];
  /** Uids are printed in ascending order: what stands before this one is whole. Infinity where something follows the last of them. */
  wholeBelow: number;
}

/** Reads the lines from the heading on. */
class DumpReader {
  readonly found: DumpedAppOps[] = [];
  wholeBelow = 0;
  uid: string | null = null;
  private readonly apps: ReadonlySet<string>;
  private ofUid: DumpedAppOps[] = [];
  private uidModes: AppOps['uid'] = new Map();
  private isReadable = true;
  private inPackage = false;
  private current: DumpedAppOps | null = null;
  private seen = new Set<string>();
  private lastCode = -1;

  constructor(apps: ReadonlySet<string>) {
    this.apps = apps;
  }

  /** false: the uids are over. */
  read(line: string): boolean {
    const uid = dumpUid.exec(line)?.[1];
    if (uid !== undefined) this.openUid(uid);
    else if (this.uid !== null && line !== '') {
      if (afterUids.test(line)) {
        this.wholeBelow = Infinity;
        return false;
      }
      this.readInUid(this.uid, line);
    }
    return true;
  }

  private openUid(uid: string): void {
    const order = orderOf(uid);
    // Where they do not ascend, lines were moved or lost: neither the one before nor this one is whole.
    const ascends = this.uid === null || order > this.wholeBelow;
    if (!ascends) this.distrust();
    this.uid = uid;
    this.wholeBelow = Math.max(this.wholeBelow, order);
    this.ofUid = [];
    this.uidModes = new Map();
    this.isReadable = ascends;
    this.inPackage = false;
    this.current = null;
    this.startList();
  }

  private readInUid(uid: string, line: string): void {
    const app = dumpPackage.exec(line)?.[1];
    if (app !== undefined) {
      this.inPackage = true;
      this.startList();
      this.current = this.apps.has(app)
        ? { uid, app, ops: { uid: this.uidModes, package: new Map() }, isReadable: this.isReadable }
        : null;
      if (this.current !== null) {
        this.ofUid.push(this.current);
        this.found.push(this.current);
      }
      return;
    }
    const [, name, modeText] = dumpUidMode.exec(line) ?? dumpPackageOp.exec(line) ?? [];
    if (name !== undefined && modeText !== undefined) this.readOp(canonicalOp(name), modeText);
    // The fields of a uid come before its packages: after one, they are those of another uid.
    else if (dumpUidField.test(line) || dumpForegroundOp.test(line)) {
      if (this.inPackage) this.distrust();
    } else if (!dumpOpDetail.test(line)) this.distrust();
  }

  private readOp(op: string, modeText: string): void {
    // Each list names an op once, in the order of the codes.
    const code = codes.get(op) ?? null;
    if (this.seen.has(op) || (code !== null && code <= this.lastCode)) this.distrust();
    this.seen.add(op);
    if (code !== null) this.lastCode = code;
    // Modes that only some makers have (`ask`) are no reason to distrust the rest.
    const mode = parseMode(modeText);
    if (mode === null) return;
    if (!this.inPackage) this.uidModes.set(op, mode);
    else this.current?.ops.package.set(op, mode);
  }

  private startList(): void {
    this.seen = new Set();
    this.lastCode = -1;
  }

  private distrust(): void {
    this.isReadable = false;
    for (const one of this.ofUid) one.isReadable = false;
  }
}

/**
 * `dumpsys appops` (AOSP AppOpsService.dump, 26..36): `  Uid u0a204:`, the modes of the uid (9 and later), then each package
 * with its ops: `      WAKE_LOCK: mode=0; time=…` in Android 8, `      WAKE_LOCK (allow): ` later. null: it lacks its heading, or any uid.
 */
export function parseAppOpsDump(text: string, apps: ReadonlySet<string>): AppOpsDump | null {
  const reader = new DumpReader(apps);
  let hasHeading = false;
  for (const raw of text.split('\n')) {
    const line = raw.trimEnd();
    hasHeading ||= line === dumpHeading;
    if (hasHeading && !reader.read(line)) break;
  }
  return reader.uid === null ? null : { apps: reader.found, wholeBelow: reader.wholeBelow };
}
