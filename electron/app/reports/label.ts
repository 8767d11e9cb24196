import { barcodeSvg } from '../printing/codes.ts';
import type { LabelPaper } from '../printing/paper.ts';
import type { Block, LabelPage, LabelRow } from './document.ts';
import type { ReportKind, ReportWords } from './kind.ts';
import { pictureAddress } from './picture-address.ts';
import type { Report } from './report.ts';

/** Millimetres, and points of type. A roll is cut below the last row, so it has no height of its own. */
interface LabelShape {
  width: number;
  height: number | null;
  margin: number;
  barcode: number;
  rows: Readonly<Record<'number' | 'customer' | 'phone' | 'fault', { size: number; smallest: number; most: number }>>;
}

const shapes: Readonly<Record<LabelPaper, LabelShape>> = {
  '62': {
    width: 62,
    height: null,
    margin: 2,
    barcode: 12,
    rows: {
      number: { size: 18, smallest: 12, most: 1 },
      customer: { size: 12, smallest: 9, most: 2 },
      phone: { size: 10, smallest: 8, most: 1 },
      fault: { size: 9, smallest: 9, most: 3 },
    },
  },
  '50x30': {
    width: 50,
    height: 30,
    margin: 1.5,
    barcode: 7.5,
    rows: {
      number: { size: 13, smallest: 9, most: 1 },
      customer: { size: 10, smallest: 7, most: 1 },
      phone: { size: 8, smallest: 7, most: 1 },
      fault: { size: 7, smallest: 7, most: 2 },
    },
  },
};

const millimetresAPoint = 25.4 / 72;
/** Of a line, to the size of its type. */
const lineHeight = 1.2;

/** Han, kana, Hangul, full-width forms and pictures take a square each; other letters about half of one, and capitals more. */
const isWide = (letter: string): boolean =>
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Extended_Pictographic}\uff00-\uffef]/u.test(
    letter,
  );
const letterWidth = (letter: string): number => (isWide(letter) ? 1 : /\p{Lu}/u.test(letter) ? 0.72 : 0.56);

/** About how wide a text is in squares of its type: enough to choose a size; what is wider all the same is cut with an ellipsis. */
const widthOf = (text: string): number => {
  let width = 0;
  for (const letter of text) width += letterWidth(letter);
  return width;
};

/** The largest type in which a text fits, on as few lines as that allows. */
function fitted(text: string, width: number, { size, smallest, most }: LabelShape['rows']['number']): LabelRow {
  const fits = width / (widthOf(text) * millimetresAPoint);
  const chosen = fits >= size ? size : Math.max(smallest, Math.floor(fits * 2) / 2);
  const lines = Math.min(most, Math.max(1, Math.ceil(chosen / fits)));
  return { size: chosen, lines, height: chosen * millimetresAPoint * lineHeight * lines };
}

/** `…1234 Pixel 8`: the end first, because a long name is cut at its end. */
function phoneLine({ phone, sample }: Report, { say }: ReportWords): string {
  if (phone === null) return '';
  return [sample ? say('Sample:') : '', phone.end === null ? '' : `…${phone.end}`, phone.title ?? '']
    .filter((part) => part !== '')
    .join(' ');
}

/** What is stuck on a phone at the counter: whose job it is, for a person and for a scanner. */
function labelDocument(report: Report, words: ReportWords, paper: LabelPaper) {
  const { say, values } = words;
  const { ticket } = report;
  const shape = shapes[paper];
  const inside = shape.width - 2 * shape.margin;
  if (ticket === null) throw new Error('A label is of a ticket.');
  const { number } = ticket;
  const day = values.day(ticket.createdAt);
  const barcode: Block = {
    type: 'picture',
    address: pictureAddress(barcodeSvg(ticket.code)),
    alt: `${say('Barcode')}: ${number}`,
    width: inside,
    // A hair of white between the bars and the words below.
    height: shape.barcode - 0.6,
  };
  const texts = [
    { type: 'lead', row: 'customer', text: ticket.customer ?? '' },
    { type: 'text', row: 'phone', text: phoneLine(report, words) },
    { type: 'text', row: 'fault', text: (ticket.fault ?? '').replaceAll(/\s+/g, ' ').trim() },
  ] as const;
  const said = texts.filter(({ text }) => text !== '');
  const first = fitted(number, inside * 0.6, shape.rows.number);
  const rows: LabelRow[] = [
    first,
    // At the other end of the first row.
    { ...first, size: shape.rows.phone.size, beside: true },
    { size: 0, lines: 0, height: shape.barcode },
    ...said.map(({ row, text }) => fitted(text, inside, shape.rows[row])),
  ];
  const tall = rows.reduce((sum, { height, beside }) => sum + (beside === true ? 0 : height), 2 * shape.margin);
  const page: LabelPage = {
    width: shape.width,
    // Rounded up: what is a hair too tall begins a second label.
    height: shape.height ?? Math.ceil(tall + 1),
    margin: shape.margin,
    rows,
  };
  const blocks: Block[] = [
    { type: 'text', text: day },
    barcode,
    ...said.map(({ type, text }): Block => ({ type, text })),
  ];
  return { title: number, blocks, page };
}

export const label: ReportKind = {
  snapshots: 0,
  ofShop: true,
  csv: 'text',
  document: (report, words, { label: paper }) => labelDocument(report, words, paper),
};
