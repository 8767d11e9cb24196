/** The months as English and German write them in full; people write the first three letters or more. */
const months = ['en', 'de'].map((language) => {
  const name = new Intl.DateTimeFormat(language, { month: 'long', timeZone: 'UTC' });
  return Array.from({ length: 12 }, (_, month) => name.format(Date.UTC(2026, month)).toLowerCase());
});

const shortestMonth = 3;

/** 0 to 11; null: no month is called so. `Sept` and `Mär` are the first letters of one. */
function monthNamed(text: string): number | null {
  const begun = text.toLowerCase();
  if (begun.length < shortestMonth) return null;
  const found = months.map((names) => names.findIndex((name) => name.startsWith(begun))).find((month) => month >= 0);
  return found ?? null;
}

const dayFirst =
  /(?<![\p{L}\p{N}.-])(?<day>\d{1,2})\.?\s+(?<month>\p{L}{3,9})\.?(?:,?\s+(?<year>\d{4}))?(?![\p{L}\p{N}-])/u;
const monthFirst =
  /(?<![\p{L}\p{N}.-])(?<month>\p{L}{3,9})\.?\s+(?<day>\d{1,2})(?:,?\s+(?<year>\d{4}))?(?![\p{L}\p{N}-])/u;

/**
 * A day as this program shows it, made a word that is looked for: `28 Nov 2026`, `28. Nov. 2026` and `Nov 28, 2026` become `2026-11-28`.
 * Without a year, the last such day until `now`.
 */
export function withPlainDays(text: string, now: Date): string {
  for (const pattern of [dayFirst, monthFirst]) {
    const found = pattern.exec(text);
    const { day = '', month: named = '', year } = found?.groups ?? {};
    const month = found === null ? null : monthNamed(named);
    if (found === null || month === null) continue;
    const thisYear = now.getFullYear();
    const isAhead = new Date(thisYear, month, Number(day)) > now;
    const plain = `${year ?? thisYear - (isAhead ? 1 : 0)}-${month + 1}-${day}`;
    return `${text.slice(0, found.index)} ${plain} ${text.slice(found.index + found[0].length)}`;
  }
  return text;
}
