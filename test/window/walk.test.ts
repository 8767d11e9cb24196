import { describe, expect } from 'vitest';
import { addSample, checkAgain, finding, openTab, opened, scan } from './screens.ts';
import { test } from './window-test.ts';

const photos = 'com.google.android.apps.photos';

describe('the whole way with a sample phone', () => {
  test('scan, finding, correction, check again, before and after, undo', async ({ page, app }) => {
    await page.getByRole('heading', { name: 'Plug in the phone' }).waitFor();
    await page.getByText('No phone is plugged in.').waitFor();
    await addSample(page, /Pixel 8,/);
    expect(await page.getByRole('main').getByText('Sample', { exact: true }).isVisible()).toBe(true);

    await scan(page);
    const held = await opened(page, 'battery-optimized', photos);
    expect(await held.getAttribute('data-status')).toBe('possible');
    expect(await held.innerText()).toContain('Google Photos');

    // Whoever opens a finding sees what it rests on.
    const evidence = await held.getByRole('listitem').first().innerText();
    expect(evidence).toContain('The app is exempt from battery optimisation: no');
    expect(evidence).toContain('dumpsys deviceidle');

    // Nothing runs before consent, and consent shows everything to the letter.
    await held.getByRole('button', { name: /^Exempt Google Photos/ }).click();
    const consent = held.getByRole('group', { name: /^Exempt Google Photos/ });
    const commands = await consent.locator('code').allTextContents();
    expect(commands).toEqual([`cmd deviceidle whitelist +${photos}`, `cmd deviceidle whitelist -${photos}`]);
    expect(app.corrections.list()).toEqual([]);
    await consent.getByRole('button', { name: 'Not now' }).click();
    expect(app.corrections.list()).toEqual([]);

    await held.getByRole('button', { name: /^Exempt Google Photos/ }).click();
    await held.getByRole('button', { name: 'Run on the phone' }).click();
    // What it has changed stands above, in words of home; the values to the letter are its evidence.
    const proven = page.getByRole('region', { name: 'Fixed and checked' });
    await proven.getByText('Battery optimisation may stop Google Photos: yes → no').waitFor();
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('Fixed and checked');
    expect(await held.getAttribute('data-status')).toBe('ok');
    await proven.getByText('Evidence').click();
    expect(await proven.getByRole('row').nth(1).innerText()).toMatch(/exempt\s+no\s+yes/);
    expect(app.corrections.list().map(({ cause, result }) => ({ cause, result }))).toEqual([
      { cause: 'battery-optimized', result: 'taken' },
    ]);

    await checkAgain(page);
    // Doze holds no app back that is exempt.
    // Neither was counted as holding photos back.
    await page.getByText('Since the scan before: 2 other changes.').waitFor();
    expect(await page.getByRole('region', { name: 'Fixed since the scan before' }).count()).toBe(0);

    await openTab(page, 'History');
    // The one in between is what proved the correction.
    await page.getByText('3 scans').click();
    await page.getByRole('link', { name: 'What changed in this visit' }).click();
    const gone = page.getByRole('region', { name: 'Gone', exact: true });
    expect(await gone.innerText()).toMatch(/Battery optimisation[\s\S]+Possible[\s\S]+Passed/);
    const changed = page.locator('[data-path="apps.com·google·android·apps·photos.exempt"]');
    expect(await changed.getByRole('cell').allInnerTexts()).toEqual(['no', 'yes']);
    expect(new Set(app.snapshots().map(({ label }) => label))).toEqual(new Set(['before', 'after']));

    await openTab(page, 'History');
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('Put back').waitFor();
    await openTab(page, 'Fix');
    await checkAgain(page);
    expect(await finding(page, 'battery-optimized', photos).getAttribute('data-status')).toBe('possible');
    await page.getByText(/^Since the scan before: 2 other changes/).waitFor();
  });

  test('undo beside the finding puts it back at once', async ({ page }) => {
    await addSample(page, /Pixel 8,/);
    await scan(page);
    const held = await opened(page, 'battery-optimized', photos);
    await held.getByRole('button', { name: /^Exempt Google Photos/ }).click();
    await held.getByRole('button', { name: 'Run on the phone' }).click();
    await page.getByRole('region', { name: 'Fixed and checked' }).getByRole('button', { name: 'Undo' }).click();
    await page.getByText('Put back').waitFor({ state: 'attached' });
    const back = await opened(page, 'battery-optimized', photos);
    await back.getByText('Put back').waitFor();
    expect(await back.getAttribute('data-status')).toBe('possible');
    expect(await back.getByRole('button', { name: /^Exempt Google Photos/ }).isEnabled()).toBe(true);
  });

  test('a correction that the phone refuses is told as refused, with what the phone said', async ({ page }) => {
    await addSample(page, /Redmi/);
    await scan(page);
    const saver = await opened(page, 'battery-saver-threshold');
    await saver.getByRole('button', { name: /…$/ }).click();
    await page.getByRole('button', { name: 'Run on the phone' }).click();
    await page.getByText('Refused by the phone').waitFor();
    expect(await page.getByText(/^The phone refused: /).innerText()).toMatch(/Exception|denied|permission/i);
    expect(await page.getByRole('button', { name: 'Undo' }).count()).toBe(0);
  });

  test('guided steps are carried out on the sample, and Check again finds them fixed', async ({ page }) => {
    await addSample(page, /Redmi/);
    await scan(page);
    const guided = await opened(page, 'maker-autostart', photos);
    await guided.getByText(/^Steps last verified/).waitFor();
    await guided.getByRole('button', { name: 'Carry out these steps on the sample' }).click();
    await guided.getByText('Carried out. Check again shows whether it took.').waitFor();
    expect(await guided.getAttribute('data-status')).toBe('problem');
    await guided.getByRole('button', { name: 'Check again' }).click();
    await page
      .getByRole('region', { name: 'Fixed since the scan before' })
      .locator('[data-cause="maker-autostart"]')
      .waitFor();
  });

  test('a sample iPhone that is locked becomes readable by what its owner does', async ({ page }) => {
    await addSample(page, /The iPhone is locked/);
    await page.getByRole('navigation', { name: 'Phones' }).getByText('Locked').waitFor();
    await page.getByRole('button', { name: 'Carry out these steps on the sample' }).click();
    await scan(page);
  });

  test('snapshots of all phones can be opened and compared', async ({ page }) => {
    await addSample(page, /Pixel 8,/);
    await scan(page);
    await checkAgain(page);
    await page.getByText('Since the scan before: Nothing has changed.').waitFor();
    await page.getByRole('link', { name: 'All visits' }).click();
    // On a narrow window a verdict is read in lines of words, not of letters.
    await page.setViewportSize({ width: 390, height: 844 });
    const verdict = page.getByRole('row').nth(1).getByRole('cell').nth(1);
    expect((await verdict.boundingBox())?.width).toBeGreaterThan(170);
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.getByText('2 scans').click();
    await page.getByRole('link', { name: 'What changed in this visit' }).click();
    await page.getByText(/0 findings gone, 0 new, \d+ still there/).waitFor();
    await page.getByRole('link', { name: 'All visits' }).click();
    await page.getByText('2 scans').click();
    await page.getByRole('listitem').getByRole('link', { name: /^\d/ }).first().click();
    await page.getByRole('heading', { name: /^Snapshot 1:/ }).waitFor();
    // A kept report is looked at, not worked with.
    await page.getByRole('article').first().waitFor();
    const ofSnapshot = ['Change the label or note…', 'Save as case…'];
    expect(await page.getByRole('button', { name: /…$|Check again/ }).allInnerTexts()).toEqual(ofSnapshot);
  });

  test('a snapshot that does not exist is told plainly', async ({ page }) => {
    await page.getByRole('link', { name: 'All visits' }).click();
    await page.evaluate(() => {
      location.hash = '#/snapshots/99';
    });
    await page.getByRole('alert').getByText('There is no snapshot 99.').waitFor();
    expect(await page.getByRole('alert').innerText()).not.toMatch(/\bat .*:\d+/);
  });
});
