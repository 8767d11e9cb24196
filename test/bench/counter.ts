import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { startBrowser } from '../window/browser.ts';
import { printTable, type Row } from './table.ts';

const phones = 16;
/** As many as the settings take: the most that may ever be scanned at once. */
const atOnce = [4, 16] as const;

interface InputDelays {
  /** From the key to the code that handles it, ms. */
  delays: number[];
  /** From the key to the next picture, ms. */
  pictures: number[];
}

const percentile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? Number.NaN;

const ms = (value: number): string => `${value.toFixed(1)} ms`;

/** In the page: when each key was pressed, when it was handled, and when the next picture was drawn. */
function watchKeys(): void {
  const seen: InputDelays = { delays: [], pictures: [] };
  Object.assign(globalThis, { seenKeys: seen });
  globalThis.addEventListener(
    'keydown',
    (event) => {
      seen.delays.push(performance.now() - event.timeStamp);
      requestAnimationFrame(() => setTimeout(() => seen.pictures.push(performance.now() - event.timeStamp)));
    },
    { capture: true },
  );
}

/** A hand that is quick. */
const betweenKeysMs = 80;

/** Sixteen sample phones at their lively pace, all scanned by one key, while somebody goes from card to card. */
async function timeKeys(parallelScans: number): Promise<Row> {
  const home = await mkdtemp(join(tmpdir(), 'phone-health-bench-'));
  const program = spawn(
    process.execPath,
    [join(import.meta.dirname, 'counter-process.ts'), home, String(phones), String(parallelScans)],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  );
  const ended = once(program, 'exit');
  const browser = await startBrowser();
  try {
    const [url] = (await once(createInterface(program.stdout), 'line')) as [string];
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    await page.addInitScript(watchKeys);
    await page.goto(url);
    await page.evaluate("location.hash = '#/bench'");
    const cards = page.locator('main [data-slot]');
    await cards.nth(phones - 1).waitFor();
    const begun = performance.now();
    await page.keyboard.press('a');
    let fewest = phones;
    const busy = page.locator('main [data-place]').getByText(/^(Scanning|Waits)/);
    const keys = ['ArrowRight', 'ArrowDown', 'ArrowLeft', 'Space', 'ArrowUp', 'ArrowRight'];
    for (let pressed = 0; pressed === 0 || (await busy.count()) > 0;) {
      for (const key of keys) {
        await page.keyboard.press(key);
        await sleep(betweenKeysMs);
        pressed += 1;
      }
      fewest = Math.min(fewest, await cards.count());
    }
    const took = performance.now() - begun;
    const { delays, pictures } = await page.evaluate<InputDelays>('seenKeys');
    return [
      `${phones} phones, ${parallelScans} at once`,
      `${(took / 1000).toFixed(1)} s`,
      String(delays.length),
      ms(percentile(delays, 0.5)),
      ms(percentile(delays, 0.95)),
      ms(percentile(pictures, 0.95)),
      String(fewest),
    ];
  } finally {
    await browser.close();
    program.stdin.end();
    await ended;
    await rm(home, { recursive: true, force: true });
  }
}

/** Prints how long a key waits on the bench while every phone is scanned, and how many cards were there at any moment. */
export async function runCounterBench(): Promise<void> {
  const rows: Row[] = [];
  for (const parallelScans of atOnce) rows.push(await timeKeys(parallelScans));
  printTable(
    ['keys on the bench', 'all scanned', 'keys', 'input delay, median', 'p95', 'next picture, p95', 'fewest cards'],
    rows,
  );
}
