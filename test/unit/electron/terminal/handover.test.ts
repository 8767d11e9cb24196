import { afterEach, expect, onTestFinished, vi } from 'vitest';
import { computerClock } from '../../../../electron/app/program/clock.ts';
import { handoverSend, handoverStatus, handoverTest } from '../../../../electron/terminal/handover.ts';
import { HookServer } from '../../../ticket-systems/hook-server.ts';
import { test } from '../app/application-test.ts';

afterEach(() => vi.restoreAllMocks());

const never = new AbortController().signal;
const secret = 's3cret-of-the-shop';

/** What a command has printed, and its exit code. */
async function ran(work: () => number | Promise<number>): Promise<[number, string]> {
  let text = '';
  for (const stream of ['stdout', 'stderr'] as const) {
    vi.spyOn(process[stream], 'write').mockImplementation((part) => {
      text += String(part);
      return true;
    });
  }
  const code = await work();
  vi.restoreAllMocks();
  return [code, text];
}

test('what waits is listed with its trouble, and sent', async ({ app }) => {
  expect((await ran(() => handoverStatus(app, {})))[1]).toContain('is off');
  const hook = new HookServer(secret, { clock: computerClock, perMinute: null, nextWay: () => null });
  const address = await hook.server.listen();
  onTestFinished(() => hook.server.close());
  app.handover.change({ system: 'hook', address: address.href });
  app.handover.keepSecret('another-secret');
  await app.tickets.create({ customer: null, fault: '', fields: [], phones: [], consent: null });
  const refused = 'The ticket system does not accept the secret.';
  expect(await ran(() => handoverTest(app, {}, never))).toEqual([1, `${refused}\n`]);
  expect(await ran(() => handoverSend(app, {}, never))).toEqual([
    1,
    `0 delivered, 1 waiting, 0 given up\n${refused}\n`,
  ]);
  const [code, status] = await ran(() => handoverStatus(app, {}));
  expect(code).toBe(0);
  expect(status).toMatch(
    /^hook: http:\/\/127.*with a secret\n1 waiting, 0 delivered.*\n\nTICKET .*\n1 +ticket .*accept the secret\.\n$/,
  );
  expect(status).not.toContain('another-secret');
  app.handover.keepSecret(secret);
  expect(await ran(() => handoverSend(app, { json: true }, never))).toEqual([
    0,
    `${JSON.stringify({ delivered: 1, delayed: 0, discarded: 0, givenUp: 0, waiting: 0 }, null, 2)}\n`,
  ]);
  expect(hook.kept).toHaveLength(1);
});
