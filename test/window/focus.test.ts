import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { exampleReading, exampleSnapshot, exampleTicket, handedIn, pixel } from '../unit/db/examples.ts';
import { addSample, openTab, scan } from './screens.ts';
import { test } from './window-test.ts';

/** The words of what has the focus, or its name. */
const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const holder = document.activeElement;
    return holder?.getAttribute('aria-label') ?? holder?.textContent ?? '';
  });
const focusComesTo = (page: Page, words: string): Promise<void> => expect.poll(() => focused(page)).toBe(words);

describe('the focus', () => {
  test('goes to the heading of a screen that is opened, and the tab is told as the one that is shown', async ({
    page,
  }) => {
    await addSample(page, /Pixel 8,/);
    await focusComesTo(page, 'Pixel 8');
    for (const tab of ['Prove', 'Copy', 'History', 'Fix'] as const) {
      await openTab(page, tab);
      await focusComesTo(page, tab);
      const current = page.getByRole('navigation', { name: 'About this phone' }).locator('[aria-current]');
      expect(await current.allInnerTexts()).toEqual([tab]);
    }
    await page.getByRole('link', { name: 'All visits' }).click();
    await focusComesTo(page, 'All visits');
    await page.goBack();
    await focusComesTo(page, 'Pixel 8');
  });

  test('goes to the verdict after the first scan, to the question before a correction, and to what it has proven', async ({
    page,
  }) => {
    await addSample(page, /Pixel 8,/);
    await scan(page);
    const headline = await page.locator('main output[tabindex="-1"]').first().innerText();
    await focusComesTo(page, headline);
    await page.getByRole('button', { name: /^Fix 3 things/ }).click();
    await page.getByRole('button', { name: /^Fix 2 things$/ }).click();
    await page.getByText('2 fixed and checked').waitFor();
    await focusComesTo(page, 'Fixed and checked');
  });

  test('goes on from step to step in a walk-through, and to what was put back in the history', async ({ page }) => {
    await addSample(page, /Pixel 8a.*a battery level/);
    await scan(page);
    await page.getByRole('button', { name: 'Show me step by step' }).click();
    await focusComesTo(page, 'Step by step');
    const step = page.getByRole('region', { name: 'This step' });
    await step.getByRole('button', { name: /…$/ }).click();
    await page.getByRole('button', { name: 'Run on the phone' }).click();
    await page.getByText('1 of 1 thing settled').waitFor();
    const holdsStep = (): Promise<boolean> =>
      page.evaluate(() => document.activeElement?.querySelector('[aria-label="This step"]') !== null);
    await expect.poll(holdsStep).toBe(true);
    expect(await focused(page)).not.toContain('Fix');

    await openTab(page, 'History');
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText(/^Put back ·/).waitFor();
    await expect.poll(() => focused(page)).toMatch(/Put back/);
  });

  test('goes to the verdict once everything that was corrected is put back', async ({ page }) => {
    await addSample(page, /Pixel 8,/);
    await scan(page);
    await page.getByRole('button', { name: /^Fix 3 things/ }).click();
    await page.getByRole('button', { name: /^Fix 2 things$/ }).click();
    const proven = page.getByRole('region', { name: 'Fixed and checked' });
    await proven.getByText('2 fixed and checked').waitFor();
    await proven
      .getByRole('button', { name: /^Undo: / })
      .first()
      .click();
    await proven.getByText('1 fixed and checked').waitFor();
    await focusComesTo(page, 'Fixed and checked');
    await proven.getByRole('button', { name: /^Undo: / }).click();
    await proven.waitFor({ state: 'detached' });
    await focusComesTo(page, await page.locator('main output[tabindex="-1"]').first().innerText());
  });
});

/** What comes in the place of a button: where the button is, what has the focus then, and how it is left again. */
const inPlaces = [
  { on: 'ticket', button: 'Change', first: 'Customer', leaves: 'Escape' },
  { on: 'ticket', button: 'Note it down', first: 'Read the settings of the phone', leaves: 'Escape' },
  { on: 'ticket', button: 'Add a phone', first: 'IMEI, or which phone it is', leaves: 'Cancel' },
  { on: 'ticket', button: 'Erase customer…', first: /^Erase Ada for good\?/, leaves: 'Cancel' },
  { on: 'snapshot', button: 'Change the label or note…', first: 'Label', leaves: 'Escape' },
  { on: 'backups', button: /^Restore /, first: /^Put this backup in the place/, leaves: 'Cancel' },
  { on: 'backups', button: 'Begin anew…', first: /^Keep it aside and begin anew/, leaves: 'Cancel' },
  { on: 'settings', button: 'Clear now…', first: /^Remove this for good\?/, leaves: 'Cancel' },
] as const;

