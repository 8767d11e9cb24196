import { stringify } from 'csv-stringify/sync';
import { comparedValue, leavesByPath } from '../../../db/compare.ts';
import { pathLabel, pathOfAny } from '../program/value-words.ts';
import type { Block, ReportDocument } from './document.ts';
import type { ReportWords } from './kind.ts';
import { printable } from './printable.ts';
import type { Report, ReportedSnapshot } from './report.ts';

type Cell = string | number;

/**
 * Where a program takes a semicolon, a tab or the end of a line for the end of a cell, one that begins as a formula would begin there; the
 * beginning of a cell csv-stringify sees to.
 */
const inside = /(?<=[;\t\r\n])(?=[-=+@\uFF1D\uFF0B\uFF0D\uFF20])/g;

const harmless = (cell: Cell): Cell => (typeof cell === 'number' ? cell : printable(cell).replaceAll(inside, "'"));

const rowsText = (rows: readonly (readonly Cell[])[]): string =>
  stringify(
    rows.map((row) => row.map(harmless)),
    // Spreadsheets take a file without the mark for one of the system's own character set; quoted, a cell keeps what it is.
    { bom: true, escape_formulas: true, quoted: true, record_delimiter: '\r\n', cast: { number: String } },
  );

/** A value as it was read, to be sorted and counted with; what is no single value as JSON. */
function cellOf(value: unknown): Cell {
  if (typeof value === 'number' || typeof value === 'string') return value;
  return value === undefined ? '' : JSON.stringify(value);
}

/** A row a value, a column a snapshot. */
function valueRows({ snapshots }: Report, { say }: ReportWords): Cell[][] {
  const of = (cell: (snapshot: ReportedSnapshot) => Cell): Cell[] => snapshots.map(cell);
  const leaves = snapshots.map(({ scan }) => leavesByPath(scan.reading));
  const paths = [...new Set(leaves.flatMap((one) => [...one.keys()]))].sort();
  const keys = [
    ...new Map(
      snapshots.flatMap(({ scan }) => scan.findings).map((one) => [JSON.stringify([one.cause, one.app]), one]),
    ).values(),
  ];
  const phone = (['manufacturer', 'model', 'name', 'osVersion', 'build', 'securityPatch', 'id'] as const).map(
    (field) => ['phone', field, field, ...of(({ scan }) => scan.phone[field] ?? '')],
  );
  return [
    ['part', 'id', 'name', ...snapshots.map((_, index) => `value ${index + 1}`)],
    ['snapshot', 'id', 'id', ...of(({ id }) => id)],
    ['snapshot', 'takenAt', 'takenAt', ...of(({ takenAt }) => takenAt)],
    ['snapshot', 'label', 'label', ...of(({ label }) => label ?? '')],
    ...phone,
    ['result', 'verdict', say('What stands out'), ...of(({ scan }) => scan.verdict)],
    ...keys.map(({ cause, app, title }) => [
      'finding',
      app === null ? cause : `${cause} ${app}`,
      title,
      ...of(({ scan }) => scan.findings.find((one) => one.cause === cause && one.app === app)?.status ?? ''),
    ]),
    ...paths.map((path) => [
      'value',
      path,
      say(pathLabel(pathOfAny(path))),
      ...leaves.map((one) => {
        const { value, unavailable } = comparedValue(one.get(path)?.leaf);
        return unavailable === null ? cellOf(value) : `(${unavailable.reason})`;
      }),
    ]),
  ];
}

/** The text of a document, a row each. */
function textRows(blocks: readonly Block[], part: string): string[][] {
  let heading = part;
  return blocks.flatMap((block): string[][] => {
    switch (block.type) {
      case 'heading':
      case 'subheading':
        heading = block.text;
        return [];
      case 'lead':
      case 'text':
        return [[heading, '', block.text]];
      case 'list':
      case 'steps':
        return block.items.map((item, index) => [heading, String(index + 1), item]);
      case 'facts':
        return block.facts.map(({ name, value }) => [heading, name, value]);
      case 'table':
        return block.rows.flatMap((row) => row.map((cell, index) => [heading, block.columns[index] ?? '', cell]));
      case 'code':
        return block.lines.map((line, index) => [heading, String(index + 1), line]);
      case 'picture':
        return [[heading, '', block.alt]];
      case 'group':
        return textRows(block.blocks, heading);
    }
  });
}

/** `values`: a row a value, and a column a phone. `text`: what the document says. Formulas are text. */
export function csvOf(report: Report, document: ReportDocument, words: ReportWords, rows: 'values' | 'text'): string {
  return rowsText(
    rows === 'values'
      ? valueRows(report, words)
      : [['part', 'name', 'text'], ...textRows(document.blocks, document.title)],
  );
}
