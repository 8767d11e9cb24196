import { describePath } from '../../../diagnosis/load/conditions.ts';
import { limitWords } from '../../../diagnosis/load/limit-words.ts';

export const countOf = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

/** What a value means, without the legend of its words. */
const shortLabel = (label: string): string => label.split(/[:;(]/)[0]?.trim() || label;

type Unit = 'bytes' | 'ms' | '%' | null;

/** The unit stands at the end of what the value means: "Free room, bytes". */
function unitOf(label: string): Unit {
  // German writes it with a capital.
  const unit = /, (bytes|ms|%)$/i.exec(shortLabel(label))?.[1]?.toLowerCase();
  return unit === 'bytes' || unit === 'ms' || unit === '%' ? unit : null;
}

/** What a value means, without its unit and the legend of its words. */
export function labelWords(label: string): string {
  const unit = unitOf(label);
  const short = shortLabel(label);
  return unit === null ? short : short.slice(0, -`, ${unit}`.length);
}

/** "Standby bucket: 5 exempted, 10 active" and "Limit, bytes; -1: none": what a label says of a single value. */
function legendWords(value: string | number, label: string): string | null {
  const legend = /[:;] (?<legend>.*)$/s.exec(label)?.groups?.['legend'] ?? '';
  for (const part of legend.split(/[,;] /)) {
    const [, of, words] = /^(-?[\w.]+)(?:: | (?=\D))(.+)$/.exec(part) ?? [];
    const isNumber = /^-?\d+$/.test(of ?? '');
    if (words !== undefined && (of === String(value) || (of === 'empty' && value === ''))) {
      // Of words only those with a colon are explained: "ignore means exempt" is a sentence.
      if (isNumber || part.includes(': ')) return words;
    }
  }
  return null;
}

/** The words of Android and of this program that a person need not know. */
const knownWords: Readonly<Record<string, string>> = {
  allow: 'allowed',
  ignore: 'not allowed',
  deny: 'refused',
  default: 'as the phone has it',
  foreground: 'only while it is open',
  'disabled-user': 'switched off by the owner',
  'disabled-until-used': 'switched off until it is used',
  enabled: 'switched on',
  disabled: 'switched off',
};

const isCodeWord = (text: string): boolean => /^(?:[A-Z]+(?:_[A-Z]+)+|[a-z]+(?:_[a-z]+)+)$/.test(text);
const isMoment = (text: string): boolean => /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(text);

const isPermission = (value: object): value is { granted: boolean } =>
  'granted' in value && typeof value.granted === 'boolean';

/** `apps.com·example·app.exempt` is a value of com.example.app. */
export const appOf = (path: string): string | null => /^apps\.([^.]+)\./.exec(path)?.[1]?.replaceAll('·', '.') ?? null;

/** The value of any app: `app.exempt`. */
export const pathOfAny = (path: string): string => path.replace(/^apps\.[^.]+\./, 'app.');

/** What the value of a path means; the text itself where it is no path, such as "Model". */
export const pathLabel = (path: string): string => describePath(pathOfAny(path)).label;

/** The last part of a permission or a service says what it is. */
const entryName = (name: string): string => name.replace(/^android\.permission\./, '');

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const mostNamed = 3;

const keys = (list: readonly unknown[]): Set<string> => new Set(list.map((item) => JSON.stringify(item)));

/** In which language and where values are told. */
export interface Telling {
  /** BCP 47. */
  language: string;
  /** IANA; left out: that of this computer. */
  timeZone?: string;
  /** Says what is English here; left out: as it is. */
  say?: (english: string) => string;
}

/** Dates as they are written there: English has two ways, and this program writes the day first. */
const dateLocale = (language: string): string => (language === 'en' ? 'en-GB' : language);

/** Values of a reading as a person reads them, in one language. */
export class ValueWords {
  readonly #language: string;
  readonly #say: (english: string) => string;
  readonly #minute: Intl.DateTimeFormat;
  readonly #day: Intl.DateTimeFormat;

  constructor({ language, timeZone, say = (english) => english }: Telling) {
    this.#language = language;
    this.#say = say;
    const zone = timeZone === undefined ? {} : { timeZone };
    this.#minute = new Intl.DateTimeFormat(dateLocale(language), { dateStyle: 'medium', timeStyle: 'short', ...zone });
    this.#day = new Intl.DateTimeFormat(dateLocale(language), { dateStyle: 'medium', ...zone });
  }

  /** A moment of the store in the time of this place: `28 Nov 2026, 09:51`; the text itself where it is no moment. */
  moment(at: string): string {
    const date = new Date(at);
    return Number.isNaN(date.valueOf()) ? at : this.#minute.format(date);
  }

  /** As {@link moment}, without the time. */
  day(at: string): string {
    const date = new Date(at);
    return Number.isNaN(date.valueOf()) ? at : this.#day.format(date);
  }

  /** A value in a few words, by the label that says what it means; whole values stand behind `--all` and `--json`. */
  value(value: unknown, label = ''): string {
    const unit = unitOf(label);
    if (typeof value === 'boolean') return this.#say(value ? 'yes' : 'no');
    if (typeof value === 'number') return legendWords(value, label) ?? this.#number(value, unit);
    if (typeof value === 'string') return legendWords(value, label) ?? this.#text(value);
    if (Array.isArray(value)) {
      if (value.length === 0) return this.#say('none');
      const isPlain = value.every((item) => typeof item !== 'object');
      return isPlain
        ? value.map((item) => this.value(item)).join(', ')
        : this.#say(countOf(value.length, 'entry', 'entries'));
    }
    if (typeof value !== 'object' || value === null) return this.#say('not known');
    if (isPermission(value)) return this.#say(value.granted ? 'allowed' : 'not allowed');
    const fields = Object.entries(value);
    if (fields.length === 0) return this.#say('none');
    return fields
      .map(([name, item]) => `${name} ${typeof item === 'object' ? this.#nested(item) : this.#text(String(item))}`)
      .join(', ');
  }

  /** A value by its path, as a person reads it: `Running in the background: not allowed`. */
  atPath(path: string, value: unknown): string {
    const label = this.#say(pathLabel(path));
    return `${labelWords(label)}: ${this.value(value, label)}`;
  }

  /** Values before and after, a line each; those that are the same are said once. */
  pathChanges(before: Readonly<Record<string, unknown>>, after: Readonly<Record<string, unknown>>): string[] {
    return [...new Set([...Object.keys(before), ...Object.keys(after)])].map((path) => {
      const label = this.#say(pathLabel(path));
      if (!Object.hasOwn(after, path)) {
        return `${labelWords(label)}: ${this.value(before[path], label)} → ${this.#say('not known')}`;
      }
      if (!Object.hasOwn(before, path)) return this.atPath(path, after[path]);
      const [was, is] = [this.value(before[path], label), this.value(after[path], label)];
      return was === is
        ? `${labelWords(label)}: ${this.#say(`${is}, as before`)}`
        : `${labelWords(label)}: ${this.change(before[path], after[path], label)}`;
    });
  }

  /** One change of a value, said of the entries that changed where it is a list or a record: never two lists side by side. */
  change(before: unknown, after: unknown, label = ''): string {
    if (Array.isArray(before) && Array.isArray(after)) return this.#listChange(before, after);
    if (isRecord(before) && isRecord(after) && !isPermission(before)) return this.#recordChange(before, after);
    return `${this.value(before, label)} → ${this.value(after, label)}`;
  }

  #text(text: string): string {
    if (text === '') return this.#say('nothing');
    if (isMoment(text)) return this.moment(text);
    if (isCodeWord(text)) return text.toLowerCase().replaceAll('_', ' ');
    return Object.hasOwn(knownWords, text) ? this.#say(knownWords[text] ?? text) : text;
  }

  #number(value: number, unit: Unit): string {
    if (unit === null) return String(value);
    if (unit === '%') return `${value} %`;
    if (unit === 'bytes') return limitWords(value, 'bytes', this.#language);
    const minutes = Math.round(value / 60_000);
    return this.#say(
      Math.abs(minutes) < 120 ? countOf(minutes, 'minute', 'minutes') : `${Math.round(minutes / 60)} hours`,
    );
  }

  #nested(item: object | null): string {
    return item !== null && isPermission(item) ? this.value(item) : '…';
  }

  #named(items: readonly unknown[], sign: '+' | '-'): string[] {
    if (items.length === 0) return [];
    const entries = countOf(items.length, 'entry', 'entries');
    if (items.length > mostNamed || items.some((item) => typeof item === 'object')) {
      return [this.#say(sign === '+' ? `${entries} more` : `${entries} gone`)];
    }
    return items.map((item) => this.#say(sign === '+' ? `with ${this.value(item)}` : `without ${this.value(item)}`));
  }

  #listChange(before: readonly unknown[], after: readonly unknown[]): string {
    const [was, is] = [keys(before), keys(after)];
    const parts = [
      ...this.#named(
        after.filter((item) => !was.has(JSON.stringify(item))),
        '+',
      ),
      ...this.#named(
        before.filter((item) => !is.has(JSON.stringify(item))),
        '-',
      ),
    ];
    return parts.length === 0 ? this.#say('in another order') : parts.join(', ');
  }

  #field(record: Record<string, unknown>, name: string): string {
    return Object.hasOwn(record, name) ? this.value(record[name]) : this.#say('none');
  }

  #recordChange(before: Record<string, unknown>, after: Record<string, unknown>): string {
    const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    const changed = names.filter((name) => this.#field(before, name) !== this.#field(after, name));
    const shown = changed
      .slice(0, mostNamed)
      .map((name) => `${entryName(name)} ${this.#field(before, name)} → ${this.#field(after, name)}`);
    const more = changed.length - shown.length;
    return [...shown, ...(more > 0 ? [this.#say(`and ${more} more`)] : [])].join(', ');
  }
}
