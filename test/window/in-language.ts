import type { Page } from 'playwright-core';
import type { LanguageName } from '../../renderer/language/languages.ts';
import { t } from '../../renderer/language/words.ts';
import type { OpenedWindow } from './open-window.ts';
import { speakInTest } from './spoken-window.ts';
import { unfold } from './screens.ts';

/** Walks the whole way with a sample phone in a language, by the words that the window has in it; `look` looks at each screen. */
export async function walkInLanguage(
  { page, app }: OpenedWindow,
  language: LanguageName,
  look: (page: Page, screen: string) => Promise<void>,
): Promise<void> {
  speakInTest(language);
  try {
    await walk(page, await app.addSample('pixel-14'), look);
  } finally {
    speakInTest('en');
  }
}

async function walk(
  page: Page,
  { phoneId }: { phoneId: string },
  look: (page: Page, screen: string) => Promise<void>,
): Promise<void> {
  const goTo = (place: string): Promise<void> =>
    page.evaluate((hash) => {
      location.hash = hash;
    }, `#/${place}`);
  const button = (name: string) => page.getByRole('button', { name, exact: true });

  await look(page, 'home');
  await goTo(`phones/${phoneId}`);
  await page.getByRole('heading', { level: 1, name: /Pixel 8/ }).waitFor();
  await look(page, 'before the scan');
  await page.keyboard.press('s');
  const fix = button(t('Fix {count, plural, one {# thing} other {# things}}…', { count: 3 }));
  await fix.waitFor();
  await look(page, 'result');
  await unfold(page);
  await look(page, 'result, opened');

  await fix.click();
  const consent = page.getByRole('group', { name: t('Change this on the phone?') });
  await consent.waitFor();
  await look(page, 'consent');
  // The first is to go on: it counts what is ticked.
  await consent.getByRole('button').first().click();
  await page.getByRole('region', { name: t('Fixed and proven') }).waitFor({ timeout: 120_000 });
  await page.getByRole('region', { name: t('Fixing') }).waitFor({ state: 'detached', timeout: 120_000 });
  await look(page, 'fixed');

  await goTo(`phones/${phoneId}/prove`);
  await button(t('Start the test')).waitFor();
  await look(page, 'prove');
  await button(t('Start the test')).click();
  await button(t('Take a photo on the sample')).click();
  await page.locator('[data-certificate]').waitFor({ timeout: 60_000 });
  await look(page, 'certificate');

  await goTo(`phones/${phoneId}/copy`);
  await page.getByRole('main').getByRole('textbox').waitFor();
  await look(page, 'copy');
  await goTo(`phones/${phoneId}/history`);
  await page.getByRole('main').getByRole('table').first().waitFor();
  await look(page, 'history');
  await goTo(`phones/${phoneId}/history/compare`);
  await page.getByRole('main').getByRole('table').first().waitFor();
  await look(page, 'comparison');
  await goTo(`phones/${phoneId}/walk-through`);
  await page.getByText(t('The quick win: off and on again')).waitFor();
  await look(page, 'walk-through');
  await goTo(`phones/${phoneId}/finish`);
  await page.getByRole('main').getByRole('button').first().waitFor();
  await look(page, 'finish');
  await goTo('history');
  await page.getByRole('main').getByRole('table').waitFor();
  await look(page, 'all snapshots');
}
