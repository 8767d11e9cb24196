/** Other ways in which people and programs write what is known: between its letters, around them, and in an address. */

const between = String.raw`[\s:./()_-]{0,2}`;
const letter = String.raw`[\p{L}\p{N}]`;
/** Of a package (`com.google.…`), where a word is nobody's name. */
const packageBefore = String.raw`\b(?:com|org|net|io|android|google)\.`;

/** What is left of a value when case, accents' encoding, signs and an address's encoding do not count. */
export function folded(text: string): string {
  return decoded(text)
    .normalize('NFC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '');
}

function decoded(text: string): string {
  if (!/%[0-9a-f]{2}/i.test(text)) return text;
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) return text;
    throw error;
  }
}

const spelled = (text: string): string =>
  Array.from(text, (sign) => (/['’]/.test(sign) ? "(?:'|’|%27)" : RegExp.escape(sign))).join('');
const spaced = (text: string): string => Array.from(text, (sign) => RegExp.escape(sign)).join(between);

/** A number that people write with their country or without, in groups of their own. */
function phoneNumber(value: string, digits: string): string {
  const core = value.startsWith('+') ? digits.slice(2) : digits.replace(/^0{1,2}/, '');
  const group = String.raw`\d{1,4}[ ()/.-]{0,3}`;
  return String.raw`(?<!\d)(?:[+(]{0,2}${group}(?:${group})?)?${spaced(core)}(?!\d)`;
}

/** The digits that all spellings of a number have: an IMEI's last one is another where its software's version follows. */
function numberPattern(value: string, digits: string): string {
  if (isImei(digits)) {
    return String.raw`(?<!\d)${spaced(digits.slice(0, 14))}(?:${between}\d){0,2}(?!\d)`;
  }
  if (/^[+0(]/.test(value) || digits.length < 14) return phoneNumber(value, digits);
  return String.raw`(?<!\d)${spaced(digits)}F?(?!\d)`;
}

/** The source of a pattern, of flags `giu`, that finds a value however it is written. */
export function spellingsOf(value: string): string {
  const digits = value.replaceAll(/\D/g, '');
  if (digits.length >= 8 && /^[+\d ()/.-]+$/.test(value)) return numberPattern(value, digits);
  const signs = value.replaceAll(/[:-]/g, '');
  const isSerial =
    /^[0-9A-Za-z]{8,}$/.test(value) ||
    /^[0-9A-F]{8}-[0-9A-F]{16}$/i.test(value) ||
    /^(?:[0-9A-F]{2}[:-]){5}[0-9A-F]{2}$/i.test(value);
  if (isSerial && /\d/.test(signs)) return spaced(signs);
  const whole = value.normalize('NFC');
  const encoded = encodeURIComponent(whole);
  const ways = [whole, ...(encoded === whole ? [] : [encoded, encoded.replaceAll('%20', '+')])];
  return ways.map((way) => `(?<!${letter})${spelled(way)}(?!${letter})`).join('|');
}

/** Words of names that are nobody's. */
const nobodys = new Set(
  'iphone ipad phone handy telefon smartphone galaxy pixel android sample test work home pro max mini plus air se the my mein meine of und and von van der den de di la le dr prof herr frau mr mrs ms gmbh ag kg'.split(
    ' ',
  ),
);

/** Each name that a name is made of: `Jane` and `Doe` of `Jane Doe’s iPhone`. */
export function partsOfName(name: string): string[] {
  const words = name
    .normalize('NFC')
    .split(/[^\p{L}\p{M}'’]+/u)
    .map((word) => word.replace(/['’]s?$/, '').replace(/^['’]/, ''));
  return words.filter((word) => word.length > 1 && !nobodys.has(word.toLowerCase()));
}

export const partPattern = (part: string): string => `(?<!${letter}|${packageBefore})${spelled(part)}(?!${letter})`;

/** 15 digits, the last of which makes the sum of all a multiple of ten (GSMA TS.06, Luhn). */
export function isImei(value: string): boolean {
  if (value.length !== 15) return false;
  const sum = value.split('').reduce((all, digit, index) => {
    const own = Number(digit) * (index % 2 === 1 ? 2 : 1);
    return all + (own > 9 ? own - 9 : own);
  }, 0);
  return sum % 10 === 0;
}
