import { z } from 'zod';
import { phoneSchema } from '../../native/phone.ts';
import type { Connection } from '../connection.ts';
import { NotFoundError } from '../errors.ts';
import { rememberPhone } from './phones.ts';

/** A repair-counter job. */
export const ticketSchema = z.object({
  /** From 1. */
  id: z.int(),
  customer: z.string(),
  /** Id of the phone; null until it is plugged in for the first time. */
  phone: z.string().nullable(),
  technician: z.string(),
  note: z.string(),
  /** UTC, ISO 8601. */
  createdAt: z.string(),
});
export type Ticket = z.infer<typeof ticketSchema>;

export const newTicketSchema = ticketSchema
  .omit({ id: true, createdAt: true })
  .extend({ phone: phoneSchema.nullable() });
export type NewTicket = z.infer<typeof newTicketSchema>;

const columns = 'id, customer, phone, technician, note, created_at AS createdAt';

export const loadTicket = (connection: Connection, id: number): Ticket | null =>
  connection.row(ticketSchema, `SELECT ${columns} FROM ticket WHERE id = $id`, { id });

/** All tickets, the latest first. */
export const listTickets = (connection: Connection): Ticket[] =>
  connection.rows(ticketSchema, `SELECT ${columns} FROM ticket ORDER BY id DESC`);

export function createTicket(connection: Connection, newTicket: NewTicket): Ticket {
  const { phone, ...rest } = newTicketSchema.parse(newTicket);
  const createdAt = connection.now();
  return connection.transaction(() => {
    const phoneId = phone === null ? null : rememberPhone(connection, phone, createdAt);
    const ticket = { ...rest, phone: phoneId, createdAt };
    const id = connection.run(
      `INSERT INTO ticket (customer, phone, technician, note, created_at)
       VALUES ($customer, $phone, $technician, $note, $createdAt)`,
      ticket,
    );
    return { id, ...ticket };
  });
}

/** Throws `NotFoundError` for a ticket that does not exist; null is no ticket. */
export function requireTicket(connection: Connection, id: number | null): void {
  if (id !== null && loadTicket(connection, id) === null) throw new NotFoundError('ticket', id);
}
