import { z } from 'zod';
import type { Connection } from '../connection.ts';
import { jsonColumn } from '../json-column.ts';
import type { OutboxMessage } from './outbox.ts';
import { ticketStatusSchema, type TicketStatus } from './ticket-events.ts';

/** The row that a message of the outbox tells about. */
export type OutboxSource =
  | { about: 'ticket'; at: string; opened: boolean; status: TicketStatus }
  | { about: 'snapshot'; at: string; id: number }
  | { about: 'action'; at: string; id: number; undone: boolean }
  | { about: 'test-photo'; at: string; uid: string; phone: string };

const eventRow = z.object({
  kind: z.string(),
  at: z.string(),
  detail: jsonColumn(z.object({ status: ticketStatusSchema.optional() })),
});
const rowOf = z.object({ id: z.int(), at: z.string() });

/** null where that row is gone: forgotten with its phone, or erased. */
export function outboxSource(connection: Connection, { uid, about }: OutboxMessage): OutboxSource | null {
  switch (about) {
    case 'ticket': {
      const event = connection.row(
        eventRow,
        'SELECT kind, at, detail_json AS detail FROM ticket_event WHERE uid = $uid',
        {
          uid,
        },
      );
      if (event === null) return null;
      return { about, at: event.at, opened: event.kind === 'opened', status: event.detail.status ?? 'taken-in' };
    }
    case 'snapshot': {
      const snapshot = connection.row(rowOf, 'SELECT id, taken_at AS at FROM snapshot WHERE uid = $uid', { uid });
      return snapshot === null ? null : { about, ...snapshot };
    }
    case 'action': {
      const event = connection.row(
        rowOf.extend({ kind: z.string() }),
        'SELECT action AS id, at, kind FROM action_event WHERE uid = $uid',
        { uid },
      );
      return event === null ? null : { about, at: event.at, id: event.id, undone: event.kind === 'undo-verified' };
    }
    case 'test-photo': {
      const photo = connection.row(
        z.object({ at: z.string(), phone: z.string() }),
        'SELECT phone, ended_at AS at FROM test_photo WHERE uid = $uid',
        { uid },
      );
      return photo === null ? null : { about, uid, ...photo };
    }
    case 'answer':
      return null;
    default:
      return about satisfies never;
  }
}
