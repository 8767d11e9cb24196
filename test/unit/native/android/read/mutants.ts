type Change = (text: string, random: () => number) => string;

const place = (length: number, random: () => number): number => Math.floor(random() * Math.max(1, length));

const inLines =
  (change: (lines: string[], random: () => number) => void): Change =>
  (text, random) => {
    const lines = text.split('\n');
    change(lines, random);
    return lines.join('\n');
  };

const insert =
  (what: string): Change =>
  (text, random) => {
    const at = place(text.length, random);
    return text.slice(0, at) + what + text.slice(at);
  };

/** A long line of what the dump is made of, where it is likeliest to lead a regular expression astray. */
const longLine: Change = (text, random) => {
  const lines = text.split('\n');
  const at = place(lines.length, random);
  const line = lines[at] ?? '';
  const part = line.slice(place(line.length, random)) || 'x';
  lines[at] = line + part.repeat(Math.ceil(1_048_576 / part.length));
  return lines.join('\n');
};

const names = ['__proto__', 'constructor', 'hasOwnProperty', 'toString'];

/** What happens to a dump on its way: cut, mixed up, in another encoding, or written by someone who means no good. */
export const changes: Readonly<Record<string, Change>> = {
  'cut anywhere': (text, random) => text.slice(0, place(text.length, random)),
  'beginning lost': (text, random) => text.slice(place(text.length, random)),
  'line dropped': inLines((lines, random) => void lines.splice(place(lines.length, random), 1)),
  'many lines dropped': inLines((lines, random) => {
    for (let index = lines.length - 1; index >= 0; index -= 1) if (random() < 0.2) lines.splice(index, 1);
  }),
  'line doubled': inLines((lines, random) => {
    const at = place(lines.length, random);
    lines.splice(at, 0, lines[at] ?? '');
  }),
  'lines swapped': inLines((lines, random) => {
    const [a, b] = [place(lines.length, random), place(lines.length, random)];
    [lines[a], lines[b]] = [lines[b] ?? '', lines[a] ?? ''];
  }),
  'all lines shuffled': inLines((lines, random) => {
    for (let index = lines.length - 1; index > 0; index -= 1) {
      const other = place(index + 1, random);
      [lines[index], lines[other]] = [lines[other] ?? '', lines[index] ?? ''];
    }
  }),
  'CR CR LF': (text) => text.replaceAll('\n', '\r\r\n'),
  'indentation lost': (text) => text.replaceAll(/^ +/gm, ''),
  NUL: insert('\u0000'),
  'lone surrogate': insert('\ud800'),
  'character changed': (text, random) => {
    const at = place(text.length, random);
    return text.slice(0, at) + String.fromCharCode(place(0x2_0000, random)) + text.slice(at + 1);
  },
  'line of 1 MB': longLine,
  'names of Object.prototype for packages': (text, random) =>
    text.replaceAll(/\b(?:com|org|net|io|app)\.[\w.]{3,}/g, (name) =>
      random() < 0.3 ? (names[place(names.length, random)] ?? name) : name,
    ),
  'huge numbers': (text, random) =>
    text.replaceAll(/\d+/g, (digits) => (random() < 0.05 ? `${digits}99999999999999999999999` : digits)),
  'numbers changed': (text, random) =>
    text.replaceAll(/\d+/g, (digits) =>
      random() < 0.1 ? (['-1', '0', '', '1e309', '٣'][place(5, random)] ?? '') : digits,
    ),
};

/** One to three changes, one after another. */
export function mutant(text: string, random: () => number): { text: string; how: string } {
  const kinds = Object.keys(changes);
  const how: string[] = [];
  let changed = text;
  for (let count = 1 + place(3, random); count > 0; count -= 1) {
    const kind = kinds[place(kinds.length, random)] ?? 'NUL';
    // One such line is as long as ten whole dumps.
    if (kind === 'line of 1 MB' && random() < 0.9) continue;
    changed = changes[kind]?.(changed, random) ?? changed;
    how.push(kind);
  }
  return { text: changed, how: how.join(', ') || 'unchanged' };
}
