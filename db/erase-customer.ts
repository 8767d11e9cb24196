import { z } from 'zod';
import type { Connection, Parameters } from './connection.ts';
import { NotFoundError } from './errors.ts';
import { isEnded, isOpenHere, listActions, wasBegun, type Action } from './records/actions.ts';
import { customerSchema } from './records/customers.ts';
import { knownPhoneSchema } from './records/phones.ts';
import { copiesWith, copyElsewhereSchema } from './records/copies-elsewhere.ts';
import { removeRows, type Doomed } from './remove-rows.ts';

/** What goes with a customer. */
export const customerTracesSchema = z.object({
  customer: customerSchema,
  /** Ids of their tickets. */
  tickets: z.array(z.int()),
  /** Of those, how many are open. */
  open: z.int(),
  /** Phones that they have handed in, and nobody else: everything about them goes. */
  phones: z.array(knownPhoneSchema.pick({ id: true, name: true, manufacturer: true, model: true })),
  /** Phones that stay, for they are not this customer's alone; what was done under these tickets goes. */
  shared: z.array(knownPhoneSchema.pick({ id: true, name: true, manufacturer: true, model: true })),
  snapshots: z.int(),
  /** Corrections that could still be undone, and could not be afterwards. */
  undoable: z.array(z.int()),
  /** Corrections that were cut off: nobody knows whether they took. Nothing is erased as long as there is one. */
  cutOff: z.array(z.int()),
  /** Backups and cases outside the data folder that may hold something of them: nothing can be removed there from here. */
  elsewhere: z.array(copyElsewhereSchema),
});
export type CustomerTraces = z.infer<typeof customerTracesSchema>;

const phoneRow = knownPhoneSchema.pick({ id: true, name: true, manufacturer: true, model: true });
const ticketRow = z.object({ id: z.int(), isOpen: z.int() });
const countRow = z.object({ count: z.int() });

const ofTheirTickets = 'ticket IN (SELECT id FROM ticket WHERE customer = $customer)';
/** Theirs: handed in by them, and not put there by mistake. */
const handedIn = `SELECT phone FROM ticket_phone WHERE phone IS NOT NULL AND removed = 0 AND ${ofTheirTickets}`;
const touched = `${handedIn}
  UNION SELECT phone FROM snapshot WHERE ${ofTheirTickets} UNION SELECT phone FROM action WHERE ${ofTheirTickets}`;
const ofOthers = 'ticket NOT IN (SELECT id FROM ticket WHERE customer = $customer)';
/** Handed in by others, or something was done with it under a ticket of theirs. */
const elsewhere = `SELECT phone FROM ticket_phone WHERE phone IS NOT NULL AND removed = 0 AND ${ofOthers}
  UNION SELECT phone FROM snapshot WHERE ${ofOthers} UNION SELECT phone FROM action WHERE ${ofOthers}`;

/** Whether its former values are still known to be what an undo would bring back. */
const isUndoable = (action: Action): boolean => {
  const last = action.events.at(-1);
  if (action.takenIn || action.inverse.length === 0 || !wasBegun(action) || !isEnded(action)) return false;
  if (last?.kind === 'undo-verified') return last.result !== 'taken';
  return last?.kind !== 'verified' || last.result === 'taken';
};

