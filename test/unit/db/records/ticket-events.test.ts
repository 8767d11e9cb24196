import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  foldTicket,
  partsOf,
  takenBack,
  ticketStatuses,
  type FoldedTicket,
  type RecordedTicketEvent,
  type TicketEvent,
} from '../../../../db/records/ticket-events.ts';

const at = '2026-05-02T12:00:00.000Z';
const word = fc.constantFrom('', 'a', 'b', 'c');
const field = fc.record({ id: fc.constantFrom('x', 'y'), name: fc.constant('Field'), value: word });
const event: fc.Arbitrary<TicketEvent> = fc.oneof(
  fc.record({ kind: fc.constant('customer-told' as const), customer: fc.constantFrom(null, 'u1', 'u2') }),
  fc.record({ kind: fc.constant('fault-told' as const), fault: word }),
  fc.record({ kind: fc.constant('fields-filled' as const), fields: fc.array(field, { maxLength: 3 }) }),
  fc.record({ kind: fc.constant('technician-set' as const), technician: word }),
  fc.record({ kind: fc.constant('phone-added' as const), phone: fc.constantFrom('p1', 'p2', 'p3') }),
  fc.record({ kind: fc.constant('status-set' as const), status: fc.constantFrom(...ticketStatuses) }),
  fc.record({ kind: fc.constant('note-added' as const), note: fc.constant('seen') }),
  fc.record({ kind: fc.constant('consent-withdrawn' as const) }),
  fc.record({
    kind: fc.constant('consent-given' as const),
    read: fc.boolean(),
    change: fc.boolean(),
    keep: fc.boolean(),
    by: word,
    how: fc.constantFrom('signed' as const, 'by-phone' as const),
  }),
);
const events = fc.array(event, { maxLength: 12 });

const opened: TicketEvent = { kind: 'opened', customer: null, technician: '', fault: '', fields: [] };
const recorded = (list: readonly TicketEvent[]): RecordedTicketEvent[] =>
  [opened, ...list].map((one, index) => ({ ...one, version: index + 1, who: 'Sam', at }));
/** The order of phones and of fields is that of who was first. */
const sets = ({ phones, fields, ...rest }: FoldedTicket) => ({
  ...rest,
  phones: phones.toSorted(),
  fields: fields.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
});
const folded = (list: readonly TicketEvent[]) => foldTicket(recorded(list));

test('what two people do that takes nothing back gives the same ticket in either order', () => {
  fc.assert(
    fc.property(events, events, events, (shared, mine, yours) => {
      fc.pre(takenBack(recorded(yours), mine) === null);
      expect(sets(folded([...shared, ...mine, ...yours]))).toEqual(sets(folded([...shared, ...yours, ...mine])));
    }),
  );
});

test('every part of a ticket is as the last event says that speaks of it, and its version is the number of events', () => {
  fc.assert(
    fc.property(events, (list) => {
      const ticket = folded(list);
      expect(ticket.version).toBe(list.length + 1);
      const last = <K extends TicketEvent['kind']>(kind: K) =>
        list.findLast((one): one is Extract<TicketEvent, { kind: K }> => one.kind === kind);
      expect(ticket.fault).toBe(last('fault-told')?.fault ?? '');
      expect(ticket.status).toBe(last('status-set')?.status ?? 'taken-in');
      expect(ticket.closedAt === null).toBe(ticket.status !== 'closed');
      const consent = list.findLast((one) => partsOf(one).includes('consent'));
      expect(ticket.consent === null).toBe(consent?.kind !== 'consent-given');
      expect(ticket.fields.every(({ value }) => value !== '')).toBe(true);
    }),
  );
});

test('of two that say the same part anew, the unseen one is named', () => {
  const unseen = recorded([
    { kind: 'note-added', note: 'x' },
    { kind: 'fault-told', fault: 'a' },
  ]).slice(1);
  expect(takenBack(unseen, [{ kind: 'fault-told', fault: 'b' }])).toMatchObject({
    part: 'fault',
    event: { version: 3 },
  });
  expect(takenBack(unseen, [{ kind: 'note-added', note: 'y' }])).toBeNull();
});
