/** Not allowed in names on Windows, exFAT or FAT; path separators; characters that move a cursor or turn the reading direction. */
const unsafe =
  // oxlint-disable-next-line no-control-regex -- control characters are among those that have to go
  /[\u0000-\u001f\u007f-\u009f<>:"/\\|?*\u200e\u200f\u202a-\u202e\u2028\u2029\u2066-\u2069\ud800-\udfff]/gu;
/** Names that Windows gives to devices, in every folder and with any ending. */
const reserved = /^(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])$/i;
/** The tightest limit of the usual file systems is 255, in bytes or in UTF-16 units; a number may have to be put before the ending. */
const maxBytes = 240;
const longestEnding = 20;

/** `IMG_1` and `.jpg`; a name without an ending, or with one that is none, has an empty one. */
function split(name: string): { stem: string; ending: string } {
  const dot = name.lastIndexOf('.');
  const ending = dot > 0 ? name.slice(dot) : '';
  return ending.length > longestEnding
    ? { stem: name, ending: '' }
    : { stem: name.slice(0, name.length - ending.length), ending };
}

/** The beginning of a text that takes at most so many bytes in UTF-8, without cutting a character in two. */
function beginning(text: string, bytes: number): string {
  let kept = '';
  let left = bytes;
  for (const character of text) {
    left -= Buffer.byteLength(character);
    if (left < 0) break;
    kept += character;
  }
  return kept;
}

/**
 * A name from a phone as a name that every usual file system takes, on every computer alike: a copy may move from one to
 * another. Never empty, never `.` or `..`, never with a separator in it.
 */
export function safeName(name: string): string {
  const plain = name.normalize('NFC').replaceAll(unsafe, '_');
  const whole = plain.replace(/[. ]{1,255}$/, (end) => '_'.repeat(end.length));
  const { stem, ending } = split(whole);
  const short = beginning(stem, maxBytes - Buffer.byteLength(ending)) + ending;
  // Windows looks at what stands before the first dot, without the spaces at its end.
  const device = (short.split('.')[0] ?? '').trimEnd();
  if (short.trim() === '') return '_';
  return reserved.test(device) ? `_${short}` : short;
}

/** `IMG_1 (2).jpg` */
export function numberedName(name: string, number: number): string {
  const { stem, ending } = split(name);
  return `${stem} (${number})${ending}`;
}

/** Two names with the same key are one file on a file system that ignores case or the way letters are composed. */
export const nameKey = (name: string): string => name.normalize('NFC').toUpperCase().toLowerCase();
