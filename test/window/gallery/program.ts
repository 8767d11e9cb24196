import { createTRPCClient } from '@trpc/client';
import { observable } from '@trpc/server/observable';
import type { Api } from '../../../electron/api.ts';
import { followBench } from '../../../renderer/program/bench-store.ts';
import { followCheckIns } from '../../../renderer/program/check-ins.ts';
import { followCutOff } from '../../../renderer/program/cut-off.ts';
import { createFileOpener } from '../../../renderer/program/file-opening.ts';
import { createLongRuns } from '../../../renderer/program/long-runs.ts';
import { followHandover } from '../../../renderer/program/handover-store.ts';
import { followPhones } from '../../../renderer/program/phone-list-store.ts';
import { createPhoneWorks, type PhoneWork } from '../../../renderer/program/phone-work.ts';
import type { Program } from '../../../renderer/program/program.tsx';
import { followSettings } from '../../../renderer/program/settings-store.ts';
import { followTickets } from '../../../renderer/program/tickets-store.ts';

const nothing = (): void => undefined;

/** A program that never answers: what a part shows is what it was given. `works`: how the work on a phone stands, by the phone's id. */
export function silentProgram(works: ReadonlyMap<string, Partial<PhoneWork>>): Program {
  const client = createTRPCClient<Api>({ links: [() => () => observable(() => nothing)] });
  const real = createPhoneWorks(client, nothing);
  const kept = new Map([...works].map(([id, work]) => [id, { ...real.get(id), ...work }]));
  return {
    client,
    connection: { isOpen: () => true, subscribe: () => nothing },
    works: { ...real, get: (id) => kept.get(id) ?? real.get(id) },
    runs: createLongRuns(client, nothing),
    phones: followPhones(client),
    bench: followBench(client),
    checkIns: followCheckIns(client, nothing),
    cutOff: followCutOff(client),
    settings: followSettings(client),
    files: createFileOpener(client, nothing),
    tickets: followTickets(client, nothing),
    handover: followHandover(client),
  };
}
