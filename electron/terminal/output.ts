import { styleText } from 'node:util';
import type { Problem } from '../app/program/problem.ts';

/** Characters that could move the cursor, colour the screen or turn the reading direction. */
// oxlint-disable-next-line no-control-regex -- these are exactly the characters to be made visible
const unsafe = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2028\u2029\u2066-\u2069]/g;

/** Text from a phone, harmless on a terminal: control and direction characters become visible escapes. */
export const plain = (text: string): string =>
  text.replaceAll(unsafe, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);

type Style = Parameters<typeof styleText>[0];

/** Colour only where a person looks at it. */
export const styled = (style: Style, text: string): string => styleText(style, text, { stream: process.stdout });

/** Data, for a person or a script. */
export function print(...lines: readonly string[]): void {
  process.stdout.write(lines.map((line) => `${line}\n`).join(''));
}

/** Exactly one JSON document. */
export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
}

/** Everything that is not data. */
export function tell(...lines: readonly string[]): void {
  process.stderr.write(lines.map((line) => `${line}\n`).join(''));
}

/** One line on the terminal that is written over; nothing where standard error is no terminal. */
export function progressLine(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${plain(text)}`);
}

/** A problem in plain words, then what to do. A stack only where the program itself is at fault. */
export function tellProblem(problem: Problem): void {
  tell(plain(problem.message), ...problem.steps.map((step) => `  ${plain(step)}`));
  if (problem.code === 'unexpected' && problem.details !== null)
    tell('', 'This is a fault of the program:', problem.details);
}

/** Columns as wide as their widest cell. */
export function table(rows: readonly (readonly string[])[]): string[] {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [column, cell] of row.entries()) widths[column] = Math.max(widths[column] ?? 0, cell.length);
  }
  return rows.map((row) =>
    row
      .map((cell, column) => (column === row.length - 1 ? cell : cell.padEnd(widths[column] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
}
