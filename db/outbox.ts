import type { Connection } from './connection.ts';
import { takeTurn, type Turn } from './phone-lease.ts';
import { outboxSource, type OutboxSource } from './records/outbox-source.ts';
import {
  answerAction,
  answeredActions,
  beginMessage,
  delayMessage,
  discardMessages,
  dueMessages,
  endMessage,
  forgetEndedMessages,
  hurryMessages,
  outboxCounts,
  outboxMessages,
  retryGivenUp,
  type NextAnswer,
  type OutboxCounts,
  type OutboxMessage,
} from './records/outbox.ts';

/** What is to be told to the shop's ticket system. */
export interface Outbox {
  /** Keeps every other program with this data folder from sending; null where one does already. */
  take(): Turn | null;
  /** The next message of each ticket that may be sent at this moment, in the order in which things happened. */
  due(now: string, limit: number): OutboxMessage[];
  /** The oldest first. */
  list(state: OutboxMessage['state'], limit: number): OutboxMessage[];
  counts(): OutboxCounts;
  /** What a message tells about; null where that is gone. */
  source(message: OutboxMessage): OutboxSource | null;
  /** Keeps, before a message leaves, that it may have arrived; where nothing more is heard it is due again at `settledAt`. */
  begin(id: number, settledAt: string): void;
  /** It is tried again; `begun`: it may have arrived all the same. */
  delay(id: number, later: { dueAt: string; trouble: string; begun: boolean }): void;
  end(id: number, state: 'delivered' | 'given-up' | 'discarded'): void;
  retryGivenUp(): void;
  discard(): void;
  /** Everything that waits may be sent at once. */
  hurry(): void;
  forgetEnded(before: string): void;
  answered(): NextAnswer[];
  /** Keeps the answer to a next action together with what `work` does for it; null where it was answered before. */
  answer<T extends { ticket: number | null }>(answer: NextAnswer, work: () => T): T | null;
}

export const openOutbox = (connection: Connection, folder: string): Outbox => ({
  take: () => takeTurn(folder, 'hand-over'),
  due: (now, limit) => dueMessages(connection, now, limit),
  list: (state, limit) => outboxMessages(connection, state, limit),
  counts: () => outboxCounts(connection),
  source: (message) => outboxSource(connection, message),
  begin: (id, settledAt) => void beginMessage(connection, id, settledAt),
  delay: (id, later) => void delayMessage(connection, id, later),
  end: (id, state) => void endMessage(connection, id, state),
  retryGivenUp: () => void retryGivenUp(connection),
  discard: () => void discardMessages(connection),
  hurry: () => void hurryMessages(connection),
  forgetEnded: (before) => void forgetEndedMessages(connection, before),
  answered: () => answeredActions(connection),
  answer: (answer, work) => answerAction(connection, answer, work),
});
