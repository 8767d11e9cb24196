import { z } from 'zod';
import type { CatalogFile, Open } from './catalog-file.ts';
import type { CauseText } from './catalog-schemas.ts';

/** A sentence with what stands between the values that are filled in: `There is no ticket {id}.` is `['There is no ticket ', '.']`. */
interface Template {
  literals: readonly string[];
  names: readonly string[];
  said: string;
}

const placeholder = /\{([a-z][A-Za-z0-9.-]*)\}/g;

/** What a sentence names in braces, in its order. */
export const namesIn = (sentence: string): string[] =>
  [...sentence.matchAll(placeholder)].map((match) => match[1] ?? '');

const literalsOf = (sentence: string): string[] => sentence.split(/\{[a-z][A-Za-z0-9.-]*\}/);

/** The values that stand in a text where a template leaves room for them; null where the text is another one. */
function valuesIn(text: string, { literals }: Template): string[] | null {
  const [first = ''] = literals;
  const last = literals.at(-1) ?? '';
  if (!text.startsWith(first) || !text.endsWith(last) || text.length < first.length + last.length) return null;
  const end = text.length - last.length;
  const values: string[] = [];
  let at = first.length;
  for (const literal of literals.slice(1, -1)) {
    const found = text.indexOf(literal, at);
    if (found === -1 || found + literal.length > end) return null;
    values.push(text.slice(at, found));
    at = found + literal.length;
  }
  values.push(text.slice(at, end));
  return values;
}

