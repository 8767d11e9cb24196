import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { violations } from './axe.ts';
import { openWindow, type OpenedWindow } from './open-window.ts';
import { addSample, checkAgain, openTab, opened, scan, unfold } from './screens.ts';
import { listed, StagedSource } from './staged-source.ts';
import { test } from './window-test.ts';

const photos = 'com.google.android.apps.photos';
/** The page must not need to be moved sideways. */
const sideways = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const main = document.querySelector('main');
    return main === null ? -1 : main.scrollWidth - main.clientWidth;
  });

/** From its top: what is scrolled half under the tabs is not to be hit there. */
async function clean(page: Page, screen: string): Promise<void> {
  await page.locator('main').evaluate((main) => main.scrollTo(0, 0));
  expect(await violations(page, 'light'), screen).toEqual([]);
  expect(await violations(page, 'dark'), `${screen}, in dark`).toEqual([]);
  expect(await sideways(page), `${screen} fits`).toBe(0);
}

describe('in light and in dark, at 900×600, axe finds nothing on', () => {
  let window: OpenedWindow;
  let source: StagedSource;
  test.beforeAll(async ({ browser }) => {
    source = new StagedSource();
    window = await openWindow(browser, { viewport: { width: 900, height: 600 }, sources: [source] });
  });
  test.afterAll(async () => {
    await window.close();
    expect(window.complaints).toEqual([]);
  });

  test('the first screen, and the samples', async () => {
    const { page } = window;
    await page.getByText('No phone is plugged in.').waitFor();
    await clean(page, 'first screen');
    await page.getByRole('button', { name: 'Try a sample phone' }).click();
    await page.getByRole('button', { name: /Pixel 8,/ }).waitFor();
    await clean(page, 'samples');
    await page.getByRole('button', { name: /^All \d+ samples$/ }).click();
    await page.getByRole('textbox', { name: 'Search the samples' }).fill('nothing like it');
    await clean(page, 'no sample found');
    await page.getByRole('button', { name: 'Open a bug report or backup' }).click();
    await page.getByRole('textbox', { name: 'Or where it lies on this computer' }).fill('nowhere');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').waitFor();
    await clean(page, 'a file that cannot be opened');
    await page.getByRole('button', { name: 'Close' }).click();
    await page.getByRole('button', { name: 'Past phones' }).click();
    await page.getByText('No phone was scanned yet.').waitFor();
    await clean(page, 'no past phones');
    await page.getByRole('button', { name: 'It’s Android' }).click();
    await clean(page, 'plug-in steps');
    await page.getByRole('button', { name: 'Back', exact: true }).click();
  });

  test('the settings, the catalog, the licences, and an address that leads nowhere', async () => {
    const { page } = window;
    await page.getByRole('link', { name: 'Settings' }).click();
    await page.getByRole('button', { name: 'Show the log' }).click();
    await page.getByRole('region', { name: 'Log', exact: true }).waitFor();
    await clean(page, 'settings');
    await page.getByRole('link', { name: 'Look through the catalog' }).click();
    await page.getByText('Airplane mode', { exact: true }).click();
    await clean(page, 'catalog');
    await page.getByRole('link', { name: 'Settings' }).first().click();
    await page.getByRole('link', { name: 'Read the licences' }).click();
    await page.getByText('Tabler Icons').click();
    await clean(page, 'licences');
    await page.evaluate(() => {
      location.hash = '#/phones/NOPE';
    });
    await page.getByRole('heading', { name: 'This phone is not known' }).waitFor();
    await clean(page, 'unknown phone');
    await page.evaluate(() => {
      location.hash = '#/';
    });
  });

  test('a phone that waits for permission, and a source in trouble', async () => {
    const { page } = window;
    const remedy = { title: 'Allow USB debugging on the phone', steps: ['Unlock the phone.', 'Tap Allow.'] };
    source.show(
      [listed('U1', { state: 'unauthorized', remedy })],
      [
        {
          code: 'x',
          platform: 'android',
          message: 'usbmuxd is not installed.',
          remedy: { title: 'Install it', steps: ['apt-get install usbmuxd'] },
        },
      ],
    );
    await page.getByRole('main').getByText('Allow USB debugging on the phone').waitFor();
    await clean(page, 'unauthorized');
    source.show([]);
  });

  test('a phone before, during and after a scan', async () => {
    const { page } = window;
    // As the sample behind it is: a correction refuses a phone that is another than the one that was listed.
    source.show([listed('A1', { model: 'Pixel 8', manufacturer: 'Google' })]);
    await page
      .getByRole('navigation', { name: 'Phones' })
      .getByRole('link', { name: /Pixel 8/ })
      .click();
    await page.getByRole('button', { name: /^Scan/ }).waitFor();
    await clean(page, 'before');
    source.hold = new Promise(() => {});
    await page.getByRole('button', { name: /^Scan/ }).click();
    await page.getByText(/^3 of \d+ read/).waitFor();
    await clean(page, 'during');
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByText('The scan was cancelled').waitFor();
    await clean(page, 'cancelled');
    source.hold = Promise.resolve();
    await scan(page);
    await clean(page, 'results');
    await unfold(page);
    await clean(page, 'results, everything opened');
    // Half a page is looked through in half the time: whoever comes back finds everything folded again.
    await openTab(page, 'Copy');
    await page.getByRole('button', { name: 'Copy and verify' }).waitFor();
    await openTab(page, 'Fix');
    await page.getByRole('button', { name: 'Check again' }).first().waitFor();
  });

  test('consent, and the result of a correction', async () => {
    const { page } = window;
    const held = await opened(page, 'battery-optimized', photos);
    await held.getByRole('button', { name: /^Exempt Google Photos/ }).click();
    await held.getByRole('button', { name: 'Run on the phone' }).waitFor();
    await clean(page, 'consent');
    await held.getByRole('button', { name: 'Run on the phone' }).click();
    await page.getByRole('region', { name: 'Fixed and checked' }).waitFor({ timeout: 60_000 });
    await clean(page, 'taken');
    await page.getByRole('button', { name: /^Fix 3 things/ }).click();
    await page.getByRole('group', { name: 'Change this on the phone?' }).waitFor();
    await clean(page, 'consent to several');
    const run = Promise.withResolvers<void>();
    source.holdRun = run.promise;
    await page.getByRole('button', { name: /^Fix 2 things/ }).click();
    await page.getByRole('region', { name: 'Fixing' }).getByText('Running on the phone').waitFor();
    await clean(page, 'several corrections, one running');
    run.resolve();
    // Two corrections with two readings each take their time on a machine that others use too.
    await page.getByText('3 fixed and checked').waitFor({ timeout: 120_000 });
    await clean(page, 'several corrections, proven');
    await checkAgain(page);
    await clean(page, 'checked again');
  });

  test('every tab of a phone, all snapshots, a kept one, a problem', async () => {
    const { page } = window;
    await openTab(page, 'History');
    await page.getByRole('button', { name: 'Undo' }).first().waitFor();
    await clean(page, 'history');
    await page.getByText(/^\d+ scans$/).click();
    await page.getByRole('link', { name: 'What changed in this visit' }).click();
    await page.getByRole('heading', { name: /Values that changed/ }).waitFor();
    await clean(page, 'comparison');
    await openTab(page, 'Copy');
    await page.getByRole('button', { name: 'Copy and verify' }).waitFor();
    await clean(page, 'safe copy');
    await openTab(page, 'Fix');
    await page.getByRole('button', { name: 'Show me step by step' }).click();
    await page.getByRole('region', { name: 'This step' }).waitFor();
    await clean(page, 'walk-through');
    await page.getByText('The quick win: off and on again').click();
    await page.getByRole('button', { name: 'Count 30 seconds' }).waitFor();
    await clean(page, 'walk-through with the quick win');
    await openTab(page, 'Prove');
    await page.getByRole('button', { name: 'Start the test' }).waitFor();
    await clean(page, 'prove');
    await page.getByRole('button', { name: 'Watch it' }).click();
    await page.getByRole('region', { name: /^Watching/ }).waitFor();
    await clean(page, 'prove, with an app that is watched');
    await page.getByRole('link', { name: 'Switch USB debugging off, or forget it' }).click();
    await page.getByRole('button', { name: 'Forget this phone' }).waitFor();
    await clean(page, 'finish');
    await page.getByRole('link', { name: 'All visits' }).click();
    await page.getByRole('table').waitFor();
    await clean(page, 'all snapshots');
    await page.getByRole('table').getByRole('link').first().click();
    await page.getByRole('heading', { name: /^Snapshot \d/ }).waitFor();
    await clean(page, 'kept snapshot');
    await page.evaluate(() => {
      location.hash = '#/snapshots/99';
    });
    await page.getByRole('alert').waitFor();
    await clean(page, 'problem');
  });

  test('the bench, its question, its keys and what is found on it', async () => {
    const { page } = window;
    const remedy = { title: 'Allow USB debugging on the phone', steps: ['Tap Allow.'] };
    source.hold = Promise.resolve();
    source.show([]);
    await page.evaluate(() => {
      location.hash = '#/bench';
    });
    await page.getByRole('heading', { level: 1, name: 'Bench' }).waitFor();
    const places = page.locator('main [data-place]');
    source.show([
      listed('C3', { model: 'Pixel 8', manufacturer: 'Google' }),
      listed('D4', { model: 'Pixel 8', manufacturer: 'Google' }),
      listed('E5', { state: 'unauthorized', remedy }),
    ]);
    await places.filter({ hasText: 'Allow on phone' }).waitFor();
    await clean(page, 'bench before');
    const run = Promise.withResolvers<void>();
    source.hold = run.promise;
    await page.keyboard.press('a');
    await places.filter({ hasText: 'Scanning' }).first().waitFor();
    await clean(page, 'bench at work');
    run.resolve();
    await page.getByText('2 with problems').first().waitFor();
    await page.keyboard.press('ArrowDown');
    await places
      .filter({ hasText: '3 problems' })
      .first()
      .getByRole('button', { name: /^Select/ })
      .click();
    await page.keyboard.press('f');
    await page.getByRole('group', { name: 'Change this on the phone?' }).waitFor();
    await clean(page, 'bench with its question');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Shift+?');
    await page.getByRole('dialog').getByText('Scan all phones').waitFor();
    await clean(page, 'keys of the bench');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.keyboard.press('Control+k');
    await page.getByRole('option').first().waitFor();
    await clean(page, 'palette of the bench');
    await page.keyboard.press('Escape');
    await page.setViewportSize({ width: 390, height: 844 });
    await page.getByRole('table', { name: 'Phones at the counter' }).waitFor();
    await clean(page, 'bench as a table');
    await page.setViewportSize({ width: 900, height: 600 });
    source.show([]);
    await places.filter({ hasText: 'Unplugged' }).first().waitFor();
    await clean(page, 'bench unplugged');
  });

  test('a question that is answered', async () => {
    const { page } = window;
    // Without a phone the first screen offers the samples. It is asked where nothing on the phone holds photos back, and none leaves.
    source.show([]);
    await page.evaluate(() => {
      location.hash = '#/';
    });
    await addSample(page, /Pixel 9,/);
    await scan(page);
    await page.keyboard.press('q');
    await page.keyboard.press('n');
    await page.getByText("Answered: It's off").waitFor();
    await clean(page, 'a question answered');
  });
});
