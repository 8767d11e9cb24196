import { describe, expect, test } from 'vitest';
import { loadCatalog } from '../../../diagnosis/load/catalog.ts';
import { cutOffAtEveryStep } from './every-step.ts';
import { exemption, troubles } from './troubles.ts';

// The exemption, of which every question is cut off, has files of its own: they run beside this one.
describe.each(troubles.filter((trouble) => trouble !== exemption))('$name', (trouble) => cutOffAtEveryStep(trouble));

test('every correction of the catalog with more than one command is cut off above', () => {
  const several = loadCatalog().causes.flatMap(({ corrections }) =>
    corrections.flatMap((one) => (one.kind === 'automatic' && one.commands.length > 1 ? [one.id] : [])),
  );
  expect(troubles.map(({ correction }) => correction)).toEqual(expect.arrayContaining(several));
});
