import type { Locator, Page } from 'playwright-core';

const wordsOf = (text: string): number => text.match(/[\p{L}\p{N}][^\s]*/gu)?.length ?? 0;

/** The main region as it is seen: without what only a screen reader says. */
async function seenText(page: Page): Promise<string> {
  return page.locator('main').evaluate((main) => {
    const hidden = [...main.querySelectorAll('*')].filter(
      // What is folded is not measured: that would lay out the whole fold anew for each of its elements.
      (element): element is HTMLElement =>
        element instanceof HTMLElement && element.checkVisibility() && element.getBoundingClientRect().width === 1,
    );
    for (const element of hidden) element.style.display = 'none';
    const text = main instanceof HTMLElement ? main.innerText : '';
    for (const element of hidden) element.style.display = '';
    return text;
  });
}

/** The words of the main region that can be seen, as a person reads them. */
export const wordsShown = async (page: Page): Promise<number> => wordsOf(await seenText(page));

/** A person on their way through the window: counts what they click, and every line of the main region that is new to them. */
export class Walker {
  clicks = 0;
  words = 0;
  readonly #page: Page;
  readonly #seen = new Set<string>();

  constructor(page: Page) {
    this.#page = page;
  }

  /** Reads what is shown. */
  async read(): Promise<void> {
    const lines = (await seenText(this.#page)).split('\n').map((line) => line.trim());
    for (const line of lines) {
      if (line === '' || this.#seen.has(line)) continue;
      this.#seen.add(line);
      this.words += wordsOf(line);
    }
  }

  /** Reads, then clicks. */
  async click(place: Locator): Promise<void> {
    await place.waitFor();
    await this.read();
    await place.click();
    this.clicks += 1;
  }
}
