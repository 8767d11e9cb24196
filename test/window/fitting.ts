/* eslint-disable unicorn/consistent-function-scoping -- what is measured is measured in the page, where nothing of this file is */
import type { Page } from 'playwright-core';

/**
 * Texts of the page that are cut off, stick out of their place or are torn within a short word, and notices that touch a heading, one line each; empty where there are
 * none. What can be moved sideways by itself, as a wide table, is not cut off; nor is a name that can be read whole in its title.
 */
export const unfitting = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const hasOwnText = (element: Element): boolean =>
      [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && (node.nodeValue ?? '').trim() !== '');
    const isShown = (element: Element): boolean => {
      const { width, height } = element.getBoundingClientRect();
      // What only a screen reader says is one pixel wide.
      return width > 1 && height > 1 && element.checkVisibility({ visibilityProperty: true });
    };
    const movesSideways = (element: Element): boolean => {
      for (let at: Element | null = element; at !== null && at !== document.body; at = at.parentElement) {
        if (/auto|scroll/.test(getComputedStyle(at).overflowX) && at.tagName !== 'MAIN') return true;
      }
      return false;
    };
    const faults: string[] = [];
    const { clientWidth } = document.documentElement;
    for (const element of document.querySelectorAll('body *')) {
      if (!(element instanceof HTMLElement) || !hasOwnText(element) || !isShown(element)) continue;
      if (element.closest('[title]') !== null || movesSideways(element)) continue;
      const words = (element.textContent ?? '').trim().slice(0, 60);
      const isInline = getComputedStyle(element).display === 'inline';
      if (!isInline && element.scrollWidth > element.clientWidth + 1) faults.push(`wider than its place: ${words}`);
      const cuts = getComputedStyle(element).overflowY === 'hidden' && element.scrollHeight > element.clientHeight + 1;
      if (!isInline && cuts) faults.push(`cut off below: ${words}`);
      for (const node of element.childNodes) {
        if (node.nodeType !== Node.TEXT_NODE || element.closest('pre, code') !== null) continue;
        for (const word of (node.nodeValue ?? '').matchAll(/(?<![^\s(“"])\p{L}{2,11}(?![^\s.,:;!?)”"…])/gu)) {
          const range = document.createRange();
          range.setStart(node, word.index);
          range.setEnd(node, word.index + word[0].length);
          if (range.getClientRects().length > 1) faults.push(`a torn word: ${word[0]}`);
        }
      }
      const { left, right } = element.getBoundingClientRect();
      if (left < -1 || right > clientWidth + 1) faults.push(`out of the window: ${words}`);
    }
    const headings = [...document.querySelectorAll('main :is(h1, h2, h3)')].filter(isShown);
    for (const notice of [...document.querySelectorAll('main [class*="notice"][data-tone]')].filter(isShown)) {
      const own = notice.getBoundingClientRect();
      for (const heading of headings) {
        if (notice.contains(heading) || heading.contains(notice)) continue;
        const box = heading.getBoundingClientRect();
        const gap = Math.max(box.top - own.bottom, own.top - box.bottom);
        const isBeside = box.right <= own.left || box.left >= own.right;
        if (!isBeside && gap < 6)
          faults.push(`a notice touches a heading: ${(heading.textContent ?? '').slice(0, 60)}`);
      }
    }
    return faults;
  });

/** Windows that everything must fit into: the smallest desktop, a phone, and the smallest desktop at twice its size. */
export const windows = {
  '1024×700': { width: 1024, height: 700 },
  '390': { width: 390, height: 844 },
  '200 %': { width: 512, height: 350 },
} as const;
