import { expect } from 'vitest';
import type { Locator, Page } from 'playwright-core';
import { scan } from './screens.ts';
import { Walker, wordsShown } from './walk-counter.ts';

/** What a journey asks of the program beside its window, whichever host it runs in. */
export interface JourneyProgram {
  addSample(profile: string): Promise<{ phoneId: string }>;
  removeSample(phoneId: string): Promise<void>;
  /** The samples that can be added. */
  samples(): Promise<readonly { id: string }[]>;
  phones(): Promise<readonly { id: string; state: string }[]>;
  snapshots(): Promise<readonly { id: string; phoneId: string }[]>;
  /** The verdict of a snapshot. */
  headline(snapshot: string): Promise<string>;
  /** What came of every correction of a phone, the latest first. */
  results(phoneId: string): Promise<readonly string[]>;
}

export interface JourneyHost {
  page: Page;
  program: JourneyProgram;
}

/** One way through the window, as a test of whichever host opens it. */
export interface Journey {
  name: string;
  timeout?: number;
  walk: (host: JourneyHost) => Promise<void>;
}

const button = (page: Page, name: string | RegExp) => page.getByRole('main').getByRole('button', { name });
const proven = (page: Page) => page.getByRole('region', { name: 'Fixed and checked' });

/** The commands that values came from, as far as they are shown. */
const commands = (row: Locator) => row.locator('code').filter({ visible: true }).count();

/** What a walk took. */
interface Taken {
  journey: string;
  clicks: number;
  words: number;
  scans: number;
}
const taken: Taken[] = [];
const results: { sample: string; words: number }[] = [];

/** Prints what the walks took. */
export function tellJourneys(): void {
  console.table(taken);
  console.table(results.toSorted((a, b) => b.words - a.words).slice(0, 10));
}

