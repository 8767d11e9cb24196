import type { Command } from 'commander';
import type { SnapshotsOptions } from './archive.ts';
import type { BackupOptions, RestoreOptions } from './backups.ts';
import type { CompareOptions } from './compare.ts';
import { limitOf } from './spans.ts';
import type { TerminalProgram } from './terminal-program.ts';

export function keptCommands(program: Command, { withApplication, withPhone }: TerminalProgram): void {
  program
    .command('forget')
    .description('remove everything that is kept about a phone, for good, and the trust of an iPhone')
    .argument('<serial>')
    .option('--yes', 'agree in advance')
    .option('--json', 'print JSON')
    .action(
      withPhone(
        async (app, serial: string, options: { yes?: boolean; json?: boolean }) =>
          (await import('./commands.ts')).forget(app, serial, options),
        'kept',
      ),
    );

  program
    .command('backup')
    .description('copy everything that is kept into one file; one is kept in the data folder each day')
    .option('-o, --output <file>', 'the file to write; otherwise one in the data folder, where seven are kept')
    .option('--json', 'print JSON')
    .action(
      withApplication(async (app, options: BackupOptions) => (await import('./backups.ts')).backup(app, options)),
    );

  program
    .command('restore')
    .description('put a backup in the place of what is kept now, which is set aside')
    .argument('[file]', 'the backup; the one that was made last if left out')
    .option('--list', 'list the backups, and what each holds')
    .option('--empty', 'begin with nothing kept, where there is no backup')
    .option('--yes', 'agree in advance')
    .option('--json', 'print JSON')
    .action(
      withApplication(async (app, file: string | undefined, options: RestoreOptions) =>
        (await import('./backups.ts')).restore(app, file, options),
      ),
    );

  program
    .command('snapshots')
    .description('list the saved snapshots, all or what is looked for')
    .option(
      '--search <words>',
      'only those that have all of these: words of the phone, its last digits, customer, ticket, day, cause, label, note',
    )
    .option('--limit <n>', 'at most so many, the latest first', limitOf)
    .option('--json', 'print JSON')
    .action(
      withApplication(async (app, options: SnapshotsOptions) => (await import('./archive.ts')).snapshots(app, options)),
    );

  program
    .command('retention')
    .description('have go, for good, what is old by the rules in the settings')
    .option('--preview', 'say what would go, and leave it')
    .option('--yes', 'agree in advance')
    .option('--json', 'print JSON')
    .action(
      withApplication(async (app, options: { preview?: boolean; yes?: boolean; json?: boolean }) =>
        (await import('./archive.ts')).retention(app, options),
      ),
    );

  program
    .command('compare')
    .description('compare two snapshots: what is gone, what is new, and which values changed')
    .argument('<before>')
    .argument('<after>')
    .option('--all', 'also the apps that are not chosen, and values that are others at every look')
    .option('--json', 'print JSON')
    .action(
      withApplication(async (app, before: string, after: string, options: CompareOptions) =>
        (await import('./compare.ts')).compare(app, before, after, options),
      ),
    );
}
