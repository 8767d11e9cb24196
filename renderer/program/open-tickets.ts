import { useSyncExternalStore } from 'react';
import { useProgram } from './program.tsx';
import type { TicketItem } from './received.ts';
import { followTechnician, technicianAtWork } from './technician.ts';

/** The open tickets that a phone is on, the latest first: what one of them does not allow is not done. */
export const ticketsOfPhone = (open: readonly TicketItem[] | null, phoneId: string): readonly TicketItem[] =>
  open?.filter(({ phones }) => phones.some((phone) => phone.phoneId === phoneId)) ?? [];

/** The latest open ticket that a phone was handed in under; null: there is none. */
export const ticketOfPhone = (open: readonly TicketItem[] | null, phoneId: string): TicketItem | null =>
  ticketsOfPhone(open, phoneId)[0] ?? null;

/** The latest first; null until the first answer. */
export function useOpenTickets(): readonly TicketItem[] | null {
  const { tickets } = useProgram();
  return useSyncExternalStore(tickets.subscribe, tickets.get);
}

export const useTicketsOfPhone = (phoneId: string): readonly TicketItem[] => ticketsOfPhone(useOpenTickets(), phoneId);

/** Who works at this window; empty: nobody has said. */
export const useTechnician = (): string => useSyncExternalStore(followTechnician, technicianAtWork);
