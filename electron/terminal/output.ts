import { styleText } from 'node:util';
import type { Problem } from '../app/program/problem.ts';
import { terminal } from './terminal.ts';

/**
 * Characters that could move the cursor, colour the screen, turn the reading direction, or stand there unseen: controls, format
 * characters (U+061C and the tags among them), separators of lines, halves of a pair, and what is ignorable (zero-width, fillers)
 * but for the two that choose between the shapes of an emoji.
 */
const unsafe = /[[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]--[\ufe0e\ufe0f]]/gv;

const visible = (character: string): string => {
  const code = (character.codePointAt(0) ?? 0).toString(16);
  return code.length > 4 ? `\\u{${code}}` : `\\u${code.padStart(4, '0')}`;
};

/** Text from a phone, harmless on a terminal: what {@link unsafe} names becomes a visible escape. */
export const plain = (text: string): string => text.replaceAll(unsafe, visible);

/** Colours and weights that {@link styled} writes. */
// oxlint-disable-next-line no-control-regex -- exactly these sequences are this program's own
const ownStyle = /(\u001b\[\d{1,2}m)/;

/** One line on its way out. Whoever forgot {@link plain} has not let a phone write on the terminal. */
const harmless = (line: string): string =>
  line
    .split(ownStyle)
    .map((part, index) => (index % 2 === 1 ? part : plain(part)))
    .join('');

type Style = Parameters<typeof styleText>[0];

/** Colour only where a person looks at it. */
export const styled = (style: Style, text: string): string => styleText(style, text, { stream: terminal().stdout });

/** Data, for a person or a script. */
export function print(...lines: readonly string[]): void {
  terminal().stdout.write(lines.map((line) => `${harmless(line)}\n`).join(''));
}

/** The same texts, written with JSON's own escapes where a terminal would act on them. */
const jsonEscaped = (line: string): string =>
  line.replaceAll(unsafe, (character) =>
    character
      .split('')
      .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
      .join(''),
  );

/**
 * A document that is to be kept as it is where it goes to a file or another program; on a terminal, harmless, line by line.
 */
export function printDocument(content: string | Uint8Array): void {
  if (typeof content === 'string' && terminal().stdout.isTTY) print(...content.trimEnd().split(/\r?\n/));
  else terminal().stdout.write(content);
}

/** Exactly one JSON document. */
export function printJson(value: unknown): void {
  const document = JSON.stringify(value, null, 2);
  terminal().stdout.write(`${document.split('\n').map(jsonEscaped).join('\n')}\n`);
}

/** Everything that is not data. */
export function tell(...lines: readonly string[]): void {
  terminal().stderr.write(lines.map((line) => `${harmless(line)}\n`).join(''));
}

/** One line on the terminal that is written over; nothing where standard error is no terminal. */
export function progressLine(text: string): void {
  if (terminal().stderr.isTTY) terminal().stderr.write(`\r\u001b[K${plain(text)}`);
}

/** One line to stay, in the place of the one that is written over. */
export function tellBetween(text: string): void {
  if (terminal().stderr.isTTY) terminal().stderr.write(`\r\u001b[K${plain(text)}\n`);
}

/** A problem in plain words, then what to do; its stack is in the log (`PHONE_HEALTH_LOG=1`). */
export function tellProblem(problem: Problem): void {
  tell(plain(problem.message), ...problem.steps.map((step) => `  ${plain(step)}`));
  if (problem.code === 'unexpected') {
    tell('', `This is a fault of the program${problem.details === null ? '' : ` (${plain(problem.details)})`}.`);
  }
}

/** That the answer of a command could not be written where it was sent to. What was done is done. */
export const lostOutput = (code: string): Problem => ({
  code: 'output-lost',
  message:
    code === 'ENOSPC' || code === 'EDQUOT'
      ? 'There is no room for the answer where it was to be written.'
      : `The answer could not be written (${code}).`,
  steps: ['What was done on the phone is done: "actions" lists it.', 'Write the answer to another place.'],
  details: null,
});

export const orDash = (text: string | null): string => (text === null || text === '' ? '–' : text);

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
