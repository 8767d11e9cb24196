import { expect } from 'vitest';
import { otherScreens, phoneScreens, visit } from './every-screen.ts';
import { unfitting, windows } from './fitting.ts';
import { addSample, openTab, scan } from './screens.ts';
import { shopScreens } from './shop-screens.ts';
import { still } from './stillness.ts';
import { speakInTest } from './spoken-window.ts';
import { test } from './window-test.ts';

/** English a third longer, with marks, for what no language of today is long enough for. */
const languages = ['en', 'de', 'en-XA'] as const;

test(
  'no text is cut off on any screen: at 1024×700, on 390 pixels and at 200 %, in English, in German and a third longer',
  { timeout: 600_000 },
  async ({ page, app, onTestFinished }) => {
    onTestFinished(() => speakInTest('en'));
    await addSample(page, /Pixel 8,/);
    await scan(page);
    await openTab(page, 'Fix');
    const [{ id: snapshot, phoneId } = { id: '', phoneId: '' }] = app.snapshots();
    const screens = [...phoneScreens(phoneId), ...otherScreens(snapshot), ...(await shopScreens(app, snapshot))];
    const faults: string[] = [];
    const table: { language: string; window: string; screens: number; faults: number }[] = [];
    for (const language of languages) {
      app.settings.change({ language });
      await page.waitForFunction((wanted) => document.documentElement.lang === wanted, language);
      speakInTest(language);
      const rows = Object.keys(windows).map((window) => ({ language, window, screens: screens.length, faults: 0 }));
      for (const screen of screens) {
        await page.setViewportSize(windows['1024×700']);
        await visit(page, screen);
        for (const row of rows) {
          await page.setViewportSize(windows[row.window as keyof typeof windows]);
          await still(page);
          const found = await unfitting(page);
          row.faults += found.length;
          faults.push(...found.map((fault) => `${language} ${row.window} ${screen.name}: ${fault}`));
        }
      }
      table.push(...rows);
    }
    console.table(table);
    expect(faults).toEqual([]);
  },
);

test('what is measured is found where it is there', async ({ page }) => {
  await page.getByRole('heading', { level: 1 }).waitFor();
  expect(await unfitting(page)).toEqual([]);
  await page.evaluate(() => {
    const heading = document.querySelector('main h1');
    if (!(heading instanceof HTMLElement)) return;
    heading.style.cssText = 'width: 40px; overflow: hidden; white-space: nowrap;';
    const notice = document.createElement('div');
    notice.className = 'notice';
    notice.dataset['tone'] = 'warn';
    notice.textContent = 'Above it';
    notice.style.cssText = 'margin-bottom: -1.125rem;';
    heading.before(notice);
  });
  expect(await unfitting(page)).toEqual([
    'wider than its place: Plug in the phone whose photos don’t back up',
    'a notice touches a heading: Plug in the phone whose photos don’t back up',
  ]);
});
