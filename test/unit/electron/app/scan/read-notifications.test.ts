import { describe, expect } from 'vitest';
import { decodeText } from '../../../../../native/capture.ts';
import { GOOGLE_PHOTOS } from '../../../../../native/samples/android/profiles/healthy.ts';
import { test } from '../application-test.ts';

const words = 'Current Notification Manager state:';

describe('what an app shows in its notifications', () => {
  test('is read of the apps that are named, and of no other', async ({ app, phoneId }) => {
    const before = await app.scan({ phoneId, save: false });
    const statusOf = ({ findings }: typeof before) =>
      findings.find(({ cause, app: of }) => cause === 'in-app-pause' && of === GOOGLE_PHOTOS)?.status;
    expect(statusOf(before)).toBe('manual');
    const after = await app.scan({ phoneId, save: false, readNotifications: [GOOGLE_PHOTOS] });
    // The sample shows none: that is an answer.
    expect(statusOf(after)).toBe('ok');
    expect(after.reading.apps[GOOGLE_PHOTOS]?.notificationTitles).toMatchObject({ value: [] });
    const asked = Object.values(after.reading.answers).filter(({ probe }) => probe === 'notification-titles');
    expect(asked.map(({ command }) => command)).toEqual([`dumpsys notification --noredact --package ${GOOGLE_PHOTOS}`]);
  });

  test('is asked of backup apps only', async ({ app, phoneId }) => {
    const asked = app.scan({ phoneId, save: false, readNotifications: ['com.whatsapp'] });
    await expect(asked).rejects.toMatchObject({ code: 'bad-argument' });
  });

  test('is in no snapshot but as titles', async ({ app, phoneId }) => {
    const { snapshot } = await app.scan({ phoneId, save: true, readNotifications: [GOOGLE_PHOTOS] });
    const kept = app.store.loadSnapshot(Number(snapshot))?.capture.answers ?? [];
    const texts = kept.map(({ output }) => decodeText(output)).filter((text) => text.startsWith(words));
    expect(texts).toEqual([`${words}\n(end)\n`, `${words}\n(end)\n`]);
  });
});
