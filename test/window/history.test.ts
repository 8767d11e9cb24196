import type { Locator } from 'playwright-core';
import { describe, expect } from 'vitest';
import { keepEarlierVisits } from './kept-visits.ts';
import { addSample, checkAgain, openTab, scan } from './screens.ts';
import { test } from './window-test.ts';

const visits = [
  { takenAt: '2026-05-03T10:00:00.000Z', batteryPercent: 94, freeBytes: 41e9 },
  { takenAt: '2026-08-14T10:00:00.000Z', batteryPercent: 91, freeBytes: 22e9 },
  { takenAt: '2026-08-14T10:01:00.000Z', batteryPercent: 91, freeBytes: 22e9 },
];

/** The words of its cells, as they are seen. */
async function statusesIn(group: Locator): Promise<(string | undefined)[]> {
  const cells = await group.locator('[data-cause="background-restricted"]').getByRole('cell').allInnerTexts();
  return cells.map((words) => words.split('\n').at(-1));
}

describe('the history of a phone', () => {
  test('is found by words that a person knows, and says where nothing has them', async ({ page, app }) => {
    await addSample(page, /Pixel 8,/);
    await scan(page);
    keepEarlierVisits(app, app.snapshots()[0]?.phoneId ?? '', visits);
    await page.getByRole('button', { name: /^Remove sample/ }).click();
    await page.getByRole('link', { name: 'All visits' }).click();
    const field = page.getByRole('searchbox', { name: 'Find a scan' });
    await field.fill('nothing has this');
    await page.getByText('No scan has all of these words.').waitFor();
    await field.fill('pixel 2026-05-03');
    const rows = page.getByRole('group', { name: 'Scans that were found' }).getByRole('row');
    await page.getByText('1 scan', { exact: true }).waitFor();
    await rows.nth(1).getByRole('link').click();
    await page.waitForURL(/snapshots/);
  });

  test('is said to be empty, begins with one visit, and is drawn from the second on beside a table that says the same', async ({
    page,
    app,
  }) => {
    await addSample(page, /Pixel 8,/);
    await openTab(page, 'History');
    await page.getByText('There is no visit yet.').waitFor();
    await openTab(page, 'Fix');
    await scan(page);
    await openTab(page, 'History');
    await page.getByText('From the second visit on').waitFor();
    expect(await page.getByRole('figure').count()).toBe(0);
    // A visit alone is not put beside another; what is left out of a case can be chosen all the same.
    expect(await page.getByRole('checkbox', { name: /^(?!Leave out)/ }).count()).toBe(0);

    keepEarlierVisits(app, app.snapshots()[0]?.phoneId ?? '', visits);
    await openTab(page, 'Fix');
    await checkAgain(page);
    await openTab(page, 'History');
    const battery = page.locator('[data-measure="battery"]');
    await battery.locator('canvas').waitFor();
    expect((await battery.innerText()).replaceAll(/\s+/g, ' ')).toMatch(
      /^Battery health 91 % on .*14.* 94 % on .*3.*$/,
    );
    // Two scans of one minute are one line.
    const rows = page.getByRole('region', { name: 'Visits' }).getByRole('row');
    expect(await rows.count()).toBe(4);
    expect((await rows.nth(2).innerText()).replaceAll(/\s+/g, ' ')).toMatch(/2 scans .*91 % 22 GB$/);
    expect((await rows.nth(1).innerText()).replaceAll(/\s+/g, ' ')).toMatch(/2 scans .*not told/);
  });

  test('visits are compared in the order that is chosen, only what changed, and by words that are sought', async ({
    page,
    app,
  }) => {
    await addSample(page, /Pixel 8,/);
    await scan(page);
    keepEarlierVisits(app, app.snapshots()[0]?.phoneId ?? '', visits.slice(0, 1));
    await page.getByRole('button', { name: /^Fix 3 things/ }).click();
    await page.getByRole('button', { name: /^Fix 2 things$/ }).click();
    await page.getByText('2 fixed and checked').waitFor();
    await checkAgain(page);
    await openTab(page, 'History');
    await page.getByText('2 corrections worked').waitFor();
    const choice = page.getByRole('checkbox');
    await choice.nth(0).check();
    expect(await page.getByRole('button', { name: 'Compare' }).isDisabled()).toBe(true);
    await choice.nth(1).check();
    await page.getByRole('button', { name: 'Compare' }).click();

    const gone = page.getByRole('region', { name: 'Gone', exact: true });
    expect(await gone.getByRole('columnheader').nth(1).innerText()).toMatch(/^Before/);
    expect(await statusesIn(gone)).toEqual(['Problem', 'Passed']);
    await page.getByRole('checkbox', { name: 'Changed only' }).check();
    expect(await page.getByRole('region', { name: 'Still there' }).count()).toBe(0);
    await page.getByRole('searchbox').fill('free room');
    expect(await page.locator('[data-path]').evaluateAll((all) => all.map((row) => row.dataset['path']))).toEqual([
      'storage.freeBytes',
    ]);
    await page.getByRole('searchbox').fill('');

    await page.getByRole('button', { name: 'Swap A and B' }).click();
    const onlyInB = page.getByRole('region', { name: 'Only in B' });
    await onlyInB.waitFor();
    expect(await statusesIn(onlyInB)).toEqual(['Passed', 'Problem']);
    expect(
      await page
        .getByRole('main')
        .getByText(/^(Before|After)$/)
        .count(),
    ).toBe(0);
  });

  test('several phones stand as columns by their names, and none is called before or after', async ({ page }) => {
    await addSample(page, /Pixel 8,/);
    await scan(page);
    // The list of samples is on the first screen while no other phone is plugged in.
    await page.getByRole('button', { name: /^Remove sample/ }).click();
    await addSample(page, /iPhone 15, .*Nothing wrong/);
    await scan(page);
    await page.getByRole('link', { name: 'All visits' }).click();
    await page.getByRole('checkbox').nth(0).check();
    await page.getByRole('checkbox').nth(1).check();
    await page.getByRole('button', { name: 'Compare' }).click();
    await page.getByRole('heading', { level: 1, name: 'Side by side' }).waitFor();
    const heads = page.getByRole('table').first().getByRole('columnheader');
    expect(await heads.nth(1).innerText()).toMatch(/^A · .*Pixel 8/);
    expect(await heads.nth(2).innerText()).toMatch(/^B · /);
    expect(
      await page
        .getByRole('main')
        .getByText(/^(Before|After)\b/)
        .count(),
    ).toBe(0);
  });

  test('a kept snapshot shows today’s verdict beside that of its day where they are not the same', async ({
    page,
    app,
  }) => {
    await addSample(page, /Pixel 8,/);
    await scan(page);
    const kept = app.store.loadSnapshot(1);
    if (kept === null) throw new Error('the scan was not kept');
    await page.evaluate(() => {
      location.hash = '#/snapshots/1';
    });
    await page.getByText(/^Today’s catalog \(.*\) judges it the same\.$/).waitFor();
    const { diagnosis } = kept;
    const findings = diagnosis.findings.map((finding) =>
      finding.cause === 'background-restricted' ? { ...finding, status: 'ok' as const } : finding,
    );
    app.store.replaceDiagnosis(1, { ...diagnosis, findings, catalog: '2025.01.01' });
    await page.reload();
    const judged = page.getByRole('region', { name: 'Judged again today' });
    await judged.getByText('On its day · catalog 2025.01.01').waitFor();
    await judged.getByText(/judged otherwise today$/).click();
    expect(await judged.locator('[data-cause="background-restricted"]').getByRole('cell').first().innerText()).toBe(
      'Passed',
    );
  });
});
