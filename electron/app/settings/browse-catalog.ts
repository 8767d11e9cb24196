import type { Catalog, Cause } from '../../../diagnosis/load/catalog.ts';

/** A cause as somebody reads it who looks through the catalog. */
export interface CatalogCause {
  id: string;
  name: string;
  /** null where it is said only of a phone that was read. */
  problem: string | null;
  explanation: string;
  /** What a verdict on it does not prove; null where nothing is said. */
  notProof: string | null;
  platforms: readonly ('android' | 'ios')[];
  severity: Cause['severity'];
  origin: Cause['origin'];
  /** What removes it: each with where that is known from, and the day on which it was last looked at. */
  corrections: readonly { title: string; automatic: boolean; source: string; lastVerified: string }[];
}

/** As of any app and any phone: nobody is plugged in. */
const general = (text: string): string =>
  text
    .replaceAll(/(^|[.!?] )\{app\}/g, '$1The app')
    .replaceAll('{app}', 'the app')
    .replaceAll(/\{menu\.([a-z0-9-]+)\}/g, (_whole, key: string) => key.replaceAll('-', ' '));

/** What is left of places is filled from a reading. */
const isOfAPhone = (text: string): boolean => text.includes('{');

/** Every cause, in the order of work. Pure. */
export const catalogCauses = ({ causes }: Catalog): CatalogCause[] =>
  causes.map(({ id, platforms, severity, origin, corrections, text }) => ({
    id,
    name: general(text.name),
    problem: isOfAPhone(general(text.problem)) ? null : general(text.problem),
    explanation: general(text.explanation),
    notProof: text.notProof === undefined ? null : general(text.notProof),
    platforms,
    severity,
    origin,
    corrections: corrections.map(({ id: correction, kind, source, lastVerified }) => ({
      title: general(text.corrections[correction]?.title ?? correction),
      automatic: kind === 'automatic',
      source,
      lastVerified,
    })),
  }));
