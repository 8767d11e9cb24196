/** A value of a reading as a person reads it. */
export function valueText(value: unknown): string {
  if (value === null || value === undefined) return 'not known';
  if (value === true) return 'yes';
  if (value === false) return 'no';
  if (value === '') return 'empty';
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return value.toLocaleString('en');
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map(valueText).join(', ');
  return JSON.stringify(value);
}

const day = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
const time = new Intl.DateTimeFormat(undefined, { timeStyle: 'short' });
const moment = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });

/** `2026-11-22T17:40:00Z` in the reader's own time; the text itself where it is no date. */
export function dayText(at: string): string {
  const date = new Date(at);
  return Number.isNaN(date.valueOf()) ? at : day.format(date);
}

/** As {@link dayText}, without the day. */
export function timeText(at: string): string {
  const date = new Date(at);
  return Number.isNaN(date.valueOf()) ? at : time.format(date);
}

/** As {@link dayText}, to the second. */
export function momentText(at: string): string {
  const date = new Date(at);
  return Number.isNaN(date.valueOf()) ? at : moment.format(date);
}

/** A size as people say it: `1.2 GB`. */
export const sizeText = (bytes: number): string =>
  bytes < 1e9
    ? `${(bytes / 1e6).toLocaleString('en', { maximumFractionDigits: 1 })} MB`
    : `${(bytes / 1e9).toLocaleString('en', { maximumFractionDigits: 2 })} GB`;
