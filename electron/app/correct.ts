import { commandText } from '../../native/command.ts';
import { fillCommand } from '../../diagnosis/template.ts';
import type { Action } from '../../db/action.ts';
import { valuesAt } from './action-values.ts';
import { carryOut, type Corrected, type Workplace } from './carry-out.ts';
import type { CorrectionChoice } from './choose-correction.ts';
import type { Scan } from './scan.ts';

/**
 * Carries out a correction: stores the inverse and the former values, runs it, reads the phone again, records what became of
 * it. `before` is the reading that the finding was judged on. A phone that vanishes on the way leaves the action in the store,
 * told as far as it is known.
 */
export async function correct(place: Workplace, choice: CorrectionChoice, before: Scan): Promise<Corrected> {
  const { finding, correction } = choice;
  const { store, onStep } = place;
  const fill = (templates: readonly string[]) =>
    templates.map((template) => commandText(fillCommand(template, before.reading, finding.app)));
  const commands = fill(correction.commands);
  const formerValues = valuesAt(before.reading, finding.app, correction.before);

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
    inverse: fill(correction.inverse),
    before: formerValues as Action['before'],
    who: place.who,
  });
  store.addActionEvent(action.id, { kind: 'started' });
  return carryOut(place, action, correction, before.reading);
}
