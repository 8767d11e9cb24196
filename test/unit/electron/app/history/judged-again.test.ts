import { describe, expect } from 'vitest';
import { test } from '../application-test.ts';
import { fixAll, photos, testPhoto, undo } from '../fixed-phone.ts';

describe('a kept snapshot, judged again', () => {
  test('is judged the same by the catalog of its day, with what its owner chose and answered then', async ({
    app,
    phoneId,
  }) => {
    await app.scan({ phoneId, save: true });
    app.chooseApps(phoneId, ['com.microsoft.skydrive']);
    const { onItsDay, today, otherwise } = app.judgeSnapshotAgain('1');
    expect(otherwise).toEqual([]);
    expect(today.answer).toEqual(onItsDay.answer);
    expect(today.catalog).toBe(onItsDay.catalog);
    // What is chosen in a later visit does not change what was judged in this one.
    await app.scan({ phoneId, save: true });
    app.chooseApps(phoneId, [photos]);
    expect(app.judgeSnapshotAgain('1').otherwise).toEqual([]);
  });

  test('is judged the same as on its day before a correction, after it, with a test photo, and after it was put back', async ({
    app,
    phoneId,
  }) => {
    const actions = await fixAll(app, phoneId);
    await app.scan({ phoneId, save: true });
    await testPhoto(app, phoneId, 'uploaded');
    // Whatever is told of the phone has its last scan judged again.
    app.chooseApps(phoneId, [photos]);
    await app.scan({ phoneId, save: true });
    for (const action of actions.toReversed()) await undo(app, action);
    await app.scan({ phoneId, save: true });
    const headlines = app.snapshots().map(({ id }) => {
      const { onItsDay, today, otherwise } = app.judgeSnapshotAgain(id);
      expect(otherwise).toEqual([]);
      return [onItsDay.answer.headline, today.answer.headline];
    });
    // The corrections at their end, and each putting back, have kept how the phone was afterwards.
    expect(headlines).toHaveLength(4 + 1 + actions.length);
    for (const [then, now] of headlines) expect(now).toBe(then);
  });

  test('shows what is judged otherwise today, and leaves what was kept as it is', async ({ app, phoneId }) => {
    await app.scan({ phoneId, save: true });
    const kept = app.store.loadSnapshot(1);
    if (kept === null) throw new Error('the scan was not kept');
    const { findings } = kept.diagnosis;
    // As a catalog would have it that did not know yet what stops this app.
    const former = findings.map((finding) =>
      finding.cause === 'background-restricted' && finding.app === photos
        ? { ...finding, status: 'ok' as const }
        : finding,
    );
    app.store.replaceDiagnosis(1, { ...kept.diagnosis, findings: former, catalog: '2025.01.01' });
    const { onItsDay, today, otherwise } = app.judgeSnapshotAgain('1');
    expect(otherwise).toMatchObject([
      { cause: 'background-restricted', appName: 'Google Photos', onItsDay: 'ok', today: 'problem' },
    ]);
    expect(onItsDay.catalog).toBe('2025.01.01');
    expect(today.catalog).toBe(app.catalog.version);
    expect(today.answer.heldBack).toBe(onItsDay.answer.heldBack + 1);
    expect(app.snapshotReport('1').catalog).toBe('2025.01.01');
  });
});
