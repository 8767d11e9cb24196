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

/** The size of what is printed on. `sheet`: A4 or Letter, as it is asked for; else millimetres, `height` null for as long as it gets. */
export type Page = 'sheet' | { width: number; height: number | null };

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
