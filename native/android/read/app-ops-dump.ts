import { parseMode, type AppOps } from './app-ops.ts';
import { canonicalOp, OpOrder } from './op-codes.ts';
import { parseUid } from './uid.ts';

const dumpHeading = 'Current AppOps Service state:';
const uidLine = /^ {2}Uid (\S{1,20}):$/;
/** `AppOps policy location tags:` and the like, after the last uid (12 and later). */
const afterUids = /^ {2}[A-Z][^:]{0,80}:$/;
/** Processes that belong to no app stand after the apps of their user: `u0ai3`. */
const isolatedUid = /^u(\d{1,4})ai?\d/;

function orderOf(uid: string): number {
  return parseUid(uid) ?? Number(isolatedUid.exec(uid)?.[1] ?? -1) * 100_000 + 90_000;
}

const packageLine = /^ {4}Package (\S{1,250}):$/;
/** A mode of the whole uid; in Android 8 also one of a package: `WAKE_LOCK: mode=0; time=+1m56s ago`. */
const modeLine = /^ {6}([A-Z][A-Z0-9_]{0,79}|(?:MIUIOP\()?\d{1,5}\)?): mode=([a-z]+|\d)(?:;.*)?$/;
/** `RUN_ANY_IN_BACKGROUND (allow): `, or `FINE_LOCATION (allow / switch COARSE_LOCATION=allow): `. */
const opLine = /^ {6}([A-Z][A-Z0-9_]{0,79}|(?:MIUIOP\()?\d{1,5}\)?) \(([a-z]+)(?: \/ switch [^)]*)?\):$/;
/** Of a uid before its modes: `state=cch`, `capability=------`, `foregroundOps:`; and what is watched: `      COARSE_LOCATION: WATCHER`. */
const uidField = /^ {4}(\w{1,60})(?:=.*|:)$/;
const foregroundOp = /^ {6}\S{1,80}: (?:WATCHER|SILENT)$/;
/** Those that a version prints of every uid, or of none. */
const ofEveryUid: ReadonlySet<string> = new Set(['state', 'capability', 'appWidgetVisible']);
/** Since Android 11 the times of an op stand in brackets, one pair for each tag that used it: `null=[`. */
const openLine = /^ {8}(\S.*)=\[$/;
const closeLine = /^ {8}\]$/;
/** `Access: [bg-s] 2026-05-04 …`, `Reject: [cch-s]2026-05-02 …`; in Android 9 `Access: top   = 2019-04-25 …`. */
const timeLine = /^ {8,}(Access|Reject): (?:\[([a-z]{1,8})-([a-z]{1,4})\]|([a-z]{1,8}) +=)/;
const otherDetail = /^ {8,}(?:Running start at|startNesting)[:=]/;
/** In the order in which they are printed (AOSP AppOpsManager.UID_STATE_…). */
const uidStates = ['pers', 'top', 'fgsvcl', 'fgsvc', 'fg', 'bg', 'cch'];

/** Follows the times of one op: each state of the process once, in their order, the access before the refusal. */
class TimesReader {
  private open = false;
  private readonly tags = new Set<string>();
  private lastState = -1;
  private seen = new Set<string>();

  /** false: the line cannot stand here, so lines before it were lost. */
  read(line: string, inBrackets: boolean): boolean {
    const tag = openLine.exec(line)?.[1];
    if (tag !== undefined) {
      const follows = !this.open && !this.tags.has(tag);
      this.tags.add(tag);
      this.open = true;
      this.lastState = -1;
      this.seen = new Set();
      return follows;
    }
    if (closeLine.test(line)) {
      const follows = this.open;
      this.open = false;
      return follows;
    }
    if (inBrackets && !this.open) return false;
    const [, kind, bracketed, flag, bare] = timeLine.exec(line) ?? [];
    if (kind === undefined) return otherDetail.test(line);
    return this.readTime(kind, bracketed ?? bare ?? '', flag ?? '');
  }

  isWhole(): boolean {
    return !this.open;
  }

  private readTime(kind: string, state: string, flag: string): boolean {
    const at = uidStates.indexOf(state);
    const key = `${kind} ${state} ${flag}`;
    const isLate = kind === 'Access' && this.seen.has(`Reject ${state} ${flag}`);
    const follows = (at < 0 || at >= this.lastState) && !this.seen.has(key) && !isLate;
    this.seen.add(key);
    if (at >= 0) this.lastState = at;
    return follows;
  }
}

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

/** What the first uid shows of the form of this version, which all others have to follow. */
interface DumpForm {
  uidFields: string | null;
  /** Since Android 11. */
  inBrackets: boolean;
}

