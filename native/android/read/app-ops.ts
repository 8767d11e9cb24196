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
export function parseAppOpsGet(text: string): { ops: AppOps; unknownLines: number } | null {
  const ops: AppOps = { uid: new Map(), package: new Map() };
  let unknownLines = 0;
  let known = 0;
  let inUid = false;
  let lastCode = -1;
  for (const line of text.split('\n')) {
    const trimmed = line.trim();
    if (trimmed === '') continue;
    if (trimmed === 'No operations.' || trimmed.startsWith('Default mode: ')) {
      known += 1;
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
  return known === 0 ? null : { ops, unknownLines };
}

const dumpUid = /^ {2}Uid (\S{1,20}):$/;
/** `AppOps policy location tags:` and the like, after the last uid (12 and later). */
const afterUids = /^ {2}[A-Z][^:]{0,80}:$/;
/** Processes that belong to no app stand after the apps of their user: `u0ai3`. */
const isolatedUid = /^u(\d{1,4})ai?\d/;

function orderOf(uid: string): number {
  return parseUid(uid) ?? Number(isolatedUid.exec(uid)?.[1] ?? -1) * 100_000 + 90_000;
}

const dumpPackage = /^ {4}Package (\S{1,250}):$/;
const dumpUidMode = /^ {6}(\S{1,80}): mode=([a-z]+|\d)(?:;.*)?$/;
/** `RUN_ANY_IN_BACKGROUND (allow): `, or `FINE_LOCATION (allow / switch COARSE_LOCATION=allow): `. */
const dumpPackageOp = /^ {6}(\S{1,80}) \(([a-z]+)(?: \/ switch [^)]*)?\):/;

export interface DumpedAppOps {
  /** In the form in which the dump prints it, e.g. `u0a204`. */
  uid: string;
  app: string;
  ops: AppOps;
}

export interface AppOpsDump {
  apps: DumpedAppOps[];
  /** Uids are printed in ascending order: what stands before this one is whole. Infinity where something follows the last of them. */
  wholeBelow: number;
}

/**
 * `dumpsys appops` (AOSP AppOpsService.dump, 26..36): `  Uid u0a204:`, the modes of the uid (9 and later), then each package
 * with its ops: `      WAKE_LOCK: mode=0; time=…` in Android 8, `      WAKE_LOCK (allow): ` later. null: no uid in it.
 */
export function parseAppOpsDump(text: string, apps: ReadonlySet<string>): AppOpsDump | null {
  const found: DumpedAppOps[] = [];
  let uid: string | null = null;
  let uidModes: AppOps['uid'] = new Map();
  let current: DumpedAppOps | null = null;
  let inPackage = false;
  let wholeBelow = 0;
  for (const line of text.split('\n')) {
    const newUid = dumpUid.exec(line)?.[1];
    if (newUid !== undefined) {
      uid = newUid;
      wholeBelow = Math.max(wholeBelow, orderOf(uid));
      uidModes = new Map();
      current = null;
      inPackage = false;
      continue;
    }
    if (uid === null) continue;
    if (afterUids.test(line)) {
      wholeBelow = Infinity;
      break;
    }
    const app = dumpPackage.exec(line)?.[1];
    if (app !== undefined) {
      inPackage = true;
      current = apps.has(app) ? { uid, app, ops: { uid: uidModes, package: new Map() } } : null;
      if (current !== null) found.push(current);
      continue;
    }
    if (inPackage && current === null) continue;
    const [, name, modeText] = dumpUidMode.exec(line) ?? dumpPackageOp.exec(line) ?? [];
    const mode = modeText === undefined ? null : parseMode(modeText);
    if (name === undefined || mode === null) continue;
    if (current === null) uidModes.set(canonicalOp(name), mode);
    else current.ops.package.set(canonicalOp(name), mode);
  }
  return uid === null ? null : { apps: found, wholeBelow };
}