/** What is kept of a customer. Throws `NotFoundError`. */
export function customerTraces(connection: Connection, id: number): CustomerTraces {
  const parameters: Parameters = { customer: id };
  const customer = connection.row(
    customerSchema,
    `SELECT id, uid, version, name, contact, created_at AS createdAt, changed_at AS changedAt FROM customer
     WHERE id = $customer`,
    parameters,
  );
  if (customer === null) throw new NotFoundError('customer', id);
  const tickets = connection.rows(
    ticketRow,
    'SELECT id, closed_at IS NULL AS isOpen FROM ticket WHERE customer = $customer ORDER BY id',
    parameters,
  );
  const phonesWhere = (where: string): CustomerTraces['phones'] =>
    connection.rows(phoneRow, `SELECT id, name, manufacturer, model FROM phone WHERE ${where} ORDER BY id`, parameters);
  const phones = phonesWhere(`id IN (${handedIn}) AND id NOT IN (${elsewhere})`);
  const ids = new Set(phones.map((phone) => phone.id));
  const ticketIds = new Set(tickets.map((ticket) => ticket.id));
  const actions = listActions(connection).filter(
    ({ phone, ticket }) => ids.has(phone) || (ticket !== null && ticketIds.has(ticket)),
  );
  const snapshots = connection.row(
    countRow,
    `SELECT count(*) AS count FROM snapshot WHERE phone IN (SELECT value FROM json_each($phones)) OR ${ofTheirTickets}`,
    { ...parameters, phones: JSON.stringify([...ids]) },
  );
  const uids = connection
    .rows(
      z.object({ uid: z.string() }),
      `SELECT uid FROM customer WHERE id = $customer UNION SELECT uid FROM ticket WHERE customer = $customer
       UNION SELECT uid FROM snapshot WHERE phone IN (SELECT value FROM json_each($phones)) OR ${ofTheirTickets}`,
      { ...parameters, phones: JSON.stringify([...ids]) },
    )
    .map(({ uid }) => uid);
  return {
    customer,
    tickets: [...ticketIds],
    open: tickets.filter(({ isOpen }) => isOpen === 1).length,
    phones,
    shared: phonesWhere(`id IN (${touched}) AND (id NOT IN (${handedIn}) OR id IN (${elsewhere}))`),
    snapshots: snapshots?.count ?? 0,
    undoable: actions.filter(isUndoable).map((action) => action.id),
    cutOff: actions.filter(isOpenHere).map((action) => action.id),
    elsewhere: copiesWith(connection, uids, earliest(connection, parameters, ids) ?? customer.createdAt),
  };
}

/** Tables of what goes with a phone or a ticket, each with its moment. */
const momentsOfPhones = {
  snapshot: 'taken_at',
  action: 'planned_at',
  walkthrough: 'started_at',
  test_photo: 'started_at',
  safe_copy: 'started_at',
  watch_plan: 'started_at',
  chosen_apps: 'chosen_at',
  alternative_path: 'chosen_at',
  copy_declined: 'at',
  counter_visit: 'arrived_at',
} as const;

/** When the first of what goes may have been kept: a backup from before that holds nothing of it. */
function earliest(connection: Connection, parameters: Parameters, phones: ReadonlySet<string>): string | null {
  const inTables = Object.entries(momentsOfPhones).map(([table, moment]) => {
    const isUnderTickets = underTickets.some((one) => one === table) ? ` OR ${ofTheirTickets}` : '';
    return `SELECT ${moment} AS at FROM ${table} WHERE phone IN (SELECT value FROM json_each($phones))${isUnderTickets}`;
  });
  const all = [
    'SELECT created_at AS at FROM customer WHERE id = $customer',
    'SELECT created_at AS at FROM ticket WHERE customer = $customer',
    ...inTables,
  ];
  return (
    connection.row(z.object({ at: z.string().nullable() }), `SELECT min(at) AS at FROM (${all.join(' UNION ALL ')})`, {
      ...parameters,
      phones: JSON.stringify([...phones]),
    })?.at ?? null
  );
}

/** What was done under a ticket, and goes with it also where its phone stays. */
export const underTickets = ['snapshot', 'action', 'walkthrough', 'test_photo', 'safe_copy', 'outbox'] as const;

/**
 * Removes a customer with their tickets, the phones that nobody else has handed in, and everything about those; all of it or nothing.
 * `again`: they were erased before, and have come back with a backup. Throws `NotFoundError`.
 */
export function eraseCustomer(
  connection: Connection,
  id: number,
  { isForGood = true }: { isForGood?: true | 'again' } = {},
): CustomerTraces {
  const traces = customerTraces(connection, id);
  const tickets = 'ticket IN (SELECT value FROM json_each($tickets))';
  const roots: Doomed[] = [
    ...underTickets.map((table) => ({ table, where: tickets })),
    { table: 'ticket_phone', where: 'phone IN (SELECT value FROM json_each($phones))' },
    { table: 'phone', where: 'id IN (SELECT value FROM json_each($phones))' },
    { table: 'ticket', where: 'id IN (SELECT value FROM json_each($tickets))' },
    { table: 'customer', where: 'id = $customer' },
  ];
  removeRows(
    connection,
    roots,
    {
      customer: id,
      tickets: JSON.stringify(traces.tickets),
      phones: JSON.stringify(traces.phones.map((phone) => phone.id)),
    },
    { isForGood },
  );
  return traces;
}
