import { expect, vi } from 'vitest';
import { openStore } from '../../../../../db/store.ts';
import { StoreWatch } from '../../../../../electron/app/program/store-watch.ts';
import type { TicketItem } from '../../../../../electron/app/tickets/ticket-view.ts';
import { exampleTicket } from '../../../db/examples.ts';
import { test } from '../application-test.ts';

test('looks as long as anybody is shown something, and tells only what is other', async () => {
  vi.useFakeTimers();
  try {
    let [looks, told, isOther] = [0, 0, false];
    const watch = new StoreWatch({ look: () => ((looks += 1), isOther), onChanged: () => (told += 1), everyMs: 1000 });
    const [first, second] = [watch.attend(), watch.attend()];
    await vi.advanceTimersByTimeAsync(2000);
    isOther = true;
    first();
    first();
    await vi.advanceTimersByTimeAsync(1000);
    second();
    await vi.advanceTimersByTimeAsync(5000);
    expect([looks, told]).toEqual([3, 1]);
  } finally {
    vi.useRealTimers();
  }
});

test('a ticket that a command has taken in shows in the window within two seconds', async ({ app, home }) => {
  app.store.listTickets();
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  try {
    const shown: number[] = [];
    const stop = new AbortController();
    const following = (async () => {
      for await (const open of app.followTickets(stop.signal)) shown.push((open satisfies TicketItem[]).length);
    })();
    await expect.poll(() => shown).toEqual([0]);
    const command = openStore(home);
    command.createTicket(exampleTicket());
    command.close();
    await vi.advanceTimersByTimeAsync(2000);
    await expect.poll(() => shown).toEqual([0, 1]);
    stop.abort();
    await following;
    expect(vi.getTimerCount()).toBe(0);
  } finally {
    vi.useRealTimers();
  }
});
