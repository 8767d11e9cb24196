import { beforeEach, describe, expect } from 'vitest';
import { servedOf, type OpenedWindow } from './open-window.ts';
import { addSample, openTab, opened, scan, unfold } from './screens.ts';
import { listed, StagedSource } from './staged-source.ts';
import { inDesktop, test } from './window-test.ts';

let source: StagedSource;
let window: OpenedWindow;
test.beforeEach(async ({ open }) => {
  source = new StagedSource();
  window = await open({ sources: [source] });
});

const allow = { title: 'Allow USB debugging on the phone', steps: ['Unlock the phone.', 'Tap Allow.'] };
const phones = () => window.page.getByRole('navigation', { name: 'Phones' });

describe('the list of phones', () => {
  test('follows what is plugged in, and opens the first phone by itself', async () => {
    const { page } = window;
    await phones().getByText('No phone is plugged in.').waitFor();
    source.show([listed('A1', { model: 'Pixel 9', manufacturer: 'Google' })]);
    await page.getByRole('heading', { level: 1, name: 'Pixel 9' }).waitFor();
    await phones().getByText('Ready').waitFor();
    source.show([]);
    await phones().getByText('No phone is plugged in.').waitFor();
    await page.getByText('This phone is not plugged in').waitFor();
    expect(await page.getByRole('button', { name: /^Scan/ }).count()).toBe(0);
  });

  test('shows what to do beside the phone that needs it, never in a dialog, and not to its neighbour', async () => {
    const { page } = window;
    source.show([listed('A1', { model: 'Pixel 9' }), listed('B2', { state: 'unauthorized', remedy: allow })]);
    // With two phones the bench opens, which lists them itself.
    await page.getByRole('main').getByRole('link', { name: 'Pixel 9' }).click();
    const row = phones().getByRole('listitem').filter({ hasText: 'B2' });
    await row.getByText('Waiting for permission on the phone').waitFor();
    expect(await row.getByRole('listitem').allInnerTexts()).toEqual(['Unlock the phone.', 'Tap Allow.']);
    expect(await page.getByRole('dialog').count()).toBe(0);
    await row.getByRole('link').click();
    await page.getByRole('main').getByText('Allow USB debugging on the phone').waitFor();
    expect(await page.getByRole('button', { name: /^Scan/ }).count()).toBe(0);
    await phones()
      .getByRole('link', { name: /Pixel 9/ })
      .click();
    await page.getByRole('button', { name: /^Scan/ }).waitFor();
  });

  test('says why a source shows no phones, beside the phones of the others', async () => {
    const trouble = {
      code: 'adb-missing',
      platform: 'android' as const,
      message: 'adb is not installed.',
      remedy: { title: 'Install adb', steps: ['apt-get install adb'] },
    };
    source.show([listed('A1', { model: 'Pixel 9' })], [trouble]);
    await phones().getByText('adb is not installed.').waitFor();
    await phones().getByText('apt-get install adb').waitFor();
    await phones().getByText('Pixel 9').waitFor();
  });
});

test('every tab of a phone is in sight at 900 × 600, and stays so for one that is known only from what is kept of it', async () => {
  const { page } = window;
  await page.setViewportSize({ width: 900, height: 600 });
  source.show([listed('A1', { model: 'Pixel 9', manufacturer: 'Google' })]);
  await page.getByRole('heading', { level: 1, name: 'Pixel 9' }).waitFor();
  await scan(page);
  source.show([]);
  await page.reload();
  await phones().getByText('Not plugged in').waitFor();
  await page.getByRole('heading', { level: 1, name: /Pixel 8/ }).waitFor();
  const tabs = page.getByRole('navigation', { name: 'About this phone' }).getByRole('link');
  expect(await tabs.allInnerTexts()).toEqual(['Fix', 'Prove', 'Copy', 'History']);
  const boxes = await Promise.all((await tabs.all()).map((tab) => tab.boundingBox()));
  expect(boxes.every((box) => box !== null && box.x >= 0 && box.y >= 0 && box.y + box.height <= 600)).toBe(true);
  await tabs.getByText('History').click();
  await page.getByRole('heading', { level: 2, name: 'History' }).waitFor();
  expect(await page.title()).toMatch(/^History · .*Pixel 8 · Phone Health Inspector$/);
});

test('on a narrow window the phones take a strip, and the screen begins within its first third', async () => {
  const { page } = window;
  await page.setViewportSize({ width: 390, height: 844 });
  source.show([listed('A1', { model: 'Pixel 9' })]);
  const heading = page.getByRole('heading', { level: 1, name: 'Pixel 9' });
  await heading.waitFor();
  expect((await heading.boundingBox())?.y).toBeLessThan(844 / 3);
  await page.getByRole('link', { name: 'All visits' }).click();
  await page.getByRole('heading', { level: 1, name: 'All visits' }).waitFor();
  // Nothing sticks out at the side.
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
});

