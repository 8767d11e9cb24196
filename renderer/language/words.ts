import type { GetICUArgs } from '@schummar/icu-type-parser';
import { IntlMessageFormat } from 'intl-messageformat';
import { createElement, Fragment, type ReactNode } from 'react';
import { spoken } from './spoken.ts';

/** A plain `{name}` takes text: a number is written `{name, number}`, so that it is written as the language writes numbers. */
interface TextArguments {
  ICUArgument: string;
  ICUNumberArgument: number;
  ICUDateArgument: Date;
}
type RichArguments = Omit<TextArguments, 'ICUArgument'> & { ICUArgument: ReactNode };

/** The elements that are named in a message: `tap <b>Allow</b>`. */
type Elements<Message extends string> = Message extends `${string}</${infer Name}>${infer Rest}`
  ? Name | Elements<Rest>
  : never;

type Values<Message extends string> = GetICUArgs<Message, TextArguments>;
type RichValues<Message extends string> = GetICUArgs<Message, RichArguments> &
  Record<Elements<Message>, (inner: ReactNode) => ReactNode>;

/** Nothing is given for a message without places. */
type Given<All> = keyof All extends never ? [] : [values: All];

/** A message stands in the source as it is shown: what is made at run time is in no language's file. */
type Literal<Message extends string> = string extends Message ? never : Message;

/** As gettext writes it: what the word is, END OF TRANSMISSION, the word. */
const keyOf = (context: string, message: string): string => `${context}\u0004${message}`;

const plain = /^[^{}<>']*$/;

function formatOf(key: string, message: string): IntlMessageFormat {
  const { formats, wordsFor, locale } = spoken();
  const kept = formats.get(key);
  if (kept !== undefined) return kept;
  const made = new IntlMessageFormat(wordsFor(key, message), locale);
  formats.set(key, made);
  return made;
}

function inWords(key: string, message: string, values: object | undefined): string {
  const { wordsFor } = spoken();
  const words = wordsFor(key, message);
  if (typeof words === 'string' && plain.test(words)) return words;
  const said: unknown = formatOf(key, message).format({ ...values });
  return String(said);
}

const together = (parts: ReactNode): ReactNode =>
  Array.isArray(parts) ? createElement(Fragment, null, ...(parts as ReactNode[])) : parts;

function inElements(message: string, values: object | undefined): ReactNode {
  const given = Object.entries({ ...values }).map(([name, value]: [string, unknown]) => [
    name,
    typeof value === 'function'
      ? (parts: ReactNode) => (value as (inner: ReactNode) => ReactNode)(together(parts))
      : value,
  ]);
  return together(formatOf(message, message).format<ReactNode>(Object.fromEntries(given)));
}

/**
 * A sentence of the window in the language that is spoken. It is written here in English, in ICU's message format, and is found by this
 * text in the file of each language: `t('{count, plural, one {# thing} other {# things}} to fix', { count })`.
 */
export function t<const Message extends string>(
  message: Elements<Message> extends never ? Literal<Message> : never,
  ...[values]: Given<Values<Message>>
): string {
  return inWords(message, message, values);
}

/** A sentence with elements in it: `t.rich('Tap <b>Allow</b> on {phone}', { b: (inner) => <b>{inner}</b>, phone: <PhoneText>…</PhoneText> })`. */
t.rich = <const Message extends string>(
  message: Literal<Message>,
  ...[values]: Given<RichValues<Message>>
): ReactNode => inElements(message, values);

/** A word that another language has several for, and what it is here: `t.as('the tab', 'Copy')`. */
t.as = <const Message extends string>(
  context: string,
  message: Literal<Message>,
  ...[values]: Given<Values<Message>>
): string => inWords(keyOf(context, message), message, values);
