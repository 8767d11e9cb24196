import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Application } from '../../../../../electron/app/application.ts';
import { StandingSource } from '../standing-source.ts';

const photos = 'com.google.android.apps.photos';

let home: string;
let phones: StandingSource;
let app: Application;
let phoneId: string;
beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'alternatives-'));
  phones = new StandingSource();
  phoneId = await phones.samples.add('pixel-14');
  app = new Application({ env: { PHONE_HEALTH_HOME: home }, sources: [phones] });
});
afterEach(async () => {
  await app.close();
  await phones.samples.close();
  rmSync(home, { recursive: true });
});

const ofPhotos = () => app.alternatives.list(phoneId).find((one) => one.app === photos);

describe('a second way for photos', () => {
  test('is offered for an app that is held back, and not before anything was read', async () => {
    expect(app.alternatives.list(phoneId)).toEqual([]);
    await app.scan({ phoneId, save: false });
    expect(ofPhotos()).toMatchObject({ appName: 'Google Photos', state: 'offered', since: null, worksBecause: null });
    expect(ofPhotos()?.path.steps.length).toBeGreaterThan(0);
  });

  test('stays in use until it is given up, also after the program was closed', async () => {
    await app.scan({ phoneId, save: false });
    app.alternatives.choose(phoneId, photos);
    app.alternatives.choose(phoneId, photos);
    await app.close();
    app = new Application({ env: { PHONE_HEALTH_HOME: home }, sources: [phones] });
    await app.scan({ phoneId, save: false });
    expect(ofPhotos()).toMatchObject({ state: 'in-use', since: expect.any(String) });
    app.alternatives.end(phoneId, photos);
    expect(ofPhotos()?.state).toBe('offered');
    expect(app.store.alternativesInUse(phoneId)).toEqual([]);
  });

  test('is to be given up once nothing holds the app back any more', async () => {
    phoneId = await phones.samples.add('bq-8');
    await app.scan({ phoneId, save: false });
    app.alternatives.choose(phoneId, photos);
    const causes = ['background-data-denied'];
    for (const cause of causes) {
      expect(ofPhotos()?.state).toBe('in-use');
      const request = { phoneId, cause, app: photos, correction: null };
      await app.corrections.correct(
        request,
        () => undefined,
        () => Promise.resolve(true),
      );
    }
    expect(ofPhotos()).toMatchObject({ state: 'switch-back', worksBecause: 'findings' });
  });
});
