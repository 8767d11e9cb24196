import { isDeepStrictEqual } from 'node:util';
import { wifiInUse } from '../../../native/android/read/probes/wifi.ts';
import { commandText } from '../../../native/command.ts';
import { fillCommand, wifiName } from '../../../diagnosis/load/template.ts';
import type { Action } from '../../../db/records/actions.ts';
import { valuesAt, type ActionValues } from '../actions/action-values.ts';
import { carryOut, type AttendedPlace, type Corrected } from './carry-out.ts';
import type { CorrectionChoice } from './choose-correction.ts';
import { lookAt } from '../phones/look.ts';
import { ApplicationError } from '../program/problem.ts';
import { anotherPhone, samenessNow } from '../actions/same-phone.ts';
import type { PhoneReading } from '../scan/scan.ts';

/**
 * The commands of a correction and of its way back, to the letter, also with the name of the Wi-Fi in use, which no reading holds.
 * Throws {@link ApplicationError} `no-wifi-name`.
 */
export function exactCommands(
  { finding, correction }: CorrectionChoice,
  { capture, reading }: PhoneReading,
): Pick<Action, 'commands' | 'inverse'> {
  const { commands, inverse } = correction;
  const wifi = wifiInUse(capture) ?? undefined;
  if (wifi === undefined && [...commands, ...inverse].some((template) => template.includes(`{${wifiName}}`))) {
    throw new ApplicationError('no-wifi-name', 'The name of the Wi-Fi could not be read. Nothing was changed.', [
      'Carry out the steps on the phone.',
    ]);
  }
  const fill = (template: string) => commandText(fillCommand(template, reading, finding.app, wifi));
  return { commands: commands.map(fill), inverse: inverse.map(fill) };
}

/**
 * Carries out a correction: stores the inverse and the former values, runs it, reads the phone again, records what became of
 * it. `before` is the reading that the finding was judged on. A phone that vanishes on the way leaves the action in the store,
 * told as far as it is known.
 */
export async function correct(
  place: AttendedPlace,
  choice: CorrectionChoice,
  before: PhoneReading,
): Promise<Corrected> {
  const { finding, correction } = choice;
  const { store, onStep } = place;
  const { commands, inverse } = exactCommands(choice, before);
  place.requireStillAllowed();
  onStep({ type: 'step', step: 'storing-inverse', command: null, detail: null });
  const action = store.planAction({
    phone: before.phone,
    snapshot: null,
    ticket: null,
    walkthrough: place.walkthrough,
    cause: finding.cause,
    app: finding.app,
    correction: correction.id,
    commands,
    inverse,
    before: formerOf(choice, before) as Action['before'],
    identity: place.identity,
    who: place.who,
  });
  store.addActionEvent(action.id, { kind: 'started' });
  return carryOut(place, action, correction, before.reading);
}

/** The values that a correction changes, as they were read. */
export const formerOf = (
  { finding, correction }: CorrectionChoice,
  { reading }: Pick<PhoneReading, 'reading'>,
): ActionValues => valuesAt(reading, finding.app, correction.before);

/** Whether the phone that was read is still there, with the values that were shown: whoever agrees takes their time. */
export async function isUnchanged(
  place: AttendedPlace,
  choice: CorrectionChoice,
  before: PhoneReading,
): Promise<boolean> {
  const { finding, correction } = choice;
  // What nothing puts back changes by itself: time, free room.
  const paths = correction.irreversible ? [] : correction.before;
  const now = await lookAt(place, paths, finding.app);
  if (now === null || samenessNow(place.identity, now.identity) === 'not-sure') {
    throw new ApplicationError('scan-broke-off', 'The phone could not be read any more. Nothing was changed.', [
      'Plug it in, unlock it, and try again then.',
    ]);
  }
  if (samenessNow(place.identity, now.identity) === 'another') throw anotherPhone(place.identity, now.identity);
  return correction.irreversible || isDeepStrictEqual(formerOf(choice, now), formerOf(choice, before));
}
