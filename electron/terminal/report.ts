import { nearestLanguage, inLanguage } from '../app/program/language.ts';
import type { Application } from '../app/application.ts';
import { ApplicationError } from '../app/program/problem.ts';
import type { SheetPaper } from '../app/printing/paper.ts';
import type { ReportFormat, ReportKindId } from '../app/reports/formats.ts';
import { writeWhole } from '../../native/offline/write-file.ts';
import { askYes } from './commands.ts';
import { exitCode, type ExitCode } from './exit-code.ts';
import { plain, printText, tell } from './output.ts';

export interface ReportOptions {
  kind: ReportKindId;
  format: ReportFormat;
  output?: string;
  overwrite?: boolean;
  unredacted?: boolean;
  /** Left out: as the settings have it. */
  paper?: SheetPaper;
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

/** Makes a report of kept snapshots: to a file, else to standard output. A file that is there already is replaced after a yes. */
export async function report(
  app: Application,
  snapshots: readonly string[],
  options: ReportOptions,
): Promise<ExitCode> {
  const { kind, format, output, overwrite = false, unredacted = false, paper } = options;
  const papers = paper === undefined ? undefined : { ...app.reports.papers, sheet: paper };
  const text = await inLanguage(languageOf(app, options.language), () =>
    app.reports.text({ snapshots, kind, format, papers, unredacted }),
  );
  if (unredacted) tell('This report tells whose the phone is: hand it to nobody who need not know.');
  if (output === undefined) {
    printText(text);
    return exitCode.ok;
  }
  if (!(await written(output, text, overwrite))) {
    tell('Nothing was written.');
    return exitCode.usage;
  }
  tell(`Written to ${plain(output)}${unredacted ? '' : ', redacted'}.`);
  return exitCode.ok;
}

const isThere = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'file-exists';

/** false: the file is there already, and somebody wants to keep it. Where nobody is there to be asked, it is kept: `file-exists`. */
async function written(file: string, text: string, overwrite: boolean): Promise<boolean> {
  try {
    await writeWhole(file, text, { overwrite });
    return true;
  } catch (error) {
    if (!isThere(error) || !process.stdin.isTTY) throw error;
    if (!(await askYes(`${plain(file)} is there already. Replace it?`))) return false;
    await writeWhole(file, text, { overwrite: true });
    return true;
  }
}
