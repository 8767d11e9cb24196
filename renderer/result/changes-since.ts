import { findingKey } from '../program/phone-work.ts';
import type { Finding, ScanReport, Status } from '../program/received.ts';
import { isWrong } from './report-groups.ts';

const unread = (status: Status | undefined): boolean => status === 'unknown';

/** What became of a finding since the scan before. */
export type Change = 'fixed' | 'new' | 'unreadable' | 'readable';

/**
 * The findings that differ from the scan before, by {@link findingKey}. `fixed`: failed before, passes now. `new`: fails now,
 * did not before and was no open question. `unreadable`: could be judged before and cannot now; never taken for fixed.
 */
export function changesSince(previous: ScanReport | null, report: ScanReport): ReadonlyMap<string, Change> {
  const changes = new Map<string, Change>();
  if (previous === null) return changes;
  const before = new Map(previous.findings.map((finding) => [findingKey(finding), finding]));
  for (const finding of report.findings) {
    const key = findingKey(finding);
    const former = before.get(key);
    const was = former?.status;
    const is = finding.status;
    // What no phone tells has not changed because somebody looked it up; what bytes must decide is known after the next photo, and
    // is no new problem where it was open until then.
    if (was === 'manual' || finding.settling || (former?.settling === true && isWrong(is))) continue;
    if (isWrong(was) && (is === 'ok' || is === 'not-applicable')) changes.set(key, 'fixed');
    else if (!isWrong(was) && isWrong(is)) changes.set(key, 'new');
    else if (was !== undefined && !unread(was) && unread(is)) changes.set(key, 'unreadable');
    else if (unread(was) && is === 'ok') changes.set(key, 'readable');
  }
  return changes;
}

/** Whether a report counts a finding among what holds photos back. */
export const isHeldIn = ({ answer }: ScanReport, finding: Pick<Finding, 'cause' | 'app'>): boolean =>
  answer.held.some((one) => findingKey(one) === findingKey(finding));

/** What has changed in numbers. `fixed` and `fresh` are causes of those that are counted as holding photos back, as everywhere. */
export interface ChangeCounts {
  fixed: number;
  fresh: number;
  /** What else was wrong or is. */
  others: number;
  unreadable: number;
}

const causesIn = (findings: readonly Finding[]): number => new Set(findings.map(({ cause }) => cause)).size;

export function changeCounts(previous: ScanReport, report: ScanReport): ChangeCounts {
  const changes = changesSince(previous, report);
  const having = (change: Change): Finding[] =>
    report.findings.filter((one) => changes.get(findingKey(one)) === change);
  const fixed = having('fixed').filter((one) => isHeldIn(previous, one));
  const fresh = having('new').filter((one) => isHeldIn(report, one));
  const others = [...having('fixed'), ...having('new')].filter((one) => !fixed.includes(one) && !fresh.includes(one));
  return {
    fixed: causesIn(fixed),
    fresh: causesIn(fresh),
    others: causesIn(others),
    unreadable: having('unreadable').length,
  };
}
