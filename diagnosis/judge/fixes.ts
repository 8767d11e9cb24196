import { z } from 'zod';
import type { Diagnosis } from '../diagnosis.ts';
import { findingNameSchema, type Finding, type OfferedCorrection } from '../finding.ts';
import type { Catalog } from '../load/catalog.ts';
import { heldBack } from './verdict.ts';

/** One correction that this computer can carry out against what is proven to hold photos back. */
export const fixSchema = findingNameSchema.extend({
  correction: z.string(),
  /** Whether it is meant unless a person says otherwise: never what may cost money or privacy. */
  meant: z.boolean(),
});
export type Fix = z.infer<typeof fixSchema>;

/**
 * What this computer can do about a finding by itself; undefined: nothing. What stands beside the work to be chosen is no part of it, nor
 * is what the phone has refused.
 */
export function automaticOf(
  { causes }: Pick<Catalog, 'causes'>,
  { cause, corrections }: Pick<Finding, 'cause' | 'corrections'>,
): OfferedCorrection | undefined {
  const known = causes.find(({ id }) => id === cause)?.corrections ?? [];
  const optional = new Set(known.filter((one) => one.optional).map(({ id }) => id));
  return corrections.find(
    ({ id, kind, locked, refused }) => kind === 'automatic' && locked === null && !refused && !optional.has(id),
  );
}

/** All of them, in the order of work; what concerns several findings in the same way is done once. */
export function fixesOf(
  diagnosis: Pick<Diagnosis, 'findings' | 'chosen' | 'uploads' | 'steps'>,
  catalog: Catalog,
): Fix[] {
  const { steps } = diagnosis;
  const place = ({ cause, app }: Finding): number => {
    const index = steps.findIndex((step) => step.cause === cause && step.app === app);
    return index === -1 ? steps.length : index;
  };
  const told = new Set<string>();
  return heldBack(diagnosis)
    .toSorted((a, b) => place(a) - place(b))
    .flatMap((finding): Fix[] => {
      const correction = automaticOf(catalog, finding);
      if (correction === undefined || told.has(correction.commands.join('\n'))) return [];
      told.add(correction.commands.join('\n'));
      const { cause, app } = finding;
      return [{ cause, app, correction: correction.id, meant: correction.costs === null }];
    });
}
