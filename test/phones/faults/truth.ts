import { isDeepStrictEqual } from 'node:util';
import type { ActionSummary } from '../../../electron/app/actions/action-summary.ts';
import { comparable } from '../android/comparable.ts';
import { CutSource } from './cut-source.ts';
import { Sitting } from './sitting.ts';
import type { Trouble } from './troubles.ts';

/** What a phone is really like before and after a correction that nothing befalls. */
export interface Truth {
  former: unknown;
  corrected: unknown;
  /** The former values, as they are to be kept. */
  before: ActionSummary['before'];
  /** Nothing puts it back. */
  irreversible: boolean;
}

export async function truthOf({ phone, cause, app, correction, commands, irreversible }: Trouble): Promise<Truth> {
  const source = new CutSource(phone());
  const sitting = new Sitting({ source, phoneId: source.phone.serial, clock: source.clock });
  try {
    const former = comparable(source.phone);
    await sitting.correct(cause, app);
    const [action] = sitting.actions();
    if (action?.correction !== correction || source.ran.length !== commands) {
      throw new Error(`${cause} is not corrected by ${correction} with ${commands} commands.`);
    }
    return { former, corrected: comparable(source.phone), before: action.before, irreversible };
  } finally {
    sitting.end();
  }
}

/** What the store must not say of a phone in another state; null: it says that it is not known. */
const meant = ({ former, corrected }: Truth): Record<ActionSummary['result'], unknown> => ({
  taken: corrected,
  undone: former,
  'not-taken': former,
  refused: former,
  interrupted: null,
  unverified: null,
});

/** What is wrong with what the store says of a phone in this state; empty where all of it is so. */
export function lies(
  truth: Truth,
  state: unknown,
  actions: readonly ActionSummary[],
  interrupted: readonly string[],
): string[] {
  const meaning = meant(truth);
  const open = actions.filter(({ result }) => meaning[result] === null).map(({ id }) => id);
  const kept = actions.length > 0 || isDeepStrictEqual(state, truth.former);
  return [
    ...(kept ? [] : ['something ran that is not in the store']),
    ...actions.flatMap(({ result, before, inverse, commands }) => [
      ...(meaning[result] === null || isDeepStrictEqual(state, meaning[result]) ? [] : [`"${result}" is not true`]),
      ...(isDeepStrictEqual(before, truth.before) ? [] : ['the former values are wrong']),
      ...(inverse.length === (truth.irreversible ? 0 : commands.length) ? [] : ['the way back is not stored']),
    ]),
    ...(isDeepStrictEqual(interrupted, open) ? [] : ['something open is not offered, or something that ended is']),
  ];
}
