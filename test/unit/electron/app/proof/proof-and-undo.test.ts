import { describe, expect } from 'vitest';
import type { ScanReport } from '../../../../../electron/app/scan/scan-report.ts';
import { test } from '../application-test.ts';
import { fixAll, photos, testPhoto, undo } from '../fixed-phone.ts';

const stateOf = ({ uploads }: ScanReport): string | undefined => uploads.find(({ app }) => app === photos)?.state;

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
