import type { Cause } from '../load/catalog.ts';
import type { ConditionValues } from '../load/conditions.ts';
import type { Finding, FindingName } from '../finding.ts';
import { concernSame, isOpen } from './order.ts';

/**
 * The findings that a finding comes from: those of the causes that its entry names for what is seen, or, of a symptom that names none,
 * whatever else stops or delays the backup. `roots` are the open findings that are no symptoms. What is only worth knowing comes from nothing.
 */
export function rootsOf(
  cause: Cause,
  finding: Finding,
  values: ConditionValues,
  roots: readonly Finding[],
): FindingName[] {
  if ((!cause.symptom && cause.because.length === 0) || !isOpen(finding) || finding.severity === 'info') return [];
  const named = cause.because.filter(({ when }) => when.evaluate(values) === true).flatMap(({ causes }) => causes);
  const explains = (root: Finding): boolean =>
    cause.because.length === 0 ? root.severity !== 'risk' : named.includes(root.cause);
  return (
    roots
      .filter((root) => concernSame(root, finding) && explains(root))
      // What may be wrong is no explanation of what is.
      .filter((root) => root.status === 'problem' || finding.status === 'possible')
      .map(({ cause, app }) => ({ cause, app }))
  );
}
