import { describePath } from '../../diagnosis/load/conditions.ts';
import { limitWords } from '../../diagnosis/load/limit-words.ts';

export const countOf = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

const minute = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' });

/** A moment of the store in the time of this computer: `28 Nov 2026, 09:51`; the text itself where it is no moment. */
export function momentWords(at: string): string {
  const date = new Date(at);
  return Number.isNaN(date.valueOf()) ? at : minute.format(date);
}

/** What a value means, without the legend of its words. */
const shortLabel = (label: string): string => label.split(/[:;(]/)[0]?.trim() || label;

type Unit = 'bytes' | 'ms' | '%' | null;

/** The unit stands at the end of what the value means: "Free room, bytes". */
function unitOf(label: string): Unit {
  const [, unit] = /, (bytes|ms|%)$/.exec(shortLabel(label)) ?? [];
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

function textWords(text: string): string {
  if (text === '') return 'nothing';
  if (isMoment(text)) return momentWords(text);
  if (isCodeWord(text)) return text.toLowerCase().replaceAll('_', ' ');
  return Object.hasOwn(knownWords, text) ? (knownWords[text] ?? text) : text;
}

function numberWords(value: number, unit: Unit): string {
  if (unit === null) return String(value);
  if (unit === '%') return `${value} %`;
  if (unit === 'bytes') return limitWords(value, 'bytes', 'en');
  const minutes = Math.round(value / 60_000);
  return Math.abs(minutes) < 120 ? countOf(minutes, 'minute', 'minutes') : `${Math.round(minutes / 60)} hours`;
}

const isPermission = (value: object): value is { granted: boolean } =>
  'granted' in value && typeof value.granted === 'boolean';

/** A value in a few words, by the label that says what it means; whole values stand behind `--all` and `--json`. */
export function valueWords(value: unknown, label = ''): string {
  const unit = unitOf(label);
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'number') return legendWords(value, label) ?? numberWords(value, unit);
  if (typeof value === 'string') return legendWords(value, label) ?? textWords(value);
  if (Array.isArray(value)) {
    if (value.length === 0) return 'none';
    const isPlain = value.every((item) => typeof item !== 'object');
    return isPlain ? value.map((item) => valueWords(item)).join(', ') : countOf(value.length, 'entry', 'entries');
  }
  if (typeof value !== 'object' || value === null) return 'not known';
  if (isPermission(value)) return value.granted ? 'allowed' : 'not allowed';
  const fields = Object.entries(value);
  if (fields.length === 0) return 'none';
  return fields
    .map(([name, item]) => `${name} ${typeof item === 'object' ? nestedWords(item) : textWords(String(item))}`)
    .join(', ');
}

function nestedWords(item: object | null): string {
  return item !== null && isPermission(item) ? valueWords(item) : '…';
}

/** `apps.com·example·app.exempt` is a value of com.example.app. */
export const appOf = (path: string): string | null => /^apps\.([^.]+)\./.exec(path)?.[1]?.replaceAll('·', '.') ?? null;

/** The value of any app: `app.exempt`. */
export const pathOfAny = (path: string): string => path.replace(/^apps\.[^.]+\./, 'app.');

/** What the value of a path means; the text itself where it is no path, such as "Model". */
export const pathLabel = (path: string): string => describePath(pathOfAny(path)).label;

/** A value by its path, as a person reads it: `Running in the background: not allowed`. */
export const pathValueWords = (path: string, value: unknown): string =>
  `${labelWords(pathLabel(path))}: ${valueWords(value, pathLabel(path))}`;

/** Values before and after, a line each; those that are the same are said once. */
export function pathChangeLines(before: Readonly<Record<string, unknown>>, after: Readonly<Record<string, unknown>>) {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].map((path) => {
    const label = pathLabel(path);
    if (!Object.hasOwn(after, path)) return `${labelWords(label)}: ${valueWords(before[path], label)} → not known`;
    if (!Object.hasOwn(before, path)) return pathValueWords(path, after[path]);
    const [was, is] = [valueWords(before[path], label), valueWords(after[path], label)];
    return was === is
      ? `${labelWords(label)}: ${is}, as before`
      : `${labelWords(label)}: ${changeWords(before[path], after[path], label)}`;
  });
}

/** The last part of a permission or a service says what it is. */
const entryName = (name: string): string => name.replace(/^android\.permission\./, '');

/** One change of a value, said of the entries that changed where it is a list or a record: never two lists side by side. */
export function changeWords(before: unknown, after: unknown, label = ''): string {
  if (Array.isArray(before) && Array.isArray(after)) return listChange(before, after);
  if (isRecord(before) && isRecord(after) && !isPermission(before)) return recordChange(before, after);
  return `${valueWords(before, label)} → ${valueWords(after, label)}`;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const mostNamed = 3;

const named = (items: readonly unknown[], sign: string): string[] =>
  items.length === 0
    ? []
    : items.length > mostNamed || items.some((item) => typeof item === 'object')
      ? [`${countOf(items.length, 'entry', 'entries')} ${sign === '+' ? 'more' : 'gone'}`]
      : items.map((item) => `${sign === '+' ? 'with' : 'without'} ${valueWords(item)}`);

const keys = (list: readonly unknown[]): Set<string> => new Set(list.map((item) => JSON.stringify(item)));

function listChange(before: readonly unknown[], after: readonly unknown[]): string {
  const [was, is] = [keys(before), keys(after)];
  const parts = [
    ...named(
      after.filter((item) => !was.has(JSON.stringify(item))),
      '+',
    ),
    ...named(
      before.filter((item) => !is.has(JSON.stringify(item))),
      '-',
    ),
  ];
  return parts.length === 0 ? 'in another order' : parts.join(', ');
}

const fieldWords = (record: Record<string, unknown>, name: string): string =>
  Object.hasOwn(record, name) ? valueWords(record[name]) : 'none';

function recordChange(before: Record<string, unknown>, after: Record<string, unknown>): string {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const changed = names.filter((name) => fieldWords(before, name) !== fieldWords(after, name));
  const shown = changed
    .slice(0, mostNamed)
    .map((name) => `${entryName(name)} ${fieldWords(before, name)} → ${fieldWords(after, name)}`);
  const more = changed.length - shown.length;
  return [...shown, ...(more > 0 ? [`and ${more} more`] : [])].join(', ');
}
