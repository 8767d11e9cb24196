import { createRequire } from 'node:module';
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';

interface Violation {
  id: string;
  impact: string;
  help: string;
  nodes: { html: string }[];
}

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** In dark the same elements have other colours and nothing else, so that of the same rules only those about colours are asked again. */
const runOnly = {
  light: JSON.stringify(rules),
  dark: `axe.getRules(${JSON.stringify(rules)}).filter(({ tags }) => tags.includes('cat.color')).map(({ ruleId }) => ruleId)`,
} as const;
export type Scheme = keyof typeof runOnly;

/**
 * The page as a person sees it: the colours of what has just changed are those of the frame after. They change at once: else each element
 * would take its colour a frame after the one that it stands in.
 */
async function painted(page: Page, scheme: Scheme): Promise<void> {
  await page.waitForFunction((wanted) => document.documentElement.dataset['mantineColorScheme'] === wanted, scheme);
  await page.evaluate(
    () => new Promise<void>((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve()))),
  );
}

async function prepare(page: Page): Promise<void> {
  if (await page.evaluate(() => 'axe' in window)) return;
  await page.evaluate(axe);
  await page.evaluate(() => {
    const atOnce = new CSSStyleSheet();
    atOnce.replaceSync('*, *::before, *::after { transition: none !important; }');
    document.adoptedStyleSheets.push(atOnce);
  });
}

/**
 * What axe finds on the page as it is, in one line each, without the rules in `without`. `resultTypes`: of what is right, axe would else
 * describe every element.
 */
export async function violations(page: Page, scheme: Scheme, without: readonly string[] = []): Promise<string[]> {
  await prepare(page);
  await page.emulateMedia({ colorScheme: scheme });
  await painted(page, scheme);
  const options = `{ runOnly: ${runOnly[scheme]}, resultTypes: ['violations'] }`;
  const found = await page.evaluate<Violation[]>(`axe.run(document, ${options}).then(({ violations }) => violations)`);
  return found
    .filter(({ id }) => !without.includes(id))
    .map(({ id, impact, help, nodes }) => `${impact}: ${id}: ${help}: ${nodes[0]?.html ?? ''}`);
}