/** The name of what has the focus, as a person is told it. */
const nameOfFocused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const holder = document.activeElement;
    const label = holder instanceof HTMLInputElement ? holder.labels?.[0]?.textContent : undefined;
    return (label ?? holder?.getAttribute('aria-label') ?? (holder as HTMLElement | null)?.innerText ?? '').trim();
  });

test('the focus goes into what comes in the place of a button, back to the button, and to what came of it', async ({
  page,
  app,
}) => {
  // Of another phone than the one of the ticket, which is open.
  app.store.saveSnapshot(
    exampleSnapshot({
      phone: { ...pixel, id: 'OLD1' },
      reading: exampleReading({ takenAt: '2020-01-01T00:00:00.000Z' }),
    }),
  );
  app.settings.change({ keepSnapshotDays: 365 });
  const ticket = app.store.createTicket(exampleTicket({ phones: [handedIn(pixel)] })).id;
  const snapshot = app.store.saveSnapshot(exampleSnapshot({ ticket }));
  await app.backups.make();
  const places = {
    ticket: `#/tickets/${ticket}`,
    snapshot: `#/snapshots/${snapshot}`,
    backups: '#/settings/backups',
    settings: '#/settings',
  };
  const go = (hash: string) => page.evaluate((place) => void (location.hash = place), hash);
  for (const { on, button: name, first, leaves } of inPlaces) {
    await go(places[on]);
    const button = page.getByRole('main').getByRole('button', { name, exact: true }).first();
    const told = (await button.getAttribute('aria-label')) ?? (await button.innerText());
    await button.press('Enter');
    const isThere = typeof first === 'string' ? expect.stringMatching(`^${first}$`) : expect.stringMatching(first);
    await expect.poll(() => nameOfFocused(page), { message: told }).toEqual(isThere);
    if (leaves === 'Escape') await page.keyboard.press('Escape');
    else await page.getByRole('button', { name: leaves, exact: true }).press('Enter');
    await expect.poll(() => nameOfFocused(page), { message: `back to ${told}` }).toBe(told);
  }

  // What was saved stands where it was written, and what went is told.
  await go(places.snapshot);
  await page.getByRole('button', { name: 'Change the label or note…' }).press('Enter');
  await page.keyboard.press('Control+Enter');
  await expect.poll(() => nameOfFocused(page)).toBe('Change the label or note…');
  await go(places.settings);
  await page.getByRole('button', { name: 'Clear now…' }).press('Enter');
  await page.getByRole('button', { name: 'Remove for good' }).press('Enter');
  await expect.poll(() => nameOfFocused(page)).toMatch(/^This is gone/);
  await go(places.ticket);
  await page
    .getByRole('button', { name: /^Take .* off the ticket$/ })
    .first()
    .press('Enter');
  await expect.poll(() => nameOfFocused(page)).toBe('Phones');
  await page.getByRole('button', { name: 'Erase customer…' }).press('Enter');
  await page.getByRole('button', { name: 'Erase for good' }).press('Enter');
  await expect.poll(() => nameOfFocused(page)).toMatch(/^Ada is erased/);
});

test('old addresses of the screens of a phone lead to its tabs', async ({ page, app }) => {
  const { phoneId } = await app.addSample('pixel-14');
  const leadsTo = {
    'test-photo': 'prove',
    watch: 'prove',
    corrections: 'history',
    'compare?before=1&after=2': 'history/compare',
  };
  for (const [from, to] of Object.entries(leadsTo)) {
    await page.evaluate((hash) => {
      location.hash = hash;
    }, `#/phones/${phoneId}/${from}`);
    await page.waitForURL((url) => url.hash.startsWith(`#/phones/${phoneId}/${to}`));
  }
  expect(new URL(page.url()).hash).toContain('1');
});
