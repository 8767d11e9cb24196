/**
 * A report as it stands on paper: blocks of text, from which HTML and Markdown are made. Whoever writes a kind of report writes these, and
 * nothing of a format, so that no text of a phone reaches one unescaped.
 */
export interface ReportDocument {
  /** The first line. */
  title: string;
  blocks: readonly Block[];
  /** What it is printed on. Left out: a sheet of paper. */
  page?: Page;
}

/** What is printed on: A4 or Letter, as it is asked for, or a label. */
export type Page = 'sheet' | LabelPage;

/** Millimetres. */
export interface LabelPage {
  width: number;
  height: number;
  margin: number;
  /** One for the title and one for each block, in their order. */
  rows: readonly LabelRow[];
}

/** A row of a label: what does not fit into it is cut. */
export interface LabelRow {
  /** Of the type, in points. */
  size: number;
  /** How many lines the text may take; 0: it is none. */
  lines: number;
  /** Millimetres. */
  height: number;
  /** At the other end of the row before. */
  beside?: boolean;
}

export type Block =
  | { type: 'heading'; text: string }
  | { type: 'subheading'; text: string }
  /** What is to be read first. */
  | { type: 'lead'; text: string }
  | { type: 'text'; text: string }
  | { type: 'list'; items: readonly string[] }
  /** In this order; with a box each, to be ticked by hand. */
  | { type: 'steps'; items: readonly string[]; boxes: boolean }
  /** What something is, a line each. */
  | { type: 'facts'; facts: readonly Fact[] }
  | { type: 'table'; columns: readonly string[]; rows: readonly (readonly string[])[] }
  /** Verbatim, as a computer says it. */
  | { type: 'code'; lines: readonly string[] }
  /** A `data:` address of a PNG, JPEG or SVG, and its size on paper in millimetres. */
  | { type: 'picture'; address: string; alt: string; width: number; height: number }
  /** What stays together on one page. */
  | { type: 'group'; blocks: readonly Block[] };

export interface Fact {
  name: string;
  value: string;
}

/** Facts of which the value is known; null where none is. */
export function facts(pairs: readonly (readonly [name: string, value: string | null])[]): Block[] {
  const known = pairs.flatMap(([name, value]): Fact[] => (value === null || value === '' ? [] : [{ name, value }]));
  return known.length === 0 ? [] : [{ type: 'facts', facts: known }];
}

/** A part of a report with its heading; nothing where it would be empty. */
export const part = (heading: string, blocks: readonly Block[]): Block[] =>
  blocks.length === 0 ? [] : [{ type: 'heading', text: heading }, ...blocks];
