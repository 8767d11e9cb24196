import type { CorrectionName } from '../../../diagnosis/finding.ts';
import type { Catalog } from '../../../diagnosis/load/catalog.ts';
import { fill } from '../../../diagnosis/load/sentences.ts';
import { provenWords } from '../../../diagnosis/judge/proven-words.ts';
import { appName } from '../../../diagnosis/judge/verdict.ts';

/** A correction in words. */
export interface ChangeWords {
  /** What it does; its id where the catalog no longer holds it. */
  title: string;
  /** What it changes, as it was → as it is; else what it does. */
  change: string;
}

/** `before`: the values that it changes, as they were. */
export function changeWords(
  { cause, app, correction }: CorrectionName,
  before: Readonly<Record<string, unknown>>,
  catalog: Catalog,
): ChangeWords {
  const text = catalog.causes.find(({ id }) => id === cause)?.text.corrections[correction];
  const say = (words: string): string => fill(words, { app: app === null ? '' : appName(catalog, app) });
  const title = text?.title ?? correction;
  return { title: say(title), change: say(provenWords(text?.proven, before, catalog.language) ?? title) };
}
