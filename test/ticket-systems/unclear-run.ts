import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '../../db/store.ts';
import type { OutboxMessage } from '../../db/records/outbox.ts';
import { Hook, hookPerMinute } from '../../electron/app/handover/hook.ts';
import type { HandoverMessage } from '../../electron/app/handover/messages.ts';
import { RateLimit } from '../../electron/app/handover/rate-limit.ts';
import { RepairDesk, repairDeskPerMinute } from '../../electron/app/handover/repairdesk.ts';
import { sendDue } from '../../electron/app/handover/sender.ts';
import { Syncro, syncroPerMinute } from '../../electron/app/handover/syncro.ts';
import type { MessageToSend, TicketSystem } from '../../electron/app/handover/ticket-system.ts';
import { HookServer } from './hook-server.ts';
import { JumpingClock } from './jumping-clock.ts';
import { RepairDeskServer } from './repairdesk-server.ts';
import { SyncroServer } from './syncro-server.ts';
import { unclearWays, type UnclearServer, type UnclearWay } from './unclear-server.ts';
import { seeded } from '../seeded.ts';

export type SystemName = 'hook' | 'syncro' | 'repairdesk';

export interface UnclearRunOptions {
  system: SystemName;
  /** Unclear answers to writes; questions get theirs beside. */
  unclear: number;
  tickets: number;
  messagesPerTicket: number;
  seed: number;
  /** One of so many sends is the program's last: it is killed once the server has answered. */
  killedOneIn: number;
}

export interface UnclearRunResult {
  messages: number;
  unclear: number;
  kills: number;
  lost: number;
  doubled: number;
  /** Messages that came before one of the same ticket that happened earlier. */
  disordered: number;
  requests: number;
  overLimit: number;
  minutes: number;
  ways: Partial<Record<UnclearWay, number>>;
}

const secret = 'a-secret-of-the-shop';
/** Real milliseconds after which a silent server is given up: nobody waits 20 s a thousand times. */
const waitMs = 80;

class Killed extends Error {}

interface Stand {
  server: UnclearServer;
  connect: (address: URL) => TicketSystem;
  /** The ids that a ticket's job holds, in the order in which they came; by the number of the ticket here. */
  heldOf: (ticket: number) => string[];
  addTicket: (ticket: number) => void;
  theirNumber: (ticket: number) => string | null;
}

const markIn = (text: string): string => /\[phone-health ([^\]]+)\]/.exec(text)?.[1] ?? '';

function standOf(
  name: SystemName,
  clock: JumpingClock,
  nextWay: () => UnclearWay | null,
  nextReadWay: () => 'fault-before' | 'cut-before' | 'html-before' | 'busy-before' | null,
): Stand {
  const limited = (perMinute: number) => ({
    unclear: { clock, perMinute, nextWay, nextReadWay },
    transport: { limit: new RateLimit(perMinute, clock), waitMs },
  });
  switch (name) {
    case 'hook': {
      const hook = new HookServer(secret, { clock, perMinute: null, nextWay });
      return {
        server: hook.server,
        connect: (address) =>
          new Hook({ address, secret, station: 'A', clock, transport: limited(hookPerMinute).transport }),
        heldOf: (ticket) => hook.kept.filter((one) => one.ticket?.number === String(ticket)).map(({ id }) => id),
        addTicket: () => undefined,
        theirNumber: () => null,
      };
    }
    case 'syncro': {
      const { unclear, transport } = limited(syncroPerMinute);
      const syncro = new SyncroServer(secret, unclear);
      return {
        server: syncro.server,
        connect: (address) => new Syncro({ address, secret, clock, transport }),
        heldOf: (ticket) =>
          syncro.tickets.find(({ number }) => number === 1000 + ticket)?.comments.map(({ body }) => markIn(body)) ?? [],
        addTicket: (ticket) => void syncro.addTicket(1000 + ticket),
        theirNumber: (ticket) => String(1000 + ticket),
      };
    }
    case 'repairdesk': {
      const { unclear, transport } = limited(repairDeskPerMinute);
      const desk = new RepairDeskServer(secret, unclear);
      return {
        server: desk.server,
        connect: (address) => new RepairDesk({ address, secret, clock, transport }),
        heldOf: (ticket) =>
          desk.tickets
            .find(({ summary }) => summary.order_id === `T-${ticket}`)
            ?.notes.map(({ note }) => markIn(note)) ?? [],
        addTicket: (ticket) => void desk.addTicket(`T-${ticket}`),
        theirNumber: (ticket) => `T-${ticket}`,
      };
    }
    default:
      return name satisfies never;
  }
}

