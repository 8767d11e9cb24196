import type { Finding } from '../finding.ts';
import type { Catalog } from '../load/catalog.ts';
import { automaticOf } from './fixes.ts';
import { chosenOf, isOpen } from './order.ts';

/** What is done about a finding, to the letter; what is kept back is told by its title. null: nothing can be done. */
function workOn(catalog: Catalog, finding: Finding): string | null {
  const automatic = automaticOf(catalog, finding);
  if (automatic !== undefined) return JSON.stringify(automatic.commands);
  const byHand = chosenOf(catalog, finding);
  if (byHand === undefined) return null;
  return JSON.stringify([finding.cause, byHand.locked === null ? byHand.steps : byHand.title]);
}

/**
 * What is done with by the same work is one thing to a person: one cause of several chosen apps, or two causes that one command ends. It is
 * counted with the first of them, and the others come from that one. `findings`: those of the phone and of the chosen apps, sorted;
 * `runs`: photos leave with that app.
 */
export function shareWork(catalog: Catalog, findings: readonly Finding[], runs: (app: string) => boolean): void {
  const open = findings
    .filter((finding) => isOpen(finding) && finding.pack === 'backup' && finding.becauseOf.length === 0)
    .toSorted((a, b) => Number(a.app !== null && runs(a.app)) - Number(b.app !== null && runs(b.app)));
  const firsts = new Map<string, Finding>();
  for (const finding of open) {
    const work = workOn(catalog, finding);
    if (work === null) continue;
    const key = `${finding.status} ${work}`;
    const first = firsts.get(key);
    if (first === undefined) firsts.set(key, finding);
    else finding.becauseOf = [{ cause: first.cause, app: first.app }];
  }
}
