import type { Outbox } from '../../../db/outbox.ts';
import type { OutboxMessage } from '../../../db/records/outbox.ts';
import type { Clock } from '../program/clock.ts';
import { later, type Outcome } from './outcome.ts';
import type { MessageToSend, TicketSystem } from './ticket-system.ts';

const firstPauseMs = 30_000;
const longestPauseMs = 60 * 60_000;
/**
 * How long nothing is looked for after a send that nobody knows the end of: a request that was cut off may still be carried out, and who
 * looks before that sees nothing and sends again.
 */
const settleMs = 2 * 60_000;
/** How many messages are taken from the store at once. */
const batch = 50;
const dayMs = 86_400_000;

export interface SenderOptions {
  outbox: Outbox;
  system: TicketSystem;
  /** What goes out for a message; null where there is nothing to tell any more. */
  compose: (message: OutboxMessage) => Promise<MessageToSend | null>;
  clock: Clock;
  /** Days after which a message is given up. */
  days: number;
  /** From 0 to 1, for pauses that differ from station to station. */
  random?: () => number;
}

/** What became of a round. */
export interface Round {
  delivered: number;
  delayed: number;
  /** What they told about is gone. */
  discarded: number;
  givenUp: number;
}

/** Longer each time, and never the same for two stations: half of it is chance. */
export function pauseMs(attempts: number, random: number): number {
  const whole = Math.min(longestPauseMs, firstPauseMs * 2 ** Math.min(attempts, 10));
  return Math.round(whole / 2 + (whole / 2) * random);
}

/** Tells the ticket system what is due, in order, until nothing is due any more or the signal is aborted. */
export async function sendDue(options: SenderOptions, signal: AbortSignal): Promise<Round> {
  const { outbox, clock } = options;
  const round: Round = { delivered: 0, delayed: 0, discarded: 0, givenUp: 0 };
  for (;;) {
    const due = outbox.due(clock.now().toISOString(), batch);
    if (due.length === 0) return round;
    for (const message of due) {
      if (signal.aborted) return round;
      round[await sendOne(options, message, signal)] += 1;
    }
  }
}

async function sendOne(options: SenderOptions, message: OutboxMessage, signal: AbortSignal): Promise<keyof Round> {
  const { outbox, system, clock } = options;
  let sent: MessageToSend | null;
  try {
    sent = await options.compose(message);
  } catch (error) {
    // One message that cannot be put together holds up no ticket but its own.
    const why = error instanceof Error ? error.message : String(error);
    return postpone(options, message, later(why), message.begun);
  }
  if (sent === null) {
    outbox.end(message.id, 'discarded');
    return 'discarded';
  }
  if (message.begun && !system.knowsMessages) {
    const found = await system.find(sent, signal);
    if (found.kind === 'there') return delivered(outbox, message);
    // Whatever else came back, it may be there: it stays begun.
    if (found.kind !== 'not-there') return postpone(options, message, found, true);
  }
  outbox.begin(message.id, new Date(clock.now().getTime() + settleMs).toISOString());
  const written = await system.write(sent, signal);
  if (written.kind === 'there') return delivered(outbox, message);
  return postpone(options, message, written, written.kind === 'unclear');
}

function delivered(outbox: Outbox, { id }: OutboxMessage): 'delivered' {
  outbox.end(id, 'delivered');
  return 'delivered';
}

function postpone(
  { outbox, clock, days, random = Math.random }: SenderOptions,
  { id, attempts, createdAt }: OutboxMessage,
  outcome: Outcome,
  begun: boolean,
): 'delayed' | 'givenUp' {
  const now = clock.now().getTime();
  const trouble = 'why' in outcome ? outcome.why : 'It was not taken.';
  const asked = outcome.kind === 'later' ? (outcome.afterMs ?? 0) : 0;
  const wait = Math.max(pauseMs(attempts, random()), asked, begun ? settleMs : 0);
  outbox.delay(id, { dueAt: new Date(now + wait).toISOString(), trouble, begun });
  if (now - Date.parse(createdAt) < days * dayMs) return 'delayed';
  outbox.end(id, 'given-up');
  return 'givenUp';
}
