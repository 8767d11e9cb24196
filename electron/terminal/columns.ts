/** A terminal of the usual width; nothing but commands, which stay whole to be pasted, is wider. */
export const columns = 100;

/** The words of a line in lines that fit; those after the first begin with `indent` blanks. */
export function wrapped(text: string, indent = 0): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/(?<=\S) +/)) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && longer.length > columns) {
      lines.push(line);
      line = ' '.repeat(indent) + word;
    } else line = longer;
  }
  return line === '' ? lines : [...lines, line];
}

/** A line that ends where the terminal does. */
export const cut = (line: string, width = columns): string =>
  line.length <= width ? line : `${line.slice(0, width - 1)}…`;
