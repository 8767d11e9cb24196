import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type MessageFormatElement,
  isLiteralElement,
  isPluralElement,
  isSelectElement,
  isTagElement,
  parse,
} from '@formatjs/icu-messageformat-parser';
import type { Page } from 'playwright-core';
import PO from 'pofile';
import { messagesOf } from '../../build/words/language-file.ts';
import { english, type Language, type LanguageName } from '../../renderer/language/languages.ts';
import { pseudo } from '../../renderer/language/pseudo.ts';
import { speakOf } from '../../renderer/language/spoken.ts';

const german = readFileSync(join(import.meta.dirname, '..', '..', 'renderer', 'language', 'de.po'), 'utf8');
const messages = messagesOf(german);

const spoken: Partial<Record<LanguageName, Language>> = {
  de: { direction: 'ltr', wordsFor: (key, message) => messages[key] ?? message },
  'en-XA': pseudo('ltr'),
  'ar-XB': pseudo('rtl'),
};

/** From now on `t` says in a test what the window says in this language. */
export const speakInTest = (name: LanguageName): void => speakOf(name, spoken[name] ?? english);

const escaped = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&').replaceAll(/\s+/g, '\\s+');

const patternOf = (parts: readonly MessageFormatElement[]): string =>
  parts
    .map((part) => {
      if (isLiteralElement(part)) return escaped(part.value);
      if (isTagElement(part)) return patternOf(part.children);
      if (isPluralElement(part) || isSelectElement(part)) {
        return `(?:${Object.values(part.options)
          .map(({ value }) => patternOf(value))
          .join('|')})`;
      }
      return '.+?';
    })
    .join('');

/** What a message may look like on the page; null where it has no word of its own. */
function shapeOf(message: string): RegExp | null {
  const pattern = patternOf(parse(message));
  return /\p{L}{3}/u.test(pattern.replaceAll('\\s', '')) ? new RegExp(`^\\s*${pattern}[:.…]?\\s*$`, 'u') : null;
}

const translated = PO.parse(german).items.filter(({ msgid, msgstr }) => msgid !== msgstr[0]);
const englishShapes = translated.flatMap(({ msgid }) => shapeOf(msgid) ?? []);
const germanShapes = Object.values(messages).flatMap((message) => shapeOf(message) ?? []);

/**
 * Every text of a part of the page that is shown or read aloud, by text and by sentence; not what the program or a phone says, which stands
 * in a `bdi` of its own.
 */
const textsOf = (page: Page, selector: string): Promise<string[]> =>
  page.evaluate((part) => {
    const texts = new Set<string>();
    for (const element of document.querySelectorAll(`${part} *`)) {
      for (const name of ['aria-label', 'title', 'placeholder', 'alt']) texts.add(element.getAttribute(name) ?? '');
      if (element.closest('bdi') !== null) continue;
      if ([...element.children].every((child) => getComputedStyle(child).display.startsWith('inline'))) {
        const own = element.cloneNode(true) as Element;
        for (const said of own.querySelectorAll('bdi')) said.textContent = '…';
        texts.add(own.textContent ?? '');
      }
      for (const child of element.childNodes) if (child.nodeType === Node.TEXT_NODE) texts.add(child.textContent ?? '');
    }
    return [...texts].map((text) => text.trim()).filter((text) => text !== '');
  }, selector);

/** What a part of the page says in the window's English although it has German for it. */
export async function englishOn(page: Page, selector = 'main'): Promise<string[]> {
  const texts = await textsOf(page, selector);
  return texts.filter(
    (text) => englishShapes.some((shape) => shape.test(text)) && !germanShapes.some((shape) => shape.test(text)),
  );
}
