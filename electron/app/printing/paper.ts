import { z } from 'zod';

/** What lies in the printer for sheets, and in that for labels. */
export const sheetPaperSchema = z.enum(['a4', 'letter']);
export type SheetPaper = z.infer<typeof sheetPaperSchema>;
export const labelPaperSchema = z.enum(['62', '50x30']);
export type LabelPaper = z.infer<typeof labelPaperSchema>;
