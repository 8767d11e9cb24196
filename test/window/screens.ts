import type { Locator, Page } from 'playwright-core';

/** The steps that several walks share, in the words of the window. */

export async function addSample(page: Page, title: RegExp): Promise<void> {
  await page.getByRole('button', { name: 'Try a sample phone' }).click();
  await page.getByRole('main').getByRole('button', { name: title }).click();
  await page.getByRole('navigation', { name: 'About this phone' }).waitFor();
}

export async function scan(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Scan/ }).click();
  await page.getByRole('button', { name: 'Check again' }).first().waitFor();
}

/** The newest report in place of the one that is shown, by its moment. */
export async function checkAgain(page: Page): Promise<void> {
  const moment = page.locator('main time').first();
  const before = await moment.getAttribute('datetime');
  await page.getByRole('button', { name: 'Check again' }).first().click();
  await page.waitForFunction(
    (former) => document.querySelector('main time')?.getAttribute('datetime') !== former,
    before,
  );
}

export const finding = (page: Page, cause: string, app = ''): Locator =>
  page.locator(`[data-cause="${cause}"]${app === '' ? '' : `[data-app="${app}"]`}`).first();