/** Reads the lines of one uid. */
class UidReader {
  readonly found: DumpedAppOps[] = [];
  private readonly uid: string;
  private readonly apps: ReadonlySet<string>;
  private readonly form: DumpForm;
  private readonly uidModes: AppOps['uid'] = new Map();
  private readonly fields = new Set<string>();
  private isReadable = true;
  private place: 'fields' | 'modes' | 'packages' = 'fields';
  private current: DumpedAppOps | null = null;
  private order = new OpOrder();
  private opsOfPackage = 0;
  private times: TimesReader | null = null;

  constructor(uid: string, apps: ReadonlySet<string>, form: DumpForm) {
    this.uid = uid;
    this.apps = apps;
    this.form = form;
  }

  read(line: string): void {
    const app = packageLine.exec(line)?.[1];
    if (app !== undefined) {
      this.openPackage(app);
      return;
    }
    const [, name, mode] = opLine.exec(line) ?? modeLine.exec(line) ?? [];
    if (name !== undefined && mode !== undefined) this.readOp(canonicalOp(name), mode, opLine.test(line));
    else if (uidField.test(line) || foregroundOp.test(line)) this.readField(line);
    else if (this.times?.read(line, this.form.inBrackets) !== true) this.distrust();
  }

  /** At the next uid, or at the end of them all. */
  close(): void {
    this.endPackage();
    const fields = [...this.fields].filter((field) => ofEveryUid.has(field)).join(' ');
    this.form.uidFields ??= fields;
    if (fields !== this.form.uidFields) this.distrust();
  }

  distrust(): void {
    this.isReadable = false;
    for (const one of this.found) one.isReadable = false;
  }

  private openPackage(app: string): void {
    this.endPackage();
    this.place = 'packages';
    this.order = new OpOrder();
    this.opsOfPackage = 0;
    this.current = null;
    if (!this.apps.has(app)) return;
    const ops = { uid: this.uidModes, package: new Map() };
    this.current = { uid: this.uid, app, ops, isReadable: this.isReadable };
    this.found.push(this.current);
  }

  /** A package is printed with its first op, and not without any. */
  private endPackage(): void {
    this.endOp();
    if (this.place === 'packages' && this.opsOfPackage === 0) this.distrust();
  }

  private endOp(): void {
    if (this.times?.isWhole() === false) this.distrust();
    this.times = null;
  }

  private readField(line: string): void {
    const name = uidField.exec(line)?.[1];
    // The fields of a uid come before its modes and its packages: after one, they are those of another uid.
    if (this.place !== 'fields' || (name !== undefined && this.fields.has(name))) this.distrust();
    if (name !== undefined) this.fields.add(name);
  }

  private readOp(op: string, modeText: string, isOpLine: boolean): void {
    this.endOp();
    if (this.place === 'fields') this.place = 'modes';
    const inPackage = this.place === 'packages';
    // Where a uid has fields (9 and later) the modes of a uid and the ops of a package have different forms.
    if (this.fields.size > 0 ? isOpLine !== inPackage : isOpLine && !inPackage) this.distrust();
    if (!this.order.next(op)) this.distrust();
    if (inPackage) {
      this.opsOfPackage += 1;
      this.times = new TimesReader();
    }
    // Modes that only some makers have (`ask`) are no reason to distrust the rest.
    const mode = parseMode(modeText);
    if (mode === null) return;
    if (!inPackage) this.uidModes.set(op, mode);
    else this.current?.ops.package.set(op, mode);
  }
}

/**
 * `dumpsys appops` (AOSP AppOpsService.dump, 26..36): `  Uid u0a204:`, the modes of the uid (9 and later), then each package
 * with its ops: `      WAKE_LOCK: mode=0; time=…` in Android 8, `      WAKE_LOCK (allow): ` later. null: it lacks its heading, or any uid.
 */
export function parseAppOpsDump(text: string, apps: ReadonlySet<string>): AppOpsDump | null {
  const lines = text.split('\n').map((line) => line.trimEnd());
  const start = lines.indexOf(dumpHeading);
  if (start < 0) return null;
  const form: DumpForm = { uidFields: null, inBrackets: lines.some((line) => openLine.test(line)) };
  const readers: UidReader[] = [];
  let wholeBelow = -1;
  for (const line of lines.slice(start)) {
    const uid = uidLine.exec(line)?.[1];
    const before = readers.at(-1);
    if (uid !== undefined) {
      before?.close();
      const reader = new UidReader(uid, apps, form);
      const order = orderOf(uid);
      // Where they do not ascend, lines were moved or lost: neither the one before nor this one is whole.
      if (before !== undefined && order <= wholeBelow) {
        before.distrust();
        reader.distrust();
      }
      wholeBelow = Math.max(wholeBelow, order);
      readers.push(reader);
    } else if (before !== undefined && line !== '') {
      if (afterUids.test(line)) {
        wholeBelow = Infinity;
        break;
      }
      before.read(line);
    }
  }
  readers.at(-1)?.close();
  return readers.length === 0 ? null : { apps: readers.flatMap(({ found }) => found), wholeBelow };
}
