import { z } from 'zod';
import { inLanguage, nearestLanguage } from '../app/program/language.ts';
import { labelPaperSchema, sheetPaperSchema } from '../app/printing/paper.ts';
import { fileFormatSchema, reportKindSchema } from '../app/reports/formats.ts';
import { phoneId, procedure, router, rowId } from './procedure.ts';

const report = z.object({
  kind: reportKindSchema,
  /** In the order of time. */
  snapshots: z.array(rowId).max(2),
  ticket: rowId.nullable(),
  /** Which of its phones, by its uid there. */
  ticketPhone: z.string().max(60).nullable(),
  papers: z.object({ sheet: sheetPaperSchema, label: labelPaperSchema }),
  unredacted: z.boolean(),
  /** What the window speaks where it asks: an answer that is on its way while that changes is of the language before. */
  language: z.string().max(35),
  /** So that what is looked at, printed and saved is one report. */
  madeAt: z.iso.datetime(),
});
type Asked = z.infer<typeof report>;

const requested = ({ ticket, ticketPhone, ...rest }: Asked) => ({
  ...rest,
  ticketPhone: ticketPhone ?? undefined,
  ticket: ticket === null ? undefined : Number(ticket),
});

export const reportingApi = router({
  reporting: router({
    /** What reports can be made of a phone, a snapshot or a ticket. */
    subject: procedure
      .input(
        z.object({
          phoneId: phoneId.optional(),
          snapshot: rowId.optional(),
          ticket: rowId.optional(),
          ticketPhone: z.string().max(60).optional(),
        }),
      )
      .query(({ ctx, input }) => ctx.app.reportSubject(input)),
    /** What lies in the printers. */
    papers: procedure.query(({ ctx }) => ctx.app.reports.papers),
    /** The page itself. */
    page: procedure
      .input(report)
      .query(({ ctx, input }) =>
        inLanguage(nearestLanguage(input.language), () =>
          ctx.app.reports.text({ ...requested(input), format: 'html' }),
        ),
      ),
    file: procedure
      .input(report.extend({ format: fileFormatSchema, passphrase: z.string().max(1000).optional() }))
      .mutation(async ({ ctx, input, signal }) => {
        const { format, passphrase } = input;
        const file = await inLanguage(nearestLanguage(input.language), () =>
          ctx.app.reportFile({ ...requested(input), format, passphrase, signal }),
        );
        return { name: file.name, type: file.type, base64: Buffer.from(file.bytes).toString('base64') };
      }),
  }),
});
