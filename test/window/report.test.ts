import { describe, expect } from 'vitest';
import type { CommandResult } from '../../native/source.ts';
import { addSample, finding, scan } from './screens.ts';
import { listed, StagedSource } from './staged-source.ts';
import { test } from './window-test.ts';

const photos = 'com.google.android.apps.photos';

describe('a symptom', () => {
  test('stands under the causes it comes from, and leads to each of them', async ({ page }) => {
    await addSample(page, /Pixel 8a.*a battery level/);
    await scan(page);
    const symptom = finding(page, 'jobs-blocked', photos);
    await symptom.getByText('Because of:').waitFor();
    expect(await page.getByRole('article').and(page.locator('[data-cause="jobs-blocked"]')).count()).toBe(0);
    await symptom.getByRole('button', { name: 'The battery counts as low' }).click();
    expect(await page.evaluate(() => document.activeElement?.getAttribute('data-cause'))).toBe(
      'battery-saver-threshold',
    );
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
    const guided = finding(page, 'maker-autostart', photos);
    await guided.getByRole('button', { name: 'Open this screen on the phone' }).click();
    await guided.getByText('Opened: look at the phone.').waitFor();
  });

  test('tell what the phone said where it knows no such screen', async ({ open }) => {
    const source = new PhoneWithoutScreens();
    source.show([listed('A1', { name: 'Phone one' })]);
    const { page } = await open({ sources: [source] });
    await page.getByRole('link', { name: /Phone one/ }).click();
    await scan(page);
    const saver = finding(page, 'battery-saver');
    await saver.getByText('Switch Battery Saver off on the phone').click();
    await saver.getByRole('button', { name: 'Open this screen on the phone' }).click();
    await saver
      .getByText('The phone knows no such screen; the steps lead there. It said: Error: Activity not started')
      .waitFor();
  });
});
