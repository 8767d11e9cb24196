import { z } from 'zod';
import { statusSchema } from '../../diagnosis/finding.ts';
import { phoneSchema } from '../../native/phone.ts';
import type { Connection, Parameters } from '../connection.ts';
import { NotFoundError, WalkthroughOverError } from '../errors.ts';
import { eventList, eventsColumn } from '../event-column.ts';
import { rememberPhone } from './phones.ts';
import { requireSnapshot } from './snapshots.ts';
import { ticketFor } from './tickets.ts';

/** Which step of a walk-through: the cause it works on, and the app where the cause is per app. */
export const walkthroughStepSchema = z.object({ cause: z.string(), app: z.string().nullable() });
export type WalkthroughStep = z.infer<typeof walkthroughStepSchema>;

const step = { step: walkthroughStepSchema };

/**
 * What happened in a walk-through. `ticked`: a reading showed the step to be done. `said-done`: its person says so, where no
 * reading can. `screen-differs`: the phone's screen was not as the steps say; kept for whoever keeps the catalog.
 */
export const walkthroughEventSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ticked'), ...step }),
  z.object({ kind: z.literal('said-done'), ...step }),
  z.object({ kind: z.literal('skipped'), ...step }),
  z.object({ kind: z.literal('taken-up-again'), ...step }),
  z.object({
    kind: z.literal('screen-differs'),
    ...step,
    /** Id of the correction whose steps were followed. */
    correction: z.string(),
    note: z.string().max(2000),
  }),
  /** Somebody began anew instead of going on. */
  z.object({ kind: z.literal('given-up') }),
  z.object({
    kind: z.literal('finished'),
    /** The snapshot taken at its end; null: the customer does not allow that one is kept. */
    snapshot: z.int().nullable(),
    /** What was open then. */
    open: z.array(walkthroughStepSchema.extend({ status: statusSchema })),
  }),
]);
export type WalkthroughEvent = z.infer<typeof walkthroughEventSchema>;

/** One sitting: the corrections of one diagnosis, in order. Nothing of it is ever changed or removed. */
export const walkthroughSchema = z.object({
  /** From 1. */
  id: z.int(),
  /** Id of the phone. */
  phone: z.string(),
  ticket: z.int().nullable(),
  /** The snapshot whose diagnosis it works on. */
  before: z.int(),
  who: z.string(),
  /** UTC, ISO 8601. */
  startedAt: z.string(),
  /** In the order in which they happened. */
  events: z.array(z.intersection(walkthroughEventSchema, z.object({ at: z.string() }))),
});
export type Walkthrough = z.infer<typeof walkthroughSchema>;

export const newWalkthroughSchema = z.object({
  phone: phoneSchema,
  ticket: z.int().nullable(),
  before: z.int(),
  who: z.string(),
});
export type NewWalkthrough = z.infer<typeof newWalkthroughSchema>;

/** Whether nothing more may happen in it. */
export const isOver = ({ events }: Walkthrough): boolean =>
  events.some(({ kind }) => kind === 'finished' || kind === 'given-up');

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
    requireSnapshot(connection, before);
    const phoneId = rememberPhone(connection, phone, startedAt);
    const id = connection.run(
      `INSERT INTO walkthrough (phone, ticket, before_snapshot, who, started_at)
       VALUES ($phone, $ticket, $before, $who, $startedAt)`,
      { phone: phoneId, ticket: ticketFor(connection, phoneId, ticket), before, who, startedAt },
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
