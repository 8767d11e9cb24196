/**
 * What every Android parser needs to take a dump's text apart: lines, whole numbers, durations, blocks. All of it is total and
 * takes time linear in the text.
 */

/** Hands each line with content to `recognise`; gives the number of lines it did not know. */
export function readLines(text: string, recognise: (line: string) => boolean): number {
  let unknown = 0;
  for (const line of text.split('\n')) {
    if (line.trim() !== '' && !recognise(line)) unknown += 1;
  }
  return unknown;
}

/** A whole number, written in decimal and nothing else. null: it is not one (or too long to be exact). */
export function wholeNumber(text: string | undefined): number | null {
  if (text === undefined || text.length > 17) return null;
  const trimmed = text.trim();
  if (!/^[+-]?\d{1,16}$/.test(trimmed)) return null;
  const value = Number(trimmed);
  return Number.isSafeInteger(value) ? value : null;
}

/** `true` and `false` as Java prints them, `1` and `0` as settings keep them; null: neither. */
export function yesOrNo(text: string | undefined): boolean | null {
  switch (text?.trim()) {
    case 'true':
    case '1':
      return true;
    case 'false':
    case '0':
      return false;
    default:
      return null;
  }
}

const duration = /^([+-]?)(?:(\d{1,7})d)?(?:(\d{1,9})h)?(?:(\d{1,9})m)?(?:(\d{1,9})s)?(?:(\d{1,15})ms)?$/;

const part = (digits: string | undefined): number => Number(digits ?? 0);

/**
 * Milliseconds of a duration as AOSP TimeUtils.formatDuration prints it (`+1d2h3m4s5ms`, `-20m16s139ms`, `0`), with its sign.
 * null: no duration (`<uninitialized>`, `none`).
 */
export function durationMs(text: string): number | null {
  const trimmed = text.trim();
  if (trimmed === '0') return 0;
  const match = trimmed.length > 60 ? null : duration.exec(trimmed);
  if (match === null || trimmed.replaceAll(/[+-]/g, '') === '') return null;
  const [, sign, days, hours, minutes, seconds, millis] = match;
  const total = (((part(days) * 24 + part(hours)) * 60 + part(minutes)) * 60 + part(seconds)) * 1000 + part(millis);
  if (!Number.isSafeInteger(total)) return null;
  return sign === '-' && total !== 0 ? -total : total;
}

/** A text that a phone gave, short enough to be quoted in a sentence. */
export const quoted = (text: string): string => `"${text.trim().slice(0, 60)}"`;
