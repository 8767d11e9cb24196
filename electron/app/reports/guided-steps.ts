import type { Walkthrough } from '../../../db/records/walkthroughs.ts';
import type { Catalog } from '../../../diagnosis/load/catalog.ts';
import { appName } from '../../../diagnosis/judge/verdict.ts';
import type { GuidedStep } from './report.ts';

/** What was done on a phone step by step, the latest first, as the lists of what was done are; what was taken up again counts as last said. */
export function guidedSteps(walkthroughs: readonly Walkthrough[], catalog: Catalog): GuidedStep[] {
  return walkthroughs
    .flatMap(({ events }) => events)
    .flatMap((event): GuidedStep[] => {
      if (event.kind !== 'ticked' && event.kind !== 'said-done' && event.kind !== 'skipped') return [];
      const { cause, app } = event.step;
      return [
        {
          at: event.at,
          title: catalog.causes.find(({ id }) => id === cause)?.text.name ?? cause,
          appName: app === null ? null : appName(catalog, app),
          outcome: event.kind,
        },
      ];
    })
    .toSorted((a, b) => b.at.localeCompare(a.at));
}
