import type { CorrectionName, Finding } from '../finding.ts';

/** Marks what the phone has refused, and puts it after what else there is: the steps on the phone are the way on. */
export function markRefused(findings: readonly Finding[], refused: readonly CorrectionName[]): void {
  for (const finding of findings) {
    const { cause, app, corrections } = finding;
    const names = refused.filter((one) => one.cause === cause && one.app === app);
    if (names.length === 0) continue;
    finding.corrections = corrections
      .map((one) => (names.some(({ correction }) => correction === one.id) ? { ...one, refused: true } : one))
      .toSorted((a, b) => Number(a.refused) - Number(b.refused));
  }
}
