import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { phoneIdentitySchema } from '../../../native/phone-identity.ts';
import { isChanged, type ActionValues } from './action-values.ts';
import { ApplicationError } from '../program/problem.ts';

/**
 * What a person is asked before something is run on a phone. `same-phone`: whether it is the phone that is meant. `overwrite`: whether
 * values are written over that are not what they were. `consent`: whether the customer allows now what they had not; a yes is what is
 * noted on the ticket, and nothing else.
 */
export const questionSchema = z.object({
  about: z.enum(['same-phone', 'overwrite', 'consent']),
  title: z.string(),
  /** What differs, row by row; null: not known. */
  differs: z.array(z.object({ what: z.string(), was: z.json(), is: z.json() })),
  /** Who is plugged in: a yes is for this phone only. */
  phone: phoneIdentitySchema,
});
export type Question = z.infer<typeof questionSchema>;

/** Asks a person. */
export type Confirm = (question: Question) => Promise<boolean>;

const lines = ({ differs }: Question): string[] =>
  differs.map(({ what, was, is }) => `${what}: ${JSON.stringify(was)} → ${JSON.stringify(is)}`);

/** For where nobody is there to be asked: nothing is run on a guess. Throws {@link ApplicationError} `same-phone`, `overwrite`, `consent`. */
export const refuseToGuess: Confirm = (question) =>
  Promise.reject(new ApplicationError(question.about, `${question.title} Nothing was run.`, lines(question)));

/** What is asked, without the words it was asked in, which may be those of another language: values are called by their paths. */
const asked = ({ about, differs, phone }: Question) => ({
  about,
  phone,
  differs: differs.map(({ what, was, is }) => ({ what: about === 'overwrite' ? what : null, was, is })),
});

/** Whether a person said yes to exactly this: the same values, of the same phone. */
export const isAgreed = (agreed: readonly Question[], question: Question): boolean =>
  agreed.some((one) => isDeepStrictEqual(asked(one), asked(question)));

/** Asks about values that are not what they were, or could not be read; null where nothing differs. */
export function valueQuestion(
  title: string,
  was: ActionValues,
  is: ActionValues,
  phone: Question['phone'],
): Question | null {
  if (isChanged(was, is) === false) return null;
  const paths = [...new Set([...Object.keys(was), ...Object.keys(is)])];
  const differs = paths
    .map((what) => ({ what, was: was[what] ?? null, is: is[what] ?? null }) as Question['differs'][number])
    .filter((row) => row.is === null || !isDeepStrictEqual(row.was, row.is));
  return { about: 'overwrite', title, differs, phone };
}

/** Asks whether the customer allows it now, before anything of the phone is read. */
export const consentQuestion = (title: string): Question => ({
  about: 'consent',
  title,
  differs: [],
  phone: { manufacturer: null, model: null, system: null, boot: null },
});
