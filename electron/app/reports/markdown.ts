import type { Block, ReportDocument } from './document.ts';
import { linesOf, printable } from './printable.ts';

/** What begins something in CommonMark or in GitHub's dialect wherever it stands; a backslash makes a character of it. */
const special = /[\\`*_[\]<>|~&#$@]|(?<=:)\/(?=\/)/g;
/** What begins a list, a rule or a heading at the beginning of a line only. */
const beginning = /^(?:[-+=:]|\d{1,9}(?=[.)]))/;
/** Addresses that become links by themselves. */
const address = /\b(www)\./gi;

function line(text: string): string {
  const escaped = text
    .trim()
    .replaceAll(special, String.raw`\$&`)
    .replaceAll(address, String.raw`$1\.`);
  // A digit cannot be escaped; what makes a list of it is the character that follows it.
  return escaped
    .replace(beginning, (start) => (/\d/.test(start) ? start : `\\${start}`))
    .replace(/^(\d{1,9})([.)])/, String.raw`$1\$2`);
}

/** A text of several lines as one paragraph. */
const words = (text: string): string => linesOf(text).map(line).join('\\\n');
/** The same where a line may not end: in a heading or a cell. */
const oneLine = (text: string, between = ' '): string => linesOf(text).map(line).join(between);
/** A list's item, with the lines after the first under it. */
const item = (sign: string, text: string): string =>
  `${sign} ${words(text).replaceAll('\n', `\n${' '.repeat(sign.length + 1)}`)}`;

function table(rows: readonly (readonly string[])[]): string[] {
  const [head = [], ...rest] = rows.map((row) => `| ${row.map((cell) => oneLine(cell, '<br>')).join(' | ')} |`);
  const columns = rows[0]?.length ?? 0;
  return [String(head), `|${' --- |'.repeat(columns)}`, ...rest.map(String)];
}

/** A fence longer than any run of its character inside. */
function fenced(lines: readonly string[]): string[] {
  const inside = lines.flatMap((one) => printable(one).split('\n'));
  const longest = Math.max(2, ...inside.flatMap((one) => [...one.matchAll(/`+/g)].map(([run]) => run.length)));
  const fence = '`'.repeat(longest + 1);
  return [`${fence}text`, ...inside, fence];
}

function blockLines(block: Block): string[] {
  switch (block.type) {
    case 'heading':
      return [`## ${oneLine(block.text)}`];
    case 'subheading':
      return [`### ${oneLine(block.text)}`];
    case 'lead':
      return [`**${oneLine(block.text)}**`];
    case 'text':
      return [words(block.text)];
    case 'list':
      return block.items.map((one) => item('-', one));
    case 'steps':
      return block.items.map((one, index) => item(block.boxes ? '- [ ]' : `${index + 1}.`, one));
    case 'facts':
      return block.facts.map(({ name, value }) => item('-', `${name}: ${value}`));
    case 'table':
      return table([block.columns, ...block.rows]);
    case 'code':
      return fenced(block.lines);
    case 'picture':
      return [oneLine(block.alt)];
    case 'group':
      return blocksOf(block.blocks);
  }
}

const blocksOf = (blocks: readonly Block[]): string[] =>
  blocks.flatMap((block, index) => [...(index === 0 ? [] : ['']), ...blockLines(block)]);

/** A document as CommonMark with GitHub's tables and boxes. No text of it becomes a mark, a link or HTML. */
export const markdownOf = ({ title, blocks }: ReportDocument): string =>
  `${[`# ${oneLine(title)}`, '', ...blocksOf(blocks)].join('\n')}\n`;
