import { readFileSync } from 'node:fs';
import { describe, expect } from 'vitest';
import { readCodes } from '../read-codes.ts';
import { catchPapers, papers } from './printed-papers.ts';
import { addSample, scan } from './screens.ts';
import { test } from './window-test.ts';

describe('a report', () => {
  test('is looked at, printed alone, saved, unredacted after a question, and encrypted', async ({ open }) => {
    const { page, app, complaints } = await open({ colorScheme: 'dark' });
    app.settings.change({ shopName: 'Miller Phones', stationPrefix: 'A' });
    await addSample(page, /Pixel 8,/);
    await scan(page);
    const phoneId = decodeURIComponent(/phones\/([^/?]+)/.exec(page.url())?.[1] ?? '');
    await app.tickets.create({
      customer: { name: 'Erika Mustermann', contact: '' },
      fault: 'No photo arrives',
      fields: [],
      consent: null,
      phones: [{ phoneId, imei: '', description: '' }],
    });
    await catchPapers(page);
    const preview = page.frameLocator('iframe[title="Preview"]');
    await page.getByRole('link', { name: 'Report…' }).click();
    // Nothing is proven yet, so the label is wanted first; its bar code is read off the screen by another reader.
    await preview.getByText('Erika Mustermann').waitFor();
    const label = await page.locator('iframe[title="Preview"]').screenshot();
    expect(await readCodes(label)).toContainEqual({ format: 'Code128', text: 'TA000001' });

    await page.getByLabel('Kind').selectOption('Condition certificate');
    await preview.getByRole('heading', { name: 'Condition certificate' }).waitFor();
    expect(await preview.locator('body').innerText()).toMatch(/Miller Phones[\s\S]*A sample phone: nothing/);
    const code = await preview.getByRole('img', { name: /^phone-health-report/ }).getAttribute('alt');
    const picture = await preview.getByRole('img', { name: /^phone-health-report/ }).screenshot();
    expect(await readCodes(picture)).toEqual([{ format: 'QRCode', text: code }]);
    await page.getByRole('button', { name: 'Print' }).click();
    const [printed] = await papers(page);
    expect(printed).toContain('Condition certificate');
    expect(printed).not.toMatch(/Save as|sample-pixel-14/);

    await page.getByLabel('With what tells whose the phone is').click();
    await page.getByText('The serial number, accounts').waitFor();
    expect(await preview.locator('body').innerText()).not.toContain('sample-pixel-14');
    await page.getByRole('button', { name: 'Write them in' }).click();
    await preview.getByText('sample-pixel-14').waitFor();

    await page.getByLabel('Encrypt for handing over').click();
    await page.getByRole('button', { name: 'JSON' }).click();
    await page.getByText('The passphrase has fewer than 8 characters.').waitFor();
    await page.getByLabel('Passphrase', { exact: true }).fill('correct horse battery');
    const [saved] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'JSON' }).click(),
    ]);
    expect(saved.suggestedFilename()).toBe('certificate-1.json.age');
    expect(readFileSync(await saved.path(), 'latin1')).toMatch(/^age-encryption\.org\/v1\n-> scrypt /);
    expect(complaints).toEqual([]);
  });
});
