import type { Locator, Page } from 'playwright-core';

/** The steps that several walks share, in the words of the window. */

export async function addSample(page: Page, title: RegExp): Promise<void> {
  await page.getByRole('button', { name: 'Try a sample phone' }).click();
  const main = page.getByRole('main');
  const all = main.getByRole('button', { name: /^All \d+ samples$/ });
  await all.waitFor();
  const sample = main.getByRole('button', { name: title });
  // The few that are offered first are those that most people want to see.
  if ((await sample.count()) === 0) await all.click();
  await sample.click();
  await page.getByRole('navigation', { name: 'About this phone' }).waitFor();
}

/** Opens one of the four tabs of the phone that is shown. */
export const openTab = (page: Page, tab: 'Fix' | 'Prove' | 'Copy' | 'History'): Promise<void> =>
  page.getByRole('navigation', { name: 'About this phone' }).getByRole('link', { name: tab, exact: true }).click();

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

/** What holds nothing back: it is made when it is opened. */
export async function openEverythingElse(page: Page): Promise<void> {
  await page.locator('[data-everything-else]').evaluate((fold) => {
    if (fold instanceof HTMLDetailsElement) fold.open = true;
  });
  await page.locator('[data-everything-else] > summary + div').waitFor();
}

/** The same, with every fold open in which it stands, and its own. */
export async function opened(page: Page, cause: string, app = ''): Promise<Locator> {
  const place = finding(page, cause, app);
  if ((await place.count()) === 0) await openEverythingElse(page);
  await place.waitFor({ state: 'attached' });
  await place.evaluate((element) => {
    const own = element.querySelector('details');
    if (own !== null) own.open = true;
    for (let fold = element.closest('details'); fold !== null; fold = fold.parentElement?.closest('details') ?? null) {
      fold.open = true;
    }
  });
  return place;
}

/** Opens what is folded, and what is made by that: until two frames have made no fold that is closed. */
export const unfold = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    for (let quiet = 0; quiet < 2;) {
      const folded = document.querySelectorAll<HTMLDetailsElement>('details:not([open])');
      // It is told in a task of its own, after which the page is made anew.
      const told = [...folded].map(
        (details) => new Promise((resolve) => details.addEventListener('toggle', resolve, { once: true })),
      );
      for (const details of folded) details.open = true;
      await Promise.all(told);
      await new Promise((resolve) => requestAnimationFrame(resolve));
      quiet = folded.length === 0 ? quiet + 1 : 0;
    }
  });