const messageOf = ({ uid, ticket, createdAt }: OutboxMessage): HandoverMessage => ({
  schema: 1,
  id: uid,
  station: 'A',
  at: createdAt,
  ticket: { number: String(ticket), uid: `ticket-${ticket}`, theirNumber: null, status: 'in-work', technician: null },
  event: { kind: 'status', status: 'in-work' },
  redacted: true,
  attachments: [],
});

const newTicket = { customer: null, technician: '', fault: '', fields: [], phones: [], consent: null, who: 'Sam' };
const statuses = ['in-work', 'waiting', 'ready'] as const;

/** Sends messages to a simulated system that answers unclearly, with a program that is killed now and then, and counts what is there at the end. */
export async function unclearRun(options: UnclearRunOptions): Promise<UnclearRunResult> {
  const { system: name, tickets, messagesPerTicket, seed, killedOneIn } = options;
  const random = seeded(seed);
  const clock = new JumpingClock();
  const began = clock.now().getTime();
  const folder = mkdtempSync(join(tmpdir(), 'phone-health-unclear-'));
  const open = () => openStore(folder, { now: () => clock.now(), handsOver: () => true });
  let injected = 0;
  let kills = 0;
  const stand = standOf(
    name,
    clock,
    () => {
      if (injected === options.unclear || random() > 0.7) return null;
      injected += 1;
      return unclearWays[Math.floor(random() * unclearWays.length)] ?? null;
    },
    () =>
      random() < 0.1
        ? ((['fault-before', 'cut-before', 'html-before', 'busy-before'] as const)[Math.floor(random() * 4)] ?? null)
        : null,
  );
  let store = open();
  try {
    const address = await stand.server.listen();
    for (let ticket = 1; ticket <= tickets; ticket += 1) {
      stand.addTicket(ticket);
      store.createTicket(newTicket);
    }
    for (let round = 1; round < messagesPerTicket; round += 1) {
      const status = statuses[round % statuses.length];
      for (let ticket = 1; ticket <= tickets; ticket += 1) {
        store.changeTicket(ticket, status === undefined ? {} : { status }, { seen: null, who: 'Sam' });
      }
    }
    const expected = store.outbox.list('waiting', tickets * messagesPerTicket + 1);
    const compose = (message: OutboxMessage): Promise<MessageToSend> =>
      Promise.resolve({ message: messageOf(message), theirNumber: stand.theirNumber(message.ticket ?? 0) });
    const signal = new AbortController().signal;
    for (let round = 0; store.outbox.counts().waiting > 0 && round < 20_000; round += 1) {
      const system = stand.connect(address);
      const mortal: TicketSystem = {
        name: system.name,
        knowsMessages: system.knowsMessages,
        find: (sent, during) => system.find(sent, during),
        test: (during) => system.test(during),
        write: async (sent, during) => {
          const outcome = await system.write(sent, during);
          if (random() * killedOneIn < 1) throw new Killed();
          return outcome;
        },
      };
      try {
        await sendDue({ outbox: store.outbox, system: mortal, compose, clock, days: 3650, random }, signal);
        // Nothing is due now.
        await clock.sleep(30_000);
      } catch (error) {
        if (!(error instanceof Killed)) throw error;
        kills += 1;
        store.close();
        store = open();
        // It is started again at once, and what was taken and put off is carried out behind its back.
        await clock.sleep(1_000);
      }
    }
    stand.server.catchUp();
    const held = Array.from({ length: tickets }, (_none, index) => stand.heldOf(index + 1));
    const all = held.flat();
    return {
      messages: expected.length,
      unclear: injected,
      kills,
      lost: expected.filter(({ uid }) => !all.includes(uid)).length,
      doubled: all.length - new Set(all).size,
      disordered: held.reduce((sum, ids) => sum + ids.filter((id, at) => at > 0 && id < (ids[at - 1] ?? '')).length, 0),
      requests: stand.server.requests,
      overLimit: stand.server.overLimit,
      minutes: Math.round((clock.now().getTime() - began) / 60_000),
      ways: Object.fromEntries(stand.server.ways),
    };
  } finally {
    await stand.server.close();
    store.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
