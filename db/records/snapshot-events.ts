import { z } from 'zod';
import type { Connection } from '../connection.ts';
import { NotFoundError, SnapshotChangedError } from '../errors.ts';
import { checkedInput } from '../input.ts';
import { jsonColumn } from '../json-column.ts';
import { indexSnapshot } from './snapshot-search.ts';
import { requireTicket } from './tickets.ts';

/** What people may change about a snapshot later; what is left out stays. What was read and judged never changes. */
export const snapshotChangeSchema = z.object({
  /** null: none. */
  label: z.string().trim().min(1).max(200).nullable().optional(),
  note: z.string().trim().max(4000).optional(),
  ticket: z.int().nullable().optional(),
});
export type SnapshotChange = z.infer<typeof snapshotChangeSchema>;

const standingRow = z.object({
  label: z.string().nullable(),
  note: z.string(),
  ticket: z.int().nullable(),
  version: z.int(),
});

/**
 * Changes what people have written about a snapshot: as an event, whose row the list shows. Nothing happens where nothing would be
 * another. `seen`: the version that somebody has changed it from; null: as it is now. Throws `NotFoundError` where the snapshot or the ticket
 * does not exist, and `SnapshotChangedError` where somebody else has written since.
 */
export function changeSnapshot(
  connection: Connection,
  id: number,
  change: SnapshotChange,
  { who, seen = null }: { who: string; seen?: number | null },
): void {
  const wanted = checkedInput(snapshotChangeSchema, change);
  const at = connection.now();
  connection.transaction(() => {
    const was = connection.row(standingRow, 'SELECT label, note, ticket, version FROM snapshot WHERE id = $id', { id });
    if (was === null) throw new NotFoundError('snapshot', id);
    const { label = was.label, note = was.note, ticket = was.ticket } = wanted;
    if (label === was.label && note === was.note && ticket === was.ticket) return;
    if (seen !== null && seen < was.version) {
      throw new SnapshotChangedError(snapshotHistory(connection, id).at(-1)?.who ?? '');
    }
    requireTicket(connection, ticket);
    const version = was.version + 1;
    connection.run(
      `INSERT INTO snapshot_event (uid, snapshot, version, who, at, detail_json)
       VALUES ($uid, $id, $version, $who, $at, $detail)`,
      { uid: connection.newUid(at), id, version, who, at, detail: JSON.stringify({ label, note, ticket }) },
    );
    connection.run(
      'UPDATE snapshot SET label = $label, note = $note, ticket = $ticket, version = $version WHERE id = $id',
      { id, label, note, ticket, version },
    );
    indexSnapshot(connection, id);
  });
}

const eventRow = z.object({
  version: z.int(),
  who: z.string(),
  at: z.string(),
  detail: jsonColumn(z.object({ label: z.string().nullable(), note: z.string(), ticket: z.int().nullable() })),
});

/** What was written about a snapshot since it was saved, in that order: who, when, and how it stood then. */
export const snapshotHistory = (connection: Connection, id: number): SnapshotVersion[] =>
  connection
    .rows(
      eventRow,
      'SELECT version, who, at, detail_json AS detail FROM snapshot_event WHERE snapshot = $id ORDER BY version',
      { id },
    )
    .map(({ detail, ...rest }) => ({ ...rest, ...detail }));

export interface SnapshotVersion {
  version: number;
  who: string;
  /** UTC, ISO 8601. */
  at: string;
  label: string | null;
  note: string;
  ticket: number | null;
}
