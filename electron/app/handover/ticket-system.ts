import type { HandoverMessage } from './messages.ts';
import type { Outcome } from './outcome.ts';

/** The job that a message belongs to, as the ticket system knows it. */
export interface MessageToSend {
  message: HandoverMessage;
  /** The number that the ticket has there; null where nobody has said it. */
  theirNumber: string | null;
}

/** A system that a shop keeps its tickets in. Nothing of it throws for what a system or the network does. */
export interface TicketSystem {
  /** As its maker calls it. */
  readonly name: string;
  /** Whether it knows a message again by its id, so that it may be sent twice without harm. */
  readonly knowsMessages: boolean;
  /** Whether a message is there already. */
  find(sent: MessageToSend, signal: AbortSignal): Promise<Outcome>;
  /** Sends a message. */
  write(sent: MessageToSend, signal: AbortSignal): Promise<Outcome>;
  /** Whether it answers, and accepts the secret; writes nothing. `there`: it does. */
  test(signal: AbortSignal): Promise<Outcome>;
}
