import type { Command } from 'commander';
import type { CaptureOptions, ScanOptions } from './commands.ts';
import { several } from './several-times.ts';
import type { TerminalProgram } from './terminal-program.ts';

export function scanCommands(program: Command, { withApplication, withPhone, signal }: TerminalProgram): void {
  program
    .command('scan')
    .description('read a phone, or a file in place of one, and judge it')
    .argument('[serial]', 'the phone; may be left out where only one is plugged in')
    .option('--from <path>', 'a bug report, recorded capture, dump, folder of dumps or iPhone backup folder')
    .option('--app <id>', 'the app that should keep the photos, or once for each; remembered for this phone', several)
    .option('--all', 'show everything that was found')
    .option('--save', 'keep a snapshot')
    .option('--label <label>', 'a name for the snapshot, such as before')
    .option('--ticket <id>', 'the ticket that the snapshot belongs to')
    .option(
      '--read-notifications <id>',
      'read the titles of what these apps show in notifications, such as "Backup paused"; nothing else of any is read or kept',
      several,
    )
    .option('--count-photos', 'count what waits on an iPhone to the end, however large its library is')
    .option('--json', 'print JSON')
    .action(
      withApplication(async (app, serial: string | undefined, options: ScanOptions) =>
        (await import('./commands.ts')).scan(app, serial, options, signal),
      ),
    );

  program
    .command('capture')
    .description('record a phone in a file, for later or for someone else')
    .argument('<serial>')
    .requiredOption('-o, --output <file>', 'the file to write')
    .option('--redact', 'replace serials, accounts, phone numbers, network names and places')
    .option('--overwrite', 'replace the file where it is there already')
    .action(
      withPhone(async (app, serial: string, options: CaptureOptions) =>
        (await import('./commands.ts')).capture(app, serial, options, signal),
      ),
    );
}
