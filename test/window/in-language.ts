import type { Page } from 'playwright-core';
import type { LanguageName } from '../../renderer/language/languages.ts';
import { t } from '../../renderer/language/words.ts';
import type { OpenedWindow } from './open-window.ts';
import { otherScreens, phoneScreens, visit } from './every-screen.ts';
import { unfold } from './screens.ts';
import { shopScreens } from './shop-screens.ts';
import { speakInTest } from './spoken-window.ts';
import { still } from './stillness.ts';

/** Walks the whole way with a sample phone in a language, by the words that the window has in it; `look` looks at each screen. */
export async function walkInLanguage(
  { page, app }: OpenedWindow,
  language: LanguageName,
  look: (page: Page, screen: string) => Promise<void>,
): Promise<void> {
  speakInTest(language);
  try {
    await walk(page, app, look);
  } finally {
    speakInTest('en');
  }
}

async function walk(
  page: Page,
  app: OpenedWindow['app'],
  look: (page: Page, screen: string) => Promise<void>,
): Promise<void> {
  const { phoneId } = await app.addSample('pixel-14');
  const button = (name: string) => page.getByRole('button', { name, exact: true });

  await look(page, 'home');
  await page.evaluate((hash) => {
    location.hash = hash;
  }, `#/phones/${phoneId}`);
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
  for (const box of await consent.getByRole('checkbox').all()) await box.check();
  await look(page, 'consent');
  await button(t('Fix {count, plural, one {# thing} other {# things}}', { count: 3 })).click();
  const proven = page.getByRole('region', { name: t('Fixed and checked') });
  await proven.getByText(t('{count, number} fixed and checked', { count: 3 })).waitFor({ timeout: 300_000 });
  await look(page, 'fixed');
  await button(t('Prove it: take a photo')).click();
  await button(t('Take a photo on the sample')).click();
  await page.getByRole('region', { name: t('Certificate') }).waitFor({ timeout: 60_000 });
  await look(page, 'certificate');

  const { id: snapshot } = app.snapshots()[0] ?? { id: '' };
  for (const screen of [...phoneScreens(phoneId), ...otherScreens(snapshot), ...(await shopScreens(app, snapshot))]) {
    await visit(page, screen);
    await unfold(page);
    await still(page);
    await look(page, screen.name);
  }
}
