import { z } from 'zod';
import type { Connection } from './connection.ts';
import { DamagedRecordError } from './errors.ts';
import { clearBackups } from './clear-backups.ts';
import { erasingHere } from './erasing.ts';
import { customerTraces, eraseCustomer } from './erase-customer.ts';
import { emptyCapture } from './records/snapshot-content.ts';
import { shopLink } from './records/shop-link.ts';
import { removeRows } from './remove-rows.ts';

const days = z.int().min(1).max(36_500).nullable();

/** After how many days something goes; null: never. */
export const retentionRulesSchema = z.object({
  /** What phones answered, word for word; what was read and judged of it stays. */
  captureDays: days,
  /** Snapshots under no ticket. */
  snapshotDays: days,
  /** Customers, counted from when their last ticket was closed. */
  customerDays: days,
});
export type RetentionRules = z.infer<typeof retentionRulesSchema>;

/** What would go by the rules, or has gone. */
export interface RetentionDue {
  captures: number;
  snapshots: number;
  /** Of how many phones these are. */
  phones: number;
  customers: { id: number; name: string }[];
  /** Customers who stay for now: a correction of a phone of theirs was not undone, or was cut off. */
  held: { id: number; name: string }[];
  /** Whether this station belongs to a chain: snapshots and customers go from its server too, and so from its other stations. */
  inChain: boolean;
}

const dayMs = 86_400_000;
const idRow = z.object({ id: z.int() });
const snapshotRow = z.object({ id: z.int(), phone: z.string() });

const cutoff = (connection: Connection, ofDays: number): Date =>
  new Date(Date.parse(connection.now()) - ofDays * dayMs);

/** As `snapshot.moment` counts. */
const momentOf = (date: Date): number => date.getTime() * 1000;

const openTicket = 'SELECT 1 FROM ticket WHERE ticket.id = snapshot.ticket AND closed_at IS NULL';

const dueCaptures = (connection: Connection, ofDays: number): number[] =>
  connection
    .rows(
      idRow,
      `SELECT id FROM snapshot WHERE emptied_at IS NULL AND moment < $moment AND NOT EXISTS (${openTicket}) ORDER BY moment`,
      { moment: momentOf(cutoff(connection, ofDays)) },
    )
    .map(({ id }) => id);

/** What a correction or a walk-through rests on stays, and so do the phones of open tickets. */
const dueSnapshots = (connection: Connection, ofDays: number): z.infer<typeof snapshotRow>[] =>
  connection.rows(
    snapshotRow,
    `SELECT id, phone FROM snapshot
     WHERE ticket IS NULL AND moment < $moment
       AND NOT EXISTS (SELECT 1 FROM action WHERE action.snapshot = snapshot.id)
       AND NOT EXISTS (SELECT 1 FROM walkthrough WHERE before_snapshot = snapshot.id)
       AND phone NOT IN (SELECT phone FROM ticket_phone JOIN ticket ON ticket.id = ticket_phone.ticket
                         WHERE phone IS NOT NULL AND removed = 0 AND closed_at IS NULL)
     ORDER BY moment`,
    { moment: momentOf(cutoff(connection, ofDays)) },
  );

function dueCustomers(connection: Connection, ofDays: number): Pick<RetentionDue, 'customers' | 'held'> {
  const found = connection.rows(
    z.object({ id: z.int(), name: z.string() }),
    `SELECT customer.id, customer.name FROM customer JOIN ticket ON ticket.customer = customer.id
     GROUP BY customer.id HAVING sum(closed_at IS NULL) = 0 AND max(closed_at) < $before ORDER BY customer.id`,
    { before: cutoff(connection, ofDays).toISOString() },
  );
  const isHeld = ({ id }: { id: number }): boolean => {
    const { undoable, cutOff } = customerTraces(connection, id);
    return undoable.length > 0 || cutOff.length > 0;
  };
  const held = found.filter(isHeld);
  return { customers: found.filter((one) => !held.includes(one)), held };
}

/** What would go by the rules now. */
export function retentionDue(connection: Connection, rules: RetentionRules): RetentionDue {
  const { captureDays, snapshotDays, customerDays } = retentionRulesSchema.parse(rules);
  const snapshots = snapshotDays === null ? [] : dueSnapshots(connection, snapshotDays);
  const going = new Set(snapshots.map(({ id }) => id));
  const captures = captureDays === null ? [] : dueCaptures(connection, captureDays);
  return {
    captures: captures.filter((id) => !going.has(id)).length,
    snapshots: snapshots.length,
    phones: new Set(snapshots.map(({ phone }) => phone)).size,
    ...(customerDays === null ? { customers: [], held: [] } : dueCustomers(connection, customerDays)),
    inChain: shopLink(connection) !== null,
  };
}

