import { describe, expect, test } from 'vitest';
import { differencesOf, examples, isException } from './mangling.ts';

/** One old version and one new one of a maker that prints much of its own; `node test/tables/mangling-table.ts` tries more. */
const tried = examples(['pixel-14', 'samsung-16']);

describe('a dump that was mangled on its way gives the value of the whole one or none', () => {
  test.each(tried.map((example) => [example.command, example.sample, example] as const))(
    '%s of %s',
    async (_command, _sample, example) => {
      const wrong = (await differencesOf(example)).filter((one) => !isException(one));
      expect(wrong.map(({ mangling, leaf, was, is }) => ({ mangling, leaf, was, is }))).toEqual([]);
    },
    60_000,
  );
});
