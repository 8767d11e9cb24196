import type { Client } from './client.ts';
import type { TicketItem } from './received.ts';
import type { SettingsStore } from './settings-store.ts';
import { createStore } from './store.ts';
import { chooseTechnician, followTechnician, technicianAtWork } from './technician.ts';

/** The open tickets, the latest first; null until the first answer. */
export interface TicketsStore {
  get: () => readonly TicketItem[] | null;
  subscribe: (listener: () => void) => () => void;
}

/** Follows the open tickets as long as the window is open; `onChange` is called at each change of any ticket. */
export function followTickets(client: Client, onChange: () => void): TicketsStore {
  const { get, set, subscribe } = createStore<readonly TicketItem[] | null>(null);
  client.tickets.open.subscribe(undefined, {
    onData: (open) => {
      set(open);
      onChange();
    },
  });
  return { get, subscribe };
}

/** Tells the program who works at this window; whoever is no more in the settings works no more. */
export function tellTechnician(client: Client, settings: SettingsStore): void {
  const tell = (): void => {
    // A new connection says it by itself.
    void client.tickets.atWork.mutate({ technician: technicianAtWork() }).catch(() => undefined);
  };
  followTechnician(tell);
  if (technicianAtWork() !== '') tell();
  settings.subscribe(() => {
    const names = settings.get().state?.settings.technicians;
    const present = technicianAtWork();
    if (names !== undefined && present !== '' && !names.includes(present)) chooseTechnician('');
  });
}
