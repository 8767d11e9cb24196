import {
  isArgumentElement,
  isNumberElement,
  isPluralElement,
  isSelectElement,
  isTagElement,
  type MessageFormatElement,
  parse,
} from '@formatjs/icu-messageformat-parser';
import PO from 'pofile';
import { keyOf } from './language-file.ts';
import type { Message } from './window-words.ts';

type Parts = MessageFormatElement[];

/** The parts that stand within a part. */
const within = (part: MessageFormatElement): Parts[] =>
  isPluralElement(part) || isSelectElement(part)
    ? Object.values(part.options).map(({ value }) => value)
    : isTagElement(part)
      ? [part.children]
      : [];

function placeOf(part: MessageFormatElement): string | null {
  if (isTagElement(part)) return `<${part.value}>`;
  if (isPluralElement(part)) return `${part.value}, plural`;
  if (isSelectElement(part)) return `${part.value}, select of ${Object.keys(part.options).toSorted().join(' ')}`;
  if (isNumberElement(part)) return `${part.value}, number`;
  return isArgumentElement(part) ? part.value : null;
}

/** Every place of a message and what stands in it, in one order: `count, plural`, `<b>`. */
const placesOf = (parts: Parts): string[] =>
  [...new Set(parts.flatMap((part) => [placeOf(part) ?? [], ...within(part).map(placesOf)].flat(2)))].toSorted();

/** The forms that the language has for numbers and a plural of the message has not. */
function missingForms(parts: Parts, language: string): string[] {
  return parts.flatMap((part) => {
    const below = within(part).flatMap((inner) => missingForms(inner, language));
    if (!isPluralElement(part)) return below;
    const rules = new Intl.PluralRules(language, { type: part.pluralType ?? 'cardinal' });
    return [...rules.resolvedOptions().pluralCategories.filter((form) => !(form in part.options)), ...below];
  });
}

/** A message in its parts; what is wrong with it where it is none. */
function read(message: string): { parts: Parts } | { wrong: string } {
  try {
    return { parts: parse(message) };
  } catch (error) {
    return { wrong: error instanceof Error ? error.message : String(error) };
  }
}

/** What is wrong with the file of a language, in one line each. */
export function languageFaults(file: string, language: string, messages: readonly Message[]): string[] {
  const said = new Map(messages.map((message) => [keyOf({ msgctxt: message.context, msgid: message.text }), message]));
  const { items } = PO.parse(file);
  const found = new Set(items.map(keyOf));
  const faults = [...said]
    .filter(([key]) => !found.has(key))
    .map(([, { text, files }]) => `not in the file: "${text}" of ${files.join(', ')}`);
  for (const item of items) {
    const [translation = ''] = item.msgstr;
    const text = `"${item.msgid}"`;
    if (!said.has(keyOf(item))) faults.push(`not said any more: ${text}`);
    if (translation === '') {
      faults.push(`not translated: ${text}`);
      continue;
    }
    const [source, target] = [read(item.msgid), read(translation)];
    if ('wrong' in source || 'wrong' in target) {
      faults.push(`no message: ${text}: ${'wrong' in source ? source.wrong : 'wrong' in target ? target.wrong : ''}`);
      continue;
    }
    const [asked, given] = [placesOf(source.parts).join(' · '), placesOf(target.parts).join(' · ')];
    if (asked !== given)
      faults.push(`other places: ${text} has ${asked || 'none'}, its translation ${given || 'none'}`);
    for (const form of missingForms(target.parts, language)) faults.push(`no form for ${form}: ${text}`);
  }
  return faults;
}
