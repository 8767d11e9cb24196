import { describe, expect } from 'vitest';
import type { Page } from 'playwright-core';
import type { OpenedWindow } from './open-window.ts';
import { listed, StagedSource } from './staged-source.ts';
import { test } from './window-test.ts';

let source: StagedSource;
let window: OpenedWindow;
test.beforeEach(async ({ open }) => {
  source = new StagedSource();
  window = await open({ sources: [source] });
});

const pixel = (id: string, port: string | null = null) =>
  listed(id, { model: 'Pixel 8', manufacturer: 'Google', port });
const card = (page: Page, place: number) => page.locator(`main [data-place="${place}"]`);
const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name });

describe('the bench opens', () => {
  test('by itself with the second phone, and only once', async () => {
    const { page } = window;
    source.show([pixel('A1')]);
    await heading(page, 'Google Pixel 8').waitFor();
    source.show([pixel('A1'), pixel('B2')]);
    await heading(page, 'Bench').waitFor();
    expect(await card(page, 1).innerText()).toContain('…A1');
    // A person who has gone away from it is not brought back.
    await card(page, 2).getByRole('link').click();
    await heading(page, 'Google Pixel 8').waitFor();
    source.show([pixel('A1'), pixel('B2'), pixel('C3')]);
    await page.getByRole('navigation', { name: 'Phones' }).getByText('Ready').nth(2).waitFor();
    expect(page.url()).toContain('/phones/B2');
  });

  test('never away from what somebody is doing; B opens it always', async () => {
    const { page } = window;
    source.show([pixel('A1')]);
    await heading(page, 'Google Pixel 8').waitFor();
    source.hold = new Promise(() => {});
    await page.keyboard.press('s');
    await page.getByText(/^3 of \d+ read/).waitFor();
    source.show([pixel('A1'), pixel('B2')]);
    await page.getByRole('navigation', { name: 'Phones' }).getByText('Ready').waitFor();
    expect(page.url()).toContain('/phones/A1');
    await page.keyboard.press('b');
    await heading(page, 'Bench').waitFor();
    await card(page, 1)
      .getByText(/^Scanning \d+ %$/)
      .waitFor();
    await card(page, 2).getByText('Ready', { exact: true }).waitFor();
  });
});

test('A scans all phones, a few at once, and a phone that needs hands is counted', async () => {
  const { page, app } = window;
  const run = Promise.withResolvers<void>();
  source.hold = run.promise;
  const allow = { title: 'Allow USB debugging on the phone', steps: ['Tap Allow.'] };
  source.show([
    ...['A1', 'B2', 'C3', 'D4', 'E5', 'F6'].map((id) => pixel(id)),
    listed('G7', { state: 'unauthorized', remedy: allow }),
  ]);
  await heading(page, 'Bench').waitFor();
  await card(page, 7).getByText('Allow on phone').waitFor();
  await page.keyboard.press('a');
  await page.getByText('Waits its turn').first().waitFor();
  expect(await page.getByText(/^Scanning \d+ %$/).count()).toBe(app.settings.values.parallelScans);
  run.resolve();
  await page.getByText('1 needs hands · 6 with problems').first().waitFor();
  expect(await card(page, 6).innerText()).toMatch(/3 problems\s+No photo has left for 12 hours/);
  expect(app.snapshots()).toHaveLength(6);
});
