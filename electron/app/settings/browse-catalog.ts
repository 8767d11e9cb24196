import { kindValues } from '../../../diagnosis/load/conditions.ts';
import type { Platform } from '../../../native/phone.ts';
import type { Catalog, Cause, Correction } from '../../../diagnosis/load/catalog.ts';

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
function inGeneral({ menus, sentences }: Catalog, platform: Platform): (text: string) => string {
  const app = sentences['any-app'];
  const atFirst = app.charAt(0).toLocaleUpperCase() + app.slice(1);
  return (text) =>
    menus
      .fillPlain(text, platform)
      .replaceAll(/(^|[.!?] )\{app\}/g, (_whole, before: string) => before + atFirst)
      .replaceAll('{app}', () => app);
}

/** Whether its condition leaves it to a kind of phone, of which nothing else is known. */
const mayBeOn = (platform: Platform, when: Correction['when']): boolean =>
  when?.evaluate(kindValues(platform)) !== false;

/** What is left of places is filled from a reading. */
const isOfAPhone = (text: string): boolean => text.includes('{');

/** Every cause, in the order of work. Pure. */
export const catalogCauses = (catalog: Catalog): CatalogCause[] =>
  catalog.causes.map(({ id, platforms, severity, origin, corrections, text }) => {
    const [platform = 'android'] = platforms;
    const general = inGeneral(catalog, platform);
    const problem = general(text.problem);
    return {
      id,
      name: general(text.name),
      problem: isOfAPhone(problem) ? null : problem,
      explanation: general(text.explanation),
      notProof: text.notProof === undefined ? null : general(text.notProof),
      platforms,
      severity,
      origin,
      corrections: corrections.map(({ id: correction, kind, when, source, lastVerified }) => ({
        title: inGeneral(
          catalog,
          platforms.find((one) => mayBeOn(one, when)) ?? platform,
        )(text.corrections[correction]?.title ?? correction),
        automatic: kind === 'automatic',
        source,
        lastVerified,
      })),
    };
  });
