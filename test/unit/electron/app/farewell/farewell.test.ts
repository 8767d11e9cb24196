import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { openStore } from '../../../../../db/store.ts';
import type { Application } from '../../../../../electron/app/application.ts';
import { test } from '../application-test.ts';

const photos = 'com.google.android.apps.photos';

async function correct(app: Application, phoneId: string): Promise<void> {
  const request = { phoneId, cause: 'battery-optimized', app: photos, correction: null };
  await app.corrections.correct(
    request,
    () => undefined,
    () => Promise.resolve(true),
  );
}

describe('forgetting a phone', () => {
  test('says what it takes with it, and leaves nothing behind', async ({ app, phoneId }) => {
    await app.scan({ phoneId, save: true });
    app.answer(phoneId, { cause: 'backup-off', app: photos, answer: 'no' });
    await correct(app, phoneId);
    // The scan, and the reading that proved the correction.
    expect(app.farewells.summary(phoneId)).toMatchObject({
      snapshots: 2,
      actions: 1,
      undoable: [{ cause: 'battery-optimized' }],
      interrupted: [],
    });
    expect(await app.farewells.forget(phoneId)).toEqual({ trust: 'by-hand', detail: null, waits: null });
    expect(app.store.listPhones()).toEqual([]);
    expect(app.report(phoneId)).toBeNull();
    const anew = await app.scan({ phoneId, save: false });
    const asked = anew.findings.find(({ cause, app: of }) => cause === 'backup-off' && of === photos);
    expect(asked?.question?.answer ?? null).toBeNull();
  });

  test('is refused while a correction is cut off, because nobody could put it back', async ({ app, phoneId }) => {
    await app.scan({ phoneId, save: true });
    const phone = app.store.listPhones()[0];
    if (phone === undefined) throw new Error('the phone is not in the store');
    const { id } = app.store.planAction({
      phone,
      snapshot: null,
      ticket: null,
      walkthrough: null,
      cause: 'battery-optimized',
      app: photos,
      correction: 'exempt-app',
      commands: [`cmd deviceidle whitelist +${photos}`],
      inverse: [`cmd deviceidle whitelist -${photos}`],
      before: {},
      identity: null,
      who: 'Sam',
    });
    app.store.addActionEvent(id, { kind: 'started' });
    await expect(app.farewells.forget(phoneId)).rejects.toMatchObject({ code: 'corrections-open' });
    expect(app.store.listActions(phoneId)).toHaveLength(1);
    app.corrections.leave(String(id));
    await app.farewells.forget(phoneId);
    expect(app.store.listActions(phoneId)).toEqual([]);
  });

  test('is refused while another program is correcting the phone', async ({ app, phoneId, home }) => {
    await app.scan({ phoneId, save: true });
    const another = openStore(home);
    const lease = another.takePhone(phoneId);
    await expect(app.farewells.forget(phoneId)).rejects.toMatchObject({ code: 'phone-busy' });
    expect(app.snapshots()).toHaveLength(1);
    lease?.giveBack();
    another.close();
    await app.farewells.forget(phoneId);
    // Of the phone nothing is left: these are of the store, which is in use.
    expect(readdirSync(join(home, 'leases'))).toEqual(['erasing', 'store', 'unclean']);
  });

  test('works for a phone that is not plugged in', async ({ app, phones, phoneId }) => {
    await app.scan({ phoneId, save: true });
    phones.unplugged = true;
    expect(await app.farewells.forget(phoneId)).toEqual({ trust: 'not-plugged-in', detail: null, waits: null });
    expect(app.snapshots()).toEqual([]);
  });
});
