import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { test } from '../application-test.ts';
import { fixAll, photos, testPhoto } from '../fixed-phone.ts';

describe('a file from before a phone was corrected and proven', () => {
  const withFile = test.extend('file', async ({ app, phoneId, home }) => {
    const file = join(home, 'before.json');
    await app.record({ phoneId, file, redact: false, overwrite: false });
    await fixAll(app, phoneId);
    await testPhoto(app, phoneId, 'uploaded');
    return file;
  });

  withFile(
    'is judged by what was known on its day: no photo of a later day has left, and nothing came back',
    async ({ app, phoneId, file }) => {
      expect((await app.scan({ phoneId, save: false })).uploads).toMatchObject([{ proof: { by: 'test-photo' } }]);
      const report = await app.scanFile({ path: file, save: false, apps: [photos] });
      expect(report.uploads).toHaveLength(1);
      expect(report.uploads[0]?.proof.by).not.toBe('test-photo');
      expect(report.uploads[0]?.settling).toBe(false);
      expect(report.answer).toMatchObject({ tone: 'bad', heldBack: 3 });
    },
  );

  withFile(
    'takes the place of no newer scan of its phone, and is shown as what it is',
    async ({ app, phones, phoneId, file }) => {
      const newer = await app.scan({ phoneId, save: true });
      phones.unplugged = true;
      const opened = await app.openFile(file);
      expect(opened).toMatchObject({ phoneId, isLast: false });
      expect(app.report(phoneId)?.reading.takenAt).toBe(newer.reading.takenAt);
      expect(app.snapshotReport(String(opened.snapshot)).answer.heldBack).toBe(3);
      expect(app.judgeSnapshotAgain(String(opened.snapshot)).otherwise).toEqual([]);
    },
  );

  withFile(
    'stands for its phone where nothing newer is known, and says nothing of what changed back',
    async ({ app, phones, phoneId, file }) => {
      await app.farewells.forget(phoneId);
      phones.unplugged = true;
      expect(await app.openFile(file)).toMatchObject({ phoneId, isLast: true });
      expect(app.report(phoneId)).toMatchObject({ drift: [], phone: { state: 'gone' } });
    },
  );
});
