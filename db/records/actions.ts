import { z } from 'zod';
import { endedSchema } from '../../native/capture.ts';
import { phoneSchema } from '../../native/phone.ts';
import { phoneIdentitySchema } from '../../native/phone-identity.ts';
import type { Connection, Parameters } from '../connection.ts';
import { ActionOutOfOrderError, NotFoundError } from '../errors.ts';
import { eventList, eventsColumn } from '../event-column.ts';
import { jsonColumn } from '../json-column.ts';
import { putIntoOutbox } from './outbox.ts';
import { rememberPhone } from './phones.ts';
import { requireSnapshot } from './snapshots.ts';
import { ticketFor } from './tickets.ts';

/** What became of a correction. `refused`: the phone would not have it. `unverified`: the second reading could not tell. */
export const actionResultSchema = z.enum(['taken', 'not-taken', 'refused', 'unverified']);
export type ActionResult = z.infer<typeof actionResultSchema>;

/** One command that was sent, and what the phone said to it. */
export const ranCommandSchema = z.object({
  command: z.string(),
  output: z.string(),
  errors: z.string(),
  /** null where the phone gives none. */
  exitCode: z.int().nullable(),
  /** `whole`, or why the answer did not come to its end; then nobody knows whether the command has arrived. */
  ended: endedSchema.default('whole'),
});

const ran = { outputs: z.array(ranCommandSchema) };
const verified = {
  result: actionResultSchema,
  /** The values as they were read afterwards. */
  after: z.json(),
};

/**
 * One step in the life of an action. `abandoned`: nobody goes on with it, because it is undone instead, or because nothing of it ran.
 * `left`: somebody leaves it as it is, without knowing what came of it.
 */
export const actionEventSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('started') }),
  z.object({ kind: z.literal('ran'), ...ran }),
  z.object({ kind: z.literal('verified'), ...verified }),
  z.object({ kind: z.literal('abandoned'), reason: z.string() }),
  z.object({ kind: z.literal('left'), who: z.string() }),
  z.object({ kind: z.literal('undo-started') }),
  z.object({ kind: z.literal('undo-ran'), ...ran }),
  z.object({ kind: z.literal('undo-verified'), ...verified }),
]);
export type ActionEvent = z.infer<typeof actionEventSchema>;
export type ActionEventKind = ActionEvent['kind'];

/** An event with its moment; UTC, ISO 8601. */
export type RecordedEvent = ActionEvent & { at: string };

const planned = {
  /** The snapshot that the decision rests on. */
  snapshot: z.int().nullable(),
  ticket: z.int().nullable(),
  /** The walk-through that it is part of. */
  walkthrough: z.int().nullable(),
  cause: z.string(),
  app: z.string().nullable(),
  /** Id of the correction. */
  correction: z.string(),
  /** Exactly what will run on the phone. */
  commands: z.array(z.string()),
  /** Exactly what puts it back; kept before anything runs. */
  inverse: z.array(z.string()),
  /** The values as they were read before. */
  before: z.json(),
  /** Who the phone was; null: not known, as for every action from before this was kept. */
  identity: phoneIdentitySchema.nullable(),
  /** Who said yes. */
  who: z.string(),
};

/** One correction that was decided on, and everything that happened to it since. Nothing of it is ever changed or removed. */
export const actionSchema = z.object({
  /** From 1. */
  id: z.int(),
  /** Its id on every computer: a UUID that sorts by time. */
  uid: z.string(),
  /** Id of the phone. */
  phone: z.string(),
  ...planned,
  /** UTC, ISO 8601. */
  plannedAt: z.string(),
  /** In the order in which they happened. */
  events: z.array(z.intersection(actionEventSchema, z.object({ at: z.string() }))),
  /** It came here in a case: what it would run was written by somebody else, so it is history and is neither finished nor undone here. */
  takenIn: z.boolean(),
});
export type Action = z.infer<typeof actionSchema>;

export const actionPlanSchema = z.object({ phone: phoneSchema, ...planned });
export type ActionPlan = z.infer<typeof actionPlanSchema>;

/** Where an action stands: the last thing that happened to it. */
export type ActionState = 'planned' | ActionEventKind;

export const actionState = (action: Action): ActionState => action.events.at(-1)?.kind ?? 'planned';

const afterAnything: Record<ActionState, readonly ActionEventKind[]> = {
  planned: ['started', 'abandoned'],
  started: ['ran', 'verified', 'abandoned', 'left'],
  ran: ['ran', 'verified', 'abandoned', 'left'],
  verified: ['undo-started'],
  abandoned: ['undo-started'],
  left: ['undo-started'],
  'undo-started': ['undo-ran', 'undo-verified', 'abandoned', 'left'],
  'undo-ran': ['undo-ran', 'undo-verified', 'abandoned', 'left'],
  // An undo that did not take can be tried again.
  'undo-verified': ['undo-started'],
};

/** What may follow. An action that was cut off, or whose end nobody could read, can still be verified, finished, given up or undone. */
export function mayFollow(action: Action): readonly ActionEventKind[] {
  if (action.takenIn) return [];
  const last = action.events.at(-1);
  const state = actionState(action);
  const unread = (last?.kind === 'verified' || last?.kind === 'undo-verified') && last.result === 'unverified';
  if (!unread) return afterAnything[state];
  return state === 'verified'
    ? ['ran', 'verified', 'abandoned', 'left', 'undo-started']
    : ['undo-ran', 'undo-verified', 'abandoned', 'left', 'undo-started'];
}

