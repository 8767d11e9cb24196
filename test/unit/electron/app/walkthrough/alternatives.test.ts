import { describe, expect } from 'vitest';
import type { Application } from '../../../../../electron/app/application.ts';
import { test } from '../application-test.ts';
import { photos, testPhoto } from '../fixed-phone.ts';

const ofPhotos = (app: Application, phoneId: string) =>
  app.alternatives.list(phoneId).find((one) => one.app === photos);

describe('a second way for photos', () => {
  test('is offered for an app that is held back, and not before anything was read', async ({ app, phoneId }) => {
    expect(app.alternatives.list(phoneId)).toEqual([]);
    await app.scan({ phoneId, save: false });
    expect(ofPhotos(app, phoneId)).toMatchObject({
      appName: 'Google Photos',
      state: 'offered',
      since: null,
      worksBecause: null,
    });
    expect(ofPhotos(app, phoneId)?.path.steps.length).toBeGreaterThan(0);
  });

  test('stays in use until it is given up, also after the program was closed', async ({ app, open, phoneId }) => {
    await app.scan({ phoneId, save: false });
    app.alternatives.choose(phoneId, photos);
    app.alternatives.choose(phoneId, photos);
    await app.close();
    const later = open();
    await later.scan({ phoneId, save: false });
    expect(ofPhotos(later, phoneId)).toMatchObject({ state: 'in-use', since: expect.any(String) });
    later.alternatives.end(phoneId, photos);
    expect(ofPhotos(later, phoneId)?.state).toBe('offered');
    expect(later.store.alternativesInUse(phoneId)).toEqual([]);
  });

  test('is to be given up once nothing holds the app back any more', async ({ app, phones }) => {
    const phoneId = await phones.samples.add('bq-8');
    await app.scan({ phoneId, save: false });
    app.alternatives.choose(phoneId, photos);
    const causes = ['background-data-denied'];
    for (const cause of causes) {
      expect(ofPhotos(app, phoneId)?.state).toBe('in-use');
      const request = { phoneId, cause, app: photos, correction: null };
      await app.corrections.correct(
        request,
        () => undefined,
        () => Promise.resolve(true),
      );
    }
    expect(ofPhotos(app, phoneId)).toMatchObject({ state: 'switch-back', worksBecause: 'findings' });
  });

  test('is offered for the app that should keep the photos, and for no other', async ({ app, phones }) => {
    const phoneId = await phones.samples.add('pixel-14');
    await app.scan({ phoneId, save: false });
    expect(app.alternatives.list(phoneId).map((one) => [one.app, one.state])).toEqual([[photos, 'offered']]);
    app.chooseApps(phoneId, ['com.microsoft.skydrive']);
    expect(app.alternatives.list(phoneId).map((one) => one.app)).toEqual(['com.microsoft.skydrive']);
  });

  test('is not offered any more once a test photo has left', async ({ app, phoneId }) => {
    await app.scan({ phoneId, save: true });
    expect(ofPhotos(app, phoneId)?.state).toBe('offered');
    await testPhoto(app, phoneId, 'uploaded');
    app.chooseApps(phoneId, [photos]);
    expect(app.report(phoneId)?.uploads).toMatchObject([{ app: photos, state: 'running' }]);
    expect(ofPhotos(app, phoneId)).toBeUndefined();
  });
});
