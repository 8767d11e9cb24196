import { z } from 'zod';
import {
  actionEventSchema,
  actionPlanSchema,
  actionSchema,
  actionState,
  isEnded,
  mayFollow,
  type Action,
  type ActionEvent,
  type ActionPlan,
} from './action.ts';
import type { Connection, Parameters } from './connection.ts';
import { ActionOutOfOrderError, NotFoundError } from './errors.ts';
import { eventList, eventsColumn } from './event-column.ts';
import { jsonColumn } from './json-column.ts';
import { rememberPhone } from './phones.ts';
import { requireSnapshot } from './snapshots.ts';
import { requireTicket } from './tickets.ts';

const actionRow = z
  .object({
    ...actionSchema.shape,
    commands: jsonColumn(actionSchema.shape.commands),
    inverse: jsonColumn(actionSchema.shape.inverse),
    before: jsonColumn(actionSchema.shape.before),
    events: eventList,
  })
  .pipe(actionSchema);

function select(connection: Connection, where: string, parameters: Parameters = {}): Action[] {
  return connection.rows(
    actionRow,
    `SELECT id, phone, ticket, snapshot, walkthrough, cause, app, correction, commands_json AS commands, inverse_json AS inverse,
            before_json AS before, who, planned_at AS plannedAt,
            ${eventsColumn('action_event', 'action')}
     FROM action ${where} ORDER BY id DESC`,
    parameters,
  );
}

/** An action with all its events; null where there is none. */
export const loadAction = (connection: Connection, id: number): Action | null =>
  select(connection, 'WHERE id = $id', { id })[0] ?? null;

/** Actions of one phone or of all, the latest first. */
export const listActions = (connection: Connection, phone?: string): Action[] =>
  phone === undefined ? select(connection, '') : select(connection, 'WHERE phone = $phone', { phone });

/** Actions that came to no end: a program that was killed left them, or is still at them. The latest first. */
export const openActions = (connection: Connection, phone?: string): Action[] =>
  listActions(connection, phone).filter((action) => !isEnded(action));

function requireAction(connection: Connection, id: number): Action {
  const action = loadAction(connection, id);
  if (action === null) throw new NotFoundError('action', id);
  return action;
}

/** Keeps what is going to be done, and what puts it back, before it is done. Throws `NotFoundError` as {@link requireTicket}. */
export function planAction(connection: Connection, plan: ActionPlan): Action {
  const { phone, commands, inverse, before, ...rest } = actionPlanSchema.parse(plan);
  const plannedAt = connection.now();
  return connection.transaction(() => {
    requireTicket(connection, rest.ticket);
    requireSnapshot(connection, rest.snapshot);
    rememberPhone(connection, phone, plannedAt);
    const id = connection.run(
      `INSERT INTO action (phone, ticket, snapshot, walkthrough, cause, app, correction, commands_json, inverse_json, before_json, who,
                           planned_at)
       VALUES ($phone, $ticket, $snapshot, $walkthrough, $cause, $app, $correction, $commands, $inverse, $before, $who, $plannedAt)`,
      {
        ...rest,
        phone: phone.id,
        commands: JSON.stringify(commands),
        inverse: JSON.stringify(inverse),
        before: JSON.stringify(before),
        plannedAt,
      },
    );
    return requireAction(connection, id);
  });
}

/**
 * Adds what just happened to an action: all of it or nothing. Throws `NotFoundError`, or `ActionOutOfOrderError` where it cannot
 * follow what happened last: of two windows that undo the same action at once, one gets it.
 */
export function addActionEvent(connection: Connection, id: number, events: readonly ActionEvent[]): Action {
  return connection.transaction(() => {
    let action = requireAction(connection, id);
    for (const event of events) {
      const { kind, ...detail } = actionEventSchema.parse(event);
      if (!mayFollow(action).includes(kind)) throw new ActionOutOfOrderError(id, actionState(action), kind);
      connection.run('INSERT INTO action_event (action, kind, at, detail_json) VALUES ($id, $kind, $at, $detail)', {
        id,
        kind,
        at: connection.now(),
        detail: JSON.stringify(detail),
      });
      action = requireAction(connection, id);
    }
    return action;
  });
}
