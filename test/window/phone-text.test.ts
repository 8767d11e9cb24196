import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { otherScreens, phoneScreens, visit } from './every-screen.ts';
import { checkAgain, openEverythingElse, openTab, scan, unfold } from './screens.ts';
import { test } from './window-test.ts';

/**
 * Runs in the page, before its scripts: every text that the program sends is given a mark with a character that turns the direction of
 * writing. What is no text for people is left as it is: it has no blank, unless it is a name.
 */
function markWhatIsSent(): void {
  const mark = '\u202E¤';
  const names = new Set([
    'name',
    'title',
    'model',
    'manufacturer',
    'appName',
    'phoneName',
    'detail',
    'label',
    'message',
  ]);
  const isText = (key: string, value: string): boolean =>
    (names.has(key) || value.includes(' ')) && !/^\d{4}-\d{2}-\d{2}T/.test(value) && key !== 'sentence';
  const marked = (value: unknown, key: string): unknown => {
    if (typeof value === 'string') return isText(key, value) ? value + mark : value;
    if (Array.isArray(value)) return value.map((one) => marked(one, key));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([own, one]) => [own, marked(one, own)]));
  };
  const { parse } = JSON;
  JSON.parse = (text: string, ...rest: []) => {
    const message: unknown = parse(text, ...rest);
    if (typeof message !== 'object' || message === null || !('result' in message)) return message;
    return { ...message, result: marked(message.result, '') };
  };
}

/** Texts with the mark that stand outside of `bdi`, and attributes where it is not isolated. Opens whatever is folded. */
async function outside(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    for (const fold of document.querySelectorAll('details')) fold.open = true;
    const found: string[] = [];
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = texts.nextNode(); node !== null; node = texts.nextNode()) {
      const text = node.textContent ?? '';
      const isIsolated = node.parentElement?.closest('bdi') !== null || /\u2068[^\u2069]*¤\u2069/.test(text);
      if (text.includes('¤') && !isIsolated) found.push(text);
    }
    for (const element of document.querySelectorAll('*')) {
      for (const name of ['title', 'aria-label', 'alt', 'placeholder']) {
        const text = element.getAttribute(name) ?? '';
        if (text.replaceAll(/\u2068[^\u2069]*\u2069/g, '').includes('¤')) found.push(`${name}: ${text}`);
      }
    }
    return found;
  });
}

/** Sentences whose parts are laid out side by side, as in a button: the blanks between them are gone. */
async function torn(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('bdi')].flatMap(({ parentElement: parent }) => {
      if (parent === null || !/flex|grid/.test(getComputedStyle(parent).display)) return [];
      const beside = [...parent.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.nodeValue?.trim());
      return beside ? [parent.textContent ?? ''] : [];
    }),
  );
}

test(
  'every text that the program sends is isolated in the window, on every screen',
  { timeout: 240_000 },
  async ({ open }) => {
    const { page, app } = await open({ runFirst: markWhatIsSent });
    let marks = 0;
    const check = async (screen: string): Promise<void> => {
      expect(await outside(page), screen).toEqual([]);
      expect(await torn(page), screen).toEqual([]);
      marks += await page.evaluate(() => document.body.textContent?.split('¤').length ?? 0);
    };
    await page.getByRole('button', { name: 'Try a sample phone' }).click();
    await page
      .getByRole('button', { name: /Pixel 8/ })
      .first()
      .waitFor();
    await check('first screen');
    await page
      .getByRole('button', { name: /Pixel 8/ })
      .first()
      .click();
    await scan(page);
    await openEverythingElse(page);
    await check('results');
    await page.getByRole('button', { name: /^Fix \d/ }).click();
    await check('consent to all');
    await page.getByRole('button', { name: 'Not now' }).click();
    const offer = page.getByRole('button', { name: /^Exempt Google Photos/ });
    await offer.click();
    await check('consent');
    await page.getByRole('button', { name: 'Run on the phone' }).click();
    await page.getByRole('region', { name: 'Fixed and checked' }).waitFor();
    await check('outcome');
    await checkAgain(page);
    const [{ id: snapshot, phoneId } = { id: '', phoneId: '' }] = app.snapshots();
    for (const screen of [...otherScreens(snapshot), ...phoneScreens(phoneId)]) {
      await visit(page, screen);
      await unfold(page);
      await check(screen.name);
    }
    await openTab(page, 'Fix');
    await page.getByRole('button', { name: 'Show me step by step' }).click();
    await page.getByRole('region', { name: 'This step' }).waitFor();
    await check('a step');
    expect(app.snapshots().length).toBeGreaterThan(0);
    expect(marks).toBeGreaterThan(500);
  },
);
