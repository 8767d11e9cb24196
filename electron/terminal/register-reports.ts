import { Option, type Command } from 'commander';
import { labelPaperSchema, sheetPaperSchema } from '../app/printing/paper.ts';
import { fileFormatSchema, reportKindSchema } from '../app/reports/formats.ts';
import type { ReportOptions } from './report.ts';
import type { TerminalProgram } from './terminal-program.ts';

export function reportCommand(program: Command, { withApplication, signal }: TerminalProgram): void {
  program
    .command('report')
    .description('make a report of a snapshot, without what tells whose the phone is: to standard output, or to a file')
    .argument('[snapshots...]', 'the snapshot; before-after takes two; with --ticket none: the last scan of its phone')
    .addOption(
      new Option(
        '--kind <kind>',
        'what it is for: whoever has the phone, the support of an app, ticking off on paper, or the papers of a shop',
      )
        .choices(reportKindSchema.options)
        .default('diagnosis'),
    )
    .addOption(new Option('--format <format>', 'what it is made into').choices(fileFormatSchema.options).default('md'))
    .option('-o, --output <file>', 'the file to write')
    .option('--overwrite', 'replace the file where it is there already')
    .option('--unredacted', 'with serials, names, accounts and networks')
    .addOption(
      new Option('--paper <paper>', 'what it is to be printed on; otherwise what the settings say').choices([
        ...sheetPaperSchema.options,
        ...labelPaperSchema.options,
      ]),
    )
    .option('--ticket <number>', 'the job that it belongs to; otherwise that of the snapshot')
    .option(
      '--phone <which>',
      'which phone of the ticket, where it has several: its place in it, serial, IMEI, or name',
    )
    .option('--check <file>', 'in place of making one: what the code on the paper of this JSON file must say')
    .option('--code <text>', 'with --check: what the code says; exit code 1 where it is of another file')
    .option('--language <language>', 'its language, such as de; otherwise that of the settings')
    .action(
      withApplication(async (app, snapshots: string[], options: ReportOptions) =>
        (await import('./report.ts')).report(app, snapshots, options, signal),
      ),
    );
}
