import { isFilledFrom } from '../../../diagnosis/load/template.ts';
import type { Catalog } from '../../../diagnosis/load/catalog.ts';
import type { Action } from '../../../db/records/actions.ts';
import { ApplicationError } from '../program/problem.ts';

/** What came in a case was written by somebody else: what it says it ran, and what puts it back, is only shown. */
export const doneElsewhere = ({ id }: Action): ApplicationError =>
  new ApplicationError(
    'done-elsewhere',
    `Action ${id} came here in a case. It can only be finished or undone where it was done.`,
  );

/**
 * Whether every stored command is one that the catalog gives for the app of the action. Throws {@link ApplicationError}
 * `unknown-command`: whoever wrote into the store runs nothing on a phone.
 */
export function requireOfCatalog(catalog: Catalog, { id, app }: Action, commands: readonly string[]): void {
  const templates = catalog.causes.flatMap(({ corrections }) =>
    corrections.flatMap((one) => (one.kind === 'automatic' ? [...one.commands, ...one.inverse] : [])),
  );
  const isKnown = (command: string): boolean => templates.some((template) => isFilledFrom(template, command, app));
  if (commands.every(isKnown)) return;
  throw new ApplicationError(
    'unknown-command',
    `Action ${id} holds a command that no correction runs. Nothing was sent.`,
  );
}
