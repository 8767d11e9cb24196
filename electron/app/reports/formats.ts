import { z } from 'zod';

/** What a report is made into. */
export const reportFormatSchema = z.enum(['html', 'md', 'json', 'csv']);
export type ReportFormat = z.infer<typeof reportFormatSchema>;

/** The sheets of paper that people have. */
export const paperSchema = z.enum(['a4', 'letter']);
export type Paper = z.infer<typeof paperSchema>;
