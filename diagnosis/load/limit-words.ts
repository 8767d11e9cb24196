import type { LimitUnit } from './catalog-schemas.ts';

const hourMs = 3_600_000;
const timeUnits = [
  ['year', 8760 * hourMs],
  ['week', 168 * hourMs],
  ['day', 24 * hourMs],
  ['hour', hourMs],
  ['minute', 60_000],
] as const;
const sizeUnits = [
  ['gigabyte', 1_000_000_000],
  ['megabyte', 1_000_000],
] as const;

/** Each is made once: that takes a hundred times what it takes to use it. */
const formats = new Map<string, Intl.NumberFormat>();

function inUnit(value: number, unit: string, language: string, unitDisplay: 'long' | 'short'): string {
  const key = `${language} ${unit} ${unitDisplay}`;
  const format =
    formats.get(key) ?? new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay, maximumFractionDigits: 1 });
  formats.set(key, format);
  return format.format(value);
}

/** A time in the largest unit that it is a whole number of. */
function timeWords(ms: number, language: string): string {
  const [unit, length] = timeUnits.find(([, each]) => ms % each === 0) ?? ['second', 1000];
  return inUnit(ms / length, unit, language, 'long');
}

export function sizeWords(bytes: number, language: string): string {
  const [unit, size] = sizeUnits.find(([, each]) => bytes >= each) ?? ['byte', 1];
  return inUnit(bytes / size, unit, language, 'short');
}

/** A number of `limits.yaml` as a text says it: `8760` hours are "1 year", `1500000000` bytes are "1.5 GB". */
export function limitWords(value: number, unit: LimitUnit | undefined, language: string): string {
  switch (unit) {
    case 'bytes':
      return sizeWords(value, language);
    case 'hours':
      return timeWords(value * hourMs, language);
    case 'milliseconds':
      return timeWords(value, language);
    case undefined:
      return String(value);
  }
}
