import { z } from 'zod';
import { newTicketPhoneSchema, newTicketSchema, ticketChangeSchema } from '../../db/records/change-ticket.ts';
import { longestSearch } from '../app/program/searched-text.ts';
import { phoneId, procedure, router, rowId } from './procedure.ts';

export const technicianName = z.string().trim().max(80);

const handedIn = newTicketPhoneSchema
  .omit({ phone: true, imei: true })
  .extend({ phoneId: phoneId.nullable(), imei: z.string().max(40) });
const version = z.int().min(1).nullable();

export const ticketsApi = router({
  tickets: router({
    /** The open tickets, now and at every change. */
    open: procedure.subscription(({ ctx, signal }) => ctx.app.followTickets(signal)),
    /** Open or all, that hold a text; the latest first. */
    list: procedure
      .input(
        z.object({
          open: z.boolean(),
          text: z.string().max(longestSearch),
          limit: z.int().min(1).max(500),
          offset: z.int().min(0).max(1_000_000),
        }),
      )
      .query(({ ctx, input }) => ctx.app.tickets.list(input)),
    show: procedure.input(z.object({ id: rowId })).query(({ ctx, input }) => ctx.app.tickets.show(input.id)),
    create: procedure
      .input(
        newTicketSchema
          .omit({ who: true })
          .extend({ technician: technicianName.optional(), phones: z.array(handedIn).max(50) }),
      )
      .mutation(({ ctx, input }) => ctx.app.tickets.create(input)),
    /** Changes what is named; `seen`: the version that was looked at. */
    change: procedure
      .input(
        z.object({
          id: rowId,
          seen: version,
          change: ticketChangeSchema.extend({ addPhones: z.array(handedIn).max(50).optional() }),
        }),
      )
      .mutation(({ ctx, input }) => ctx.app.tickets.change(input.id, input.seen, input.change)),
    /** A phone of the ticket that was handed in without its cable is this one. */
    identify: procedure
      .input(z.object({ id: rowId, uid: z.string().max(60), phoneId }))
      .mutation(({ ctx, input }) => ctx.app.tickets.identify(input.id, input.uid, input.phoneId)),
    /** Customers whose name or contact begins like this. */
    customers: procedure
      .input(z.object({ text: z.string().max(200) }))
      .query(({ ctx, input }) => ctx.app.tickets.customers(input.text)),
    /** Where a code leads that a scanner has read. */
    find: procedure
      .input(z.object({ text: z.string().trim().min(1).max(200) }))
      .query(({ ctx, input }) => ctx.app.tickets.find(input.text)),
    /** Who works at this window from now on; empty: nobody says. */
    atWork: procedure.input(z.object({ technician: technicianName })).mutation(({ ctx, input }) => {
      if (ctx.work !== undefined) ctx.work.technician = input.technician;
      return input;
    }),
  }),
});
