import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { addSample, checkAgain, finding, openEverythingElse, scan, unfold } from './screens.ts';
import { test } from './window-test.ts';

const photos = 'com.google.android.apps.photos';
const backup = 'Is the backup of Google Photos switched on?';

const questions = (page: Page) => page.getByRole('region', { name: 'Questions only you can answer' });
const open = (page: Page, text: string) => questions(page).getByRole('group', { name: text });
/** The question or button that the focus is on or in. */
const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const element = document.activeElement;
    return (
      element?.getAttribute('aria-label') ?? element?.querySelector('legend')?.textContent ?? element?.textContent ?? ''
    );
  });

describe('what only the owner can say', () => {
  test('is asked one at a time, with where to look drawn as a way through the menus', async ({ page }) => {
    await addSample(page, /Pixel 9,/);
    await scan(page);
    expect(await questions(page).locator('fieldset').count()).toBe(1);
    const card = open(page, backup);
    await card.getByText('Question 1 of 3').waitFor();
    await card.getByText('Where to look').click();
    const places = await card.getByRole('listitem').first().locator('span[data-place]').allTextContents();
    expect(places).toEqual(['Google Photos', 'your picture at the top right', 'Photos settings', 'Backup']);
    // It is asked, and therefore not listed among the checks by hand.
    await openEverythingElse(page);
    await page.getByText(/^\d+ checks passed$/).waitFor();
    expect(await page.getByRole('region', { name: 'Check by hand' }).locator('[data-cause="backup-off"]').count()).toBe(
      0,
    );
  });

  test('changes findings and verdict at once, can be changed, and is kept with the snapshot', async ({ page, app }) => {
    await addSample(page, /Pixel 9,/);
    await scan(page);
    await page.getByText(/^Nothing on the phone is known to hold Google Photos back/).waitFor();
    await open(page, backup).getByRole('button', { name: "It's off" }).click();
    await page.getByText('1 thing holds photos back: you fix it on the phone.').waitFor();
    const card = page.getByRole('article').and(page.locator('[data-cause="backup-off"]'));
    expect(await card.getAttribute('data-status')).toBe('problem');
    await card.getByText('By hand', { exact: true }).click();
    await card.getByRole('button', { name: 'Check again' }).waitFor();
    await questions(page).getByText("Answered: It's off").waitFor();

    await questions(page)
      .getByRole('button', { name: `Change: ${backup}` })
      .click();
    await open(page, backup).getByRole('button', { name: "It's on" }).click();
    await questions(page).getByText("Answered: It's on").waitFor();
    expect(await focused(page)).toBe(`Change: ${backup}`);
    expect(await card.count()).toBe(0);
    await openEverythingElse(page);
    expect(await finding(page, 'backup-off', photos).getAttribute('data-status')).toBe('ok');

    // An answer is no change on the phone, so the next scan finds nothing new.
    await checkAgain(page);
    await page.getByText('Since the scan before: Nothing has changed.').waitFor();

    await page.evaluate((hash) => {
      location.hash = hash;
    }, `#/snapshots/${app.snapshots()[0]?.id}`);
    await page.getByRole('heading', { level: 1, name: /Snapshot/ }).waitFor();
    await page.getByText('Read', { exact: false }).first().waitFor();
    await unfold(page);
    const kept = page.getByRole('region', { name: 'Answered by the owner' });
    expect(await kept.getByRole('listitem').allInnerTexts()).toEqual([`${backup}\nAnswered: It's on`]);
    expect(await page.getByRole('button', { name: /^Change:|^It's/ }).count()).toBe(0);
    // What was not answered then is still to be looked up; about an app that is not chosen nothing is.
    const byHand = page.getByRole('region', { name: 'Check by hand' });
    expect(await byHand.locator('[data-cause="backup-off"]').count()).toBe(0);
    expect(await byHand.locator('[data-cause="cloud-storage-full"]').count()).toBe(1);
    expect(app.snapshots()).toHaveLength(2);
  });

  test('is answered with the keyboard alone: Q, then Y, N and ?, and the focus goes on to the next question', async ({
    page,
  }) => {
    await addSample(page, /Pixel 9,/);
    await page.keyboard.press('s');
    await questions(page).waitFor();
    // Y is no answer as long as no question has the focus.
    await page.keyboard.press('y');
    await page.keyboard.press('q');
    // A letter is held back for a moment: a scanner may have typed it.
    await expect.poll(() => focused(page)).toBe(backup);
    // Three at a time: what is answered makes room for the next, as long as its answer changes the verdict.
    const keys = ['y', 'y', '?', 'y', 'n', 'n', 'n'];
    const totals = [3, 4, 5, 6, 7, 7, 7];
    for (const [index, key] of keys.entries()) {
      await questions(page)
        .getByText(`Question ${index + 1} of ${totals[index]}`)
        .waitFor();
      await page.keyboard.press(key);
    }
    await questions(page).getByText('Nothing else is asked.').waitFor();
    expect(await focused(page)).toBe('Nothing else is asked.');

    // Tab leads on to Change, Escape leaves an answer as it was.
    await page.keyboard.press('Tab');
    const newest = await focused(page);
    expect(newest).toMatch(/^Change: /);
    await page.keyboard.press('Enter');
    await questions(page).locator('fieldset').waitFor();
    await page.keyboard.press('Escape');
    await questions(page).locator('fieldset').waitFor({ state: 'detached' });
    expect(await focused(page)).toBe(newest);
    expect(await questions(page).getByText('6 answered before').count()).toBe(1);
  });
});

describe('what the app itself says in its notifications', () => {
  test('is offered where uploads are stalled, and read only after a yes', async ({ page, app }) => {
    await addSample(page, /Pixel 9,/);
    await scan(page);
    const titles = () => {
      const [newest] = app.snapshots();
      return newest === undefined ? null : app.snapshotReport(newest.id).reading.apps[photos]?.notificationTitles;
    };
    expect(titles()).toBeUndefined();
    const yes = page.getByRole('button', { name: 'Yes, read them' });
    await page.getByText('Google Photos may say in a notification why photos wait').waitFor();
    await page.getByText('Google Photos may say in a notification why photos wait').click();
    await yes.click();
    await yes.waitFor({ state: 'detached' });
    await openEverythingElse(page);
    await finding(page, 'in-app-pause', photos).and(page.locator('[data-status="ok"]')).waitFor({ state: 'attached' });
    expect(titles()).toMatchObject({ value: [] });
  });

  test('is not offered where something on the phone holds uploads back', async ({ page }) => {
    await addSample(page, /Pixel 8,/);
    await scan(page);
    expect(await page.getByRole('button', { name: 'Yes, read them' }).count()).toBe(0);
  });
});
