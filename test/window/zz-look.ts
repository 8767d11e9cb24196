import { startBrowser } from './browser.ts';
import { openWindow } from './open-window.ts';
import { unfold } from './screens.ts';
const [locale = 'de-DE', width = '1024'] = process.argv.slice(2);
const browser = await startBrowser();
const w = await openWindow(browser, { locale, viewport: { width: Number(width), height: 700 } });
const { page, app } = w;

const added = await app.addSample('pixel-14');
await page.waitForTimeout(800);
await page.screenshot({ path: '/tmp/wtmp/1-home.png' });
await page.evaluate((id) => {
  location.hash = `#/phones/${id}`;
}, added.phoneId);
await page.waitForTimeout(800);
await page
  .getByRole('button', { name: /^(Scan|Prüfen|Telefon prüfen|Scán)/ })
  .first()
  .click();
await page.locator('main output time, main time').first().waitFor({ timeout: 60_000 });
await page.waitForTimeout(1500);
await page.screenshot({ path: '/tmp/wtmp/2-result.png' });
await unfold(page);
await page.waitForTimeout(300);
console.log(await page.locator('main').innerText());
await page.evaluate(() => {
  for (const e of document.querySelectorAll('*'))
    if (getComputedStyle(e).overflowY === 'auto' && e.scrollHeight > e.clientHeight) e.scrollTop = 400;
});
await page.screenshot({ path: '/tmp/wtmp/3-open.png' });
console.log(w.complaints);
await w.close();
await browser.close();
