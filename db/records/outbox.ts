import { z } from 'zod';
import type { Connection } from '../connection.ts';
import { jsonColumn } from '../json-column.ts';

/**
 * What a message of the outbox tells about. `ticket`: something that happened to it; `answer`: what became of a next action that the
 * ticket system asked for.
 */
export const outboxAboutSchema = z.enum(['ticket', 'snapshot', 'action', 'test-photo', 'answer']);
export type OutboxAbout = z.infer<typeof outboxAboutSchema>;

/** What became of a next action: it was taken up by a technician, or not. */
export const nextAnswerSchema = z.object({
  /** Id of the next action, as the ticket system calls it. */
  action: z.string(),
  answer: z.enum(['taken', 'declined']),
});
export type NextAnswer = z.infer<typeof nextAnswerSchema>;

/** A message that waits to be told to the ticket system, or what became of it. */
export const outboxMessageSchema = z.object({
  id: z.int(),
  /** Of the row that it tells about; what the receiver knows it by. */
  uid: z.string(),
  ticket: z.int().nullable(),
  about: outboxAboutSchema,
  /** null but for an answer. */
  answer: nextAnswerSchema.nullable(),
  /** UTC, ISO 8601, like the others. */
  createdAt: z.string(),
  dueAt: z.string(),
  /** How often it was sent. */
  attempts: z.int(),
  /** It was sent, and nobody knows whether it has arrived. */
  begun: z.boolean(),
  state: z.enum(['waiting', 'delivered', 'given-up', 'discarded']),
  /** Why it was not delivered the last time. */
  trouble: z.string().nullable(),
  endedAt: z.string().nullable(),
});
export type OutboxMessage = z.infer<typeof outboxMessageSchema>;

const columns = `id, uid, ticket, about, detail_json AS answer, created_at AS createdAt, due_at AS dueAt, attempts, begun, state, trouble,
  ended_at AS endedAt`;
const row = z
  .object({
    ...outboxMessageSchema.shape,
    answer: jsonColumn(nextAnswerSchema.nullable()),
    begun: z.int().transform((value) => value === 1),
  })
  .pipe(outboxMessageSchema);

export interface NewOutboxMessage {
  uid: string;
  /** What belongs to no ticket is told to nobody, but for an answer. */
  ticket: number | null;
  about: OutboxAbout;
  answer?: NextAnswer;
}

/**
 * Puts a message into the outbox where the shop has a ticket system. Called within the transaction that writes what it tells about, so that
 * there is never one without the other.
 */
export function putIntoOutbox(
  connection: Connection,
  { uid, ticket, about, answer }: NewOutboxMessage,
  at: string,
): void {
  if (!connection.handsOver || (ticket === null && about !== 'answer')) return;
  connection.run(
    `INSERT INTO outbox (uid, ticket, about, detail_json, created_at, due_at)
     VALUES ($uid, $ticket, $about, $detail, $at, $at)`,
    { uid, ticket, about, detail: JSON.stringify(answer ?? null), at },
  );
}

/** The next message of each ticket that may be sent at this moment, in the order in which things happened. */
export const dueMessages = (connection: Connection, now: string, limit: number): OutboxMessage[] =>
  connection.rows(
    row,
    `SELECT ${columns} FROM outbox WHERE state = 'waiting' AND due_at <= $now
       AND (ticket IS NULL OR id = (SELECT min(id) FROM outbox AS earlier WHERE earlier.state = 'waiting' AND earlier.ticket = outbox.ticket))
     ORDER BY id LIMIT $limit`,
    { now, limit },
  );

/** Messages in this state, the oldest first. */
export const outboxMessages = (connection: Connection, state: OutboxMessage['state'], limit: number): OutboxMessage[] =>
  connection.rows(row, `SELECT ${columns} FROM outbox WHERE state = $state ORDER BY id LIMIT $limit`, {
    state,
    limit,
  });

const countsRow = z.object({
  waiting: z.int(),
  givenUp: z.int(),
  delivered: z.int(),
  oldest: z.string().nullable(),
  lastDelivered: z.string().nullable(),
});
export type OutboxCounts = z.infer<typeof countsRow>;

