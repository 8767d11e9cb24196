import { nearestLanguage, inLanguage } from '../app/program/language.ts';
import type { Application } from '../app/application.ts';
import { ApplicationError } from '../app/program/problem.ts';
import {
  labelPaperSchema,
  sheetPaperSchema,
  type LabelPaper,
  type Papers,
  type SheetPaper,
} from '../app/printing/paper.ts';
import type { FileFormat, ReportKindId } from '../app/reports/formats.ts';
import { reportKinds } from '../app/reports/report-kinds.ts';
import type { TicketPhoneView, TicketView } from '../app/tickets/ticket-view.ts';
import { writeWhole } from '../../native/offline/write-file.ts';
import { checkReport } from './check-report.ts';
import { askYes } from './commands.ts';
import { exitCode, type ExitCode } from './exit-code.ts';
import { plain, printDocument, tell } from './output.ts';
import { terminal } from './terminal.ts';
import { ticketPhoneOf } from './ticket-phone.ts';

export interface ReportOptions {
  kind: ReportKindId;
  format: FileFormat;
  /** A report as JSON that is to be held against the code of a certificate. */
  check?: string;
  code?: string;
  output?: string;
  overwrite?: boolean;
  unredacted?: boolean;
  /** Left out: as the settings have it. */
  paper?: SheetPaper | LabelPaper;
  /** Left out: the one of the last snapshot. */
  ticket?: string;
  /** Which phone of the ticket, where it has several and no snapshot says it: its last scan there is taken. */
  phone?: string;
  language?: string;
}

/** The language that is asked for; else that of the settings, or of this computer. */
function languageOf(app: Application, asked: string | undefined): string {
  const { language } = app.settings.values;
  const wanted = asked ?? (language === 'system' ? Intl.DateTimeFormat().resolvedOptions().locale : language);
  const known = nearestLanguage(wanted);
  if (asked === undefined || known.split('-')[0] === asked.split('-')[0]?.toLowerCase()) return known;
  throw new ApplicationError(
    'bad-argument',
    `There is no language "${asked}". There are: ${app.languages().join(', ')}.`,
  );
}

/** Throws `bad-argument` for a paper that such a report is never printed on. */
function papersOf({ reports }: Application, { paper, kind }: Pick<ReportOptions, 'paper' | 'kind'>): Papers {
  const usual = reports.papers;
  if (paper === undefined) return usual;
  const isSheet = paper === 'a4' || paper === 'letter';
  if (isSheet === (kind === 'label')) {
    const fits = (isSheet ? labelPaperSchema : sheetPaperSchema).options.join(' or ');
    throw new ApplicationError(
      'bad-argument',
      `A report of the kind "${kind}" is not printed on ${paper}, but on ${fits}.`,
    );
  }
  return isSheet ? { ...usual, sheet: paper } : { ...usual, label: paper };
}

interface ChosenOfTicket {
  phone: TicketPhoneView | undefined;
  snapshots: readonly string[];
}

/** The phone of a ticket that is meant, with the scans under the ticket that such a report is made of: the last one, or how it came in and goes out. */
function chosenOf(ticket: TicketView, { kind, phone: named }: Pick<ReportOptions, 'kind' | 'phone'>): ChosenOfTicket {
  const phone = ticketPhoneOf(ticket, named);
  const wanted = reportKinds[kind].snapshots;
  if (wanted === 0) return { phone, snapshots: [] };
  const scans = [phone?.dropOff, phone?.pickUp].flatMap((scan) => (scan ? [scan.id] : []));
  if (scans.length >= wanted) return { phone, snapshots: scans.slice(-wanted) };
  const kept = scans.length === 0 ? 'No scan of this phone is' : 'Only one scan of this phone is';
  throw new ApplicationError('bad-argument', `${kept} kept under ticket ${ticket.number}.`, [
    'Scan the phone, or name a snapshot: "phone-health snapshots" lists them.',
  ]);
}

/** The report in its format: text, or a PDF of its page. */
async function made(
  app: Application,
  snapshots: readonly string[],
  options: ReportOptions,
  signal: AbortSignal,
): Promise<string | Uint8Array> {
  const { kind, unredacted = false } = options;
  const format = options.format === 'pdf' ? 'html' : options.format;
  const papers = papersOf(app, options);
  const ticket = options.ticket === undefined ? undefined : app.tickets.idNamed(options.ticket);
  const ofTicket =
    ticket === undefined || snapshots.length > 0 ? null : chosenOf(app.tickets.show(String(ticket)), options);
  const whole = app.reports.make({
    snapshots: ofTicket?.snapshots ?? snapshots,
    ticket,
    ticketPhone: ofTicket?.phone?.uid,
    kind,
    format,
    unredacted,
  });
  const text = await app.reports.render(whole, { format, papers });
  return options.format === 'pdf' ? app.pdfPrinter.print(text, { madeAt: whole.madeAt, signal }) : text;
}

/** Makes a report of kept snapshots: to a file, else to standard output. A file that is there already is replaced after a yes. */
export async function report(
  app: Application,
  snapshots: readonly string[],
  options: ReportOptions,
  signal: AbortSignal,
): Promise<ExitCode> {
  if (options.check !== undefined) return checkReport(app, options.check, options.code);
  const { output, overwrite = false, unredacted = false } = options;
  if (options.format === 'pdf' && output === undefined && terminal().stdout.isTTY) {
    throw new ApplicationError('bad-argument', 'A PDF is no text for a terminal: name a file with -o.');
  }
  const content = await inLanguage(languageOf(app, options.language), () => made(app, snapshots, options, signal));
  if (unredacted) tell('This report tells whose the phone is: hand it to nobody who need not know.');
  if (output === undefined) {
    printDocument(content);
    return exitCode.ok;
  }
  if (!(await written(output, content, overwrite))) {
    tell('Nothing was written.');
    return exitCode.usage;
  }
  // The page of a shop's own paper names its customer.
  const isPaper = reportKinds[options.kind].ofShop && (options.format === 'html' || options.format === 'pdf');
  tell(`Written to ${plain(output)}${unredacted ? '' : isPaper ? ', with the customer' : ', redacted'}.`);
  return exitCode.ok;
}

const isThere = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'file-exists';

/** false: the file is there already, and somebody wants to keep it. Where nobody is there to be asked, it is kept: `file-exists`. */
async function written(file: string, content: string | Uint8Array, overwrite: boolean): Promise<boolean> {
  try {
    await writeWhole(file, content, { overwrite });
    return true;
  } catch (error) {
    if (!isThere(error) || !terminal().stdin.isTTY) throw error;
    if (!(await askYes(`${plain(file)} is there already. Replace it?`))) return false;
    await writeWhole(file, content, { overwrite: true });
    return true;
  }
}
