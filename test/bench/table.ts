export type Row = readonly string[];

/** Prints a table as Markdown, so that it can be pasted into a note. */
export function printTable(head: Row, rows: readonly Row[]): void {
  const line = (row: Row) => `| ${row.join(' | ')} |`;
  process.stdout.write(`${[line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')}\n\n`);
}
