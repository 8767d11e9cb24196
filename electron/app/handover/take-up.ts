import type { Store } from '../../../db/store.ts';
import type { BenchSlot } from '../bench/bench.ts';
import { ApplicationError } from '../program/problem.ts';
import type { Tickets } from '../tickets/tickets.ts';
import type { NextAction } from './messages.ts';

/** What a window does next, because a technician took a next action up. */
export type TakenUp = { kind: 'ticket'; ticket: string } | { kind: 'scan'; phoneId: string };

export interface TakeUpOptions {
  store: Store;
  tickets: Tickets;
  slots: readonly BenchSlot[];
  /** Of a ticket, where its number in the ticket system stands. */
  field: { id: string; name: string };
  who: string;
  /** Of this station. */
  prefix: string;
}

const alreadyDone = (): ApplicationError =>
  new ApplicationError('unknown-next-action', 'The ticket system does not ask for this any more.');

/**
 * Does what a next action asks for, together with the answer to it: both or neither. Nothing of it touches a phone; a scan is only where
 * to, and the window begins it. Throws `no-phone-there`, `unknown-ticket`, `unknown-next-action`.
 */
export function takeUp(action: NextAction, { store, tickets, slots, field, who, prefix }: TakeUpOptions): TakenUp {
  const answered = <T extends { ticket: number | null }>(work: () => T): T => {
    const done = store.outbox.answer({ action: action.id, answer: 'taken' }, work);
    if (done === null) throw alreadyDone();
    return done;
  };
  switch (action.kind) {
    case 'open-ticket': {
      const { ticket } = answered(() => {
        const { number, customer, fault, device, imei } = action;
        const phone = { phone: null, imei, description: device };
        const opened = store.createTicket({
          customer,
          technician: '',
          fault,
          fields: [{ ...field, value: number }],
          phones: device === '' && imei === '' ? [] : [phone],
          consent: null,
          prefix,
          who,
        });
        return { ticket: opened.id };
      });
      return { kind: 'ticket', ticket: String(ticket) };
    }
    case 'scan': {
      const phoneId = slots.find(({ number, leftAt }) => number === action.place && leftAt === null)?.phone?.id;
      if (phoneId === undefined) {
        throw new ApplicationError('no-phone-there', `There is no phone at place ${action.place}.`, [
          'Plug it in there, and try again.',
        ]);
      }
      answered(() => ({ ticket: null }));
      return { kind: 'scan', phoneId };
    }
    case 'close-ticket': {
      const id = tickets.idNamed(action.ticket);
      answered(() => {
        store.changeTicket(id, { status: 'closed' }, { seen: null, who });
        return { ticket: id };
      });
      return { kind: 'ticket', ticket: String(id) };
    }
    default:
      return action satisfies never;
  }
}
