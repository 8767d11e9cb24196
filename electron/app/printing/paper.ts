import { z } from 'zod';

/** What lies in the printer. */
export const paperSchema = z.enum(['a4', 'letter', 'label-62', 'label-50x30']);
export type Paper = z.infer<typeof paperSchema>;

export const labelPaperSchema = paperSchema.extract(['label-62', 'label-50x30']);
export type LabelPaper = z.infer<typeof labelPaperSchema>;

export const sheetPaperSchema = paperSchema.extract(['a4', 'letter']);
export type SheetPaper = z.infer<typeof sheetPaperSchema>;

/** Millimetres. */
export interface PaperSize {
  width: number;
  /** null: the roll is cut where the content ends. */
  height: number | null;
  margin: number;
}

/** A4: ISO 216. Letter: ANSI/ASME Y14.1, 8.5 × 11 inches. 62 mm is the widest roll of Brother's QL label printers, 50 × 30 mm a common die-cut label. */
export const paperSizes: Readonly<Record<Paper, PaperSize>> = {
  a4: { width: 210, height: 297, margin: 16 },
  letter: { width: 215.9, height: 279.4, margin: 16 },
  'label-62': { width: 62, height: null, margin: 2 },
  'label-50x30': { width: 50, height: 30, margin: 1.5 },
};

/** The page of a document, as CSS. `length`: of a roll, in millimetres; until it is known, the roll is as long as it is wide. */
export function pageRule(paper: Paper, length?: number): string {
  const { width, height, margin } = paperSizes[paper];
  return `@page { size: ${width}mm ${height ?? length ?? width}mm; margin: ${margin}mm; }`;
}
