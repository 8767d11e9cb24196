import { assert, property, string } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { androidProbes } from '../../../../../native/android/read/read.ts';
import { sampleExamples, troubleWith, type Example } from './examined.ts';
import { seeded } from '../../../../seeded.ts';
import { changes, mutant } from './mutants.ts';

/** The longest answer to each question says most. */
const longest: Example[] = [...Map.groupBy(sampleExamples(), ({ probe }) => probe.id).values()].map((all) =>
  all.reduce((best, one) => (one.text.length > best.text.length ? one : best)),
);

const examples: [string, Example][] = longest.map((example) => [example.probe.id, example]);

describe('every parser gives a reading of the right shape', () => {
  test.each(examples)('%s: for any text at all', (_id, example) => {
    assert(
      property(string({ unit: 'binary', maxLength: 400 }), (text) => {
        expect(troubleWith(example, text)).toBeNull();
      }),
      { numRuns: 15, seed: 7 },
    );
  });

  test.each(examples)('%s: for an answer cut at any of its first bytes', (_id, example) => {
    for (let length = 0; length <= Math.min(2048, example.text.length); length += 41) {
      expect(troubleWith(example, example.text.slice(0, length))).toBeNull();
    }
  });

  test.each(examples)('%s: for its lines in any order, number and company', (id, example) => {
    const random = seeded(id.length * 31 + id.charCodeAt(0));
    for (let count = 0; count < 25; count += 1) {
      const { text, how } = mutant(example.text, random);
      expect(troubleWith(example, text), how).toBeNull();
    }
  });

  test.each(Object.keys(changes))('after this change to every answer: %s', (kind) => {
    const random = seeded(11);
    for (const example of kind === 'line of 1 MB' ? longest.slice(0, 8) : longest) {
      const text = changes[kind]?.(example.text, random) ?? '';
      expect(troubleWith(example, text), example.probe.id).toBeNull();
    }
  });
});

test('every question has an example that some sample phone answers, or is only found in files', () => {
  const silent = longest.filter(({ text }) => text === '').map(({ probe }) => probe.id);
  const onlyInFiles = androidProbes.filter(({ asked }) => asked === 'file').map(({ id }) => id);
  expect(silent.filter((id) => !onlyInFiles.includes(id))).toEqual([]);
});
