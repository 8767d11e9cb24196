import { spoken } from '../language/spoken.ts';
import { t } from '../language/words.ts';

/** A number, as the language writes numbers. */
export const numberText = (number: number): string => number.toLocaleString(spoken().locale);

/** Several things in one sentence: `A, B and C`. */
export const listText = (things: readonly string[]): string => new Intl.ListFormat(spoken().locale).format(things);

/** A value of a reading as a person reads it. */
export function valueText(value: unknown): string {
  if (value === null || value === undefined) return t('not known');
  if (value === true) return t('yes');
  if (value === false) return t('no');
  if (value === '') return t('empty');
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return numberText(value);
  if (Array.isArray(value)) return value.length === 0 ? t('none') : value.map(valueText).join(', ');
  return JSON.stringify(value);
}

const styles = {
  day: { dateStyle: 'medium', timeStyle: 'short' },
  time: { timeStyle: 'short' },
  date: { dateStyle: 'medium' },
  short: { day: 'numeric', month: 'short' },
  moment: { dateStyle: 'medium', timeStyle: 'medium' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

/** Making one takes longer than using it. */
const formats = new Map<string, Intl.DateTimeFormat>();

function dateText(at: string, style: keyof typeof styles): string {
  const date = new Date(at);
  if (Number.isNaN(date.valueOf())) return at;
  const { locale } = spoken();
  const key = `${locale} ${style}`;
  const format = formats.get(key) ?? new Intl.DateTimeFormat(locale, styles[style]);
  formats.set(key, format);
  return format.format(date);
}

/** `2026-11-22T17:40:00Z` in the reader's own time; the text itself where it is no date. */
export const dayText = (at: string): string => dateText(at, 'day');

/** As {@link dayText}, without the day. */
export const timeText = (at: string): string => dateText(at, 'time');

/** The time alone where it is of today; a time without a day would be taken for one. */
export const sinceTodayText = (at: string, now = new Date()): string =>
  new Date(at).toDateString() === now.toDateString() ? timeText(at) : dayText(at);

/** As {@link dayText}, without the time. */
export const dateOnlyText = (at: string): string => dateText(at, 'date');

/** `22 Nov`: below a drawing. */
export const shortDayText = (at: string): string => dateText(at, 'short');

/** As {@link dayText}, to the second. */
export const momentText = (at: string): string => dateText(at, 'moment');

/** A size as people say it: `1.2 GB`. */
export function sizeText(bytes: number): string {
  const isSmall = bytes < 1e9;
  return (bytes / (isSmall ? 1e6 : 1e9)).toLocaleString(spoken().locale, {
    style: 'unit',
    unit: isSmall ? 'megabyte' : 'gigabyte',
    maximumFractionDigits: isSmall ? 1 : 2,
  });
}
