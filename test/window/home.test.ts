import { beforeEach, describe, expect } from 'vitest';
import type { OpenedWindow } from './open-window.ts';
import { addSample, scan } from './screens.ts';
import { listed, StagedSource } from './staged-source.ts';
import { test } from './window-test.ts';

let source: StagedSource;
let window: OpenedWindow;
beforeEach(() => {
  source = new StagedSource();
});
test.beforeEach(async ({ open }) => {
  window = await open({ sources: [source] });
});

const main = () => window.page.getByRole('main');
/** Filled is how a button looks that says nothing else. */
const filled = () =>
  window.page.locator('main .mantine-Button-root:is([data-variant="filled"], :not([data-variant]))').count();

describe('the first screen, without a phone', () => {
  test('is one card with two ways to begin, and what stands in place of a phone below it', async () => {
    const { page } = window;
    await page.getByRole('heading', { level: 1, name: 'Plug in the phone whose photos don’t back up' }).waitFor();
    expect(await main().getByRole('button').allInnerTexts()).toEqual([
      'It’s an iPhone',
      'It’s Android',
      'Try a sample phone',
      'Open a bug report or backup',
      'Past phones',
    ]);
    await main().getByText('Looking for a phone…').waitFor();
    // All of it is seen without moving the page.
    await page.setViewportSize({ width: 900, height: 600 });
    const box = await main().getByRole('button', { name: 'Past phones' }).boundingBox();
    expect((box?.y ?? 601) + (box?.height ?? 0)).toBeLessThanOrEqual(600);
  });

  test('tells one step at a time, says what is seen meanwhile, and has one primary button', async () => {
    const { page } = window;
    await page.getByRole('button', { name: 'It’s Android' }).click();
    const focused = () => page.evaluate(() => document.activeElement?.textContent);
    expect(await focused()).toBe('Android: step 1 of 4');
    await main().getByText('No Android phone is seen yet. Looking…').waitFor();
    for (const step of [2, 3, 4]) {
      expect(await filled()).toBe(1);
      await page.getByRole('button', { name: 'Done, next' }).click();
      expect(await focused()).toBe(`Android: step ${step} of 4`);
    }
    expect(await filled()).toBe(1);
    // Two phones at once: neither is opened by itself, and what is seen is told.
    source.show([
      listed('A1', { model: 'Pixel 9', state: 'unauthorized', remedy: { title: 'Allow', steps: ['Tap Allow.'] } }),
      listed('I1', { platform: 'ios', model: 'iPhone 15' }),
    ]);
    await main().getByText('Pixel 9: Waiting for permission on the phone').waitFor();
    source.show([]);
    await page.getByRole('link', { name: 'It is not seen' }).click();
    await page.getByRole('heading', { level: 2, name: 'No phone is seen' }).waitFor();
  });

  test('goes back to the choice, and shows what this computer lacks for iPhones to whoever has one', async () => {
    const { page } = window;
    const lack = 'The readers of iPhones are not installed.';
    const remedy = { title: 'Install them', steps: ['Install libimobiledevice.'] };
    source.show([], [{ platform: 'ios', code: 'iphone-tools-missing', message: lack, remedy }]);
    await page.getByRole('button', { name: 'It’s an iPhone' }).click();
    await page.getByRole('heading', { level: 2, name: 'iPhone: step 1 of 2' }).waitFor();
    const steps = page.getByRole('region', { name: 'Plug in an iPhone' });
    await steps.getByText(lack).waitFor();
    await steps.getByText('Install libimobiledevice.').waitFor();
    await page.getByRole('button', { name: 'Back', exact: true }).click();
    await page.getByRole('button', { name: 'It’s Android' }).click();
    await page.getByRole('heading', { level: 2, name: 'Android: step 1 of 4' }).waitFor();
    expect(await page.getByRole('region', { name: 'Plug in an Android phone' }).getByText(lack).count()).toBe(0);
  });

  test('offers six samples by their model’s name, and finds the others by any word', async () => {
    const { page } = window;
    const top = () => page.evaluate(() => document.querySelector<HTMLElement>('main h1')?.offsetTop ?? -1);
    await page.getByRole('button', { name: 'Try a sample phone' }).waitFor();
    const before = await top();
    await page.getByRole('button', { name: 'Try a sample phone' }).click();
    // What stands above the button stays where it is.
    expect(await top()).toBe(before);
    const samples = page.getByRole('region', { name: 'Sample phones' });
    await samples.getByRole('button', { name: /Pixel 8,/ }).waitFor();
    expect(await samples.getByRole('listitem').count()).toBe(6);
    await samples.getByRole('button', { name: /^All \d+ samples$/ }).click();
    expect(await samples.getByRole('listitem').count()).toBeGreaterThan(40);
    await page.keyboard.type('oneplus stopped');
    await samples.getByText('OnePlus 12, Android 15').waitFor();
    expect(await samples.getByRole('listitem').count()).toBe(1);
    await page.keyboard.type('x');
    await samples.getByText('No sample is called that.').waitFor();
  });

  test('names a sample iPhone by its model, and finds it again among past phones', async () => {
    const { page } = window;
    await addSample(page, /iPhone 15, .*Nothing wrong/);
    await page.getByRole('heading', { level: 1, name: 'iPhone 15' }).waitFor();
    await scan(page);
    await page.getByRole('link', { name: 'Phone Health Inspector' }).click();
    await page.getByRole('button', { name: 'Past phones' }).click();
    await page
      .getByRole('region', { name: 'Past phones' })
      .getByRole('link', { name: /^iPhone 15/ })
      .click();
    await page.getByRole('button', { name: 'Check again' }).first().waitFor();
  });
});

describe('a phone that is plugged in', () => {
  test('is opened, and offers a scan and that the next one begins by itself', async () => {
    const { page, app } = window;
    source.show([listed('A1', { model: 'Pixel 9', manufacturer: 'Google' })]);
    await page.getByRole('button', { name: /^Scan/ }).waitFor();
    expect(await filled()).toBe(1);
    await page.getByRole('checkbox', { name: 'Always scan when plugged in' }).check();
    await expect.poll(() => app.settings.values.scanWhenPlugged).toBe(true);
    // It was there before: its own button scans it.
    await page.getByRole('button', { name: /^Scan/ }).waitFor();
    source.show([]);
    await page.getByText('This phone is not plugged in').waitFor();
    await page.getByRole('heading', { level: 1, name: 'Pixel 9' }).waitFor();
    source.show([listed('A1', { model: 'Pixel 9', manufacturer: 'Google' })]);
    await page.getByRole('button', { name: 'Check again' }).first().waitFor();
    expect(app.snapshots()).toHaveLength(1);
  });

  test('of an address that nobody knows is no phone: nothing of it is offered', async () => {
    const { page } = window;
    await page.evaluate(() => {
      location.hash = '#/phones/NOPE';
    });
    await page.getByRole('heading', { level: 1, name: 'This phone is not known' }).waitFor();
    expect(await page.getByText('Snapshots', { exact: true }).count()).toBe(0);
    await page.getByRole('link', { name: 'Plug in a phone' }).click();
    await page.getByRole('heading', { level: 1, name: /^Plug in the phone/ }).waitFor();
  });
});
