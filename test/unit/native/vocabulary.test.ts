import { expect, test } from 'vitest';
import { z } from 'zod';
import { appLeaves, sectionLeaves } from '../../../native/vocabulary.ts';

test('what is answered by yes or no does not say "not", so that no answer is a double negation', () => {
  const leaves: z.ZodType[] = [...Object.values(sectionLeaves), appLeaves].flatMap((section) =>
    Object.values<z.ZodType>(section),
  );
  const labels = leaves.flatMap((leaf) =>
    leaf instanceof z.ZodBoolean && leaf.description !== undefined ? [leaf.description] : [],
  );
  expect(labels.length).toBeGreaterThan(40);
  // The rest of a sentence says why, or what it is compared with.
  const saying = labels.map(
    (label) => label.split(/, although |, because | because | and not |, in which | \(true\) or /)[0],
  );
  expect(saying.filter((label) => /\bnot\b/.test(label ?? ''))).toEqual([]);
});
