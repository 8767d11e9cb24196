import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect } from 'vitest';
import { loadCatalog } from '../../diagnosis/load/catalog.ts';
import { reportKindSchema } from '../../electron/app/reports/formats.ts';
import { renderReport } from '../../electron/app/reports/render-report.ts';
import { ownedSamples, reportOf } from '../unit/electron/app/reports/sample-reports.ts';
import { test } from './window-test.ts';

/** What a page would do with it, were it not text. */
const hostile =
  '<img src="http://127.0.0.1:9/x"><script src="http://127.0.0.1:9/y"></script></title><style>*{color:red}</style>';

test('a report of every kind opens without a network: nothing is asked for, nothing runs, and it looks as it should', async ({
  browser,
  onTestFinished,
}) => {
  const folder = mkdtempSync(join(tmpdir(), 'phone-health-report-'));
  const context = await browser.newContext({ offline: true });
  onTestFinished(async () => {
    await context.close();
    rmSync(folder, { recursive: true });
  });
  const catalog = loadCatalog();
  const [sample] = await ownedSamples(catalog);
  if (sample === undefined) throw new Error('There is no sample.');
  const whole = reportOf(sample, catalog);
  const [snapshot] = whole.snapshots;
  if (snapshot === undefined) throw new Error('This report has a snapshot.');
  const { phone } = snapshot.scan;
  const named = { ...snapshot, scan: { ...snapshot.scan, phone: { ...phone, model: hostile, name: hostile } } };
  for (const kind of reportKindSchema.options) {
    const file = join(folder, `${kind}.html`);
    const report = { ...whole, kind, shop: { name: hostile, logo: null }, snapshots: [named, named] };
    const papers = { sheet: 'letter', label: '62' } as const;
    writeFileSync(file, renderReport(report, 'html', { programs: catalog.programs, papers }));
    const page = await context.newPage();
    const asked: string[] = [];
    const said: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    page.on('console', (message) => said.push(message.text()));
    page.on('pageerror', (error) => said.push(error.message));
    await page.goto(pathToFileURL(file).href);
    // What a policy would refuse, and what is not fetched: the file itself, and pictures that stand in it.
    expect([kind, asked.filter((url) => !url.startsWith('file:') && !url.startsWith('data:'))]).toEqual([kind, []]);
    expect([kind, asked.filter((url) => url.startsWith('file:'))]).toEqual([kind, [pathToFileURL(file).href]]);
    expect([kind, said]).toEqual([kind, []]);
    const { scripts, images, colour } = await page.evaluate(() => ({
      scripts: document.scripts.length,
      images: [...document.images].filter((one) => !one.src.startsWith('data:')).length,
      colour: getComputedStyle(document.body).color,
    }));
    expect([kind, scripts, images]).toEqual([kind, 0, 0]);
    // Its own style is in force: the policy holds its hash. Somebody else's is not.
    expect([kind, colour]).not.toEqual([kind, 'rgb(255, 0, 0)']);
    expect([kind, await page.locator('main').evaluate((main) => getComputedStyle(main).fontFamily)]).toEqual([
      kind,
      expect.stringContaining('sans-serif'),
    ]);
    await page.close();
  }
});
