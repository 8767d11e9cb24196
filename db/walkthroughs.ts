import { z } from 'zod';
import type { Connection, Parameters } from './connection.ts';
import { NotFoundError, WalkthroughOverError } from './errors.ts';
import { eventList, eventsColumn } from './event-column.ts';
import { rememberPhone } from './phones.ts';
import { requireSnapshot } from './snapshots.ts';
import { requireTicket } from './tickets.ts';
import {
  isOver,
  newWalkthroughSchema,
  walkthroughEventSchema,
  walkthroughSchema,
  type NewWalkthrough,
  type Walkthrough,
  type WalkthroughEvent,
} from './walkthrough.ts';

const row = z.object({ ...walkthroughSchema.shape, events: eventList }).pipe(walkthroughSchema);

const select = (connection: Connection, where: string, parameters: Parameters): Walkthrough[] =>
  connection.rows(
    row,
    `SELECT id, phone, ticket, before_snapshot AS before, who, started_at AS startedAt,
            ${eventsColumn('walkthrough_event', 'walkthrough')}
     FROM walkthrough ${where} ORDER BY id DESC`,
    parameters,
  );

/** null where there is none. */
export const loadWalkthrough = (connection: Connection, id: number): Walkthrough | null =>
  select(connection, 'WHERE id = $id', { id })[0] ?? null;

/** Of one phone or of all, the latest first. */
export const listWalkthroughs = (connection: Connection, phone?: string): Walkthrough[] =>
  select(connection, 'WHERE $phone IS NULL OR phone = $phone', { phone: phone ?? null });

function requireWalkthrough(connection: Connection, id: number): Walkthrough {
  const walkthrough = loadWalkthrough(connection, id);
  if (walkthrough === null) throw new NotFoundError('walk-through', id);
  return walkthrough;
}

/** Throws `NotFoundError` where the snapshot or the ticket does not exist. */
export function startWalkthrough(connection: Connection, newWalkthrough: NewWalkthrough): Walkthrough {
  const { phone, ticket, before, who } = newWalkthroughSchema.parse(newWalkthrough);
  const startedAt = connection.now();
  return connection.transaction(() => {
    requireTicket(connection, ticket);
    requireSnapshot(connection, before);
    rememberPhone(connection, phone, startedAt);
    const id = connection.run(
      `INSERT INTO walkthrough (phone, ticket, before_snapshot, who, started_at)
       VALUES ($phone, $ticket, $before, $who, $startedAt)`,
      { phone: phone.id, ticket, before, who, startedAt },
    );
    return requireWalkthrough(connection, id);
  });
}

/** Throws `NotFoundError`, or `WalkthroughOverError` where it has come to its end. */
export function addWalkthroughEvent(connection: Connection, id: number, event: WalkthroughEvent): Walkthrough {
  const { kind, ...detail } = walkthroughEventSchema.parse(event);
  return connection.transaction(() => {
    if (isOver(requireWalkthrough(connection, id))) throw new WalkthroughOverError(id);
    connection.run(
      'INSERT INTO walkthrough_event (walkthrough, kind, at, detail_json) VALUES ($id, $kind, $at, $detail)',
      {
        id,
        kind,
        at: connection.now(),
        detail: JSON.stringify(detail),
      },
    );
    return requireWalkthrough(connection, id);
  });
}
