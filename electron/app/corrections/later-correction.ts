import type { Action } from '../../../db/records/actions.ts';
import { formerValues, isChanged, presentValues, setsSame } from '../actions/action-values.ts';
import { actionSummary } from '../actions/action-summary.ts';
import { valueQuestion, type Question } from '../actions/question.ts';
import { sameness } from '../actions/same-phone.ts';
import { standingOf } from '../actions/way-back.ts';
import { identityOf } from '../../../native/phone-identity.ts';
import type { PhoneReading } from '../scan/scan.ts';
import type { Workplace } from './carry-out.ts';

/**
 * Asks before an action is put back, or run again, over what a later correction of the same phone set and nobody has put back: its
 * work would be gone, and it would still be told as done. null where there is none, or where nothing would be changed. `doing`: what is
 * about to be done, in words.
 */
export function overLaterCorrection(
  { store, catalog }: Workplace,
  action: Action,
  { reading }: PhoneReading,
  doing: string,
): Question | null {
  const phone = identityOf(reading);
  const present = presentValues(action, reading);
  const former = formerValues(action);
  if (isChanged(former, present) === false) return null;
  const later = store
    .listActions(action.phone)
    .find(
      (other) =>
        other.id > action.id &&
        standingOf(other) === 'open' &&
        setsSame(action, other) &&
        sameness(other.identity, phone) !== 'another',
    );
  if (later === undefined) return null;
  const { title } = actionSummary(later, catalog);
  return valueQuestion(`Action ${later.id} (${title}) has set the same since. ${doing}`, former, present, phone);
}
