import { z } from 'zod';

/*
 * Apart from what is made of them: the command line names them before anything of a report is loaded.
 */

/**
 * What a report is for. `diagnosis`: whoever has the phone. `support`: the maker of an app. `checklist`: ticking off on paper. The others are
 * the shop's own papers.
 */
export const reportKindSchema = z.enum(['diagnosis', 'support', 'checklist', 'before-after', 'certificate', 'label']);
export type ReportKindId = z.infer<typeof reportKindSchema>;

/** What a report is made into. */
export const reportFormatSchema = z.enum(['html', 'md', 'json', 'csv']);
export type ReportFormat = z.infer<typeof reportFormatSchema>;

/** What a report is saved as: a format of text, or its page as it is printed. */
export const fileFormatSchema = z.enum([...reportFormatSchema.options, 'pdf']);
export type FileFormat = z.infer<typeof fileFormatSchema>;
