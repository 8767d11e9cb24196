import { describe, expect } from 'vitest';
import type { CommandResult } from '../../native/source.ts';
import { addSample, opened, scan } from './screens.ts';
import { listed, StagedSource } from './staged-source.ts';
import { test } from './window-test.ts';

const photos = 'com.google.android.apps.photos';

describe('a symptom', () => {
  test('stands inside the first of the causes that it comes from, and leads to each of them', async ({ page }) => {
    await addSample(page, /Pixel 8,/);
    await scan(page);
    const root = await opened(page, 'background-restricted', photos);
    const symptom = root.locator('[data-cause="jobs-blocked"]');
    expect(await symptom.isVisible()).toBe(false);
    await root.getByText('Effects').click();
    await symptom.getByText('Because of:').waitFor();
    expect(await page.locator(`[data-cause="jobs-blocked"][data-app="${photos}"]`).count()).toBe(1);
    await symptom.getByRole('button', { name: 'Data Saver stops Google Photos in the background' }).click();
    expect(await page.evaluate(() => document.activeElement?.getAttribute('data-cause'))).toBe('data-saver');
  });
});

/** A phone whose settings have no screens of their own. */
class PhoneWithoutScreens extends StagedSource {
  override run(): Promise<CommandResult> {
    const errors =
      'Error: Activity not started, unable to resolve Intent { act=android.settings.BATTERY_SAVER_SETTINGS }';
    return Promise.resolve({ exitCode: 0, ended: 'whole', detail: '', output: 'Starting: Intent', errors });
  }
}

describe('guided steps', () => {
  test('open their screen on the phone', async ({ page }) => {
    await addSample(page, /Redmi/);
    await scan(page);
    const guided = await opened(page, 'maker-autostart', photos);
    await guided.getByRole('button', { name: 'Open this screen on the phone' }).click();
    await guided.getByText('Opened: look at the phone.').waitFor();
  });

  test('tell what the phone said where it knows no such screen', async ({ open }) => {
    const source = new PhoneWithoutScreens();
    source.show([listed('A1', { name: 'Phone one' })]);
    const { page } = await open({ sources: [source] });
    await page.getByRole('link', { name: /Phone one/ }).click();
    await scan(page);
    const saver = await opened(page, 'battery-saver');
    await saver.getByText('By hand', { exact: true }).click();
    await saver.getByRole('button', { name: 'Open this screen on the phone' }).click();
    await saver
      .getByText('The phone knows no such screen; the steps lead there. It said: Error: Activity not started')
      .waitFor();
  });
});
