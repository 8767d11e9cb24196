/**
 * Text as it comes from phones and from people who saved it: UTF-8 or UTF-16 with or without a byte order mark (PowerShell), CR LF, the
 * CR CR LF of an old `adb shell` on Windows, colours of a terminal, blanks at the ends of lines. None of it is part of what a phone said.
 */
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be';

/** So many characters at the beginning tell UTF-16 without a mark: dumps begin with ASCII, whose other byte is nought. */
const looked = 32;

function isWide(head: Uint8Array, zeroAt: 0 | 1): boolean {
  const end = Math.min(head.length - (head.length % 2), looked * 2);
  if (end < 8) return false;
  for (let index = 0; index < end; index += 1) if ((head[index] === 0) !== (index % 2 === zeroAt)) return false;
  return true;
}

export function encodingOf(head: Uint8Array): Encoding {
  if ((head[0] === 0xff && head[1] === 0xfe) || isWide(head, 1)) return 'utf-16le';
  return (head[0] === 0xfe && head[1] === 0xff) || isWide(head, 0) ? 'utf-16be' : 'utf-8';
}

/** Control sequences of terminals (ECMA-48): ESC, `[`, parameters, a letter. */
// eslint-disable-next-line no-control-regex
const controlSequence = /\u001b\[[0-9;?]{0,20}[A-Za-z]/g;

/** What a line feed never stands behind in plain text. A search for words takes a hundredth of the time of one for an expression. */
const lineEnds = ['\r', ' \n', '\t\n'];

/** Without line ends other than `\n`, colours, and blanks at the ends of lines; linear in the text. */
export function plainLines(text: string): string {
  const uncoloured = text.includes('\u001b[') ? text.replaceAll(controlSequence, '') : text;
  return lineEnds.some((end) => uncoloured.includes(end)) || /[ \t]$/.test(uncoloured.slice(-1))
    ? uncoloured
        .split('\n')
        .map((line) => line.trimEnd())
        .join('\n')
    : uncoloured;
}

const entities: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&#x27;': "'",
  '&apos;': "'",
  '&nbsp;': ' ',
  '&amp;': '&',
};

/** A dump that went through a web page: `NOT_METERED&amp;INTERNET`. No phone prints such words. */
export const withoutEntities = (text: string): string =>
  text.replaceAll(/&(?:lt|gt|quot|#39|#x27|apos|nbsp|amp);/g, (entity) => entities[entity] ?? entity);

/** A dump that went through Markdown: `NOT\\_METERED`. No phone has a backslash before each of its underscores. */
export const withoutEscapes = (text: string): string =>
  text.includes('\\_') && !/(?<!\\)_/.test(text) ? text.replaceAll('\\_', '_') : text;

/**
 * Without a last line that has no end: what a phone prints ends with a line feed, so such a line was cut, and a piece of a value is
 * another value.
 */
export const withoutBrokenLine = (text: string): string => text.slice(0, text.lastIndexOf('\n') + 1);
