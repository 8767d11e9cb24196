import { expect } from 'vitest';
import type { TestPhotoReport } from '../../electron/app/proof/test-photo-report.ts';
import { StandingSource } from '../unit/electron/app/standing-source.ts';
import { addSample, checkAgain, openTab, scan } from './screens.ts';
import { test } from './window-test.ts';

const photos = 'com.google.android.apps.photos';
const dayMs = 86_400_000;

test('an app is watched over days until it is resolved, with a table, a chart and a reminder', async ({ open }) => {
  let now = Date.now();
  const clock = { now: () => new Date(now), sleep: () => Promise.resolve() };
  const { page, app } = await open({ clock });
  await addSample(page, /Pixel 8,/);
  await scan(page);
  await openTab(page, 'Prove');
  await page.getByLabel('App to watch').selectOption({ label: 'Google Photos' });
  await page.getByRole('button', { name: 'Watch it' }).click();
  const plan = page.getByRole('region', { name: 'Watching Google Photos' });
  await plan.getByText('0 of 3 good days in a row').waitFor();
  await plan.getByText('Take one photo on Wi-Fi, wait an hour').waitFor();
  await plan.getByText('The first look: what comes later is measured against it.').waitFor();

  const phoneId = app.watching.list()[0]?.phoneId ?? '';
  for (let day = 0; day < 3; day += 1) {
    const at = new Date(now).toISOString();
    const report: TestPhotoReport = {
      testPhoto: String(day),
      phone: phoneId,
      app: photos,
      appName: 'Google Photos',
      on: null,
      photo: { seenAt: at, bytes: 3_000_000 },
      minutes: 1,
      startedAt: at,
      endedAt: at,
      verdict: 'uploaded',
      sentence: `The photo of day ${day + 1} arrived.`,
      brokenOff: null,
      waitsFor: [],
      sentBytes: null,
      photosSent: null,
      observations: [],
    };
    app.watching.seeTestPhoto(report);
    now += dayMs;
  }
  await page.reload();
  await plan.getByText('Resolved: 3 good days in a row').waitFor();
  // The program looks at a phone that is there when a window opens days later: that look may have come already, and is no test photo.
  const rows = (await plan.getByRole('row').allInnerTexts()).filter((row) => !row.includes('Plugged in'));
  expect(rows).toHaveLength(5);
  expect(rows[1]).toMatch(/Test photo\s+Good\s+The photo of day 3 arrived\./);
  await plan
    .getByRole('figure')
    .getByText(/photos left the phone/)
    .waitFor({ state: 'attached' });

  await page.getByRole('button', { name: 'End this plan' }).click();
  await page.getByRole('button', { name: 'End this plan' }).waitFor({ state: 'detached' });
});

test.for([
  ['of the chosen app', photos],
  // It holds nothing back, so that its place is made only when its fold is opened.
  ['of another app', 'com.microsoft.skydrive'],
] as const)(
  'what came back %s is told at the top of the results, and leads to its correction',
  async ([, id], { open, onTestFinished }) => {
    const phones = new StandingSource();
    const phoneId = await phones.samples.add('pixel-14');
    onTestFinished(() => phones.samples.close());
    const { page, app } = await open({ sources: [phones] });
    await page.getByRole('navigation', { name: 'Phones' }).getByRole('link').first().click();
    await scan(page);
    await app.corrections.correct(
      { phoneId, cause: 'battery-optimized', app: id, correction: null },
      () => undefined,
      () => Promise.resolve(true),
    );
    await phones.samples.run(phoneId, ['cmd', 'deviceidle', 'whitelist', `-${id}`]);
    await checkAgain(page);
    const back = page.locator('[data-drift="battery-optimized"]');
    await back.waitFor();
    expect(await back.getAttribute('data-state')).toBe('reverted');
    expect(await back.innerText()).toContain('exempt has its former value again (no, was yes).');
    await back.getByRole('button').click();
    await page.locator(`[data-cause="battery-optimized"][data-app="${id}"]:focus`).waitFor();
  },
);
