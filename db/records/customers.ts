import { z } from 'zod';
import type { Connection, Parameters } from '../connection.ts';
import { folded } from '../search-words.ts';

/** Who brings phones in. Nobody has to say who they are. */
export const customerSchema = z.object({
  /** From 1. */
  id: z.int(),
  uid: z.string(),
  /** How often something of it was said: 1 for the first time. */
  version: z.int(),
  name: z.string(),
  /** A telephone number, an e-mail address, or whatever reaches them. */
  contact: z.string(),
  /** UTC, ISO 8601, like the other. */
  createdAt: z.string(),
  changedAt: z.string(),
});
export type Customer = z.infer<typeof customerSchema>;

export const toldCustomerSchema = z.object({
  name: z.string().trim().max(200),
  contact: z.string().trim().max(300),
});
/** What a customer says of themselves. */
export type ToldCustomer = z.infer<typeof toldCustomerSchema>;

const select = (connection: Connection, rest: string, parameters: Parameters): Customer[] =>
  connection.rows(
    customerSchema,
    `SELECT id, uid, version, name, contact, created_at AS createdAt, changed_at AS changedAt FROM customer ${rest}`,
    parameters,
  );

export const customerOfUid = (connection: Connection, uid: string): Customer | null =>
  select(connection, 'WHERE uid = $uid', { uid })[0] ?? null;

/** Who said the same of themselves before, and how they are reached; null: nobody did, or there is too little to tell them by. */
export const customerSaying = (connection: Connection, { name, contact }: ToldCustomer): Customer | null =>
  name === '' || contact === ''
    ? null
    : (select(connection, 'WHERE name = $name AND contact = $contact ORDER BY id LIMIT 1', { name, contact })[0] ??
      null);

/** A text that stands for itself between the signs of LIKE. */
const escapedLike = (text: string): string => text.replaceAll(/[\\%_]/g, '\\$&');

/** Longer than anything that is looked through: SQLite refuses what is much longer. */
const longestSearched = 5000;

/** A text to look for in what is folded, whatever its accents. */
export const searched = (text: string): string => escapedLike(folded(text).slice(0, longestSearched));

/**
 * SQL: whether a text, folded, is like a parameter. LIKE itself takes ASCII letters of either size for the same: only other texts are
 * folded, as each of thousands of calls takes longer than the rest of the search.
 */
export const isLike = (text: string, parameter: string): string =>
  `(${text} LIKE ${parameter} ESCAPE '\\' OR (${text} GLOB '*[^ -~]*' AND folded(${text}) LIKE ${parameter} ESCAPE '\\'))`;

/** Customers whose name or contact begins with a text, the latest changed first. */
export const findCustomers = (connection: Connection, text: string, limit: number): Customer[] =>
  select(
    connection,
    `WHERE ${isLike('name', '$text')} OR ${isLike('name', '$word')} OR ${isLike('contact', '$text')}
     ORDER BY changed_at DESC, id DESC LIMIT $limit`,
    { text: `${searched(text)}%`, word: `% ${searched(text)}%`, limit },
  );

function tell(connection: Connection, id: number, version: number, told: ToldCustomer, who: string, at: string): void {
  connection.run(
    `INSERT INTO customer_event (uid, customer, version, who, at, detail_json)
     VALUES ($uid, $id, $version, $who, $at, $detail)`,
    { uid: connection.newUid(at), id, version, who, at, detail: JSON.stringify(told) },
  );
}

/** Within a transaction of the caller; the uid. */
export function addCustomer(connection: Connection, told: ToldCustomer, who: string, at: string): string {
  const { name, contact } = toldCustomerSchema.parse(told);
  const uid = connection.newUid(at);
  const id = connection.run(
    `INSERT INTO customer (uid, version, name, contact, created_at, changed_at) VALUES ($uid, 1, $name, $contact, $at, $at)`,
    { uid, name, contact, at },
  );
  tell(connection, id, 1, { name, contact }, who, at);
  return uid;
}

/** Within a transaction of the caller. What was said before stays in its events. */
export function changeCustomer(
  connection: Connection,
  customer: Customer,
  told: ToldCustomer,
  who: string,
  at: string,
): void {
  const { name, contact } = toldCustomerSchema.parse(told);
  if (name === customer.name && contact === customer.contact) return;
  const version = customer.version + 1;
  connection.run(
    'UPDATE customer SET version = $version, name = $name, contact = $contact, changed_at = $at WHERE id = $id',
    { id: customer.id, version, name, contact, at },
  );
  tell(connection, customer.id, version, { name, contact }, who, at);
}
