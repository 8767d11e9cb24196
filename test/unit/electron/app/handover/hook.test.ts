import { expect, onTestFinished, test } from 'vitest';
import { Hook, hookPerMinute } from '../../../../../electron/app/handover/hook.ts';
import type { HandoverMessage } from '../../../../../electron/app/handover/messages.ts';
import { RateLimit } from '../../../../../electron/app/handover/rate-limit.ts';
import { HookServer } from '../../../../ticket-systems/hook-server.ts';
import { JumpingClock } from '../../../../ticket-systems/jumping-clock.ts';
import type { UnclearWay } from '../../../../ticket-systems/unclear-server.ts';

const secret = 'a-secret-of-the-shop';
const never = new AbortController().signal;

test('a hook that asks for rest gets it: no other message and no question goes to it before', async () => {
  const clock = new JumpingClock();
  const ways: UnclearWay[] = ['busy-before'];
  const shop = new HookServer(secret, { clock, perMinute: null, nextWay: () => ways.shift() ?? null });
  const address = await shop.server.listen();
  onTestFinished(() => shop.server.close());
  const limit = new RateLimit(hookPerMinute, clock);
  const hook = new Hook({ address, secret, station: 'A', clock, transport: { limit } });
  const write = (id: string) => {
    const message: HandoverMessage = {
      schema: 1,
      id,
      station: 'A',
      at: clock.now().toISOString(),
      ticket: { number: '1', uid: 'ticket-1', theirNumber: null, status: 'in-work', technician: null },
      event: { kind: 'status', status: 'in-work' },
      redacted: true,
      attachments: [],
    };
    return hook.write({ message, theirNumber: null }, never);
  };
  const busy = await write('m-1');
  if (busy.kind !== 'later' || busy.afterMs === null) throw new Error(`No rest was asked for: ${JSON.stringify(busy)}`);
  const { requests } = shop.server;
  expect(await write('m-2')).toMatchObject({ kind: 'later', afterMs: busy.afterMs });
  expect(await hook.nextActions(never)).toBeNull();
  expect(shop.server.requests).toBe(requests);
  await clock.sleep(busy.afterMs);
  expect(await write('m-2')).toEqual({ kind: 'there' });
  expect(shop.kept.map(({ id }) => id)).toEqual(['m-2']);
});
