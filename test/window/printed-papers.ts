import type { Page } from 'playwright-core';

/** Has a page keep the words of every paper that is printed from it, in place of printing it. */
export const catchPapers = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const kept: string[] = [];
    Object.assign(globalThis, { keptPapers: kept });
    const own = Object.getOwnPropertyDescriptor(HTMLIFrameElement.prototype, 'contentWindow');
    Object.defineProperty(HTMLIFrameElement.prototype, 'contentWindow', {
      configurable: true,
      get(this: HTMLIFrameElement): Window | null {
        const frame = own?.get?.call(this) as Window | null;
        if (frame === null) return null;
        frame.print = () => {
          kept.push(frame.document.body.innerText);
          frame.dispatchEvent(new Event('afterprint'));
        };
        return frame;
      },
    });
  });

/** What was printed since {@link catchPapers}. */
export const papers = (page: Page): Promise<string[]> =>
  page.evaluate(() => (globalThis as unknown as { keptPapers: string[] }).keptPapers);
