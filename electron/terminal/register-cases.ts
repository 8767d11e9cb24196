import type { Command } from 'commander';
import type { ExportCaseOptions } from './cases.ts';
import { several } from './several-times.ts';
import type { TerminalProgram } from './terminal-program.ts';

export function caseCommands(program: Command, { withApplication }: TerminalProgram): void {
  const cases = program.command('case').description('tickets and snapshots in one file, for another computer');

  cases
    .command('export')
    .description('put tickets, with everything that belongs to them, and snapshots into one file')
    .argument('[tickets...]', 'numbers of tickets')
    .option('--snapshot <id>', 'a snapshot, or once for each', several)
    .option('--redacted', 'without the customer, serial numbers, accounts and names')
    .requiredOption('-o, --output <file>', 'the file to write; one that is there is never replaced')
    .option('--json', 'print JSON')
    .action(
      withApplication(async (app, tickets: string[], options: ExportCaseOptions) =>
        (await import('./cases.ts')).exportCase(app, tickets, options),
      ),
    );

  cases
    .command('show')
    .description('what is in a case, and what of it is new here; changes nothing')
    .argument('<file>')
    .option('--json', 'print JSON')
    .action(
      withApplication(async (app, file: string, options: { json?: boolean }) =>
        (await import('./cases.ts')).showCase(app, file, options),
      ),
    );

  cases
    .command('import')
    .description('take in what is new of a case; what is here stays as it is')
    .argument('<file>')
    .option('--yes', 'agree in advance')
    .option('--json', 'print JSON')
    .action(
      withApplication(async (app, file: string, options: { yes?: boolean; json?: boolean }) =>
        (await import('./cases.ts')).importCase(app, file, options),
      ),
    );
}
