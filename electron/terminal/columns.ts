import { terminal } from './terminal.ts';

/** As wide as a terminal is, and at most as is easily read; where there is none, as in a file, that. */
export const columnsOf = (terminal: number | undefined): number =>
  terminal === undefined || terminal <= 0 ? 100 : Math.min(100, Math.max(20, terminal));

/** Nothing but commands, which stay whole to be pasted, is wider. */
export const columns = (): number => columnsOf(terminal().stdout.columns);

/** The words of a line in lines that fit; those after the first begin with `indent` blanks. */
export function wrapped(text: string, indent = 0): string[] {
  const lines: string[] = [];
  const width = columns();
  let line = '';
  for (const word of text.split(/(?<=\S) +/)) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && longer.length > width) {
      lines.push(line);
      line = ' '.repeat(indent) + word;
    } else line = longer;
  }
  return line === '' ? lines : [...lines, line];
}

/** A line that ends where the terminal does. */
export const cut = (line: string, width = columns()): string =>
  line.length <= width ? line : `${line.slice(0, width - 1)}…`;
