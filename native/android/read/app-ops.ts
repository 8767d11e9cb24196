import { canonicalOp, OpOrder } from './op-codes.ts';
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

export function parseMode(text: string): AppOpMode | null {
  const named = appOpModeSchema.safeParse(text);
  return named.success ? named.data : (numbered[/^\d$/.test(text) ? Number(text) : -1] ?? null);
}

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
  let order = new OpOrder();
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
    const op = canonicalOp(name);
    const follows = order.next(op);
    if (uidMode !== undefined) inUid = true;
    else if (times !== undefined || !follows) {
      if (inUid) {
        order = new OpOrder();
        order.next(op);
      }
      inUid = false;
    }
    ops[inUid ? 'uid' : 'package'].set(op, mode);
  }
  mayBeOfOne ||= new Set([...ops.uid.keys(), ...ops.package.keys()]).size === 1;
  return known === 0 ? null : { ops, mayBeOfOne, unknownLines };
}
