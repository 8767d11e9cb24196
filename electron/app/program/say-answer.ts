import type { ProgramSentences } from '../../../diagnosis/load/program-sentences.ts';

/** The fields of an answer that hold sentences. What is under another name is a value of the phone, an id, or said already. */
const sentenceFields = new Set([
  'title',
  'message',
  'brief',
  'detail',
  'steps',
  'why',
  'sentence',
  'locked',
  'label',
  'doesNotProve',
  'since',
  'stopped',
  'what',
  'drifted',
  'said',
  'trouble',
]);

/** What holds values as they were read: nothing in there is said. */
const valueFields = new Set(['reading', 'value']);

function say(value: unknown, isSaid: boolean, sentences: ProgramSentences): unknown {
  if (typeof value === 'string') return isSaid ? sentences.say(value) : value;
  if (Array.isArray(value)) return value.map((one) => say(one, isSaid, sentences));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, field]) => [
      name,
      valueFields.has(name) ? field : say(field, sentenceFields.has(name), sentences),
    ]),
  );
}

/** An answer with the sentences that code has built said in the language of these. */
export function sayAnswer<T>(answer: T, sentences: ProgramSentences): T {
  // Only texts are replaced, by texts.
  return say(answer, false, sentences) as T;
}