/** A phone of which nothing is kept but what it is called. */
const nothingKept = ['snapshot', 'action', 'walkthrough', 'test_photo', 'safe_copy', 'ticket_phone', 'watch_plan']
  .map((table) => `NOT EXISTS (SELECT 1 FROM ${table} WHERE ${table}.phone = phone.id)`)
  .join(' AND ');

const listOf = (values: readonly (string | number)[]): string => JSON.stringify([...new Set(values)]);

/** Returns the phones of which nothing is kept any more. */
function removeSnapshots(connection: Connection, snapshots: readonly z.infer<typeof snapshotRow>[]): string[] {
  const phones = listOf(snapshots.map(({ phone }) => phone));
  const known = (): string[] =>
    connection
      .rows(z.object({ id: z.string() }), 'SELECT id FROM phone WHERE id IN (SELECT value FROM json_each($phones))', {
        phones,
      })
      .map(({ id }) => id);
  const before = known();
  removeRows(connection, [{ table: 'snapshot', where: 'id IN (SELECT value FROM json_each($snapshots))' }], {
    snapshots: listOf(snapshots.map(({ id }) => id)),
  });
  removeRows(
    connection,
    [{ table: 'phone', where: `id IN (SELECT value FROM json_each($phones)) AND ${nothingKept}` }],
    { phones },
  );
  const left = new Set(known());
  return before.filter((id) => !left.has(id));
}

/** What stays in mind while the rules are applied. */
export interface RetentionWork {
  /** Stops between two parts; what was not reached is due the next time. */
  signal?: AbortSignal | undefined;
  /** Nothing of a phone goes that something is being done with. */
  isBusy?: ((phone: string) => boolean) | undefined;
  /** These phones are known no more. */
  onForgotten?: ((phones: readonly string[]) => void) | undefined;
}

/** Others are let in between. */
const atOnce = { captures: 20, snapshots: 500 } as const;

const lettingOthersIn = (): Promise<void> =>
  new Promise((resolve) => {
    setImmediate(resolve);
  });

/**
 * Has what is due go, a part at a time; each part is whole, and asks anew what is due: others write in between. Cut off in the middle, the
 * rest is due the next time. Returns what has gone.
 */
export async function applyRetention(
  connection: Connection,
  rules: RetentionRules,
  { signal, isBusy = () => false, onForgotten = () => undefined }: RetentionWork = {},
): Promise<RetentionDue> {
  const due = retentionDue(connection, rules);
  const { customerDays, snapshotDays, captureDays } = rules;
  const erased: RetentionDue['customers'] = [];
  const gone = { captures: 0, snapshots: 0, phones: new Set<string>() };
  const isStopped = (): boolean => signal?.aborted === true;
  const forget = (phones: readonly string[]): void => {
    if (phones.length > 0) onForgotten(phones);
  };
  try {
    for (const customer of due.customers) {
      if (isStopped()) break;
      const isDue =
        customerDays !== null && dueCustomers(connection, customerDays).customers.some(({ id }) => id === customer.id);
      const { phones, shared } = isDue ? customerTraces(connection, customer.id) : { phones: [], shared: [] };
      if (isDue && ![...phones, ...shared].some(({ id }) => isBusy(id))) {
        erasingHere(connection, () => eraseCustomer(connection, customer.id));
        erased.push(customer);
        forget(phones.map(({ id }) => id));
      }
      await lettingOthersIn();
    }
  } finally {
    // Also where one of them could not be erased: the others are.
    if (erased.length > 0) await clearBackups(connection, { signal });
  }
  while (!isStopped()) {
    const part =
      snapshotDays === null
        ? []
        : dueSnapshots(connection, snapshotDays)
            .filter(({ phone }) => !isBusy(phone))
            .slice(0, atOnce.snapshots);
    if (part.length === 0) break;
    forget(removeSnapshots(connection, part));
    gone.snapshots += part.length;
    for (const { phone } of part) gone.phones.add(phone);
    await lettingOthersIn();
  }
  // One that a disk has damaged stays as it is, and keeps no other from going.
  const damaged = new Set<number>();
  while (!isStopped()) {
    const captures = captureDays === null ? [] : dueCaptures(connection, captureDays).filter((id) => !damaged.has(id));
    if (captures.length === 0) break;
    for (const id of captures.slice(0, atOnce.captures)) {
      try {
        connection.transaction(() => emptyCapture(connection, id));
        gone.captures += 1;
      } catch (error) {
        if (!(error instanceof DamagedRecordError)) throw error;
        damaged.add(id);
      }
    }
    await lettingOthersIn();
  }
  return {
    captures: gone.captures,
    snapshots: gone.snapshots,
    phones: gone.phones.size,
    customers: erased,
    held: [...due.held, ...due.customers.filter((one) => !erased.includes(one))],
    inChain: due.inChain,
  };
}
