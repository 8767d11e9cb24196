import { z } from 'zod';

/** What a report is made into. */
export const reportFormatSchema = z.enum(['html', 'md', 'json', 'csv']);
export type ReportFormat = z.infer<typeof reportFormatSchema>;
