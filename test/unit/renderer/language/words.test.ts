import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { afterEach, expect, test } from 'vitest';
import { english } from '../../../../renderer/language/languages.ts';
import { pseudo } from '../../../../renderer/language/pseudo.ts';
import { languageFor, speakOf, spoken } from '../../../../renderer/language/spoken.ts';
import { t } from '../../../../renderer/language/words.ts';

const german: Record<string, string> = {
  Copy: 'Kopieren',
  'the tab\u0004Copy': 'Kopie',
  '{count, plural, one {# thing} other {# things}} to fix':
    '{count, plural, one {# Punkt} other {# Punkte}} zu beheben',
  'Tap <b>Allow</b> on {phone}': 'Tippen Sie auf {phone} auf <b>Zulassen</b>',
};
const speakGerman = (): void => speakOf('de', { direction: 'ltr', wordsFor: (key, message) => german[key] ?? message });
afterEach(() => speakOf('en', english));

const b = (inner: React.ReactNode) => createElement('b', null, inner);
const tapped = (phone: string) =>
  renderToStaticMarkup(createElement('p', null, t.rich('Tap <b>Allow</b> on {phone}', { b, phone })));
const things = (count: number): string => t('{count, plural, one {# thing} other {# things}} to fix', { count });

test('English is what stands in the sources, with the plural of each number', () => {
  expect([t('Copy'), things(1), things(1200)]).toEqual(['Copy', '1 thing to fix', '1,200 things to fix']);
});

test('another language has its own words, plurals and numbers, and several for one of English', () => {
  speakGerman();
  expect([t('Copy'), t.as('the tab', 'Copy')]).toEqual(['Kopieren', 'Kopie']);
  expect([things(1), things(1200)]).toEqual(['1 Punkt zu beheben', '1.200 Punkte zu beheben']);
  expect(t('Cancel')).toBe('Cancel');
});

test('elements stand where the language wants them, and what is put in is never read as a message', () => {
  expect(tapped('Pixel {8} <b>')).toBe('<p>Tap <b>Allow</b> on Pixel {8} &lt;b&gt;</p>');
  speakGerman();
  expect(tapped('Pixel 8')).toBe('<p>Tippen Sie auf Pixel 8 auf <b>Zulassen</b></p>');
});

test('the first language that somebody reads and the window has is spoken, else English', () => {
  expect(languageFor(['de-AT', 'en'])).toBe('de');
  expect(languageFor(['fr', 'en-GB', 'de'])).toBe('en');
  expect(languageFor(['fr'])).toBe('en');
  expect(languageFor(['en-XA'])).toBe('en-XA');
  expect(spoken().name).toBe('en');
});

test('the language for tests is a third longer, in every part of a message', () => {
  speakOf('ar-XB', pseudo('rtl'));
  expect(t('Copy')).toBe('Cópyøø');
  expect(things(2)).toBe('2 thíngsøø tó fíx øø');
  expect(t('No phone is plugged in')).toBe('Nó phóné ís plúggéd ín øøøøøø ø');
});
