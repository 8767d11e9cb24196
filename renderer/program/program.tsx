import { createContext, use, useSyncExternalStore } from 'react';
import type { HandoverView, ListedPhone } from './received.ts';
import type { BenchStore } from './bench-store.ts';
import type { CheckIns } from './check-ins.ts';
import type { Client, Connection } from './client.ts';
import type { CutOff } from './cut-off.ts';
import type { LongRuns } from './long-runs.ts';
import type { PerPhone } from './per-phone.ts';
import type { PhoneListState, PhoneListStore } from './phone-list-store.ts';
import type { PhoneWork, PhoneWorks } from './phone-work.ts';
import type { FileOpener } from './file-opening.ts';
import type { Settings } from './received.ts';
import type { SettingsStore, SettingsView } from './settings-store.ts';
import type { HandoverStore } from './handover-store.ts';
import type { TicketsStore } from './tickets-store.ts';

/** The program as the screens see it. */
export interface Program {
  client: Client;
  connection: Connection;
  phones: PhoneListStore;
  bench: BenchStore;
  works: PhoneWorks;
  runs: LongRuns;
  checkIns: CheckIns;
  cutOff: CutOff;
  settings: SettingsStore;
  files: FileOpener;
  tickets: TicketsStore;
  handover: HandoverStore;
}

export const ProgramContext = createContext<Program | null>(null);

export function useProgram(): Program {
  const program = use(ProgramContext);
  if (program === null) throw new Error('There is no ProgramContext around this component.');
  return program;
}

export function usePhoneList(): PhoneListState {
  const { phones } = useProgram();
  return useSyncExternalStore(phones.subscribe, phones.get);
}

/** The listed phone with this id; null where it is not plugged in. */
export function usePhone(phoneId: string): ListedPhone | null {
  return usePhoneList().list?.phones.find((phone) => phone.id === phoneId) ?? null;
}

/** What is known of one phone at this moment; the screen follows it. */
export function usePerPhone<State>({ subscribe, get }: PerPhone<State>, phoneId: string): State {
  return useSyncExternalStore(subscribe, () => get(phoneId));
}

export function usePhoneWork(phoneId: string): PhoneWork {
  return usePerPhone(useProgram().works, phoneId);
}

export function useConnected(): boolean {
  const { connection } = useProgram();
  return useSyncExternalStore(connection.subscribe, connection.isOpen);
}

/** How it stands with the shop's ticket system; null until the program has answered. */
export function useHandover(): HandoverView | null {
  const { handover } = useProgram();
  return useSyncExternalStore(handover.subscribe, handover.get);
}

export function useSettingsView(): SettingsView {
  const { settings } = useProgram();
  return useSyncExternalStore(settings.subscribe, settings.get);
}

/** One setting; `otherwise` until the program has answered. */
export const useSetting = <Name extends keyof Settings>(name: Name, otherwise: Settings[Name]): Settings[Name] =>
  useSettingsView().state?.settings[name] ?? otherwise;
