import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { androidProbes, readAndroid } from '../../../../../native/android/read/read.ts';
import { createSample, sampleProfiles } from '../../../../../native/samples/android/profiles.ts';
import type { Answer } from '../../../../../native/capture.ts';
import { readingSchema } from '../../../../../native/reading.ts';
import { captureOfSample } from './sample-capture.ts';
import { DRIVE, PHOTOS, wholeAnswer } from './parse.ts';

const apps = [PHOTOS, DRIVE];
const captures = sampleProfiles.map(({ id }) => captureOfSample(createSample(id), apps));

/** Every value of the reading fits the vocabulary: what a parser gives is what the catalog was promised. */
const fits = (answers: readonly Answer[]): void => {
  const [capture] = captures;
  if (capture === undefined) throw new Error('There are no samples.');
  const result = readingSchema.safeParse(readAndroid({ ...capture, answers }));
  expect(result.error?.issues ?? []).toEqual([]);
};

/** Cuts, repeats and swaps pieces of a text, as a bad cable, a new version, or a hostile name would. */
const mutation = fc.record({
  at: fc.nat(10_000),
  length: fc.nat(200),
  put: fc.oneof(
    fc.constantFrom(
      '',
      '\n',
      ': ',
      '=',
      '[',
      ']',
      '{',
      '}',
      '-1',
      '99999999999999999999',
      'null',
      'true',
      ' ',
      '(',
      '"',
    ),
    fc.string({ maxLength: 12, unit: 'binary' }),
  ),
});
type Mutation = typeof mutation extends fc.Arbitrary<infer M> ? M : never;

const mutated = (answer: Answer, changes: readonly Mutation[]): Answer => {
  let text = new TextDecoder().decode(answer.output);
  for (const { at, length, put } of changes) {
    const start = text.length === 0 ? 0 : at % text.length;
    text = text.slice(0, start) + put + text.slice(start + length);
  }
  return { ...answer, output: new TextEncoder().encode(text) };
};

describe('whatever a phone says, a reading comes out', () => {
  test.each(sampleProfiles.map(({ id }, index) => [id, index] as const))('of the sample %s, as it is', (_id, index) => {
    fits(captures[index]?.answers ?? []);
  });

  test('of answers that were cut, repeated and swapped', () => {
    fc.assert(
      fc.property(
        fc.nat(captures.length - 1),
        fc.array(fc.tuple(fc.nat(200), fc.array(mutation, { minLength: 1, maxLength: 4 })), {
          minLength: 1,
          maxLength: 12,
        }),
        (index, changes) => {
          const answers = [...(captures[index]?.answers ?? [])];
          for (const [which, how] of changes) {
            const place = which % answers.length;
            const answer = answers[place];
            if (answer !== undefined) answers[place] = mutated(answer, how);
          }
          fits(answers);
        },
      ),
      { numRuns: 150 },
    );
  });

  test('of answers to other questions', () => {
    for (const capture of captures.slice(0, 3)) {
      const shifted = capture.answers.map((answer, index) => ({
        ...answer,
        output: capture.answers[(index + 7) % capture.answers.length]?.output ?? answer.output,
      }));
      fits(shifted);
    }
  });

  /** Each of these, a hundred thousand times over in one line, would take minutes with a parser that goes back and forth. */
  test.each([
    ' ',
    'a',
    '1',
    '[',
    ': ',
    'a=b ',
    'm=1 ',
    '{',
    '"',
    ', BSSID: ',
    ' Uid: 1',
    ' Uids: <{',
    'network{1}',
    '_id:1 name:a pkg:b value:',
    ' default:',
    'JOB ',
    '|A',
    '\t',
  ])(
    'of a long line made of %j',
    (piece) => {
      const text = piece.repeat(Math.ceil(300_000 / piece.length));
      const texts = [text, `  ${text}`, `Current Networks:\n  NetworkAgentInfo{network{1} lp{{  nc{[ ${text}\nx`];
      for (const one of texts) {
        fits(
          androidProbes.flatMap((probe) =>
            probe.per === 'phone' ? [wholeAnswer(probe.id, one)] : [wholeAnswer(probe.id, one, PHOTOS)],
          ),
        );
      }
    },
    20_000,
  );
});
