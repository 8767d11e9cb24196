import { z } from 'zod';

/** What lies in the printer for sheets, and in that for labels. */
export const sheetPaperSchema = z.enum(['a4', 'letter']);
export type SheetPaper = z.infer<typeof sheetPaperSchema>;
export const labelPaperSchema = z.enum(['62', '50x30']);
export type LabelPaper = z.infer<typeof labelPaperSchema>;

/** Where a computer of Linux says of no country that it stands there, its locale is that of the United States all the same. */
const saysNoCountry = (env: NodeJS.ProcessEnv): boolean =>
  process.platform === 'linux' &&
  /^(?:C|POSIX|)(?:[.@]|$)/.test([env['LC_ALL'], env['LC_PAPER'], env['LANG']].find((name) => name) ?? '');

/** The paper that lies in printers where this computer stands: Letter in the United States and Canada, A4 elsewhere. */
export const systemSheet = (
  locale = Intl.DateTimeFormat().resolvedOptions().locale,
  env: NodeJS.ProcessEnv = process.env,
): SheetPaper => (!saysNoCountry(env) && ['US', 'CA'].includes(new Intl.Locale(locale).region ?? '') ? 'letter' : 'a4');

/** What is printed on: each kind of document takes one of the two. */
export interface Papers {
  sheet: SheetPaper;
  label: LabelPaper;
}