export const journeys: readonly Journey[] = [
  {
    name: 'from the verdict to a first correction that is proven takes two clicks',
    async walk({ page, program }) {
      const { phoneId } = await program.addSample('pixel-14');
      await page.evaluate((id) => {
        location.hash = `#/phones/${id}`;
      }, phoneId);
      await scan(page);
      const walker = new Walker(page);
      await walker.click(button(page, /^Fix \d/));
      await walker.click(button(page, /^Fix \d things$/));
      await proven(page).getByText('no → yes').first().waitFor();
      await walker.read();
      const { clicks, words } = walker;
      taken.push({
        journey: 'verdict → first correction proven',
        clicks,
        words,
        scans: (await program.snapshots()).length - 2,
      });
      expect(clicks).toBe(2);
    },
  },

  {
    name: 'from home over the verdict to a photo that is seen to leave',
    async walk({ page, program }) {
      const walker = new Walker(page);
      await walker.click(page.getByRole('button', { name: 'Try a sample phone' }));
      await walker.click(button(page, /Pixel 8,/));
      await walker.click(button(page, /^Scan/));
      await walker.click(button(page, /^Fix 3 things/));
      await walker.click(page.getByRole('checkbox', { name: /Data Saver/ }));
      await walker.click(button(page, /^Fix 3 things$/));
      await proven(page).getByText('3 fixed and checked').waitFor();
      await walker.click(button(page, 'Prove it: take a photo'));
      await walker.click(button(page, 'Take a photo on the sample'));
      await page
        .getByRole('region', { name: 'Certificate' })
        .getByText(/^Photos leave this phone: 3.5 MB sent/)
        .waitFor();
      // What was read before is not orange any more: no other scan is needed.
      await page.getByText('Photos leave this phone', { exact: true }).waitFor();
      await walker.read();
      const { clicks, words } = walker;
      // Nobody scans again: the second snapshot is what proved the corrections.
      const scans = (await program.snapshots()).length - 2;
      taken.push({ journey: 'home → verdict → all fixed → photo proven', clicks, words, scans });
      expect(clicks).toBeLessThanOrEqual(8);
      expect(words).toBeLessThanOrEqual(300);
      expect(scans).toBe(0);
      const [snapshot] = await program.snapshots();
      expect(await program.results(snapshot?.phoneId ?? '')).toEqual(['taken', 'taken', 'taken']);
    },
  },

  {
    name: 'from home to "all fine" on a healthy iPhone asks nothing',
    async walk({ page, program }) {
      const walker = new Walker(page);
      await walker.click(page.getByRole('button', { name: 'Try a sample phone' }));
      await walker.click(button(page, /iPhone 15, .*Nothing wrong/));
      await walker.click(button(page, /^Scan/));
      await page.getByText('Photos leave this phone', { exact: true }).waitFor();
      await walker.read();
      const { clicks, words } = walker;
      taken.push({
        journey: 'healthy iPhone → all fine',
        clicks,
        words,
        scans: (await program.snapshots()).length - 1,
      });
      expect(clicks).toBeLessThanOrEqual(3);
    },
  },

  {
    name: 'at the counter one key scans ten phones, and every verdict is seen',
    async walk({ page, program }) {
      const ten = (await program.samples()).slice(0, 10);
      for (const { id } of ten) await program.addSample(id);
      await page.evaluate(() => {
        location.hash = '#/bench';
      });
      const cards = page.locator('main [data-place]');
      await cards.nth(9).waitFor();
      const readable = (await program.phones()).filter(({ state }) => state === 'ready');
      const walker = new Walker(page);
      await page.keyboard.press('a');
      await expect.poll(async () => (await program.snapshots()).length, { timeout: 60_000 }).toBe(readable.length);
      const ofPhones = new Map((await program.snapshots()).map(({ phoneId, id }) => [phoneId, id]));
      const headlines = await Promise.all([...ofPhones.values()].map((id) => program.headline(id)));
      for (const headline of headlines) await cards.getByText(headline, { exact: true }).first().waitFor();
      // Every one is within the window, without moving it.
      const height = await page.evaluate(() => innerHeight);
      const boxes = await Promise.all((await cards.all()).map((card) => card.boundingBox()));
      expect(boxes.every((box) => box !== null && box.y >= 0 && box.y + box.height <= height)).toBe(true);
      await walker.read();
      const journey = 'ten phones at the counter: all scanned, all verdicts seen (one key)';
      taken.push({ journey, clicks: walker.clicks, words: walker.words, scans: 0 });
    },
  },

  // Some fifty scans, on machines that others use too.
  {
    name: 'a result has few words before anything is opened, none of them an identifier, on every sample',
    timeout: 600_000,
    async walk({ page, program }) {
      for (const { id } of await program.samples()) {
        const { phoneId } = await program.addSample(id);
        await page.evaluate((hash) => {
          location.hash = hash;
        }, `#/phones/${phoneId}`);
        if ((await program.phones()).find((phone) => phone.id === phoneId)?.state !== 'ready') {
          await program.removeSample(phoneId);
          continue;
        }
        await scan(page);
        results.push({ sample: id, words: await wordsShown(page) });
        const text = await page.locator('main').innerText();
        // App-ops, packages, paths of values, and times as machines write them.
        expect(text, id).not.toMatch(/[A-Z]+_[A-Z_]+|\b(?:com|org)\.\w+|\d{4}-\d{2}-\d{2}T|\b[a-z]+\.[a-z]+[A-Z]\w*/);
        await program.removeSample(phoneId);
      }
      expect(results.filter(({ words }) => words > 120)).toEqual([]);
      expect(results.length).toBeGreaterThan(40);
    },
  },

  {
    name: 'the evidence of each thing that holds photos back is one click away',
    async walk({ page, program }) {
      const { phoneId } = await program.addSample('pixel-14');
      await page.evaluate((id) => {
        location.hash = `#/phones/${id}`;
      }, phoneId);
      await scan(page);
      const rows = page.getByRole('region', { name: 'What holds photos back' }).getByRole('article');
      const [first, ...others] = await rows.all();
      if (first === undefined) throw new Error('nothing holds photos back');
      await first.getByText('Evidence', { exact: true }).click();
      expect(await commands(first)).toBeGreaterThan(0);
      for (const row of others) {
        expect(await commands(row)).toBe(0);
        await row.locator('summary').first().click();
        expect(await commands(row)).toBeGreaterThan(0);
      }
      expect(others).toHaveLength(2);
    },
  },
];