export function outboxCounts(connection: Connection): OutboxCounts {
  const counts = connection.row(
    countsRow,
    `SELECT count(*) FILTER (WHERE state = 'waiting') AS waiting, count(*) FILTER (WHERE state = 'given-up') AS givenUp,
            count(*) FILTER (WHERE state = 'delivered') AS delivered, min(created_at) FILTER (WHERE state = 'waiting') AS oldest,
            max(ended_at) FILTER (WHERE state = 'delivered') AS lastDelivered
     FROM outbox`,
  );
  return counts ?? { waiting: 0, givenUp: 0, delivered: 0, oldest: null, lastDelivered: null };
}

/**
 * Keeps, before a message leaves, that it may have arrived: who is killed in between looks first, not before `settledAt`, and sends then.
 */
export const beginMessage = (connection: Connection, id: number, settledAt: string): number =>
  connection.run(
    "UPDATE outbox SET begun = 1, attempts = attempts + 1, due_at = $settledAt WHERE id = $id AND state = 'waiting'",
    { id, settledAt },
  );

/** It has not been delivered for certain, and is tried again. `begun`: it may have arrived all the same. */
export const delayMessage = (
  connection: Connection,
  id: number,
  { dueAt, trouble, begun }: { dueAt: string; trouble: string; begun: boolean },
): number =>
  connection.run(
    "UPDATE outbox SET due_at = $dueAt, trouble = $trouble, begun = $begun WHERE id = $id AND state = 'waiting'",
    { id, dueAt, trouble, begun: begun ? 1 : 0 },
  );

/** Nothing more is done with a message. `discarded`: what it tells about is gone, or nobody wants it told. */
export const endMessage = (connection: Connection, id: number, state: 'delivered' | 'given-up' | 'discarded'): number =>
  connection.run(
    "UPDATE outbox SET state = $state, ended_at = $at, trouble = CASE WHEN $state = 'delivered' THEN NULL ELSE trouble END WHERE id = $id AND state = 'waiting'",
    { id, state, at: connection.now() },
  );

/** Whatever was given up waits again, and is given as long as before. */
export const retryGivenUp = (connection: Connection): number =>
  connection.run(
    "UPDATE outbox SET state = 'waiting', ended_at = NULL, created_at = $at, due_at = $at WHERE state = 'given-up'",
    { at: connection.now() },
  );

/** Nobody wants told any more what waits or was given up. */
export const discardMessages = (connection: Connection): number =>
  connection.run("UPDATE outbox SET state = 'discarded', ended_at = $at WHERE state IN ('waiting', 'given-up')", {
    at: connection.now(),
  });

/** Everything that waits may be sent at once. */
export const hurryMessages = (connection: Connection): number =>
  connection.run("UPDATE outbox SET due_at = created_at WHERE state = 'waiting' AND begun = 0");

/** Forgets what came to its end before this moment. */
export const forgetEndedMessages = (connection: Connection, before: string): number =>
  connection.run("DELETE FROM outbox WHERE state IN ('delivered', 'discarded') AND ended_at < $before", { before });

/** The next actions that were answered already. */
export const answeredActions = (connection: Connection): NextAnswer[] =>
  connection
    .rows(
      z.object({ answer: jsonColumn(nextAnswerSchema) }),
      "SELECT detail_json AS answer FROM outbox WHERE about = 'answer'",
    )
    .map(({ answer }) => answer);

/**
 * Keeps the answer to a next action together with what `work` does for it; the answer is about the ticket that this gives. Gives null, and
 * does nothing, where it was answered before.
 */
export function answerAction<T extends { ticket: number | null }>(
  connection: Connection,
  answer: NextAnswer,
  work: () => T,
): T | null {
  return connection.transaction(() => {
    if (answeredActions(connection).some(({ action }) => action === answer.action)) return null;
    const done = work();
    const at = connection.now();
    putIntoOutbox(connection, { uid: connection.newUid(at), ticket: done.ticket, about: 'answer', answer }, at);
    return done;
  });
}
