import { z } from 'zod';

/** What lies in the printer for sheets, and in that for labels. */
export const sheetPaperSchema = z.enum(['a4', 'letter']);
export type SheetPaper = z.infer<typeof sheetPaperSchema>;
export const labelPaperSchema = z.enum(['62', '50x30']);
export type LabelPaper = z.infer<typeof labelPaperSchema>;

/** The paper that lies in printers where this computer's language is spoken: Letter in the United States, A4 elsewhere. */
export const systemSheet = (locale = Intl.DateTimeFormat().resolvedOptions().locale): SheetPaper =>
  new Intl.Locale(locale).region === 'US' ? 'letter' : 'a4';

/** What is printed on: each kind of document takes one of the two. */
export interface Papers {
  sheet: SheetPaper;
  label: LabelPaper;
}
