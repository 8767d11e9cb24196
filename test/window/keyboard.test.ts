import { describe, expect } from 'vitest';
import { test } from './window-test.ts';

describe('with the keyboard alone', () => {
  test('sample, scan, consent, correction and undo can be reached, and focus can always be seen', async ({
    page,
    app,
  }) => {
    /** Presses Tab until the focus is on what is meant; every stop on the way must be seen. */
    const tabTo = async (name: RegExp): Promise<void> => {
      for (let stops = 0; stops < 150; stops += 1) {
        await page.keyboard.press('Tab');
        const stop = await page.evaluate(() => {
          const element = document.activeElement;
          if (!(element instanceof HTMLElement)) return { name: '', outline: 'none', width: 0 };
          const style = getComputedStyle(element);
          const box = element.getBoundingClientRect();
          return {
            name: element.getAttribute('aria-label') ?? element.textContent ?? '',
            outline: style.outlineStyle,
            width: box.width,
          };
        });
        expect(stop.outline, `focus on ${stop.name}`).not.toBe('none');
        expect(stop.width, `size of ${stop.name}`).toBeGreaterThan(0);
        if (name.test(stop.name)) return;
      }
      throw new Error(`Tab never reached ${String(name)}.`);
    };
    await page.getByText('No phone is plugged in.').waitFor();
    await tabTo(/^Try a sample phone/);
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: /Pixel 8,/ }).waitFor();
    // The list takes the focus, so that Enter chooses its first sample.
    await page.waitForFunction(() => document.activeElement?.textContent?.startsWith('Pixel 8'));
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: /^Scan/ }).waitFor();
    await page.keyboard.press('s');
    await page.getByRole('button', { name: 'Check again' }).first().waitFor();
    await tabTo(/^Fix 3 things/);
    await page.keyboard.press('Enter');
    const consent = page.getByRole('group', { name: 'Change this on the phone?' });
    await consent.waitFor();
    await page.keyboard.press('Escape');
    await consent.waitFor({ state: 'detached' });
    await page.waitForFunction(() => document.activeElement?.textContent?.startsWith('Fix 3 things'));
    await page.keyboard.press('Enter');
    await consent.waitFor();
    await tabTo(/^Fix 2 things$/);
    await page.keyboard.press('Enter');
    await page.getByRole('region', { name: 'Fixed and checked' }).getByText('2 fixed and checked').waitFor();
    await tabTo(/^Undo: /);
    await page.keyboard.press('Enter');
    await page.getByText('1 fixed and checked').waitFor();
    const moment = page.locator('main time').first();
    const before = await moment.getAttribute('datetime');
    await page.keyboard.press('Control+Enter');
    await page.waitForFunction(
      (former) => document.querySelector('main time')?.getAttribute('datetime') !== former,
      before,
    );
    expect(app.corrections.list().map(({ result }) => result)).toEqual(['taken', 'undone']);
  });

  test('the tab key goes from the top down on a narrow window', async ({ page, app }) => {
    await page.setViewportSize({ width: 390, height: 844 });
    await app.addSample('pixel-14');
    await page.getByRole('navigation', { name: 'Phones' }).getByRole('link').first().waitFor();
    const tops: number[] = [];
    for (let stops = 0; stops < 6; stops += 1) {
      await page.keyboard.press('Tab');
      const top = await page.evaluate(() => {
        const stop = document.activeElement;
        return stop !== null && stop.matches('aside *') ? stop.getBoundingClientRect().top : null;
      });
      if (top !== null) tops.push(top);
    }
    expect(tops.length).toBeGreaterThan(3);
    // What stands in one line may differ by some pixels.
    expect(tops.filter((top, at) => top < (tops[at - 1] ?? 0) - 16)).toEqual([]);
  });
});
