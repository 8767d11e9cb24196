import type { Catalog } from '../../../diagnosis/load/catalog.ts';
import type { Sentences } from '../../../diagnosis/load/sentences.ts';
import type { Diagnosis } from '../../../diagnosis/diagnosis.ts';
import { sayAgain } from '../../../diagnosis/judge/say-again.ts';
import type { Reading } from '../../../native/reading.ts';
import { canonicalLanguage } from '../program/language.ts';

/** A diagnosis is asked for again at every step of a walk-through, and takes some milliseconds to say. */
const said = new WeakMap<Diagnosis, WeakMap<Sentences, Diagnosis>>();

/** A diagnosis, which is kept in English, in the language of the catalog. */
export function saidDiagnosis(
  { diagnosis, reading }: { diagnosis: Diagnosis; reading: Reading },
  catalog: Catalog,
): Diagnosis {
  if (catalog.language === canonicalLanguage) return diagnosis;
  const byLanguage = said.get(diagnosis) ?? new WeakMap<Sentences, Diagnosis>();
  said.set(diagnosis, byLanguage);
  const again = byLanguage.get(catalog.sentences) ?? sayAgain(diagnosis, reading, catalog);
  byLanguage.set(catalog.sentences, again);
  return again;
}