test('whoever comes back to the results finds them where they were left; another screen begins at its top', async () => {
  const { page } = window;
  await page.setViewportSize({ width: 900, height: 400 });
  await addSample(page, /Pixel 8,/);
  await scan(page);
  const main = page.locator('main');
  const top = () => main.evaluate((element) => element.scrollTop);
  await main.evaluate((element) => element.scrollTo(0, 150));
  await page.waitForFunction(() => document.querySelector('main')?.scrollTop === 150);
  await openTab(page, 'Prove');
  await page.getByRole('heading', { level: 2, name: 'Prove' }).waitFor();
  expect(await top()).toBe(0);
  await page.goBack();
  await page.getByRole('button', { name: 'Check again' }).first().waitFor();
  await page.waitForFunction(() => document.querySelector('main')?.scrollTop === 150);
});

describe('a scan', () => {
  beforeEach(async () => {
    source.show([listed('A1', { model: 'Pixel 9' }), listed('B2', { model: 'Galaxy S24' })]);
    await window.page.getByRole('main').getByRole('link', { name: 'Pixel 9' }).click();
  });

  test('shows what is being read, goes on while another phone is looked at, and can be cancelled', async () => {
    const { page, app } = window;
    source.hold = new Promise(() => {});
    await page.getByRole('button', { name: /^Scan/ }).click();
    const progress = page.getByRole('progressbar', { name: 'Scan progress' });
    await page.getByText(/^3 of \d+ read/).waitFor();
    expect(Number(await progress.getAttribute('aria-valuenow'))).toBeGreaterThan(0);
    await phones()
      .getByRole('link', { name: /Galaxy/ })
      .click();
    expect(await progress.count()).toBe(0);
    await phones().getByText('Scanning…').waitFor();
    await phones()
      .getByRole('link', { name: /Pixel 9/ })
      .click();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByText('The scan was cancelled').waitFor();
    expect(app.snapshots()).toEqual([]);
    // The phone is free again: the cancel has reached it.
    source.hold = Promise.resolve();
    await scan(page);
  });

  test('that broke off is shown as incomplete, with what was read, and nothing is saved', async () => {
    const { page, app } = window;
    source.cutAfter = 8;
    await scan(page);
    await page.getByText('This scan is incomplete').waitFor();
    await page.getByText(/nothing was saved/).waitFor();
    await unfold(page);
    expect(await page.getByRole('region', { name: 'Check by hand' }).getByRole('listitem').count()).toBeGreaterThan(10);
    expect(app.snapshots()).toEqual([]);
  });

  test('of a phone that has just gone is told as a problem with something to do', async () => {
    const { page, app } = window;
    const find = app.scan.bind(app);
    app.scan = async (request, options) => {
      source.show([]);
      return find(request, options);
    };
    await page.getByRole('button', { name: /^Scan/ }).click();
    const alert = page.getByRole('alert');
    await alert.getByText('No phone with the id A1 is plugged in.').waitFor();
    expect(await alert.innerText()).not.toMatch(/\bat .*:\d+/);
  });
});

test('a hostile device name is text everywhere, and turns no words around it', async () => {
  const { page } = window;
  const name = `<img src=x onerror="window.hacked=1">\u202Egnp.exe\n'; DROP TABLE snapshot;--`;
  source.show([listed('H1', { name })]);
  const visible = name.replaceAll('\n', ' ');
  const heading = page.getByRole('heading', { level: 1 });
  await heading.filter({ hasText: 'DROP TABLE' }).waitFor();
  expect((await heading.textContent())?.replaceAll('\n', ' ')).toBe(visible);
  expect(await heading.locator('bdi').count()).toBe(1);
  await scan(page);
  await openTab(page, 'History');
  await page.getByRole('link', { name: 'All visits' }).click();
  await page.getByRole('cell').filter({ hasText: 'DROP TABLE' }).first().waitFor();
  await page.getByRole('table').getByRole('link').first().click();
  await page.getByRole('heading', { level: 1 }).filter({ hasText: 'DROP TABLE' }).waitFor();
  expect(await page.locator('img[src="x"]').count()).toBe(0);
  expect(await page.evaluate('window.hacked')).toBeUndefined();
});

// The desktop has no connection that is lost.
test.skipIf(inDesktop)('a lost connection never runs a correction twice', async () => {
  const { page, app } = window;
  source.show([listed('A1', { model: 'Pixel 9' })]);
  await page.getByRole('heading', { level: 1, name: 'Pixel 9' }).waitFor();
  await scan(page);
  const run = Promise.withResolvers<void>();
  source.holdRun = run.promise;
  const held = await opened(page, 'battery-optimized', 'com.google.android.apps.photos');
  await held.getByRole('button', { name: /^Exempt Google Photos/ }).click();
  await held.getByRole('button', { name: 'Run on the phone' }).click();
  await held.getByText('Running on the phone').waitFor();
  const reconnected = page.waitForEvent('websocket');
  servedOf(window).dropConnections();
  await held.getByText('The connection to the program broke off.').waitFor();
  await reconnected;
  // What goes on without the page is told to it again.
  await phones().getByText('Correcting…').waitFor();
  run.resolve();
  // A second reading takes its time on a machine that others use too.
  await expect.poll(() => app.corrections.list().map(({ result }) => result), { timeout: 60_000 }).toEqual(['taken']);
  expect(source.ran).toEqual(['cmd deviceidle whitelist +com.google.android.apps.photos']);
  await page.getByText('The connection to the program is lost').waitFor({ state: 'detached' });
});
