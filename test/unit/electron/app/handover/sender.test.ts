import { describe, expect, test } from 'vitest';
import { later, restAsked, unclear, type Outcome } from '../../../../../electron/app/handover/outcome.ts';
import { pauseMs, sendDue } from '../../../../../electron/app/handover/sender.ts';
import type { TicketSystem } from '../../../../../electron/app/handover/ticket-system.ts';
import type { HandoverMessage } from '../../../../../electron/app/handover/messages.ts';
import { JumpingClock } from '../../../../ticket-systems/jumping-clock.ts';
import { unclearRun, type SystemName } from '../../../../ticket-systems/unclear-run.ts';
import { exampleTicket, temporaryStore } from '../../../db/examples.ts';

const never = new AbortController().signal;
const message = { schema: 1 } as unknown as HandoverMessage;

/** A system that answers as it is told to, and the calls that came. */
function answering(writes: Outcome[], finds: Outcome[] = []): { system: TicketSystem; calls: string[] } {
  const calls: string[] = [];
  const next = (call: string, outcomes: Outcome[]): Promise<Outcome> => {
    calls.push(call);
    return Promise.resolve(outcomes.shift() ?? { kind: 'there' });
  };
  return {
    calls,
    system: {
      name: 'A system',
      knowsMessages: false,
      find: () => next('find', finds),
      write: () => next('write', writes),
      test: () => next('test', []),
    },
  };
}

const compose = () => Promise.resolve({ message, theirNumber: null });

function standing(system: TicketSystem, days = 7) {
  const clock = new JumpingClock();
  const store = temporaryStore({ now: () => clock.now(), handsOver: () => true });
  store.createTicket(exampleTicket());
  const { outbox } = store;
  const round = () => sendDue({ outbox, system, compose, clock, days, random: () => 1 }, never);
  return { clock, outbox, round };
}

describe('what waits in the outbox', () => {
  test.each<SystemName>(['hook', 'syncro', 'repairdesk'])(
    'reaches %s once and in order, however unclearly it answers and whenever the program is killed',
    async (system) => {
      const result = await unclearRun({
        system,
        unclear: 15,
        tickets: 4,
        messagesPerTicket: 6,
        seed: 7,
        killedOneIn: 3,
      });
      expect(result).toMatchObject({ messages: 24, unclear: 15, lost: 0, doubled: 0, disordered: 0, overLimit: 0 });
      expect(result.kills).toBeGreaterThan(0);
    },
  );

  test('is looked for before it is sent again, where nobody knows whether it has arrived', async () => {
    const { system, calls } = answering([unclear('The connection broke off.')]);
    const { clock, outbox, round } = standing(system);
    expect(await round()).toEqual({ delivered: 0, delayed: 1, discarded: 0, givenUp: 0 });
    await clock.sleep(119_000);
    expect(await round()).toEqual({ delivered: 0, delayed: 0, discarded: 0, givenUp: 0 });
    await clock.sleep(1_000);
    expect(await round()).toMatchObject({ delivered: 1 });
    expect(calls).toEqual(['write', 'find']);
    expect(outbox.counts()).toMatchObject({ waiting: 0, delivered: 1 });
  });

  test('is not sent again as long as nobody can say that it has not arrived', async () => {
    const { system, calls } = answering(
      [unclear('The connection broke off.')],
      [later('It cannot be reached.'), unclear('It shows no comments.'), { kind: 'not-there' }],
    );
    const { clock, round } = standing(system);
    for (let turn = 0; turn < 4; turn += 1) {
      await round();
      await clock.sleep(60 * 60_000);
    }
    expect(calls).toEqual(['write', 'find', 'find', 'find', 'write']);
  });

  test('waits quietly as long as there is no network, longer each time, and as long as it is asked to', async () => {
    const { system } = answering([later('It cannot be reached.'), later('It asks to wait.', 1_800_000)]);
    const { clock, outbox, round } = standing(system);
    const due = () => (Date.parse(outbox.list('waiting', 1)[0]?.dueAt ?? '') - clock.now().getTime()) / 1000;
    await round();
    expect(due()).toBe(30);
    expect(outbox.list('waiting', 1)).toMatchObject([{ begun: false, trouble: 'It cannot be reached.' }]);
    await clock.sleep(30_000);
    await round();
    expect(due()).toBe(1800);
  });

  test('is given up after some days, in words, and does not hold up what follows', async () => {
    const { system } = answering(Array.from({ length: 400 }, () => later('Syncro has no ticket 17.')));
    const { clock, outbox, round } = standing(system, 7);
    for (let half = 0; half < 14; half += 1) {
      await round();
      await clock.sleep(12 * 60 * 60_000);
    }
    expect(outbox.counts()).toMatchObject({ waiting: 1, givenUp: 0 });
    await round();
    expect(outbox.list('given-up', 1)).toMatchObject([{ trouble: 'Syncro has no ticket 17.' }]);
  });

  test('pauses differ from station to station, and are an hour at most', () => {
    expect([0, 1, 2, 20].map((attempts) => pauseMs(attempts, 1) / 1000)).toEqual([30, 60, 120, 3600]);
    expect(pauseMs(2, 0)).toBe(60_000);
  });

  test.each([
    ['90', 90_000],
    ['Fri, 01 May 2026 10:05:00 GMT', 300_000],
    ['999999', 3_600_000],
    ['0', 1_000],
    ['soon', 60_000],
    [null, 60_000],
  ])('Retry-After: %s asks for %i ms', (text, ms) => {
    const headers = new Headers(text === null ? {} : { 'retry-after': text });
    expect(restAsked(headers, new Date('2026-05-01T10:00:00Z'))).toBe(ms);
  });
});
