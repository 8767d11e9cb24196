import { useSyncExternalStore } from 'react';
import { useProgram } from './program.tsx';
import type { TicketItem } from './received.ts';
import { followTechnician, technicianAtWork } from './technician.ts';

/** The latest open ticket that a phone was handed in under; null: there is none. */
export const ticketOfPhone = (open: readonly TicketItem[] | null, phoneId: string): TicketItem | null =>
  open?.find(({ phones }) => phones.some((phone) => phone.phoneId === phoneId)) ?? null;

/** The latest first; null until the first answer. */
export function useOpenTickets(): readonly TicketItem[] | null {
  const { tickets } = useProgram();
  return useSyncExternalStore(tickets.subscribe, tickets.get);
}

export const useTicketOfPhone = (phoneId: string): TicketItem | null => ticketOfPhone(useOpenTickets(), phoneId);

/** Who works at this window; empty: nobody has said. */
export const useTechnician = (): string => useSyncExternalStore(followTechnician, technicianAtWork);
