import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { Application } from '../../electron/app/application.ts';
import { serveWindow } from '../../electron/browser/server.ts';
import { addSample } from './screens.ts';
import { test } from './window-test.ts';

/** The smallest picture there is: one pixel (PNG specification, an IHDR, an IDAT and an IEND). */
const pixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

describe('the settings', () => {
  test('are reached from every screen, count at once and in every window, and are kept', async ({ page, app }) => {
    await page.getByRole('link', { name: 'Settings' }).click();
    await page.getByRole('heading', { level: 1, name: 'Settings' }).waitFor();
    await page.getByText('Dark', { exact: true }).click();
    await page.waitForFunction(() => document.documentElement.dataset['mantineColorScheme'] === 'dark');
    await expect.poll(() => app.settings.values.theme).toBe('dark');
    await page.getByRole('combobox', { name: 'Phones scanned at once' }).selectOption('2');
    await page.getByRole('textbox', { name: 'Name' }).fill('Repairs & Co');
    await page.keyboard.press('Enter');
    await expect.poll(() => app.settings.values).toMatchObject({ parallelScans: 2, shopName: 'Repairs & Co' });
    // What another window changes is seen here.
    app.settings.change({ theme: 'light' });
    await page.waitForFunction(() => document.documentElement.dataset['mantineColorScheme'] === 'light');
    await page.reload();
    await page.getByRole('heading', { level: 1, name: 'Settings' }).waitFor();
    expect(await page.getByRole('textbox', { name: 'Name' }).inputValue()).toBe('Repairs & Co');
  });

  test('switch single keys off; those with Ctrl still work', async ({ page, app }) => {
    app.settings.change({ singleKeys: false });
    await addSample(page, /Pixel 8,/);
    await page.getByRole('button', { name: /^Scan/ }).waitFor();
    await page.keyboard.press('s');
    expect(await page.getByRole('progressbar').count()).toBe(0);
    expect(await page.getByRole('button', { name: /^Scan/ }).innerText()).toBe('Scan');
    await page.keyboard.press('Control+Enter');
    await page.getByRole('button', { name: 'Check again' }).first().waitFor();
  });

  test('of a damaged file stand as they were at first, and the window says so plainly', async ({
    browser,
    onTestFinished,
  }) => {
    const home = await mkdtemp(join(tmpdir(), 'phone-health-settings-'));
    await writeFile(join(home, 'settings.json'), '{"theme":');
    const app = new Application({ env: { PHONE_HEALTH_HOME: home }, sources: [] });
    const served = await serveWindow({ app });
    const page = await browser.newPage();
    onTestFinished(async () => {
      await page.close();
      await served.close();
      await app.close();
      await rm(home, { recursive: true });
    });
    await page.goto(served.url);
    await page.getByRole('link', { name: 'Settings' }).click();
    const told = page.getByText('The file of the settings is damaged. All settings stand as they were at first.');
    await told.waitFor();
    await page.getByText('Dark', { exact: true }).click();
    await told.waitFor({ state: 'detached' });
    expect(app.settings.values).toMatchObject({ theme: 'dark', parallelScans: 4 });
  });

  test('show the catalog: each cause with its words, its source and its date, found by any word', async ({ page }) => {
    await page.evaluate(() => {
      location.hash = '#/settings';
    });
    await page.getByRole('link', { name: 'Look through the catalog' }).click();
    await page.getByText(/^\d+ causes$/).waitFor();
    await page.getByRole('textbox', { name: 'Search the catalog' }).fill('airplane');
    const entry = page.getByRole('listitem').filter({ hasText: 'Airplane mode' }).first();
    await entry.getByText('Airplane mode', { exact: true }).click();
    await entry.getByText('Airplane mode is on').waitFor();
    await entry.getByText(/^By this computer · .* · last verified \d{4}-\d{2}-\d{2}$/).waitFor();
    await page.getByRole('textbox', { name: 'Search the catalog' }).fill('zzzz');
    await page.getByText('0 causes').waitFor();
    expect(await page.getByText('{').count()).toBe(0);
  });

  test('take a logo that is a picture, and refuse what only has its name', async ({ page, app }) => {
    await page.evaluate(() => {
      location.hash = '#/settings';
    });
    const chooser = page.getByLabel('Picture of the logo');
    await chooser.setInputFiles({ name: 'logo.png', mimeType: 'image/png', buffer: Buffer.from('<svg onload=x>') });
    await page.getByRole('alert').getByText('The logo is no PNG and no JPEG picture.').waitFor();
    expect(app.shopLogo.address).toBeNull();
    await chooser.setInputFiles({ name: 'logo.png', mimeType: 'image/png', buffer: Buffer.alloc(200_000, pixel) });
    await page.getByRole('alert').getByText('The logo is larger than 128 KiB.').waitFor();
    await chooser.setInputFiles({ name: 'logo.png', mimeType: 'image/png', buffer: pixel });
    await page.getByRole('img', { name: 'The shop’s logo' }).waitFor();
    expect(app.shopLogo.address).toBe(`data:image/png;base64,${pixel.toString('base64')}`);
    await page.getByRole('button', { name: 'Remove' }).click();
    await page.getByRole('button', { name: 'Choose a picture…' }).waitFor();
    expect(app.shopLogo.address).toBeNull();
  });

  test('a name of the shop that another window has changed is not written back by who only looked', async ({
    page,
    app,
  }) => {
    app.settings.change({ shopName: 'Miller' });
    await page.evaluate(() => {
      location.hash = '#/settings';
    });
    const name = page.getByRole('textbox', { name: 'Name' });
    await expect.poll(() => name.inputValue()).toBe('Miller');
    app.settings.change({ shopName: 'Miller Phones' });
    await expect.poll(() => name.inputValue()).toBe('Miller Phones');
    await name.focus();
    await name.blur();
    expect(app.settings.values.shopName).toBe('Miller Phones');
    await name.fill('Miller & Sons');
    await name.press('Enter');
    await expect.poll(() => app.settings.values.shopName).toBe('Miller & Sons');
  });

  test('tell version, data folder, log and licences', async ({ page, app }) => {
    app.keepFault(new Error('a fault that nobody saw'));
    await page.evaluate(() => {
      location.hash = '#/settings';
    });
    await page.getByText(app.about().dataFolder).waitFor();
    await page.getByText(`Version ${app.about().version}`).waitFor();
    await page.getByRole('button', { name: 'Show the log' }).click();
    await page.getByRole('region', { name: 'Log' }).getByText('a fault that nobody saw').waitFor();
    await page.getByRole('link', { name: 'Read the licences' }).click();
    await page.getByText('Tabler Icons').click();
    await page
      .getByText(/Permission is hereby granted/)
      .filter({ visible: true })
      .first()
      .waitFor();
    for (const name of ['react', 'better-sqlite3', 'electron']) {
      expect(
        await page
          .locator('summary')
          .filter({ hasText: new RegExp(`^${name} `) })
          .count(),
        name,
      ).toBe(1);
    }
  });
});
