import { describe, expect } from 'vitest';
import type { Application } from '../../../../../electron/app/application.ts';
import type { ScanReport } from '../../../../../electron/app/scan/scan-report.ts';
import { test } from '../application-test.ts';

const photos = 'com.google.android.apps.photos';

/** Corrects everything that holds the photos of the phone back; the ids of the actions. */
async function fixAll(app: Application, phoneId: string): Promise<string[]> {
  const { fixes } = await app.scan({ phoneId, save: true });
  const actions: string[] = [];
  for await (const event of app.corrections.correctAll({ phoneId, fixes })) {
    if (event.type === 'done' && event.outcome.undoable) actions.push(event.outcome.action);
  }
  return actions;
}

/** A test photo that came to this end just now. */
async function testPhoto(app: Application, phoneId: string, outcome: 'uploaded' | 'nothing-sent'): Promise<void> {
  const phone = (await app.phones()).phones.find(({ id }) => id === phoneId);
  if (phone === undefined) throw new Error('The sample is not plugged in.');
  const at = new Date().toISOString();
  const verdict = { outcome, sentence: '', waitsFor: [], sentBytes: null, photosSent: null };
  app.store.saveTestPhoto({
    phone,
    app: photos,
    on: null,
    startedAt: at,
    photoSeenAt: at,
    endedAt: at,
    photoBytes: 3_500_000,
    verdict,
    brokenOff: null,
    observations: [],
  });
}

const stateOf = ({ uploads }: ScanReport): string | undefined => uploads.find(({ app }) => app === photos)?.state;
const undo = (app: Application, action: string) =>
  app.corrections.undo(
    action,
    () => undefined,
    () => Promise.resolve(true),
  );

describe('a test photo that left', () => {
  test('proves nothing any more once what it left under was put back, and a new one does', async ({ app, phoneId }) => {
    const before = await app.scan({ phoneId, save: true });
    const actions = await fixAll(app, phoneId);
    expect(actions.length).toBeGreaterThan(1);
    await testPhoto(app, phoneId, 'uploaded');
    expect((await app.scan({ phoneId, save: true })).answer).toMatchObject({ tone: 'good', heldBack: 0 });
    for (const action of actions.toReversed()) await undo(app, action);
    const after = await app.scan({ phoneId, save: true });
    expect(after.answer).toMatchObject({ tone: 'bad', heldBack: before.answer.heldBack });
    expect(stateOf(after)).not.toBe('running');
    await testPhoto(app, phoneId, 'uploaded');
    expect(stateOf(await app.scan({ phoneId, save: true }))).toBe('running');
  });

  test('proves nothing any more once what was corrected came back by itself', async ({ app, phones, phoneId }) => {
    await fixAll(app, phoneId);
    await testPhoto(app, phoneId, 'uploaded');
    expect(stateOf(await app.scan({ phoneId, save: false }))).toBe('running');
    await phones.samples.run(phoneId, ['appops', 'set', '--user', '0', photos, 'RUN_ANY_IN_BACKGROUND', 'ignore']);
    const after = await app.scan({ phoneId, save: false });
    expect(after.drift.map(({ cause, state }) => [cause, state])).toContainEqual(['background-restricted', 'reverted']);
    expect(after.answer.tone).toBe('bad');
  });

  test('is outranked by a later one that stayed', async ({ app, phoneId }) => {
    await testPhoto(app, phoneId, 'uploaded');
    expect(stateOf(await app.scan({ phoneId, save: false }))).toBe('running');
    await testPhoto(app, phoneId, 'nothing-sent');
    expect(stateOf(await app.scan({ phoneId, save: false }))).not.toBe('running');
  });
});
