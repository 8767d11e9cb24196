import { expect, onTestFinished, test } from 'vitest';
import { lookAt } from '../../../electron/app/phones/look.ts';
import { openStore } from '../../../db/store.ts';
import { createSample } from '../../../native/samples/android/profiles.ts';
import { unreadPhone } from '../../../native/phone.ts';
import { CutSitting } from './cut-sitting.ts';

const hourMs = 3_600_000;

/** A phone that was told to restart two hours ago, by a program that was killed then; it is on for so long now. */
async function toldToRestart(bootedAgoMs: number): Promise<CutSitting> {
  const sitting = new CutSitting(createSample('pixel-16'));
  onTestFinished(() => sitting.end());
  sitting.source.phone.state.clock.uptimeMs = bootedAgoMs;
  const earlier = openStore(sitting.home, { now: () => new Date(Date.now() - 2 * hourMs) });
  const phone = unreadPhone(sitting.place.phoneId, 'android', 'ready');
  const seen = await lookAt({ source: sitting.source, phone });
  const { id } = earlier.planAction({
    phone,
    snapshot: null,
    ticket: null,
    walkthrough: null,
    cause: 'restart-due',
    app: null,
    correction: 'restart-over-usb',
    commands: ['svc power reboot'],
    inverse: [],
    before: { 'system.bootedAgoMs': 400 * hourMs },
    identity: seen?.identity ?? null,
    who: 'somebody',
  });
  earlier.addActionEvent(id, { kind: 'started' });
  earlier.close();
  return sitting;
}

test('a phone that has restarted since it was told to is not restarted again', async () => {
  const sitting = await toldToRestart(hourMs);
  expect((await sitting.finish('1')).outcome).toMatchObject({
    result: 'taken',
    after: { 'system.bootedAgoMs': hourMs },
  });
  expect(sitting.source.ran).toEqual([]);
});

test('a phone that was on all the time since is restarted now', async () => {
  const sitting = await toldToRestart(402 * hourMs);
  expect((await sitting.finish('1')).outcome.result).toBe('taken');
  expect(sitting.source.ran).toEqual(['svc power reboot']);
  expect(sitting.source.phone.state.restarts).toBe(1);
});