/** Where one sentence of a text may end and the next begin. */
const betweenSentences = /(?<=[.?!]”?"?\)?) (?=\S)/g;

/** Sentences within each other and one after the other; no text of code has more. */
const deepest = 8;

/** So many texts are said without looking for them again: those of a dozen phones. What phones say of themselves does not fill the memory. */
const keptTexts = 5_000;

/**
 * The sentences that code builds, in one language. As in gettext, a sentence's English is its id, with `{name}` for each value that is
 * filled in: so it is found again wherever it went, thrown through processes or kept in a snapshot.
 */
export class ProgramSentences {
  readonly #whole = new Map<string, string>();
  /** Those with the most words of their own first: they say most. */
  readonly #templates: readonly Template[];

  readonly #conjunction: Intl.ListFormat;

  /** The same texts stand in many findings, and in every answer about a phone. */
  readonly #said = new Map<string, string>();

  /** `sentences`: by their English. */
  constructor(sentences: Readonly<Record<string, string>>, language = 'en') {
    this.#conjunction = new Intl.ListFormat(language, { type: 'conjunction' });
    const templates: Template[] = [];
    for (const [english, said] of Object.entries(sentences)) {
      const names = namesIn(english);
      if (names.length === 0) this.#whole.set(english, said);
      else if (/\p{L}{2}/u.test(literalsOf(english).join(' '))) {
        // What is a value and no more would be found everywhere.
        templates.push({ literals: literalsOf(english), names, said });
      }
    }
    const length = ({ literals }: Template): number => literals.join('').length;
    this.#templates = templates.sort((a, b) => length(b) - length(a));
  }

  /** A text in this language; as it is where it is none of these sentences, nor made of them. */
  say(text: string): string {
    const before = this.#said.get(text);
    if (before !== undefined) return before;
    const said = this.#say(text, deepest) ?? text;
    if (this.#said.size >= keptTexts) this.#said.clear();
    this.#said.set(text, said);
    return said;
  }

  /** Sentence by sentence first: what is filled in may itself be one that stands behind another. */
  #say(text: string, depth: number): string | null {
    return (
      this.#whole.get(text) ??
      this.#several(text, depth) ??
      this.#one(text, depth) ??
      this.#list(text) ??
      this.#ofFile(text)
    );
  }

  /** What is known to be wrong, behind the file that it is said of: `report.zip: The zip file is damaged.` */
  #ofFile(text: string): string | null {
    const at = text.indexOf(': ');
    if (at === -1 || !text.endsWith('.')) return null;
    const sentence = text.slice(at + 2);
    const said = this.#whole.get(sentence) ?? this.#one(sentence, 0);
    return said === null ? null : `${text.slice(0, at)}: ${said}`;
  }

  /** `the charger, a better network and a newer iOS`, where each of them is known. */
  #list(text: string): string | null {
    const said = text.split(/, | and /).map((item) => this.#whole.get(item));
    if (said.length < 2 || said.includes(undefined)) return null;
    return this.#conjunction.format(said.filter((item) => item !== undefined));
  }

  #one(text: string, depth: number): string | null {
    for (const template of this.#templates) {
      const values = valuesIn(text, template);
      if (values === null) continue;
      const said = values.map((value) => (depth === 0 ? value : (this.#say(value, depth - 1) ?? value)));
      return template.said.replaceAll(placeholder, (_, name: string) => said[template.names.indexOf(name)] ?? '');
    }
    return null;
  }

  /** A sentence that is known, and what stands behind it. */
  #several(text: string, depth: number): string | null {
    if (depth === 0) return null;
    for (const { index } of text.matchAll(betweenSentences)) {
      const sentence = text.slice(0, index);
      const first = this.#whole.get(sentence) ?? this.#one(sentence, depth - 1);
      if (first === null) continue;
      const rest = text.slice(index + 1);
      return `${first} ${this.#say(rest, depth - 1) ?? rest}`;
    }
    return null;
  }
}

/** What the values of a reading are called, and what code says beside that: files of every language but English, which stands in the code. */
export const programFiles = ['values.yaml', 'programs.yaml'];

const programFileSchema = z.record(z.string().min(1), z.string().min(1));

const sorted = (sentence: string): string => namesIn(sentence).sort().join(', ');

/** Notes every sentence whose values are not those of its English. */
function checkNames(sentences: Readonly<Record<string, string>>, file: CatalogFile): void {
  for (const [english, said] of Object.entries(sentences)) {
    if (sorted(english) === sorted(said)) continue;
    file.add([english], `it must name what its English names in braces: ${sorted(english)}; it names: ${sorted(said)}`);
  }
}

interface Titled {
  id: string;
  text: CauseText;
}

/** Every title of a catalog by its English: code puts them into its own sentences, and they name an app at most. */
export function titlePairs(english: readonly Titled[], said: readonly Titled[]): Record<string, string> {
  const byId = new Map(said.map(({ id, text }) => [id, text]));
  const pairs = english.flatMap(({ id, text }): [string | undefined, string | undefined][] => {
    const other = byId.get(id);
    if (other === undefined) return [];
    return [
      [text.name, other.name],
      [text.problem, other.problem],
      [text.possible, other.possible],
      [text.ok, other.ok],
      ...Object.entries(text.corrections).map(([correction, { title }]): [string, string | undefined] => [
        title,
        other.corrections[correction]?.title,
      ]),
    ];
  });
  return Object.fromEntries(pairs.filter((pair): pair is [string, string] => !pair.includes(undefined)));
}

/** The words of one language by those of another, where both have them under the same id. */
export const wordPairs = (
  english: Readonly<Record<string, string>>,
  said: Readonly<Record<string, string>>,
): Record<string, string> =>
  Object.fromEntries(
    Object.entries(english).flatMap(([id, words]) => {
      const other = said[id];
      return other === undefined ? [] : [[words, other]];
    }),
  );

/** Loads what code says in a language, beside the titles; mistakes are noted in the file. */
export function loadProgramSentences(
  language: string,
  open: Open,
  titles: Readonly<Record<string, string>>,
): ProgramSentences {
  const all = programFiles.map((name) => {
    const file = open(`texts/${language}/${name}`);
    const sentences = file.read(programFileSchema) ?? {};
    checkNames(sentences, file);
    return sentences;
  });
  return new ProgramSentences(Object.assign({}, titles, ...all) as Record<string, string>, language);
}
