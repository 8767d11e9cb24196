import type { CorrectionName } from '../../../diagnosis/finding.ts';
import type { Catalog } from '../../../diagnosis/load/catalog.ts';
import { fill } from '../../../diagnosis/load/sentences.ts';
import { appName } from '../../../diagnosis/judge/verdict.ts';

/** What a correction changes, as it was → as it is, else what it does; one that the catalog no longer holds is named by its id. */
export function changeWords({ cause, app, correction }: CorrectionName, catalog: Catalog): string {
  const text = catalog.causes.find(({ id }) => id === cause)?.text.corrections[correction];
  return fill(text?.proven ?? text?.title ?? correction, { app: app === null ? '' : appName(catalog, app) });
}
