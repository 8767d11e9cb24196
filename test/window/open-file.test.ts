import { readdirSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect } from 'vitest';
import { writeCapture } from '../../native/offline/recorded-capture.ts';
import { AndroidSampleSource } from '../../native/samples/android/sample-source.ts';
import { promptPace } from '../prompt-pace.ts';
import { chooseFile, tellPath } from './choose-file.ts';
import { openEverythingElse } from './screens.ts';
import { test } from './window-test.ts';

let folder: string;
let file: string;
/** A recorded capture of a Pixel 8 whose photos do not back up. */
beforeEach(async ({ onTestFinished }) => {
  folder = await mkdtemp(join(tmpdir(), 'phone-health-files-'));
  file = join(folder, 'phone.capture.gz');
  const samples = new AndroidSampleSource(promptPace);
  const capture = await samples.capture(await samples.add('pixel-14'), {
    apps: ['com.google.android.apps.photos'],
  });
  await writeCapture(file, capture, { redact: false, overwrite: false });
  onTestFinished(async () => {
    await samples.close();
    await rm(folder, { recursive: true });
  });
});

const left = (): string[] => readdirSync(tmpdir()).filter((name) => name.startsWith('phone-health-upload-'));

describe('a file in place of a phone', () => {
  test('is chosen, opens like a phone with the same verdict as the command line’s, and stays nowhere else', async ({
    page,
    app,
  }) => {
    await page.getByRole('button', { name: 'Open a bug report or backup' }).click();
    await chooseFile(page, file);
    await page.getByText(/^Read from a file, as the phone was on /).waitFor();
    const { verdict } = await app.scanFile({ path: file, save: false });
    await page
      .getByRole('main')
      .getByText(verdict.split(',')[0] ?? verdict)
      .first()
      .waitFor();
    expect(app.snapshots().map(({ label }) => label)).toEqual(['from a file']);
    // There is no phone to scan, and none to correct.
    expect(await page.getByRole('button', { name: /^Scan|^Fix \d/ }).count()).toBe(0);
    expect(left()).toEqual([]);
    // It is one of the past phones from now on.
    await page.getByRole('link', { name: 'Phone Health Inspector' }).click();
    await page.getByRole('button', { name: 'Past phones' }).click();
    await page
      .getByRole('region', { name: 'Past phones' })
      .getByRole('link', { name: /^Pixel 8/ })
      .waitFor();
  });

  test('is dropped onto any screen', async ({ page }) => {
    await page.getByRole('link', { name: 'All visits' }).click();
    const { readFile } = await import('node:fs/promises');
    const bytes = (await readFile(file)).toString('base64');
    const drag = await page.evaluateHandle((base64) => {
      const transfer = new DataTransfer();
      transfer.items.add(
        new File([Uint8Array.from(atob(base64), (one) => one.codePointAt(0) ?? 0)], 'phone.capture.gz'),
      );
      return transfer;
    }, bytes);
    await tellPath.get(page)?.(file);
    await page.dispatchEvent('body', 'dragenter', { dataTransfer: drag });
    await page.getByText('Drop the bug report or backup here').waitFor();
    await page.dispatchEvent('body', 'drop', { dataTransfer: drag });
    await page.getByText(/^Read from a file, as the phone was on /).waitFor();
    expect(await page.getByText('Drop the bug report or backup here').count()).toBe(0);
  });

  test('is named by its path; what is no such file is told, and the screen stays', async ({ page }) => {
    await page.getByRole('button', { name: 'Open a bug report or backup' }).click();
    const path = page.getByRole('textbox', { name: 'Or where it lies on this computer' });
    await path.fill(join(folder, 'nothing.zip'));
    await path.press('Enter');
    await page.getByRole('alert').getByText('There is no such file or folder.').waitFor();
    await path.fill('nothing.zip');
    await path.press('Enter');
    await page.getByRole('alert').getByText('Name the file with its whole path.').waitFor();
    await path.fill(file);
    await path.press('Enter');
    await page.getByText(/^Read from a file, as the phone was on /).waitFor();
  });

  test('that is nothing known is refused with what is known, and is removed', async ({ page }) => {
    const other = join(folder, 'holiday.jpg');
    await writeFile(other, Buffer.alloc(10_000, 7));
    await page.getByRole('button', { name: 'Open a bug report or backup' }).click();
    await chooseFile(page, other);
    const alert = page.getByRole('alert');
    await alert
      .getByText('The file is no bug report, no recorded capture, no known dump and no iPhone backup.')
      .waitFor();
    // In a browser it lay in a folder of the program for a moment, which says nothing to anybody.
    await alert.getByText(/^(?:\/(?!.*upload).*\/)?holiday\.jpg: /).waitFor();
    expect(left()).toEqual([]);
    await alert.getByRole('button', { name: 'Close' }).click();
    await alert.waitFor({ state: 'detached' });
  });

  test('that is one dump is called by its name, and what it does not hold is not called unreadable', async ({
    page,
  }) => {
    const dump = join(folder, 'dumpsys_battery.txt');
    await writeFile(
      dump,
      'Current Battery Service state:\n  AC powered: false\n  level: 80\n  scale: 100\n  status: 3\n',
    );
    await page.getByRole('button', { name: 'Open a bug report or backup' }).click();
    await chooseFile(page, dump);
    await page.getByRole('heading', { level: 1, name: 'Phone of dumpsys_battery.txt' }).waitFor();
    const rest = page.locator('[data-everything-else]');
    await rest.waitFor();
    expect(await rest.locator('> summary').innerText()).not.toContain('not readable');
    await openEverythingElse(page);
    await rest.getByText(/^The file holds nothing for \d+ checks\.$/).waitFor();
  });
});
