import { StoreError } from '../../db/store-error.ts';
import type { Problem } from '../app/program/problem.ts';

/** What scripts rely on. `brokeOff` outranks `problems`. */
export const exitCode = { ok: 0, problems: 1, usage: 2, unreadable: 3, brokeOff: 4, tooLittle: 5 } as const;
export type ExitCode = (typeof exitCode)[keyof typeof exitCode];

const usageCodes = new Set([
  'several-phones',
  'name-an-app',
  'unknown-cause',
  'unknown-action',
  'unknown-snapshot',
  'say-yes',
  'same-phone',
  'overwrite',
  'which-phone',
  'bad-argument',
  'app-not-installed',
  'nothing-to-pair',
  'unknown-ticket',
  'unknown-customer',
  'ticket-closed',
  'read-not-allowed',
  'change-not-allowed',
  'keep-not-allowed',
  'handover-off',
  'handover-no-secret',
  'shop-off',
  'shop-connected',
  'shop-waiting',
  'bad-address',
  'bad-imei',
  'file-exists',
  'adb-socket-unsupported',
]);
const nothingToDoCodes = new Set([
  'nothing-to-correct',
  'already-undone',
  'nothing-to-undo',
  'nothing-to-put-back',
  'nothing-to-finish',
]);
const problemCodes = new Set([
  'not-agreed',
  'guided-only',
  'cannot-judge',
  'no-wifi-name',
  'catalog-invalid',
  'done-elsewhere',
  'unknown-command',
]);

/** The exit code of a command that ended with a problem instead of an answer. */
export function exitCodeOf(error: unknown, problem: Problem): ExitCode {
  if (usageCodes.has(problem.code)) return exitCode.usage;
  if (error instanceof StoreError) return exitCode.unreadable;
  if (problemCodes.has(problem.code)) return exitCode.problems;
  if (problem.code === 'scan-broke-off') return exitCode.brokeOff;
  return nothingToDoCodes.has(problem.code) ? exitCode.ok : exitCode.unreadable;
}
