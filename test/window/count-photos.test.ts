import { describe, expect } from 'vitest';
import { createIphoneSource } from '../../native/ios/reach/iphone-source.ts';
import { sampleIphone } from '../../native/samples/ios/sample-iphones.ts';
import { missingTools } from '../phones/ios/debian-tools.ts';
import { SimulatedIphone } from '../phones/ios/simulated-iphone.ts';
import { startSimulatedUsbmuxd } from '../phones/ios/simulated-usbmuxd.ts';
import { scan } from './screens.ts';
import { test as windowTest } from './window-test.ts';
import { builtLibraryProcess } from '../phones/ios/built-library-process.ts';

/** `COUNT_PICTURES=folder` keeps a picture of each state, to be looked at. */
const pictures = process.env['COUNT_PICTURES'];

/** An iPhone whose photo library is so large and so slow that it does not come within a scan. */
const test = windowTest
  .extend('phone', () => {
    const phone = new SimulatedIphone(sampleIphone('backlog-falling').create());
    phone.faults.databaseBytes = 60_000_000;
    phone.faults.fileBytesPerSecond = 2_000_000;
    return phone;
  })
  .override('options', async ({ phone, onTestFinished }) => {
    const usbmuxd = await startSimulatedUsbmuxd();
    onTestFinished(() => usbmuxd.stop());
    usbmuxd.plug(phone);
    const env = { ...process.env, USBMUXD_SOCKET_ADDRESS: usbmuxd.address };
    return { sources: [createIphoneSource({ entry: builtLibraryProcess, env, deadlines: { scanMs: 9000 } })] };
  });

// Issue 13, "one slow file never loses the scan": the rest is judged, progress shows the bytes, and it is read to its end on request.
describe.skipIf(missingTools.length > 0)('a photo library that comes slowly', () => {
  test('leaves a result without its count, and is counted to its end when somebody asks', async ({ page, phone }) => {
    const main = page.getByRole('main');
    const bytes = main.getByText(/^\d+ of \d+ read · [\d.]+ MB of 60 MB$/);
    await page
      .getByRole('navigation', { name: 'Phones' })
      .getByRole('link', { name: /^iPhone/ })
      .click();
    await scan(page);
    await main.getByText('How many photos wait was not counted').waitFor();
    await main
      .getByText(/^Count the waiting photos: about \d+ minutes? \(.* of 60 MB came in .*\)\.$/)
      .first()
      .waitFor();
    const before = await main.locator('time').first().getAttribute('datetime');
    if (pictures !== undefined) await page.screenshot({ path: `${pictures}/uncounted.png` });

    await main.getByRole('button', { name: 'Count the waiting photos' }).click();
    await bytes.waitFor();
    const first = await bytes.textContent();
    await page.waitForFunction((former) => !document.body.innerText.includes(former), first ?? '');
    await bytes.waitFor();
    if (pictures !== undefined) await page.screenshot({ path: `${pictures}/counting.png` });

    expect(await main.getByRole('button', { name: 'Count the waiting photos' }).count()).toBe(0);

    phone.faults.fileBytesPerSecond = undefined;
    await page.waitForFunction(
      (former) => document.querySelector('main time')?.getAttribute('datetime') !== former,
      before,
    );
    await main.getByText(/^[\d,]+ photos wait for iCloud\.$/).waitFor();
    expect(await main.getByText('How many photos wait was not counted').count()).toBe(0);
    if (pictures !== undefined) await page.screenshot({ path: `${pictures}/counted.png` });
  });
});