/** Whether anything of an action may have reached the phone. */
export const wasBegun = (action: Action): boolean => action.events.some(({ kind }) => kind === 'started');

/**
 * Whether it is known what became of an action, or nobody asks any more. Any other was cut off, if no program is at it now, or its end
 * could not be read.
 */
export function isEnded(action: Action): boolean {
  const last = action.events.at(-1);
  if (last?.kind === 'verified' || last?.kind === 'undo-verified') return last.result !== 'unverified';
  return last?.kind === 'left' || (last?.kind === 'abandoned' && !wasBegun(action));
}

/** Whether it was cut off here, so that it is to be finished, undone or left as it is. */
export const isOpenHere = (action: Action): boolean => !action.takenIn && !isEnded(action);

const actionRow = z
  .object({
    ...actionSchema.shape,
    commands: jsonColumn(actionSchema.shape.commands),
    inverse: jsonColumn(actionSchema.shape.inverse),
    before: jsonColumn(actionSchema.shape.before),
    identity: jsonColumn(phoneIdentitySchema).nullable(),
    events: eventList,
    takenIn: z.int().transform((value) => value === 1),
  })
  .pipe(actionSchema);

function select(connection: Connection, where: string, parameters: Parameters = {}): Action[] {
  return connection.rows(
    actionRow,
    `SELECT id, uid, phone, ticket, snapshot, walkthrough, cause, app, correction, commands_json AS commands, inverse_json AS inverse,
            before_json AS before, identity_json AS identity, who, planned_at AS plannedAt,
            ${eventsColumn('action_event', 'action')}, EXISTS (SELECT 1 FROM taken_in WHERE uid = action.uid) AS takenIn
     FROM action ${where} ORDER BY id DESC`,
    parameters,
  );
}

/** An action with all its events; null where there is none. Throws `DamagedRecordError` where it is not what was kept. */
export function loadAction(connection: Connection, id: number): Action | null {
  // A changed byte in what puts a phone back would run on that phone.
  connection.requireSealed('action', { column: 'id', is: id });
  connection.requireSealed('action_event', { column: 'action', is: id });
  return select(connection, 'WHERE id = $id', { id })[0] ?? null;
}

/** Actions of one phone or of all, the latest first. */
export const listActions = (connection: Connection, phone?: string): Action[] =>
  phone === undefined ? select(connection, '') : select(connection, 'WHERE phone = $phone', { phone });

/** Carried out under a ticket, the first first. */
export const actionsOfTicket = (connection: Connection, ticket: number): Action[] =>
  select(connection, 'WHERE ticket = $ticket', { ticket }).toReversed();

/** Actions that came to no end: a program that was killed left them, or is still at them. The latest first. */
export const openActions = (connection: Connection, phone?: string): Action[] =>
  listActions(connection, phone).filter(isOpenHere);

function requireAction(connection: Connection, id: number): Action {
  const action = loadAction(connection, id);
  if (action === null) throw new NotFoundError('action', id);
  return action;
}

/** Keeps what is going to be done, and what puts it back, before it is done. Throws `NotFoundError` as {@link ticketFor}. */
export function planAction(connection: Connection, plan: ActionPlan): Action {
  const { phone, commands, inverse, before, identity, ...rest } = actionPlanSchema.parse(plan);
  const plannedAt = connection.now();
  return connection.transaction(() => {
    requireSnapshot(connection, rest.snapshot);
    const phoneId = rememberPhone(connection, phone, plannedAt);
    const id = connection.run(
      `INSERT INTO action (uid, phone, ticket, snapshot, walkthrough, cause, app, correction, commands_json, inverse_json, before_json,
                           identity_json, who, planned_at)
       VALUES ($uid, $phone, $ticket, $snapshot, $walkthrough, $cause, $app, $correction, $commands, $inverse, $before, $identity,
               $who, $plannedAt)`,
      {
        ...rest,
        uid: connection.newUid(plannedAt),
        phone: phoneId,
        ticket: ticketFor(connection, phoneId, rest.ticket),
        commands: JSON.stringify(commands),
        inverse: JSON.stringify(inverse),
        before: JSON.stringify(before),
        identity: identity === null ? null : JSON.stringify(identity),
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
  const begins = events.some(({ kind }) => kind === 'started' || kind === 'undo-started');
  const add = (): Action => {
    let action = requireAction(connection, id);
    for (const event of events) {
      const { kind, ...detail } = actionEventSchema.parse(event);
      if (!mayFollow(action).includes(kind)) throw new ActionOutOfOrderError(id, actionState(action), kind);
      const at = connection.now();
      const uid = connection.newUid(at);
      if (kind === 'verified' || kind === 'undo-verified') {
        putIntoOutbox(connection, { uid, ticket: action.ticket, about: 'action' }, at);
      }
      connection.run(
        'INSERT INTO action_event (uid, action, kind, at, detail_json) VALUES ($uid, $id, $kind, $at, $detail)',
        { uid, id, kind, at, detail: JSON.stringify(detail) },
      );
      action = requireAction(connection, id);
    }
    return action;
  };
  // What has run on a phone is told to the end: a folder that was only moved keeps it.
  return connection.transaction(add, { anywhere: !begins });
}
