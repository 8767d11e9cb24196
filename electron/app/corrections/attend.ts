import { identityOf } from '../../../native/phone-identity.ts';
import type { Action } from '../../../db/records/actions.ts';
import { readPhone, type AttendedPlace, type Workplace } from './carry-out.ts';
import { ApplicationError } from '../program/problem.ts';
import { isAgreed, type Question } from '../actions/question.ts';
import { phoneQuestion, sittingQuestion } from '../actions/same-phone.ts';
import type { PhoneReading } from '../scan/scan.ts';

/** A phone that was read, and nothing about it is in doubt. */
export interface Attended {
  place: AttendedPlace;
  first: PhoneReading;
}

/** Rejects where the phone cannot be read to the end: nothing is run on what nobody has looked at. */
async function readFirst(place: Workplace): Promise<PhoneReading> {
  const first = await readPhone(place, 'reading-before');
  if (first !== null) return first;
  throw new ApplicationError(
    'scan-broke-off',
    'The phone could not be read. Nothing was run, and nothing is claimed.',
    ['Plug it in, unlock it, and try again then.'],
  );
}

/**
 * Reads a phone before anything is run on it, and asks a person about whatever is in doubt: who it is, against `kept` and against the
 * reading before in this sitting, and what `doubt` finds in the reading. It is read anew after each yes, since whoever answers takes
 * their time. Throws {@link ApplicationError} `another-phone`, `scan-broke-off`, `not-agreed`.
 */
export async function attend(
  place: Workplace,
  whoItWas: readonly Action['identity'][],
  doubt: (first: PhoneReading) => Question | null,
): Promise<Attended> {
  const agreed: Question[] = [];
  for (;;) {
    const first = await readFirst(place);
    const now = identityOf(first.reading);
    const questions = [
      sittingQuestion(place.seen, now),
      ...whoItWas.map((kept) => phoneQuestion(kept, now)),
      doubt(first),
    ];
    const open = questions.find((question) => question !== null && !isAgreed(agreed, question)) ?? null;
    if (open === null) return { place: { ...place, identity: now }, first };
    if (!(await place.confirm(open))) throw new ApplicationError('not-agreed', 'Nothing was changed.');
    agreed.push(open);
  }
}
