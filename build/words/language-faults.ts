import { IntlMessageFormat } from 'intl-messageformat';
import PO from 'pofile';
import { keyOf } from './language-file.ts';
import type { Message } from './window-words.ts';

type Parsed = ReturnType<IntlMessageFormat['getAst']>;
type Part = Parsed[number];

const optionsOf = (part: Part): [string, Parsed][] =>
  'options' in part ? Object.entries(part.options).map(([name, { value }]) => [name, value]) : [];

/** Every place of a message and what stands in it, in one order: `count plural`, `<b>`. */
function placesOf(parts: Parsed): string[] {
  const places = parts.flatMap((part) => {
    const inner = [...optionsOf(part).map(([, value]) => value), 'children' in part ? part.children : []];
    const own =
      'children' in part
        ? [`<${part.value}>`]
        : 'options' in part
          ? [`${part.value}, ${'pluralType' in part ? 'plural' : `select of ${Object.keys(part.options).join(', ')}`}`]
          : part.type === 1 || part.type === 2
            ? [`${part.value}${part.type === 2 ? ', number' : ''}`]
            : [];
    return [...own, ...inner.flatMap(placesOf)];
  });
  return [...new Set(places)].toSorted();
}

/** The forms that the language has for numbers and a plural of the message has not. */
function missingForms(parts: Parsed, language: string): string[] {
  return parts.flatMap((part) => {
    const options = optionsOf(part);
    const inner = [...options.map(([, value]) => value), 'children' in part ? part.children : []];
    const below = inner.flatMap((value) => missingForms(value, language));
    if (!('pluralType' in part)) return below;
    const { pluralCategories } = new Intl.PluralRules(language, {
      type: part.pluralType ?? 'cardinal',
    }).resolvedOptions();
    return [...pluralCategories.filter((form) => !options.some(([name]) => name === form)), ...below];
  });
}

const parse = (message: string, language: string): Parsed | string => {
  try {
    return new IntlMessageFormat(message, language).getAst();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
};

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
    const [source, target] = [parse(item.msgid, 'en'), parse(translation, language)];
    if (typeof source === 'string' || typeof target === 'string') {
      faults.push(`no message: ${text}: ${typeof source === 'string' ? source : String(target)}`);
      continue;
    }
    const [asked, given] = [placesOf(source).join(' · '), placesOf(target).join(' · ')];
    if (asked !== given)
      faults.push(`other places: ${text} has ${asked || 'none'}, its translation ${given || 'none'}`);
    for (const form of missingForms(target, language)) faults.push(`no form for ${form}: ${text}`);
  }
  return faults;
}
