import { z } from 'zod';
import type { Catalog } from '../../../diagnosis/load/catalog.ts';
import { fill } from '../../../diagnosis/load/sentences.ts';
import { appName } from '../../../diagnosis/judge/verdict.ts';
import { actionResultSchema, actionState, isEnded, type Action } from '../../../db/records/actions.ts';
import { formerValues, type ActionValues } from './action-values.ts';
import { wayBack } from './way-back.ts';

const valuesSchema = z.record(z.string(), z.unknown());

/** An action as a list shows it. `interrupted`: the program ended before it, or its undoing, was verified. */
export const actionSummarySchema = z.object({
  id: z.string(),
  phoneId: z.string(),
  cause: z.string(),
  app: z.string().nullable(),
  /** What a person calls the app. */
  appName: z.string().nullable(),
  correction: z.string(),
  title: z.string(),
  commands: z.array(z.string()),
  inverse: z.array(z.string()),
  /** The exact former values, by path. */
  before: valuesSchema,
  /** The values as they were last read afterwards; null: never. */
  after: valuesSchema.nullable(),
  who: z.string(),
  at: z.string(),
  /** Id of the ticket that it was carried out under. */
  ticket: z.string().nullable().default(null),
  /** When the last thing happened to it; null where nothing did. */
  endedAt: z.string().nullable(),
  /** Id of the walk-through that it was part of. */
  walkthrough: z.string().nullable(),
  result: z.enum([...actionResultSchema.options, 'interrupted', 'undone']),
  /** It was being put back when it was cut off, or nobody could read what came of that. */
  undoing: z.boolean(),
  /** false also where nothing needs putting back. */
  undoable: z.boolean(),
});
export type ActionSummary = z.infer<typeof actionSummarySchema>;

function valuesAfter({ events }: Action): ActionValues | null {
  const last = events.findLast((event) => event.kind === 'verified' || event.kind === 'undo-verified');
  return last === undefined ? null : (last.after as ActionValues);
}

/** What is known of the phone by an action. An undoing that is known to have changed nothing leaves the action as it was. */
function resultOf(action: Action): ActionSummary['result'] {
  const last = action.events.at(-1);
  if (!isEnded(action)) return last?.kind === 'verified' ? 'unverified' : 'interrupted';
  if (last?.kind === 'left') return 'unverified';
  if (last?.kind === 'undo-verified' && last.result === 'taken') return 'undone';
  return action.events.findLast((event) => event.kind === 'verified')?.result ?? 'not-taken';
}

/** An action as a list shows it; a correction that the catalog no longer holds is named by its id. */
export function actionSummary(action: Action, catalog: Catalog): ActionSummary {
  const cause = catalog.causes.find(({ id }) => id === action.cause);
  const title = cause?.text.corrections[action.correction]?.title ?? action.correction;
  const name = action.app === null ? null : appName(catalog, action.app);
  return {
    id: String(action.id),
    phoneId: action.phone,
    cause: action.cause,
    app: action.app,
    appName: name,
    correction: action.correction,
    title: fill(title, { app: name ?? '' }),
    commands: action.commands,
    inverse: action.inverse,
    before: formerValues(action),
    after: valuesAfter(action),
    who: action.who,
    at: action.plannedAt,
    ticket: action.ticket === null ? null : String(action.ticket),
    endedAt: action.events.at(-1)?.at ?? null,
    walkthrough: action.walkthrough === null ? null : String(action.walkthrough),
    result: resultOf(action),
    undoing: !isEnded(action) && actionState(action).startsWith('undo-'),
    undoable: wayBack(action) === 'open',
  };
}
