import type { Page } from 'playwright-core';

/** Where a page is told of a file's path, as Electron's are, and nobody but the test knows it (test/desktop/window-in-desktop.ts). */
export const tellPath = new WeakMap<Page, (path: string) => Promise<void>>();

/** Chooses a file in place of a phone. */
export async function chooseFile(page: Page, path: string): Promise<void> {
  await tellPath.get(page)?.(path);
  await page.getByLabel('File to open').setInputFiles(path);
}
